"""Watching for a gradient claim that is not exact: every iteration is checked as it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stepnet.calculus.finding import Finding
from stepnet.machine.machine import Machine
from stepnet.session.stops.probe import Probe, statements_of
from stepnet.session.stops.record import Stopper
from stepnet.session.stops.tensors import Condition
from stepnet.source.instruction import Statement

if TYPE_CHECKING:
    from stepnet.session.session import Session

HARMLESS = frozenset({"exact", "unclaimed", "not comparable"})


@dataclass(eq=False)
class _Checks:
    """What was found in the iterations that were met."""

    wanted: Condition
    levels: int
    found: dict[tuple[int, ...], dict[Statement, Finding]] = field(default_factory=dict)
    told: str = ""

    def is_new(self, machine: Machine) -> bool:
        iteration = machine.registers.moment.iteration
        return len(iteration) == self.levels and iteration not in self.found

    def study(self, session: Session) -> Iterator[None]:
        iteration = session.machine.registers.moment.iteration
        findings = yield from session.verdicts.checking(session)
        names = self.wanted.names
        self.found[iteration] = {
            finding.statement: finding
            for finding in findings
            if finding.verdict not in HARMLESS and (not names or finding.name in names)
        }

    def comes(self, machine: Machine) -> bool:
        assert machine.last is not None
        here = self.found.get(machine.registers.moment.iteration, {})
        finding = here.get(machine.last.statement)
        if finding is None or not machine.last.completes:
            return False
        reason = f": {finding.reason}" if finding.reason else ""
        self.told = f"{finding.name} is {finding.verdict}{reason}"
        return True


def on_claims(stopper: Stopper, wanted: Condition, session: Session) -> Probe:
    """A probe that stops at each claim of an iteration that is not the true derivative."""
    levels = session.program.levels
    checks = _Checks(wanted, levels)
    gradients = set(session.roles.gradients)
    begins = [p for _, p in session.sites.all if getattr(p, "level", None) == levels - 1]
    claims = [p for _, p in session.sites.all if p.statement in gradients]

    def look(machine: Machine) -> bool:
        if machine.last in begins:
            probe.wants_study = checks.is_new(machine)
            return False
        return checks.comes(machine)

    def prime(machine: Machine) -> None:
        probe.wants_study = checks.is_new(machine)

    probe = Probe(
        stopper,
        frozenset([*begins, *claims]),
        look,
        lambda: (f"{stopper.target.text}: {checks.told}", "", ""),
        prime,
        reach="iteration",
        apart=statements_of([*begins, *claims]),
        study=checks.study,
    )
    return probe
