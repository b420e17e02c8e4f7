"""What a loop runs over, taken apart into something that can be taken up again from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from stepnet.machine.cursor import (
    Along,
    Backwards,
    Counted,
    Cursor,
    Entries,
    Filtered,
    Indexed,
    Items,
    Keys,
    Link,
    Live,
    Mapped,
    Numbered,
    Remembered,
    Together,
)  # fmt: skip
from stepnet.machine.generator import Suspended
from stepnet.machine.objects import is_instance
from stepnet.machine.surroundings.iterators import Endless
from stepnet.machine.surroundings.progress import Progress
from stepnet.machine.surroundings.ranges import Numbers, Range, as_range


def cursor(iterable: Any) -> Cursor:
    """A cursor before the first element.

    Raises TypeError, in Python's words, for what cannot be looped over.
    """
    kind = type(iterable)
    if kind in (range, list, tuple, str):
        return Along(iterable, 0)
    if kind is Range:
        return Along(as_range(iterable), 0)
    if isinstance(iterable, np.ndarray) and iterable.ndim:
        return Along(iterable, 0)
    if isinstance(iterable, dict | set | frozenset):
        return Keys(iterable, tuple(iterable), 0)
    if kind in _TAKEN_APART:
        return _TAKEN_APART[kind](iterable)
    if isinstance(iterable, Progress):
        return cursor(iterable.iterable if iterable.iterable is not None else ())
    if isinstance(iterable, Endless):
        return Numbered(iterable, iterable.begun)
    if is_instance(iterable) or kind is Suspended:
        return _own(iterable)
    return _inner(iter(iterable))


def _own(iterable: Any) -> Cursor:
    """A cursor through an object of the script."""
    iterator = iter(iterable)
    if is_instance(iterator) or type(iterator) is Suspended:
        return Live(iterator)
    if type(iterator) is _ITEM_BY_ITEM:
        return Indexed(iterable, 0)
    return _inner(iterator)


def _inner(iterator: Any) -> Cursor:
    """A cursor for the fresh iterator that another one holds."""
    if type(iterator) in _TAKEN_APART:
        return _TAKEN_APART[type(iterator)](iterator)
    if is_instance(iterator) or type(iterator) is Suspended:
        return Live(iterator)
    if type(iterator) is _ITEM_BY_ITEM:
        state: Any = iterator.__reduce__()
        return Indexed(state[1][0], state[2])
    if type(iterator) is Numbers:
        return Along(iterator.ahead, 0)
    if type(iterator) in _BY_POSITION:
        _, (sequence, *_), *state = iterator.__reduce__()
        return Along(sequence, state[0] if state else 0)
    return Remembered(Link(iterator), 0)


def _map(iterator: Any) -> Cursor:
    _, (function, *inner), *_ = iterator.__reduce__()
    return Mapped(function, tuple(map(_inner, inner)))


def _filter(iterator: Any) -> Cursor:
    _, (function, inner), *_ = iterator.__reduce__()
    return Filtered(function, _inner(inner))


def _enumerate(iterator: Any) -> Cursor:
    _, (inner, count) = iterator.__reduce__()
    return Counted(_inner(inner), count)


def _zip(iterator: Any) -> Cursor:
    _, inner, *_ = iterator.__reduce__()
    return Together(tuple(map(_inner, inner)))


def _reversed(iterator: Any) -> Cursor:
    _, (sequence, *_), *state = iterator.__reduce__()
    return Backwards(sequence, state[0]) if state else Along(sequence, 0)


def _view(pairs: bool) -> Callable[[Any], Cursor]:
    return lambda view: Items(Keys(view.mapping, tuple(view.mapping), 0), pairs)


class _Items:
    def __getitem__(self, _: int) -> None:
        raise IndexError


_ITEM_BY_ITEM = type(iter(_Items()))
_EMPTY: tuple[Any, ...] = ([], (), "", range(0), np.zeros(1))
_BY_POSITION = frozenset(type(iter(empty)) for empty in _EMPTY)

_TAKEN_APART: dict[type, Callable[[Any], Cursor]] = {
    enumerate: _enumerate,
    zip: _zip,
    map: _map,
    filter: _filter,
    reversed: _reversed,
    type(reversed([])): _reversed,
    type({}.items()): _view(True),
    type({}.values()): _view(False),
    type({}.keys()): lambda view: Keys(view.mapping, tuple(view.mapping), 0),
    np.ndenumerate: lambda entries: Entries(entries.iter.base, 0),
    np.flatiter: lambda flat: Along(flat.base.flat, flat.index),
}
