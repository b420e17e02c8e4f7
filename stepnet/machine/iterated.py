"""Iterators that a script keeps: where they stand is a value, so that they can be put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from stepnet.machine.clock import Clock
from stepnet.machine.cursor import Called, Mapped, Together
from stepnet.machine.generator import Suspended
from stepnet.machine.objects import Instance, is_instance
from stepnet.machine.taken_apart import cursor

HELD = "__cursor__"
"""The attribute that holds the position; no script can read such a name."""


def behind(position: Any) -> Any:
    """The position behind an element whose function has raised: the element is used up."""
    if type(position) is not Mapped:
        return position
    step: Any = Together(position.inner).advanced()
    return None if step is None else Mapped(position.function, step[1].inner)


def iterator_maker(
    store: Callable[[object, str, bool], None], clock: Clock
) -> Callable[..., object]:
    """What ``iter`` does; `store` is told before an iterator moves."""

    class Iterated(Instance):
        def __init__(self, position: Any) -> None:
            self.__dict__[HELD] = position

        def __iter__(self) -> Iterated:
            return self

        def __next__(self) -> object:
            position = self.__dict__[HELD]
            if position is None:
                raise StopIteration
            if clock.is_wanted:
                clock.break_off()
            store(self, HELD, False)
            try:
                step = position.advanced()
            except Exception:
                self.__dict__[HELD] = behind(position)
                raise
            self.__dict__[HELD] = None if step is None else step[1]
            if step is None:
                raise StopIteration
            element: object = step[0]
            return element

        def __repr__(self) -> str:
            return f"<{type(self).__name__} object at {id(self):#x}>"

    kinds: dict[str, type[Iterated]] = {}

    def iterate(thing: Any, /, *end: Any) -> object:
        if end:
            (last,) = end
            if not callable(thing):
                raise TypeError("iter(v, w): v must be callable")
            return made("callable_iterator", Called(thing, last))
        if isinstance(thing, Iterated | Suspended):
            return thing
        name = type(thing if hasattr(type(thing), "__next__") else iter(thing)).__name__
        if is_instance(thing):
            found = iter(thing)
            if is_instance(found) or isinstance(found, Suspended):
                return found
        return made(name, cursor(thing))

    def made(name: str, position: Any) -> object:
        if name not in kinds:
            kinds[name] = type(name, (Iterated,), {})
        return kinds[name](position)

    return iterate


def read_on(iterator: Any, *default: object) -> object:
    """``next``.

    Raises TypeError for what would move and could not be put back.
    """
    if isinstance(iterator, np.flatiter):
        raise TypeError("a .flat cannot be read with next() here: write next(iter(array.flat))")
    return next(iterator, *default)
