"""The machine: a program and its state, moved one instruction at a time, both ways.

`step` executes one instruction and keeps what it changed; `back` puts that back. Behind the undo
log stand checkpoints, from which any moment can be reached again (`stepnet.machine.travel`).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from numpy import ndarray

from stepnet.machine.announced import Announced
from stepnet.machine.caught import RAISED, Caught, go_on, handler_for
from stepnet.machine.clock import Interrupted, LimitReached, Stopping
from stepnet.machine.copy_on_write import CopyOnWrite
from stepnet.machine.ending import ENDING, Ending, ending_of, leave
from stepnet.machine.execute import execute
from stepnet.machine.frame import MISSING, UNBOUND, Frame
from stepnet.machine.keeper import Keeper, Policy
from stepnet.machine.label import event_label, untally
from stepnet.machine.registers import Moment, Registers
from stepnet.machine.resume import drop, outside
from stepnet.machine.timeline import Timeline
from stepnet.machine.undo import RECORD, Also, Change, UndoLog, changes_size, rebind
from stepnet.machine.world import Given, Names, World
from stepnet.source.fuse import OVERRUN, TICKS
from stepnet.source.instruction import (
    Instruction,
    Program,
    Reraise,
    Run,
    Statement,
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """An error of the script itself."""

    kind: str
    """The exception's class, e.g. ``ValueError``."""
    message: str
    statement: Statement


@dataclass(frozen=True)
class Budget:
    """How many bytes a run may keep for going back."""

    undo: int = 64 << 20
    checkpoints: int = 64 << 20


Edits = dict[int, Run]
"""Edits by the tick at which each is executed."""


STOPPED = "stopped"
"""Stands where an exception's class would, if it is a limit that ends the run."""


class Overrun(Exception):
    """A fused piece has run so long that it should be done in smaller steps."""


class Machine:
    """One run of a program."""

    def __init__(
        self,
        program: Program,
        *,
        seed: int = 0,
        budget: Budget | None = None,
        policy: Policy | None = None,
        given: Given | None = None,
    ) -> None:
        budget = budget or Budget()
        self.program = program
        self.world = World(Path(program.path), seed, given)
        self.cow = CopyOnWrite()
        self.log = UndoLog(budget.undo)
        names = self.world.names
        outermost = Frame(program.module, names, names, None, "")
        self.registers = Registers(outermost, Moment(tallies=({},)))
        self.edits: Edits = {}
        """What this branch does at which tick besides what the program says."""
        self.limit = self.world.given.limits.steps or sys.maxsize
        """The tick at which the run is stopped."""
        self.fused_ticks = [0]
        """Where fused code counts its ticks."""
        self.announced = Announced(self)
        self.world.about_to_change = self.announced.touch
        self.world.builtins.update({TICKS: self.fused_ticks, OVERRUN: self._overrun})
        self.world.builtins.update(self.announced.functions())
        self.timeline = Timeline(program.levels)
        self.tick = 0
        """Instructions executed."""
        self.fault: Fault | None = None
        """Set while the next instruction is known to raise."""
        self.last: Instruction | None = None
        """What has just run; None at tick 0."""
        self.keeper = Keeper(policy or Policy(), budget.checkpoints)
        self.keeper.consider(self)

    @property
    def frame(self) -> Frame:
        """The innermost frame."""
        return self.registers.frame

    @property
    def names(self) -> Names:
        """The names of the innermost frame, the script's and the machine's."""
        return self.registers.frame.names

    @property
    def scope(self) -> Names:
        """One dictionary in which an expression finds every name it can use now."""
        return self.registers.frame.scope

    @property
    def output(self) -> str:
        """All that the script has printed."""
        return "".join(self.world.output)

    @property
    def upcoming(self) -> Instruction | None:
        """What runs next; None at the end."""
        frame = self.registers.frame
        if self.tick in self.edits:
            return self.edits[self.tick]
        if frame.place < len(frame.unit.instructions):
            return frame.unit.instructions[frame.place]
        return None

    @property
    def is_ended(self) -> bool:
        """Nothing is left to run."""
        return self.upcoming is None

    @property
    def ending(self) -> Ending | None:
        """How the script has left; None if it has not, or has come to its last line."""
        found = self.registers.frame.names.get(ENDING)
        return found if isinstance(found, Ending) else None

    def step(self) -> bool:
        """Execute one instruction; False at the end, or where the script raises.

        A raising instruction changes nothing: the state is the one before it, and `fault` tells.
        Raises Interrupted, in the same state, if somebody asked for that.
        """
        if not self.world.is_active:
            with self.world.active():
                return self.step()
        registers = self.registers
        frame, moment = registers.frame, registers.moment
        place = frame.place
        instructions = frame.unit.instructions
        edit = self.edits.get(self.tick) if self.edits else None
        if edit is None and place >= len(instructions):
            return False
        instruction = edit or instructions[place]
        if (self.tick >= self.limit or self.world.over) and self._stopped(instruction):
            return False
        log, output = self.log, self.world.output
        printed = len(output)
        name = instruction.binds_only
        told = self.announced.changes
        if told or told is None:
            told = self.announced.changes = []
        if name is not None:
            names = frame.names
            old = names.get(name, MISSING)
            try:
                exec(instruction.code, frame.globals, names)  # type: ignore[arg-type,union-attr]  # only a Run binds only
                frame.place = instruction.then  # type: ignore[union-attr]  # only a Run binds only
            except RAISED as error:
                if not self._survives(instruction, frame, place, error, told):
                    self._failed(instruction, [(rebind, names, name, old), *told], printed, error)
                    return False
            kept = RECORD + (old.nbytes if type(old) is ndarray else 0)
            if told:
                kept, old = kept + changes_size(told), Also(old, told)
            log.records.append((instruction, frame, place, moment, printed, old, kept))
        else:
            try:
                execute(instruction, self, told)
            except RAISED as error:
                self._restore_registers(frame, place, moment)
                if not self._survives(instruction, frame, place, error, told):
                    self._failed(instruction, told, printed, error)
                    return False
            self.announced.changes = None  # the list is the record's now
            kept = changes_size(told)
            log.records.append((instruction, frame, place, moment, printed, told, kept))
        log.bytes += kept
        if log.bytes > log.budget:
            log.trim()
        self.tick = tick = self.tick + 1
        self.last = instruction
        if len(moment.iteration) < len(moment.tallies) or moment is not registers.moment:
            self._tally(instruction, frame, moment)
        if tick >= self.keeper.due:
            self.keeper.consider(self)
        return True

    def steps(self, count: int) -> int:
        """Execute as many instructions, or as many as there are; returns how many it were.

        The same as calling `step` so often, at less cost for each.
        """
        done = 0
        while done < count:
            done += self._simple_steps(count - done)
            if done == count or self.fault is not None or not self.step():
                break
            done += 1
        return done

    def _simple_steps(self, count: int) -> int:
        """Execute instructions for as long as each only binds one name."""
        registers, log, output = self.registers, self.log, self.world.output
        frame, moment = registers.frame, registers.moment
        if len(moment.iteration) < len(moment.tallies) or not self.world.is_active:
            return 0
        instructions, names, place = frame.unit.instructions, frame.names, frame.place
        around = frame.globals
        get, append, size = names.get, log.records.append, len(instructions)
        count = min(count, self.keeper.due - self.tick - 1, self.limit - self.tick)
        done = kept = 0
        if self.edits:
            count = min([count, *(at - self.tick for at in self.edits if at >= self.tick)])
        instruction = self.last
        raised: BaseException | None = None
        told: list[Change] = []
        self.announced.changes = told
        while done < count and place < size:
            following = instructions[place]
            name = following.binds_only
            if name is None:
                break
            printed, old = len(output), get(name, MISSING)
            try:
                exec(following.code, around, names)  # type: ignore[arg-type,union-attr]  # a Run
            except RAISED as error:
                frame.place = place
                undone: list[Change] = [(rebind, names, name, old), *told]
                self._take_back(undone, printed)
                raised = error
                break
            bytes_ = RECORD + (old.nbytes if type(old) is ndarray else 0)
            if told:
                bytes_, old = bytes_ + changes_size(told), Also(old, told)
                self.announced.changes = told = []
            append((following, frame, place, moment, printed, old, bytes_))
            instruction, place = following, following.then  # type: ignore[union-attr]  # a Run
            kept += bytes_
            done += 1
        frame.place = place
        self.last = instruction
        self.tick += done
        log.bytes += kept
        if log.bytes > log.budget:
            log.trim()
        if isinstance(raised, Interrupted):
            raise raised
        # Any other error is raised again by a step, which knows what to do about it.
        return done

    def _tally(self, instruction: Instruction, frame: Frame, before: Moment) -> None:
        """Count a statement outside the innermost iteration; note where iterations begin."""
        moment = self.registers.moment
        if len(moment.iteration) < len(moment.tallies):
            label = event_label(instruction, frame, self.registers.frame)
            tally = moment.tallies[-1]
            if label is not None:
                tally[label] = tally.get(label, 0) + 1
        if moment is not before:
            self.timeline.moved(self, before.iteration)
            if self.tick >= self.keeper.due_iteration:
                self.keeper.consider(self)

    def _overrun(self) -> None:
        """Fused code has taken many ticks; what runs in one step may take as many as it likes."""
        if self.announced.changes is None:
            raise Overrun
        self.fused_ticks[0] = 0

    def _stopped(self, instruction: Instruction) -> bool:
        """Stop the run in front of an instruction, if a limit still stands in its way."""
        reason = self.world.reason_to_stop(self.frame.names)
        if self.tick >= self.limit:
            reason = f"the {self.limit} steps of --max-steps are used up"
        if reason:
            self.fault = Fault(STOPPED, reason, instruction.statement)
        return bool(reason)

    def _survives(
        self, instruction: Instruction, frame: Frame, place: int, error: BaseException,
        told: list[Change],
    ) -> bool:  # fmt: skip
        """Has the instruction run although it raised: to where the script deals with that, or to
        the end that it wanted?"""
        if self._goes_on(instruction, frame, place, error, told):
            return True
        if isinstance(error, SystemExit):
            leave(frame, ending_of(error), told)
        return isinstance(error, SystemExit)

    def _goes_on(
        self, instruction: Instruction, frame: Frame, place: int, error: BaseException,
        told: list[Change],
    ) -> bool:  # fmt: skip
        """Take the run to where the script deals with an error, if it does."""
        found = handler_for(frame, place)
        if found is None or isinstance(error, Stopping):
            return False
        error = outside(error, frame, found[0])
        drop(frame, found[0], self, told)
        go_on(self.registers, found, Caught(error, self._origin(instruction)), told)
        return True

    def goes_on(
        self, frame: Frame, place: int, error: BaseException, told: list[Change], landing: Frame
    ) -> None:
        """The same inside a generator that native code reads.

        Raises the error where nothing in it deals with it.
        """
        if not self._goes_on(frame.unit.instructions[place], frame, place, error, told):
            drop(frame, landing, self, told)
            raise outside(error, frame, landing) from None

    def _origin(self, instruction: Instruction) -> Statement:
        """The statement that raises: not the one that only passes an error on."""
        if isinstance(instruction, Reraise):
            caught = self.registers.frame.names.get(instruction.name)
            return caught.statement if isinstance(caught, Caught) else instruction.statement
        return instruction.statement

    def _failed(
        self, instruction: Instruction, changes: list[Change], printed: int, error: BaseException
    ) -> None:
        """Put back what the instruction has changed, and note the error.

        Raises Interrupted if it was that: the instruction may be tried again.
        """
        error = outside(error, self.frame, None)
        self._take_back(changes, printed)
        if isinstance(error, Interrupted):
            raise error
        kind, message = type(error).__name__, str(error)
        if isinstance(error, LimitReached):
            kind = STOPPED
        elif isinstance(error, MemoryError) and (not message or kind != "MemoryError"):
            kind, message = "MemoryError", self.world.memory.told(error)
        if type(error) is NameError and error.name in self.frame.unit.names:
            kind = "UnboundLocalError"
            message = UNBOUND.format(error.name)
        self.fault = Fault(kind, message, self._origin(instruction))

    def undo(self) -> bool:
        """Take back the last instruction, if the undo log still holds it."""
        record = self.log.pop()
        if record is None:
            return False
        instruction, frame, place, moment, printed, changes, _ = record
        now = self.registers.moment
        if len(now.iteration) < len(now.tallies):
            label = event_label(instruction, frame, self.registers.frame)
            if label is not None:
                untally(now.tallies[-1], label)
        if instruction.binds_only is not None:
            old, also = (changes.old, changes.changes) if type(changes) is Also else (changes, [])
            changes = [(rebind, frame.names, instruction.binds_only, old), *also]
        # First what changed: a checkpoint keeps a generator as it is until its frame is put back.
        self._take_back(changes, printed)
        self._restore_registers(frame, place, moment)
        self.tick -= 1
        self.fault = None
        self.last = self.log.records[-1][0] if self.log.records else None
        return True

    def _restore_registers(self, frame: Frame, place: int, moment: Moment) -> None:
        frame.place = place
        self.registers.frame = frame
        self.registers.moment = moment

    def _take_back(self, changes: list[Change], printed: int) -> None:
        cow = self.cow
        for change in reversed(changes):
            change[0](cow, change[1], change[2], change[3])
        if len(self.world.output) != printed:
            self.world.printed(printed)
