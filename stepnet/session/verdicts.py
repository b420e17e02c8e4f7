"""What is known of the gradients of the iteration the program stands in."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from stepnet.calculus.finding import Finding
from stepnet.machine.checkpoint import stack
from stepnet.machine.clock import Interrupted
from stepnet.machine.event import events
from stepnet.machine.travel import finish, travel
from stepnet.session.errors import CommandError
from stepnet.session.position import failure_text
from stepnet.source.instruction import Statement

if TYPE_CHECKING:
    from stepnet.session.session import Session

NOT_YET = "not checked yet"
MOMENT = 0.25
"""Seconds that a check may take which nobody has asked for."""
SLICE = 0.004
"""Seconds of it between two pauses."""
MUCH = 2 << 20
"""Bytes of arrays in reach above which one is not begun."""


class Verdicts:
    """Findings by iteration; each iteration is checked once, when somebody has time for it."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, ...], Mapping[int, Finding]] = {}
        self._is_slow = False
        self.fault = ""
        """The script's own error or exit, where it broke the last checked iteration off."""
        self.implied = ""
        """The loss that the gradients belong to, where the script computes none, in words."""
        self.forgotten: tuple[str, ...] = ()
        """A sentence for each parameter that was forgotten in the last checked iteration."""

    def here(self, session: Session) -> Mapping[int, Finding] | None:
        """Findings of the current iteration by statement; None if it was not checked yet."""
        return self._found.get(session.machine.registers.moment.iteration)

    def known(self, session: Session) -> tuple[Finding, ...]:
        """The same in the order of the lines; none if it was not checked yet."""
        return tuple((self.here(session) or {}).values())

    def of(self, session: Session, statement: Statement) -> Finding | None:
        """What was found about a statement in this iteration."""
        found = self.here(session)
        return found.get(id(statement)) if found else None

    def claim(self, session: Session, statement: Statement) -> str:
        """What a gradient statement is: as it was found to be, or as its name says."""
        finding = self.of(session, statement)
        if finding is not None and finding.claim:
            return finding.claim
        claim = session.roles.claims.get(statement.targets[0]) if statement.targets else None
        return claim.text if claim else ""

    def word(self, session: Session, statement: Statement) -> str:
        """The verdict on a gradient statement as it is shown; ``""`` on any other statement."""
        if statement not in session.roles.gradients:
            return ""
        found = self.here(session)
        if found is None:
            return NOT_YET
        finding = found.get(id(statement))
        return finding.verdict if finding else ""

    def check(self, session: Session) -> tuple[Finding, ...]:
        """Check the current iteration; the program stands where it stood afterwards."""
        run = self.checking(session)
        while True:
            try:
                next(run)
            except StopIteration as done:
                found: tuple[Finding, ...] = done.value
                return found

    def checking(self, session: Session) -> Generator[None, None, tuple[Finding, ...]]:
        """The same with pauses; closing it leaves the program where it stood."""
        # The rule table is loaded when it is needed: most sessions begin without it.
        from stepnet.calculus.stretch import checking

        machine = session.machine
        iteration, origin = machine.registers.moment.iteration, machine.tick
        broken = machine.fault is not None
        try:
            checked = yield from checking(machine, session.roles)
            self.fault = failure_text(session)
            self.forgotten = checked.forgotten
            self.implied = checked.implied
        finally:
            finish(travel(machine, origin))
            if broken:
                machine.step()  # which raises again, and changes nothing
        self._found[iteration] = {id(part.statement): part for part in checked.findings}
        return checked.findings

    def check_quickly(self, session: Session) -> bool:
        """Check the current iteration if that is soon done; False if there is nothing new."""
        run = self.pondering(session)
        while True:
            try:
                next(run)
            except StopIteration as done:
                return bool(done.value)

    def pondering(self, session: Session) -> Generator[None, None, bool]:
        """The same with pauses, a few milliseconds apart; the session must not be used in them.

        Closing it leaves the program where it stood. Who steps must not wait for it: it is given
        up after a moment's work, and not tried again.
        """
        if self.here(session) is not None or not self._is_quick(session):
            return False
        import stepnet.calculus.stretch  # noqa: F401  # loading it is no part of what a check takes

        run, worked, begun = self.checking(session), 0.0, time.process_time()
        clock = session.machine.world.clock
        try:
            while worked < MOMENT:
                try:
                    with clock.interruptible(MOMENT):
                        next(run)
                except StopIteration:
                    return True
                except Interrupted:  # one statement takes longer than all that
                    break
                if time.process_time() - begun > SLICE:
                    worked += time.process_time() - begun
                    yield
                    begun = time.process_time()
            self._is_slow = True
            return False
        finally:
            run.close()

    def _is_quick(self, session: Session) -> bool:
        machine = session.machine
        levels = machine.program.levels
        if self._is_slow or not session.roles.gradients or machine.tick == 0:
            return False
        if len(machine.registers.moment.iteration) < levels:
            return False
        values = (value for frame in stack(machine.frame) for value in frame.names.values())
        return sum(value.nbytes for value in values if isinstance(value, np.ndarray)) <= MUCH


def gradient_here(session: Session, name: str) -> Finding:
    """What was found about the gradient that was last assigned to a name in this iteration.

    It is checked now if it was not before. Raises CommandError for what is no gradient.
    """
    findings = session.claims()
    iteration = session.machine.registers.moment.iteration
    for event in events(session.machine):
        if event.iteration != iteration:
            break
        finding = session.verdicts.of(session, event.statement)
        if finding is not None and finding.name == name and event.instruction.completes:
            return finding
    found = [finding for finding in findings if finding.name == name]
    if found:
        return found[-1]
    names = sorted({finding.name for finding in findings})
    advice = f"Gradients here are {', '.join(names)}." if names else "There is none here."
    raise CommandError(f"{name} is no gradient of this iteration", advice=advice)
