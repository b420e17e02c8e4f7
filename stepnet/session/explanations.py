"""The commands that explain: they answer with a text, and two of them move.

What they need is loaded when it is asked for: the rule table is large.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from stepnet.machine.travel import finish, travel
from stepnet.session.address import current_address
from stepnet.session.errors import CommandError

if TYPE_CHECKING:
    from stepnet.session.session import Session

Answer = Generator[None, None, tuple[str, str]]


def explain(session: Session, argument: str) -> Answer:
    """Say what an entry was summed from."""
    from stepnet.session.explain_text import entry_text
    from stepnet.session.explaining import explained

    view = yield from explained(session, argument)
    return session.stop.reason, "\n".join(entry_text(view))


def inside(session: Session, argument: str) -> Answer:
    """Take the current statement's expression apart."""
    from stepnet.session.explain_text import tree_text
    from stepnet.session.explaining import tree_view

    yield
    return session.stop.reason, "\n".join(tree_text(tree_view(session)))


def used(session: Session, argument: str) -> Answer:
    """Say which values of this iteration were computed from an entry."""
    from stepnet.session.explain_text import uses_text
    from stepnet.session.origins import uses

    found = yield from uses(session, argument)
    return session.stop.reason, "\n".join(uses_text(argument, found))


def origin(session: Session, argument: str) -> Answer:
    """Go to where an entry was made; where it was made here, say from what.

    An entry that a call returned was made in the function. Raises CommandError where nothing in
    the script has made it.
    """
    from stepnet.explain.making import making
    from stepnet.explain.writer import to_writer
    from stepnet.session.asked import asked
    from stepnet.session.explained import followed

    subject, depth = asked(session, argument)
    machine, here = session.machine, current_address(session.machine)
    start = machine.tick
    moved = False
    try:
        if not (yield from to_writer(machine, subject, depth)):
            raise CommandError(f"nothing in the script has written {argument}", argument, 0)
        if machine.tick == start:
            yield from followed(machine, making(machine, subject, depth, copied=True))
        moved = machine.tick != start
    finally:
        if not moved:
            finish(travel(machine, start))
    if not moved:
        return (yield from _came_from(session, argument))
    session.returns.append(start)
    return "goto", f"{argument} was made here; come-back returns to {here}"


def _came_from(session: Session, argument: str) -> Answer:
    """An entry that was made here, and what it came from."""
    from stepnet.session.explain_text import origin_text
    from stepnet.session.origins import origins

    view = yield from origins(session, argument, 1)
    return session.stop.reason, "\n".join(origin_text(view))


def come_back(session: Session, argument: str) -> Answer:
    """Come back from the place that `origin` went to."""
    if not session.returns:
        raise CommandError("there is nowhere to come back to: origin has not gone anywhere")
    yield from travel(session.machine, session.returns.pop())
    return "goto", ""
