"""Generators of the script: a frame that is set aside at every ``yield``.

A loop that reads one takes its frame up again, so that it is stepped through like a function that
is called. Native code that reads one has it run on until it gives the next value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stepnet.machine.frame import Frame, Names

GIVEN = ".given"
"""Where native code waits for a value."""
OVER = -1
"""The place of a generator that has ended."""


class Over:
    """What a generator gives when it ends instead of a value."""

    def __init__(self, value: object) -> None:
        self.value = value


@dataclass(frozen=True, slots=True)
class Sent:
    """What a generator goes on with: the value of its ``yield``, or an error there."""

    value: object = None
    error: BaseException | None = None


WAITING = ".waiting"
"""The name in a generator's frame for where it stands: the temporary of its ``yield``, and the
place of that instruction."""


class Suspended:
    """A generator as the script sees it. No script can write the names of what it holds."""

    __slots__ = ("__advance__", "__frame__", "__value__", "__weakref__")

    def __init__(self, frame: Frame, advance: Callable[[Suspended, Sent], object]) -> None:
        self.__frame__ = frame
        self.__advance__ = advance
        self.__value__: object = None
        frame.generator = self

    def __iter__(self) -> Suspended:
        return self

    def __next__(self) -> object:
        return self.__advance__(self, Sent())

    def send(self, value: object) -> object:
        """Go on with what its ``yield`` is worth."""
        check_sent(self, value)
        return self.__advance__(self, Sent(value))

    def throw(self, kind: Any, value: object = None, _: object = None) -> object:
        """Go on with an error where it stands."""
        error = kind
        if isinstance(kind, type):
            error = value if isinstance(value, BaseException) else kind(*_arguments(value))
        if not isinstance(error, BaseException):
            raise TypeError("exceptions must be classes or instances deriving from BaseException")
        return self.__advance__(self, Sent(error=error))

    def close(self) -> None:
        """Leave it where it stands, by way of what has to run on the way out."""
        if is_over(self):
            return
        try:
            self.__advance__(self, Sent(error=GeneratorExit()))
        except (GeneratorExit, StopIteration):
            return
        raise RuntimeError("generator ignored GeneratorExit")


def _arguments(value: object) -> tuple[object, ...]:
    """What an error is made of that is given as a class and a value."""
    return value if isinstance(value, tuple) else () if value is None else (value,)


Suspended.__name__ = Suspended.__qualname__ = "generator"


@dataclass(frozen=True, slots=True)
class Links:
    """Who waits for a frame, and where."""

    caller: Frame | None = None
    called: int = 0
    result: str = ""
    slot: int = 0
    depth: int = 0
    iteration: tuple[int, ...] = ()


Contents = tuple[int, Names, dict[int, Any], Links]


def contents(generator: Suspended) -> Contents:
    """All that changes when it runs on."""
    frame = generator.__frame__
    return frame.place, dict(frame.names), dict(frame.loops), links(frame)


def links(frame: Frame) -> Links:
    """Who waits for a frame now."""
    return Links(frame.caller, frame.called, frame.result, frame.slot, frame.depth, frame.iteration)


def link(frame: Frame, to: Links) -> None:
    """Let somebody wait for a frame, or nobody."""
    frame.caller, frame.called, frame.depth = to.caller, to.called, to.depth
    frame.result, frame.slot, frame.iteration = to.result, to.slot, to.iteration


def put_back(generator: Suspended, was: Contents) -> None:
    """Make a generator what it was."""
    frame = generator.__frame__
    place, names, loops, around = was
    frame.place = place
    frame.names.clear()
    frame.names.update(names)
    frame.loops = dict(loops)
    link(frame, around)


def is_over(generator: Suspended) -> bool:
    """Has it ended?"""
    return generator.__frame__.place == OVER


def check_sent(generator: Suspended, value: object) -> None:
    """Raises TypeError, in Python's words, where no ``yield`` waits for a value yet."""
    check_free(generator)
    if value is not None and WAITING not in generator.__frame__.names and not is_over(generator):
        raise TypeError("can't send non-None value to a just-started generator")


def receive(generator: Suspended, value: object) -> None:
    """Make a value what the ``yield`` is worth at which it stands."""
    frame = generator.__frame__
    waiting: Any = frame.names.get(WAITING)
    if waiting is not None:
        frame.names[waiting[0]] = value


def check_free(generator: Suspended) -> None:
    """Raises ValueError, in Python's words, where it is running already."""
    if generator.__frame__.caller is not None:
        raise ValueError("generator already executing")
