"""Marks: moments of the run under a letter or a name of one's own."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stepnet.machine.travel import travel
from stepnet.session.errors import CommandError

if TYPE_CHECKING:
    from stepnet.session.session import Session

Done = Generator[None, None, tuple[str, str]]
NAME = re.compile(r"\w+")
LEFT = "'"
"""The mark of the moment that was left last by going to a mark."""


@dataclass(frozen=True)
class Mark:
    """A moment under a name."""

    name: str
    tick: int
    address: str


def mark(session: Session, argument: str) -> Done:
    """Remember this moment; under the next free letter where no name is written."""
    yield
    name = argument or _free(session)
    if not NAME.fullmatch(name):
        raise CommandError(f"{name!r} cannot be a mark", argument, 0, "Write a letter or a name.")
    _keep(session, name)
    return session.stop.reason, f"mark {name} is {session.position.address}"


def _free(session: Session) -> str:
    taken = {part.name for part in session.marks}
    letters = (letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken)
    return next(letters, "a")


def _keep(session: Session, name: str) -> None:
    made = Mark(name, session.machine.tick, session.position.address)
    others = tuple(part for part in session.marks if part.name != name)
    session.marks = tuple(sorted((*others, made), key=lambda part: (part.tick, part.name)))


def to_mark(session: Session, argument: str) -> Done:
    """Go to a mark; without a name, back to where the program stood before the last jump to one."""
    name = argument or LEFT
    found = next((part for part in session.marks if part.name == name), None)
    if found is None:
        known = ", ".join(part.name for part in session.marks if part.name != LEFT)
        advice = f"There are {known}." if known else "m sets a mark."
        raise CommandError(f"no mark {argument}".rstrip(), argument, 0, advice)
    _keep(session, LEFT)
    yield from travel(session.machine, found.tick)
    return ("goto", "")


def listed(session: Session, argument: str) -> Done:
    """Tell every mark, in the order of the run."""
    yield
    lines = [f"{part.name}  {part.address}  @{part.tick}" for part in session.marks]
    return session.stop.reason, "\n".join(lines) or "there are no marks"
