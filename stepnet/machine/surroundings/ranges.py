"""``range`` for a script: a long one is read by Python code, so that its reading can be broken off.

``max(range(10**12))`` is one loop of Python's own, in C, which listens to nobody: no key, no limit,
no signal. Nearly everything that runs for ever in one statement reads such a range, be it ``sum``,
``list``, ``sorted``, ``zip`` or ``f(*range(n))``. So a range of more than `LONG` numbers is one of
ours, which gives each number from Python code; between two of them the run can be interrupted.
"""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any

LONG = 1 << 16
"""Numbers that native code may read in one go: they take it but a moment."""


class Numbers:
    """Reads a long range."""

    __slots__ = ("_at", "_numbers")

    def __init__(self, numbers: builtins.range) -> None:
        self._numbers = numbers
        self._at = 0

    def __iter__(self) -> Numbers:
        return self

    def __next__(self) -> int:
        at = self._at
        try:
            number = self._numbers[at]
        except IndexError:
            raise StopIteration from None
        self._at = at + 1
        return number

    @property
    def ahead(self) -> builtins.range:
        """What it has not given yet."""
        return self._numbers[self._at :]


class _Kind(type):
    """What makes a long range one of ours and leaves all others alone."""

    def __call__(cls, *bounds: Any) -> Any:
        made = builtins.range(*bounds)
        try:
            if len(made) <= LONG:
                return made
        except OverflowError:  # more than Python counts
            pass
        return type.__call__(cls, made)

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, builtins.range) or type.__instancecheck__(cls, thing)


class Range(metaclass=_Kind):
    """A range of more numbers than native code should read in one go."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: builtins.range) -> None:
        self._numbers = numbers

    @property
    def start(self) -> int:
        """The first number."""
        return self._numbers.start

    @property
    def stop(self) -> int:
        """Where it ends."""
        return self._numbers.stop

    @property
    def step(self) -> int:
        """From each number to the next."""
        return self._numbers.step

    def count(self, number: object) -> int:
        """How often it holds a number."""
        return self._numbers.count(number)  # type: ignore[arg-type]  # anything may be asked

    def index(self, number: object) -> int:
        """Where a number is.

        Raises ValueError for one that it does not hold.
        """
        return self._numbers.index(number)  # type: ignore[arg-type]  # anything may be asked

    def __len__(self) -> int:
        return len(self._numbers)

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, place: Any) -> Any:
        found = self._numbers[place]
        return found if isinstance(found, int) else _offered(found.start, found.stop, found.step)

    def __contains__(self, number: object) -> bool:
        return number in self._numbers

    def __iter__(self) -> Numbers:
        return Numbers(self._numbers)

    def __reversed__(self) -> Numbers:
        return Numbers(self._numbers[::-1])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Range) and self._numbers == as_range(other)

    def __hash__(self) -> int:
        return hash(self._numbers)

    def __repr__(self) -> str:
        return repr(self._numbers)


def as_range(thing: Any) -> builtins.range:
    """Python's own range of the same numbers."""
    return thing._numbers if type(thing) is Range else thing


_offered: Any = Range
"""The same as it is called: not always a `Range` comes of it."""

Range.__name__ = Range.__qualname__ = "range"
Range.__module__ = "builtins"
Sequence.register(Range)
