"""Checking gradients: the command, and the report of a script's iterations."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stepnet.calculus.finding import Finding
from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish
from stepnet.session.address import parsed, written
from stepnet.session.errors import CommandError
from stepnet.session.seek import seek, to_iteration

if TYPE_CHECKING:
    from stepnet.session.session import Session

LATER = 10
"""The iteration that is checked besides the first one, or the last one of a shorter run."""


@dataclass(frozen=True, eq=False)
class Report:
    """What was found in one iteration."""

    iteration: str
    """As people write it; ``""`` for a script without iterations."""
    findings: tuple[Finding, ...]
    fault: str
    """The script's own error, several lines, where it breaks the iteration off; else ``""``."""
    forgotten: tuple[str, ...]
    """A sentence for each parameter that feeds the loss and is not attended to."""
    implied: str = ""
    """The loss that the gradients belong to, where the script computes none, in words."""


def check(session: Session, argument: str) -> Generator[None, None, tuple[str, str]]:
    """Compare the gradients of this iteration with the true ones."""
    yield
    found = yield from session.verdicts.checking(session)
    told = counted(found) or "no gradient statement was found here"
    implied = [session.verdicts.implied] if session.verdicts.implied else []
    return session.stop.reason, "; ".join([told, *implied, *session.verdicts.forgotten])


def counted(found: Sequence[Finding]) -> str:
    """``4 exact, 1 wrong``."""
    counts = Counter(finding.verdict for finding in found)
    return ", ".join(f"{number} {verdict}" for verdict, number in counts.most_common())


def reports(session: Session, addresses: Sequence[str] = ()) -> tuple[Report, ...]:
    """Check the iterations at these addresses; the first one and a later one if none is given.

    Raises CommandError for an address that does not exist, ScriptRaised for one that the script's
    own error keeps it from.
    """
    machine = session.machine
    made: list[Report] = []
    for _ in _stands(machine, addresses):
        found = session.check()
        iteration = written(machine.registers.moment.iteration)
        if all(report.iteration != iteration for report in made):
            verdicts = session.verdicts
            told = verdicts.forgotten, verdicts.implied
            made.append(Report(iteration, found, verdicts.fault, *told))
    return tuple(made)


def _go_into(machine: Machine, iteration: int, levels: int) -> None:
    """Go to where an iteration's innermost part first begins; it may have fewer than others."""
    for depth in range(levels, 1, -1):
        with contextlib.suppress(CommandError):
            finish(to_iteration(machine, (iteration, *(1,) * (depth - 1))))
            return
    finish(to_iteration(machine, (iteration,)))


def _stands(machine: Machine, addresses: Sequence[str]) -> Generator[None, None, None]:
    """Go to each iteration in turn."""
    if addresses:
        for address in addresses:
            finish(seek(machine, parsed(address)))
            yield
        return
    levels = machine.program.levels
    if not levels:
        yield
        return
    _go_into(machine, 1, levels)
    yield
    try:
        finish(to_iteration(machine, (LATER,)))
        later = LATER
    except CommandError:
        later = len(machine.timeline.starts[0])
    _go_into(machine, later, levels)
    yield
