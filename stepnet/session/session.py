"""One debugging session: a machine, where it stands, and what it is told to do."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.calculus.finding import Finding
from stepnet.calculus.roles import needs_backward, roles
from stepnet.machine.clock import Interrupted
from stepnet.machine.lookout import Pieces
from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish, settle
from stepnet.machine.world import Given
from stepnet.session.address import current_address
from stepnet.session.asking import Vocabulary
from stepnet.session.branching import Branches
from stepnet.session.command import Command
from stepnet.session.errors import CommandError
from stepnet.session.listing import Listing
from stepnet.session.marks import Mark
from stepnet.session.position import position_view, progress
from stepnet.session.reload import stamp
from stepnet.session.stops.places import Sites
from stepnet.session.stops.record import Hit, Logged, Stopper
from stepnet.session.stops.tallies import Tallies
from stepnet.session.verdicts import Verdicts, gradient_here
from stepnet.session.views import PositionView, Progress
from stepnet.session.watches import Watch, look
from stepnet.source.instruction import Program
from stepnet.source.narration import narration
from stepnet.source.program import compile_program
from stepnet.source.refusal import SourceError
from stepnet.source.script import Script, open_script

if TYPE_CHECKING:
    from stepnet.explain.narrate.outline import Outline
    from stepnet.session.portrait import PortraitView

if TYPE_CHECKING:
    from stepnet.session.plotting import Plot
    from stepnet.session.steps.recording import Recording

DERIVED = "The script stops after its loss: its backward pass and update were derived."

PATIENCE = 0.04
"""Seconds of a long run between two reports."""

MOST_LOGGED = 10_000
"""Lines of breakpoints that are kept."""


@dataclass(frozen=True)
class Stop:
    """Why and where the program stands still, in the Debug Adapter Protocol's words."""

    reason: str
    """``entry``, ``step``, ``breakpoint``, ``data breakpoint``, ``goto``, ``pause``,
    ``exception`` or ``end``."""
    address: str
    text: str
    """A sentence for people; ``""`` where there is nothing to say."""
    hits: tuple[Hit, ...] = ()
    """The breakpoints that it stopped at."""


class Session:
    """One debugging session.

    A front end calls `perform` with what the user typed, shows the progress it yields, and reads
    the views of `stepnet.session.panes` when it has stopped. A Python program or a test calls
    `step`, `goto` and the like, or `do` with any command line, and reads `value` and `stop`:

        session = Session.open("trask_neuron")
        session.goto("3/dE_dw")
        assert session.shape("dE_dw") == (3, 1)
        assert session.verdict("dE_dw") == "exact"

    What cannot be done raises CommandError, and nothing has changed then.
    """

    def __init__(
        self, script: Script, *, seed: int | None = None, given: Given | None = None
    ) -> None:
        self.given = given or Given()
        """What the script is given from outside, and what it may use."""
        self.seed = seed
        """The seed that was asked for; None if the script's own, or ours, is good enough."""
        self.notes = script.notes
        """What was done to the script before it could be opened, a sentence each."""
        self.script, self.program = self._opened(script)
        if self.program.left_out:
            left = ", ".join(self.program.left_out)
            self.notes = (*self.notes, f"Left out, for nothing uses it: import {left}.")
        self.machine = Machine(self.program, seed=seed or 0, given=self.given)
        self.stamp = stamp(self.script)
        """What tells whether the files have been changed since."""
        self.roles = roles(self.program)
        self.vocabulary = Vocabulary(self.program)
        self.stoppers: tuple[Stopper, ...] = ()
        """Breakpoints of every kind, in the order of their numbers."""
        self.watches: tuple[Watch, ...] = ()
        self.marks: tuple[Mark, ...] = ()
        self.sites = Sites(self.program)
        self._tallies: dict[str, Tallies] = {}
        """How often breakpoints were hit, for each branch."""
        self.pieces: dict[frozenset[tuple[int, int]], Pieces] = {}
        """What can be run at once, with certain statements kept apart."""
        self.logged: dict[tuple[int, int], Logged] = {}
        """What breakpoints wrote instead of stopping, by tick and number."""
        self.verdicts = Verdicts()
        self.portrait: PortraitView | None = None
        """The portrait that was asked for last, until a front end has shown it."""
        self.branches = Branches()
        self.plot: Plot | None = None
        """What the Timeline shows instead of the loss."""
        self.hidden: frozenset[str] = frozenset()
        """Names whose new values no view shows until they were predicted."""
        self.outline: Outline | None = None
        """What the script's own statements say about its names, once somebody asks why."""
        self.returns: list[int] = []
        """Ticks that `origin` left, the latest last."""
        self.narration = narration(self.script.text)
        self.listing = Listing(
            self.script.lines, self.program.statements, self.narration, self.program.sections
        )
        self.seed_note = ""
        if seed is not None:
            self.seed_note = f"seed {seed}"
        elif not self.program.seeds:
            self.seed_note = "seed 0 (the script sets none)"
        self.recording: Recording | None = None
        """The script that is being written of what is done."""
        self.met: tuple[Hit, ...] = ()
        """Breakpoints that the command being carried out has stopped at."""
        self.stop = Stop("entry", current_address(self.machine), " ".join(self.notes))

    def _opened(self, script: Script) -> tuple[Script, Program]:
        """The script as it is stepped: one that stops after its loss gets its backward pass."""
        program = compile_program(script)
        if not needs_backward(program, roles(program)):
            return script, program
        # The rule table is loaded when it is needed: most scripts have a backward pass.
        from stepnet.session.completed import completed

        try:
            script = completed(script, self.given)
            made = compile_program(script)
        except (CommandError, SourceError):
            # Not derivable, or it raises on the way: neither keeps a script from being stepped.
            return script, program
        self.notes = (*self.notes, DERIVED)
        return script, made

    @classmethod
    def open(cls, target: str, *, seed: int | None = None, given: Given | None = None) -> Session:
        """Open a built-in scenario by name or a script by path; nothing runs yet.

        Raises NoSuchScript, or SourceError if the script cannot be opened.
        """
        return cls(open_script(target), seed=seed, given=given)

    @property
    def is_derived(self) -> bool:
        """Were its backward pass and update derived, because the script has none?"""
        return DERIVED in self.notes

    @property
    def position(self) -> PositionView:
        """Where the program stands."""
        return position_view(self)

    def applies(self, command: Command) -> bool:
        """Can this be done now?"""
        if command.needs == "forward":
            return not self.machine.is_ended
        if command.needs == "back":
            return self.machine.tick > 0
        return True

    def perform(self, line: str) -> Generator[Progress, None, Stop]:
        """Carry out one command line, reporting now and then.

        Closing the generator interrupts it at a whole tick. Raises CommandError for a line that
        cannot be carried out; the program then stands where it stood.
        """
        run = self._performed(line)
        if self.recording is not None:
            run = self.recording.following(self, line.strip(), run)
        return (yield from run)

    def _performed(self, line: str) -> Generator[Progress, None, Stop]:
        from stepnet.session.prompt import parsed_line  # loads every command: a trace needs none

        command, argument = parsed_line(line)
        assert command.does is not None
        self.met = ()
        run = command.does(self, argument)
        clock = self.machine.world.clock
        try:
            with clock.interruptible():
                while (stop := self._driven(run)) is None:
                    clock.check()
                    yield progress(self, argument)
        except GeneratorExit:
            self._pause(run)
            raise
        except Interrupted:
            self._pause(run)
            return self.stop
        self.stop = self._stopped(*stop, hits=self.met)
        look(self)
        return self.stop

    def interrupt(self) -> None:
        """Break off what is being carried out, within a statement too; the statement is undone.

        May be called from any thread, and from a signal handler.
        """
        self.machine.world.clock.interrupt()

    def _pause(self, run: Generator[None, None, tuple[str, str]]) -> None:
        """Leave a run where it is."""
        run.close()
        self.settle()
        self.stop = self._stopped("pause", "interrupted")
        look(self)

    def _driven(self, run: Generator[None, None, tuple[str, str]]) -> tuple[str, str] | None:
        """Let a run go on for a moment; its reason and text if it has ended."""
        due = time.monotonic() + PATIENCE
        with self.machine.world.active():
            while time.monotonic() < due:
                try:
                    next(run)
                except StopIteration as done:
                    ended: tuple[str, str] = done.value
                    return ended
        return None

    def do(self, line: str) -> Stop:
        """Carry out one command line to its end."""
        run = self.perform(line)
        while True:
            try:
                next(run)
            except StopIteration as done:
                stop: Stop = done.value
                return stop

    def step(self, count: int = 1) -> Stop:
        """Run so many statements, into functions."""
        return self.do(f"step {count}")

    def back(self, count: int = 1) -> Stop:
        """Take back so many statements, into functions."""
        return self.do(f"back {count}")

    def over(self, count: int = 1) -> Stop:
        """Run so many statements, the functions they call included."""
        return self.do(f"over {count}")

    def goto(self, address: str) -> Stop:
        """Go to an address, forwards or back: ``3/dE_dw``, ``@417``, ``end``."""
        return self.do(f"goto {address}")

    def until(self, target: str) -> Stop:
        """Run forward until a name's statement, or a line such as ``/12``, has run."""
        return self.do(f"until {target}")

    def run(self) -> Stop:
        """Run until something stops it, or to the end: the command ``continue``."""
        return self.do("continue")

    def value(self, expression: str) -> Any:
        """The value an expression over the names in reach has now; arrays are copied."""
        from stepnet.session.asking import value_here

        value = value_here(self, expression)
        return value.copy() if isinstance(value, np.ndarray) else value

    def shape(self, expression: str) -> tuple[int, ...]:
        """The shape of such a value; ``()`` of a number."""
        return np.shape(self.value(expression))

    def claims(self) -> tuple[Finding, ...]:
        """What is true of each gradient statement of this iteration, in the order of the lines."""
        return self.check() if self.verdicts.here(self) is None else self.verdicts.known(self)

    def verdict(self, name: str) -> str:
        """``exact``, ``scaled``, ``approximate``, ``wrong`` or ``unclaimed``: of the gradient that
        was last assigned to a name in this iteration."""
        return gradient_here(self, name).verdict

    def record(self, path: str) -> None:
        """Write what is done from here on, with what was seen, to a ``.steps`` script."""
        self.do(f"record {path}")

    def check(self) -> tuple[Finding, ...]:
        """Compare the gradients of this iteration with the true ones; stands where it stood."""
        return self.verdicts.check(self)

    def pondering(self) -> Generator[None, None, bool]:
        """The same if it has not been done and takes but a moment, with pauses."""
        return self.verdicts.pondering(self)

    def check_quickly(self) -> bool:
        """The same if it has not been done and takes but a moment; True if it was done."""
        return self.verdicts.check_quickly(self)

    @property
    def tallies(self) -> Tallies:
        """How often breakpoints had been hit by certain moments of this branch."""
        return self._tallies.setdefault(self.branches.current.name, Tallies())

    def write_log(self, line: Logged) -> None:
        """Keep a line that a breakpoint wrote; the same moment writes it once."""
        self.logged[line.tick, line.number] = line
        if len(self.logged) > MOST_LOGGED:
            del self.logged[next(iter(self.logged))]

    def settle(self) -> None:
        """Make sure that what has just happened is known, wherever a run was broken off."""
        finish(settle(self.machine))

    def _stopped(self, reason: str, text: str, hits: tuple[Hit, ...] = ()) -> Stop:
        machine = self.machine
        if hits:
            return Stop(hits[0].reason, current_address(machine), text, hits)
        if machine.fault is not None:
            reason, text = "exception", f"{machine.fault.kind}: {machine.fault.message}"
        elif machine.is_ended:
            machine.timeline.end = machine.tick
            reason = "end"
            text = text or (machine.ending.told if machine.ending else "")
        return Stop(reason, current_address(machine), text)
