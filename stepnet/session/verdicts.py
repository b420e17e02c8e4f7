"""What is known of the gradients of the iteration the program stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from stepnet.calculus.finding import Finding
from stepnet.machine.travel import finish, travel
from stepnet.session.position import fault_text
from stepnet.source.instruction import Statement

if TYPE_CHECKING:
    from stepnet.session.session import Session

NOT_YET = "not checked yet"


class Verdicts:
    """Findings by iteration; each iteration is checked once, when somebody has time for it."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, ...], Mapping[int, Finding]] = {}
        self.fault = ""
        """The script's own error, where it broke the last checked iteration off."""

    def here(self, session: Session) -> Mapping[int, Finding] | None:
        """Findings of the current iteration by statement; None if it was not checked yet."""
        return self._found.get(session.machine.registers.moment.iteration)

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
        # The rule table is loaded when it is needed: most sessions begin without it.
        from stepnet.calculus.stretch import checked

        machine = session.machine
        iteration, origin = machine.registers.moment.iteration, machine.tick
        broken = machine.fault is not None
        try:
            found = checked(machine, session.roles)
            self.fault = fault_text(session)
        finally:
            finish(travel(machine, origin))
            if broken:
                machine.step()  # which raises again, and changes nothing
        self._found[iteration] = {id(finding.statement): finding for finding in found}
        return found
