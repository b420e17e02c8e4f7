"""The machine: a program and its state, moved one instruction at a time, both ways.

`step` executes one instruction and keeps what it changed; `back` puts that back. Behind the undo
log stand checkpoints, from which any moment can be reached again (`stepnet.machine.travel`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stepnet.machine.copy_on_write import CopyOnWrite
from stepnet.machine.execute import execute
from stepnet.machine.frame import Frame
from stepnet.machine.keeper import Keeper, Policy
from stepnet.machine.registers import Registers
from stepnet.machine.timeline import Timeline
from stepnet.machine.undo import Change, Record, UndoLog, change_size, RECORD
from stepnet.machine.world import Names, World
from stepnet.source.instruction import Instruction, Program, Statement

DEEPEST = 1000
"""Frames on top of each other before the run is stopped, as Python stops it."""


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


class Machine:
    """One run of a program."""

    def __init__(
        self,
        program: Program,
        *,
        seed: int = 0,
        budget: Budget | None = None,
        policy: Policy | None = None,
    ) -> None:
        budget = budget or Budget()
        self.program = program
        self.world = World(Path(program.path), seed)
        self.cow = CopyOnWrite()
        self.log = UndoLog(budget.undo)
        self.registers = Registers(Frame(program.module, self.world.names, None, ""))
        self.registers.tallies = ({},)
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
    def output(self) -> str:
        """All that the script has printed."""
        return "".join(self.world.output)

    @property
    def upcoming(self) -> Instruction | None:
        """What runs next; None at the end."""
        frame = self.registers.frame
        if frame.place < len(frame.unit.instructions):
            return frame.unit.instructions[frame.place]
        return None

    @property
    def is_ended(self) -> bool:
        """Nothing is left to run."""
        return self.upcoming is None

    def step(self) -> bool:
        """Execute one instruction; False at the end, or where the script raises.

        A raising instruction changes nothing: the state is the one before it, and `fault` tells.
        """
        if self.world.is_active:
            return self._step()
        with self.world.active():
            return self._step()

    def _step(self) -> bool:
        registers = self.registers
        frame = registers.frame
        place = frame.place
        instructions = frame.unit.instructions
        if place >= len(instructions):
            return False
        instruction = instructions[place]
        before = (frame, place, registers.iteration, registers.turns, registers.tallies)
        printed = len(self.world.output)
        changes: list[Change] = []
        try:
            execute(instruction, self, changes)
        except Exception as error:
            self._take_back(before, printed, changes)
            self.fault = Fault(type(error).__name__, str(error), instruction.statement)
            return False
        kept = RECORD
        for change in changes:
            kept += change_size(change)
        self.log.append(Record(instruction, *before, printed, changes, kept))
        self.tick += 1
        self.last = instruction
        if instruction.completes:
            label = instruction.statement.label
            tally = registers.tallies[-1]
            tally[label] = tally.get(label, 0) + 1
        if registers.iteration is not before[2]:
            self.timeline.moved(self, before[2])
            self.keeper.consider(self)
        elif self.tick >= self.keeper.due:
            self.keeper.consider(self)
        return True

    def undo(self) -> bool:
        """Take back the last instruction, if the undo log still holds it."""
        record = self.log.pop()
        if record is None:
            return False
        if record.instruction.completes:
            tally = self.registers.tallies[-1]
            label = record.instruction.statement.label
            left = tally[label] - 1
            if left:
                tally[label] = left
            else:
                del tally[label]
        self._take_back(record[1:6], record.printed, record.changes)
        self.tick -= 1
        self.fault = None
        self.last = self.log.records[-1].instruction if self.log.records else None
        return True

    def _take_back(
        self, before: tuple[object, ...], printed: int, changes: list[Change]
    ) -> None:
        for change in reversed(changes):
            change.undo(self.cow)
        registers = self.registers
        frame, place, iteration, turns, tallies = before
        assert isinstance(frame, Frame)
        frame.place = place  # type: ignore[assignment]  # a record's own fields
        registers.frame = frame
        registers.iteration = iteration  # type: ignore[assignment]  # as above
        registers.turns = turns  # type: ignore[assignment]  # as above
        registers.tallies = tallies  # type: ignore[assignment]  # as above
        output = self.world.output
        if len(output) != printed:
            del output[printed:]
