"""Questions about a run, chosen at random and asked in the order of time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stepnet.machine.travel import finish, travel
from stepnet.session.address import parsed
from stepnet.session.errors import CommandError, ScriptRaised
from stepnet.session.position import fault_text
from stepnet.session.predict import Question, can_ask, questions
from stepnet.session.seek import seek

if TYPE_CHECKING:
    from stepnet.session.session import Session

FARTHEST = 5000
"""Steps that are looked at for questions."""


def quiz(
    session: Session, start: str | None, stop: str | None, count: int, seed: int
) -> Iterator[Question]:
    """At most `count` questions; while one is asked, the session stands at its statement.

    From one address to another, both included; from the start, and to the end of the first
    iteration, where None. Raises CommandError for an address that does not exist, and where there
    is nothing to ask; ScriptRaised where the script raises on the way.
    """
    machine = session.machine
    last = None
    if stop is not None:
        finish(seek(machine, parsed(stop)))
        last = machine.tick
    finish(seek(machine, parsed(start if start is not None else "@0")))
    if last is not None and machine.tick > last:
        raise CommandError(f"{start} comes after {stop}", advice="Give the earlier address first.")
    ticks = list(_asking(session, last))
    if machine.fault is not None:
        raise ScriptRaised(fault_text(session, advice=""))
    if not ticks:
        raise CommandError("there is nothing to ask here: no statement assigns an array")
    chance = random.Random(seed)
    for tick in sorted(chance.sample(ticks, min(count, len(ticks)))):
        finish(travel(machine, tick))
        asked = questions(session, seed)
        if asked:
            yield chance.choice(asked)


def _asking(session: Session, last: int | None) -> Iterator[int]:
    """The ticks from here on at which there is something to ask."""
    machine = session.machine
    first: tuple[int, ...] = ()
    for _ in range(FARTHEST):
        if can_ask(session):
            yield machine.tick
        if last is not None and machine.tick >= last:
            return
        if not machine.step():
            return
        iteration = machine.registers.moment.iteration
        if last is None and first and iteration[: len(first)] != first:
            return
        if len(iteration) == machine.program.levels and not first:
            first = iteration
