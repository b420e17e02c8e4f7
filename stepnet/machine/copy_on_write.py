"""Snapshots that cost nothing until what they hold is about to change.

A checkpoint does not copy an array; it asks to be told before the array changes. Whatever is
never touched again is shared by all checkpoints and by the run itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from stepnet.machine.contents import IMMUTABLE, OVERHEAD, owner, restore, saved, size
from stepnet.machine.generator import Suspended
from stepnet.machine.objects import is_instance

SHORT = 64
"""Lists below this length are looked through every time."""
NOTES = 32
"""Objects about which something is noted; each is kept alive for it."""


class Pending:
    """Contents that still stand in the object itself."""


class Shorter:
    """The first `length` elements of a list; `copy` is None while the list itself has them."""

    __slots__ = ("copy", "length")

    def __init__(self, length: int) -> None:
        self.length = length
        self.copy: list[object] | None = None


PENDING = Pending()


class Entry:
    """What one object held at a checkpoint; shared by checkpoints between which it rested."""

    __slots__ = ("contents", "thing")

    def __init__(self, thing: object) -> None:
        self.thing = thing
        self.contents: object = PENDING


class CopyOnWrite:
    """Who has to be told before which object changes."""

    def __init__(self) -> None:
        self._pending: dict[int, list[Entry]] = {}
        self._grown: dict[int, list[Entry]] = {}
        self._scanned: dict[int, tuple[list[object], int, list[object]]] = {}
        self._notes: dict[int, dict[int, tuple[object, object]]] = {}
        self._watched: set[int] = set()
        """Keys of all that somebody wants to be told about: most touches end here."""

    def children(self, thing: list[object]) -> list[object]:
        """The elements of a list that are more than plain numbers and texts.

        A list that only grows is looked through once, not once a checkpoint.
        """
        if len(thing) < SHORT:
            return thing
        _, length, found = self._scanned.get(id(thing), (thing, 0, []))
        found = found + [part for part in thing[length:] if not isinstance(part, IMMUTABLE)]
        self._scanned[id(thing)] = (thing, len(thing), found)
        self._watched.add(id(thing))
        return found

    def note(self, thing: object) -> object:
        """What was noted about an object, if it has not changed since; else None."""
        noted = self._notes.get(_key(thing), {}).get(id(thing))
        return noted[1] if noted else None

    def keep_note(self, thing: object, note: object) -> None:
        """Note something about what an object holds; forgotten when it changes."""
        key = _key(thing)
        self._watched.add(key)
        self._notes.setdefault(key, {})[id(thing)] = (thing, note)
        while len(self._notes) > NOTES:
            self._notes.pop(next(iter(self._notes)))

    def entry(self, thing: object) -> Entry:
        """An entry for what `thing` holds now."""
        key = _key(thing)
        self._watched.add(key)
        waiting = self._pending.setdefault(key, [])
        for entry in waiting:
            if entry.thing is thing:
                return entry
        entry = Entry(thing)
        waiting.append(entry)
        return entry

    def touch(self, thing: object) -> None:
        """`thing` is about to change: keep its contents for those who asked."""
        if type(thing) is np.flatiter:
            thing = thing.base
        elif is_instance(thing):
            if isinstance(thing, list | dict):
                self.touch(thing.__dict__)
            else:
                thing = thing.__dict__
        elif type(thing) is Suspended:
            self.touch(thing.__frame__.names)
        while type(thing) is np.ndarray and type(thing.base) is np.ndarray:
            thing = thing.base
        key = id(thing)
        if key not in self._watched:
            return
        self._watched.discard(key)
        self._notes.pop(key, None)
        self._scanned.pop(key, None)
        waiting = self._pending.pop(key, None)
        if waiting:
            for entry in waiting:
                entry.contents = saved(entry.thing)
        grown = self._grown.pop(key, None)
        if grown:
            assert isinstance(thing, list)  # only lists grow
            whole = list.copy(thing)
            for entry in grown:
                assert isinstance(entry.contents, Shorter)
                entry.contents.copy = whole

    def grow(self, thing: object) -> None:
        """`thing` is about to get longer: of a list, its length is all there is to keep."""
        if not isinstance(thing, list):
            self.touch(thing)
            return
        key = id(thing)
        waiting = self._pending.pop(key, None) if key in self._watched else None
        if waiting:
            for entry in waiting:
                entry.contents = Shorter(len(thing))
            self._grown.setdefault(key, []).extend(waiting)

    def restore(self, entries: Iterable[Entry]) -> None:
        """Put back what the entries' objects held."""
        for entry in entries:
            contents = entry.contents
            if contents is PENDING:
                continue
            self.touch(entry.thing)
            if isinstance(contents, Shorter):
                assert contents.copy is not None
                contents = contents.copy[: contents.length]
            restore(entry.thing, contents)

    def forget(self, kept: Iterable[Entry]) -> None:
        """Only these entries are still asked for."""
        self._pending.clear()
        self._grown.clear()
        self._scanned.clear()
        self._notes.clear()
        self._watched.clear()
        for entry in kept:
            key = _key(entry.thing)
            if entry.contents is PENDING:
                self._pending.setdefault(key, []).append(entry)
            elif isinstance(entry.contents, Shorter) and entry.contents.copy is None:
                self._grown.setdefault(key, []).append(entry)
            else:
                continue
            self._watched.add(key)


def entry_size(entry: Entry, counted: set[int]) -> int:
    """Bytes that an entry keeps alive: the object itself and the copy of what it held.

    Objects that are in `counted`, by their identity, are free; those that are met join it.
    """
    copied = entry.contents.copy if isinstance(entry.contents, Shorter) else entry.contents
    total = OVERHEAD
    for kept in (entry.thing, copied):
        if kept is not None and kept is not PENDING and id(kept) not in counted:
            counted.add(id(kept))
            total += size(kept)
    return total


def _key(thing: object) -> int:
    return id(owner(thing)) if isinstance(thing, np.ndarray) else id(thing)
