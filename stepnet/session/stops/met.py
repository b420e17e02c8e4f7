"""Moves that stop at the breakpoints they meet on their way, whichever way they go."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import wraps
from typing import TYPE_CHECKING

from stepnet.machine.travel import travel
from stepnet.session.errors import CommandError
from stepnet.session.stops.hunt import hunt_back, hunt_forward
from stepnet.session.stops.places import place
from stepnet.session.stops.record import Hit, Stopper

if TYPE_CHECKING:
    from stepnet.session.session import Session

Move = Generator[None, None, tuple[str, str]]

GOAL = 0
"""The number of a breakpoint that stands for one run only."""


def minding(move: Callable[[Session, str], Move]) -> Callable[[Session, str], Move]:
    """The same move, stopped where a breakpoint is met between its two ends, or at its end."""

    @wraps(move)
    def minded(session: Session, argument: str) -> Move:
        machine = session.machine
        origin = machine.tick
        outcome = yield from move(session, argument)
        if machine.tick == origin or not any(part.enabled for part in session.stoppers):
            return outcome
        target, raised = machine.tick, machine.fault is not None
        if target > origin:
            yield from travel(machine, origin)
            hits = yield from hunt_forward(session, target)
        else:
            yield from travel(machine, origin)
            hits = yield from hunt_back(session, target)
        if hits:
            return reported(session, hits)
        if raised:
            machine.step()  # which raises again, and changes nothing
        return outcome

    return minded


def run_on(session: Session, argument: str) -> Move:
    """Run until a breakpoint stops it, or to the end."""
    hits = yield from hunt_forward(session)
    return reported(session, hits) if hits else ("step", "")


def run_back(session: Session, argument: str) -> Move:
    """Go back until a breakpoint stops it, or to the start."""
    hits = yield from hunt_back(session)
    if hits:
        return reported(session, hits)
    return ("entry", "") if session.machine.tick == 0 else ("step", "")


def until(session: Session, argument: str) -> Move:
    """Run forward until a place is reached, or a breakpoint on the way."""
    return (yield from _to_place(session, argument, hunt_forward, "again before the end"))


def until_back(session: Session, argument: str) -> Move:
    """Go back until a place was reached, or to a breakpoint on the way."""
    return (yield from _to_place(session, argument, hunt_back, "before here"))


def _to_place(
    session: Session,
    argument: str,
    hunt: Callable[..., Generator[None, None, tuple[Hit, ...]]],
    where: str,
) -> Move:
    machine, origin = session.machine, session.machine.tick
    goal = Stopper(GOAL, place(argument, session.sites, machine))
    found = yield from hunt(session, goal=goal)
    hits = tuple(hit for hit in found if hit.number != GOAL)
    if hits:
        return reported(session, hits)
    if not found and machine.fault is None:
        yield from travel(machine, origin)
        raise CommandError(f"{argument} does not run {where}", argument, 0)
    return ("goto", "")


def reported(session: Session, hits: tuple[Hit, ...]) -> tuple[str, str]:
    """The stop's reason and text for breakpoints that were met."""
    session.met = hits
    return hits[0].reason, "; ".join(hit.text for hit in hits)
