"""The probes of a session's breakpoints, made for one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stepnet.session.stops.effects import changing
from stepnet.session.stops.places import Place, Sites
from stepnet.session.stops.probe import Probe, at_place, statements_of
from stepnet.session.stops.record import Stopper
from stepnet.session.stops.value import Changes, Value
from stepnet.source.instruction import Call

if TYPE_CHECKING:
    from stepnet.session.session import Session


def probes(session: Session, goal: Stopper | None) -> tuple[Probe, ...]:
    """One for each breakpoint that is enabled, and for `goal`, if there is one."""
    stoppers = [part for part in session.stoppers if part.enabled]
    return tuple(_probe(stopper, session) for stopper in [*stoppers, *([goal] if goal else [])])


def _probe(stopper: Stopper, session: Session) -> Probe:
    if isinstance(stopper.target, Place):
        return at_place(stopper, session.sites)
    if isinstance(stopper.target, Value):
        return on_change(stopper, stopper.target, session.sites)
    # Conditions bring much with them that other breakpoints do without.
    from stepnet.session.stops.vigil import on_condition

    return on_condition(stopper, stopper.target, session)


def on_change(stopper: Stopper, value: Value, sites: Sites) -> Probe:
    """A data breakpoint: stops where the value of an expression is not what it was."""
    seen = Changes(value)
    found = tuple(changing(value.question.names, value.home, sites))
    inside = value.home is not sites.program.module
    return Probe(
        stopper,
        frozenset(found),
        seen.comes,
        seen.told,
        seen.begin,
        apart=statements_of(
            (part for part in found if not isinstance(part, Call)),
            (value.home,) if inside else (),
        ),
    )
