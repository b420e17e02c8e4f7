"""What a script has said and heard so far, as one tape that can be wound back and forward.

The tape is the list of pieces that were printed. Whatever else reaches a script from outside, the
clock or a typed line, is heard once, at a place of the tape, and is the same whenever the run comes
to that place again; an empty piece marks it. So the length of the tape says all there is to say of
the world's state, and a step into the past has only that number to put back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class Reel:
    """A tape that was taken off, to be put on again."""

    said: tuple[str, ...] = ()
    heard: Mapping[tuple[int, str], object] = field(default_factory=dict)


class Tape:
    """Printed pieces and readings."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        """What the script printed, piece by piece."""
        self._said: list[str] = []
        """The longest tape there has been: going back forgets what was printed, and a checkpoint
        that lies ahead must have it again."""
        self._heard: dict[tuple[int, str], object] = {}

    def say(self, text: str) -> None:
        """Print a piece."""
        self.pieces.append(text)

    def hear(self, kind: str, ask: Callable[[], object]) -> Any:
        """What the world says here: asked the first time, remembered ever after."""
        key = (len(self.pieces), kind)
        if key not in self._heard:
            self._heard[key] = ask()
        self.pieces.append("")
        return self._heard[key]

    def wind(self, length: int) -> None:
        """Make the tape what it was, or will be, when it had this length."""
        pieces, said = self.pieces, self._said
        if len(pieces) > len(said):
            said.extend(pieces[len(said) :])
        if length < len(pieces):
            del pieces[length:]
        else:
            pieces.extend(said[len(pieces) : length])

    def kept(self) -> Reel:
        """All that there is on it, ahead of this place too."""
        self.wind(len(self.pieces))
        return Reel(tuple(self._said), dict(self._heard))

    def put_on(self, reel: Reel) -> None:
        """Take what was kept of another run; wound back to its beginning."""
        self.pieces.clear()
        self._said = list(reel.said)
        self._heard = dict(reel.heard)

    def forget_ahead(self) -> None:
        """What was said and heard beyond this place belongs to another run."""
        here = len(self.pieces)
        del self._said[here:]
        self._heard = {key: value for key, value in self._heard.items() if key[0] < here}


class Kept:
    """A value that changes only by being put, and that is whatever it was at this place of the
    tape."""

    def __init__(self, tape: Tape, value: object) -> None:
        self._tape = tape
        self._places = [-1]
        self._values: list[object] = [value]

    def get(self) -> Any:
        """The value here."""
        return self._values[bisect_right(self._places, len(self._tape.pieces) - 1) - 1]

    def put(self, value: object) -> None:
        """Change it from here on."""
        place = len(self._tape.pieces)
        at = bisect_right(self._places, place - 1)
        if at < len(self._places) and self._places[at] == place:
            self._values[at] = value
        else:
            self._places.insert(at, place)
            self._values.insert(at, value)
        self._tape.say("")
