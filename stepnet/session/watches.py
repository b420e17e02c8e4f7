"""Watches: expressions whose values are looked at whenever the program stands still."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stepnet.explain.shapes import shape_of
from stepnet.session.asking import Question, answer, question
from stepnet.session.errors import CommandError
from stepnet.session.stops.frozen import Frozen, frozen, short

if TYPE_CHECKING:
    from stepnet.session.session import Session

MOST = 8
"""Values of the past that are kept for each watch."""
Done = Generator[None, None, tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Seen:
    """What a watch was at one stop."""

    tick: int
    address: str
    text: str
    """The value in a few characters, or why there is none."""
    shape: str
    is_error: bool
    value: Frozen


@dataclass(frozen=True, eq=False)
class Watch:
    """An expression and what it was at the last stops, the latest first."""

    number: int
    question: Question
    seen: tuple[Seen, ...] = ()

    @property
    def text(self) -> str:
        """The expression."""
        return self.question.text

    @property
    def has_changed(self) -> bool:
        """Is it another value than at the stop before?"""
        return len(self.seen) > 1 and self.seen[0].value != self.seen[1].value


def look(session: Session) -> None:
    """Ask every watch where the program stands now; a stop at the same place asks anew."""
    session.watches = tuple(_asked(watch, session) for watch in session.watches)


def _asked(watch: Watch, session: Session) -> Watch:
    machine, address = session.machine, session.stop.address
    try:
        value = answer(watch.question, machine)
        now = Seen(machine.tick, address, short(value), shape_of(value), False, frozen(value))
    except CommandError as error:
        now = Seen(machine.tick, address, error.message, "", True, error.message)
    past = watch.seen[1:] if watch.seen and watch.seen[0].tick == machine.tick else watch.seen
    return replace(watch, seen=(now, *past)[:MOST])


def add(session: Session, argument: str) -> Done:
    """Watch an expression from here on."""
    yield
    asked = question(argument, session.vocabulary)
    number = max((watch.number for watch in session.watches), default=0) + 1
    watch = _asked(Watch(number, asked), session)
    session.watches = (*session.watches, watch)
    return session.stop.reason, f"{number} {watch.text} = {watch.seen[0].text}"


def remove(session: Session, argument: str) -> Done:
    """Watch something no longer: its number, the expression, or all."""
    yield
    if not session.watches:
        raise CommandError("nothing is watched")
    gone = [
        watch
        for watch in session.watches
        if argument in ("all", str(watch.number)) or argument == watch.text
    ]
    if not gone:
        known = ", ".join(f"{watch.number} {watch.text}" for watch in session.watches)
        raise CommandError(f"{argument} is not watched", argument, 0, f"There are {known}.")
    session.watches = tuple(watch for watch in session.watches if watch not in gone)
    return session.stop.reason, "removed " + ", ".join(f"{w.number} {w.text}" for w in gone)


def listed(session: Session, argument: str) -> Done:
    """Tell what is watched, with the values of the last stops."""
    yield
    lines = []
    for watch in session.watches:
        past = ", ".join(f"{seen.text} ({seen.address})" for seen in watch.seen[1:])
        lines.append(f"{watch.number} {watch.text} = {watch.seen[0].text}")
        lines += [f"    before: {past}"] if past else []
    return session.stop.reason, "\n".join(lines) or "nothing is watched"
