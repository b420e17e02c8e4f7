"""The script again, as it is on the disk now: at the same address, with the same breakpoints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from stepnet.session.address import Place, parsed, written
from stepnet.session.errors import CommandError
from stepnet.session.seek import require_statement
from stepnet.source.script import Script

if TYPE_CHECKING:
    from stepnet.session.session import Session

Stamp = tuple[tuple[int, int], ...]
"""When each file of a script was changed last, and its size; zeros for one that is gone."""


def stamp(script: Script) -> Stamp:
    """What tells a changed script from the one that was opened."""
    modules = [script.path.parent / part.name for part in script.sections if part.module]
    return tuple(map(_stamp, [script.path, *modules]))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def reloaded(session: Session) -> tuple[Session, tuple[str, ...]]:
    """A session on the script as it is now, at its start, and what it has lost.

    Breakpoints and watches are kept; those that find no place, or no name, any more are lost.
    Raises SourceError or NoSuchScript where it cannot be opened.
    """
    fresh = type(session).open(str(session.script.path), seed=session.seed, given=session.given)
    lost: list[str] = []
    lines = [stopper.written for stopper in session.stoppers]
    for line in [*lines, *(f"watch {watch.text}" for watch in session.watches)]:
        try:
            fresh.do(line)
        except CommandError:
            lost.append(line)
    return fresh, tuple(lost)


def address_now(session: Session, address: str) -> str:
    """An address of the script before; where its statement is gone, its iteration or the start."""
    place = parsed(address)
    if not isinstance(place, Place) or place.label is None:
        return address
    try:
        require_statement(session.machine, place.label)
    except CommandError:
        return written(place.iteration) if place.iteration else "@0"
    return address
