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


class Suspended:
    """A generator as the script sees it. No script can write the names of what it holds."""

    __slots__ = ("__advance__", "__frame__", "__value__", "__weakref__")

    def __init__(self, frame: Frame, advance: Callable[[Suspended], object]) -> None:
        self.__frame__ = frame
        self.__advance__ = advance
        self.__value__: object = None
        frame.generator = self

    def __iter__(self) -> Suspended:
        return self

    def __next__(self) -> object:
        return self.__advance__(self)


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


def check_free(generator: Suspended) -> None:
    """Raises ValueError, in Python's words, where it is running already."""
    if generator.__frame__.caller is not None:
        raise ValueError("generator already executing")
