"""Where a loop stands, as a value: taking the next element makes a new cursor.

Going back is then nothing but keeping the old one. Python's own iterators move when they are read
and cannot be moved back, so each kind that a script loops over is taken apart into what it runs
over and how far it has come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from stepnet.machine.generator import Over, Suspended
from stepnet.machine.surroundings.iterators import Endless

Cursor = Any
"""One of the classes below; all have ``advanced() -> (element, cursor) | None``."""

_quick = tuple.__new__
"""Makes a named tuple without asking it how: a cursor is made at every turn of every loop."""


class Along(NamedTuple):
    """Through a sequence by position, as lists, tuples, strings, ranges and arrays are read."""

    sequence: Any
    at: int

    def advanced(self) -> tuple[object, Along] | None:
        """The element here and the cursor behind it."""
        sequence, at = self
        if at >= len(sequence):
            return None
        return sequence[at], _quick(Along, (sequence, at + 1))


class Keys(NamedTuple):
    """Through a dictionary or a set, whose size must not change meanwhile."""

    container: Any
    elements: tuple[object, ...]
    at: int

    def advanced(self) -> tuple[object, Keys] | None:
        """The element here and the cursor behind it."""
        if len(self.container) != len(self.elements):
            kind = "dictionary" if hasattr(self.container, "keys") else "Set"
            raise RuntimeError(f"{kind} changed size during iteration")
        if self.at >= len(self.elements):
            return None
        return self.elements[self.at], Keys(self.container, self.elements, self.at + 1)


class Items(NamedTuple):
    """Through a dictionary's values or pairs: read late, as Python reads them."""

    keys: Keys
    pairs: bool

    def advanced(self) -> tuple[object, Items] | None:
        """The element here and the cursor behind it."""
        step = self.keys.advanced()
        if step is None:
            return None
        key, keys = step
        value = self.keys.container[key]
        return ((key, value) if self.pairs else value), Items(keys, self.pairs)


class Counted(NamedTuple):
    """``enumerate``."""

    inner: Cursor
    number: int

    def advanced(self) -> tuple[object, Counted] | None:
        """The element here and the cursor behind it."""
        step = self.inner.advanced()
        if step is None:
            return None
        element, inner = step
        return (self.number, element), Counted(inner, self.number + 1)


class Together(NamedTuple):
    """``zip``."""

    inner: tuple[Cursor, ...]

    def advanced(self) -> tuple[object, Together] | None:
        """The element here and the cursor behind it."""
        steps = []
        for cursor in self.inner:
            step = cursor.advanced()
            if step is None:
                return None
            steps.append(step)
        if not steps:
            return None
        elements = tuple(element for element, _ in steps)
        return elements, Together(tuple(cursor for _, cursor in steps))


class Backwards(NamedTuple):
    """``reversed``."""

    sequence: Any
    at: int

    def advanced(self) -> tuple[object, Backwards] | None:
        """The element here and the cursor behind it."""
        if not 0 <= self.at < len(self.sequence):
            return None
        return self.sequence[self.at], Backwards(self.sequence, self.at - 1)


class Entries(NamedTuple):
    """``np.ndenumerate``: position and value, read late."""

    array: np.ndarray
    at: int

    def advanced(self) -> tuple[object, Entries] | None:
        """The element here and the cursor behind it."""
        array, at = self.array, self.at
        if at >= array.size:
            return None
        place = tuple(int(part) for part in np.unravel_index(at, array.shape))
        return (place, array[place]), Entries(array, at + 1)


class Mapped(NamedTuple):
    """``map``: the function is called again whenever the element is taken again."""

    function: Any
    inner: tuple[Cursor, ...]

    def advanced(self) -> tuple[object, Mapped] | None:
        """The element here and the cursor behind it."""
        step: tuple[Any, Together] | None = Together(self.inner).advanced()
        if step is None:
            return None
        elements, together = step
        return self.function(*elements), Mapped(self.function, together.inner)


class Filtered(NamedTuple):
    """``filter``."""

    function: Any
    inner: Cursor

    def advanced(self) -> tuple[object, Filtered] | None:
        """The element here and the cursor behind it."""
        position = self.inner
        while (step := position.advanced()) is not None:
            element, position = step
            if element if self.function is None else self.function(element):
                return element, Filtered(self.function, position)
        return None


class Called(NamedTuple):
    """``iter(function, end)``."""

    function: Any
    end: Any

    def advanced(self) -> tuple[object, Called] | None:
        """The element here and the cursor behind it."""
        found = self.function()
        return None if found == self.end else (found, self)


class Live(NamedTuple):
    """An iterator of the script's own: it tells what it changes when it moves."""

    iterator: Any

    def advanced(self) -> tuple[object, Live] | None:
        """The element here and the cursor behind it."""
        try:
            return next(self.iterator), self
        except StopIteration:
            return None


class Given(NamedTuple):
    """A generator that has just given a value to the loop."""

    generator: Suspended
    value: object

    def advanced(self) -> tuple[object, Cursor] | None:
        """The element here and the cursor behind it."""
        if isinstance(self.value, Over):
            return None
        return self.value, Live(self.generator)


def awaited(position: Cursor) -> Suspended | None:
    """The generator that a loop reads next, and nothing else before it."""
    while type(position) is Counted:
        position = position.inner
    generator = position.iterator if type(position) is Live else None
    return generator if type(generator) is Suspended else None


def given(position: Cursor, value: object) -> Cursor:
    """The cursor of a loop whose generator has given a value."""
    if type(position) is Counted:
        return Counted(given(position.inner, value), position.number)
    return Given(position.iterator, value)


class Indexed(NamedTuple):
    """Through an object of the script that has items but no iterator."""

    sequence: Any
    at: int

    def advanced(self) -> tuple[object, Indexed] | None:
        """The element here and the cursor behind it."""
        try:
            return self.sequence[self.at], Indexed(self.sequence, self.at + 1)
        except (IndexError, StopIteration):
            return None


class Numbered(NamedTuple):
    """What has no end."""

    endless: Endless
    at: int

    def advanced(self) -> tuple[object, Numbered] | None:
        """The element here and the cursor behind it."""
        return self.endless.element(self.at), Numbered(self.endless, self.at + 1)


class Raised:
    """An error instead of an element: an iterator that has raised would not raise again."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error


class Link:
    """A place in what an iterator gives: the element there, once it has been asked for, and the
    next place. Places that no step can go back to are forgotten by themselves."""

    __slots__ = ("__weakref__", "behind", "element", "source")

    def __init__(self, source: Iterator[object]) -> None:
        self.source = source
        self.element: object = None
        self.behind: Link | None = None

    def taken(self) -> Link | None:
        """The next place, with this one's element known; None at the end."""
        if self.behind is None:
            try:
                self.element = next(self.source)
            except StopIteration:
                return None
            except Exception as error:
                self.element = Raised(error)
            self.behind = Link(self.source)
        return self.behind


class Remembered(NamedTuple):
    """Any other iterator: what it gave is remembered, so that a step back can give it again."""

    link: Link
    at: int

    def advanced(self) -> tuple[object, Remembered] | None:
        """The element here and the cursor behind it."""
        behind = self.link.taken()
        if behind is None:
            return None
        element = self.link.element
        if type(element) is Raised:
            raise element.error
        return element, Remembered(behind, self.at + 1)


def is_repeatable(position: Cursor) -> bool:
    """Can a run be repeated from this position alone?"""
    return not isinstance(position, Remembered) and all(map(is_repeatable, _parts(position)))


def _parts(position: Cursor) -> tuple[Cursor, ...]:
    """The cursors that a cursor reads from."""
    if isinstance(position, Counted | Filtered):
        return (position.inner,)
    if isinstance(position, Together | Mapped):
        return position.inner
    return ()


def length(position: Cursor) -> int | None:
    """How many elements the loop has in all, as far as it is known."""
    if isinstance(position, Along | Backwards):
        return len(position.sequence)
    if isinstance(position, Entries):
        return int(position.array.size)
    if isinstance(position, Keys):
        return len(position.elements)
    if isinstance(position, Items):
        return len(position.keys.elements)
    if isinstance(position, Filtered):
        return None
    known = map(length, _parts(position))
    return min((part for part in known if part is not None), default=None)


def sources(position: Cursor) -> Iterator[object]:
    """The objects that a cursor reads from, and the functions it calls."""
    for part in _parts(position):
        yield from sources(part)
    if isinstance(position, Mapped | Filtered):
        yield position.function
    elif isinstance(position, Called):
        yield from position
    elif isinstance(position, Items):
        yield position.keys.container
    elif isinstance(position, Keys):
        yield position.container
    elif isinstance(position, Along | Backwards):
        yield position.sequence
    elif isinstance(position, Entries):
        yield position.array
    elif isinstance(position, Live):
        yield position.iterator
    elif isinstance(position, Given):
        yield position.generator
        yield position.value
    elif isinstance(position, Indexed):
        yield position.sequence
