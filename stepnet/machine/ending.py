"""The end that a script brings about itself: ``sys.exit``, ``quit``, ``raise SystemExit``.

Leaving is a step like any other: the statement that leaves has run, nothing is left to run, and a
step back takes it back. Errors that nobody deals with are something else: there the statement has
not run.
"""

from __future__ import annotations

from typing import NamedTuple

from stepnet.machine.frame import MISSING, Frame
from stepnet.machine.undo import Change, rebind

ENDING = ".ending"
"""The hidden name, in the frame that was left, under which it is kept how."""


class Ending(NamedTuple):
    """How a script has left."""

    status: int
    """What the shell is told: 0 where all is well."""
    message: str
    """What Python would print on standard error; ``""`` if nothing."""

    @property
    def told(self) -> str:
        """``the script exited, status 1: no data``."""
        return f"the script exited, status {self.status}" + (self.message and f": {self.message}")


def ending_of(error: SystemExit) -> Ending:
    """What Python makes of it: no status is 0, anything but a number is printed and is 1."""
    match error.code:
        case None:
            return Ending(0, "")
        case int(status):
            known = -(1 << 63) <= status < 1 << 63
            return Ending(status & 0xFF if known else 0xFF, "")
        case other:
            try:
                return Ending(1, str(other))
            except Exception:  # the script's own __str__; Python passes over that too
                return Ending(1, "")


def leave(frame: Frame, ending: Ending, changes: list[Change]) -> None:
    """End the run in this frame, whose names stay in reach."""
    names = frame.names
    changes.append((rebind, names, ENDING, names.get(ENDING, MISSING)))
    names[ENDING] = ending
    frame.place = len(frame.unit.instructions)
