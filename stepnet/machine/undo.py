"""What each step changed, so that it can be taken back; bounded in bytes."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

import numpy as np

from stepnet.machine.contents import OVERHEAD, restore, size
from stepnet.machine.copy_on_write import CopyOnWrite
from stepnet.machine.cursor import Cursor
from stepnet.machine.frame import Frame, Names
from stepnet.machine.registers import Tally
from stepnet.source.instruction import Instruction


class Missing:
    """A name that was not bound."""


MISSING = Missing()


class Bound(NamedTuple):
    """A name was bound, rebound or deleted."""

    names: Names
    name: str
    old: object

    def undo(self, _cow: CopyOnWrite) -> None:
        """Bind it as it was."""
        if self.old is MISSING:
            self.names.pop(self.name, None)
        else:
            self.names[self.name] = self.old


class Contents(NamedTuple):
    """An object changed in place."""

    thing: object
    old: object

    def undo(self, cow: CopyOnWrite) -> None:
        """Write the old contents into the same object."""
        cow.touch(self.thing)
        restore(self.thing, self.old)


class Item(NamedTuple):
    """One item of a container was stored."""

    container: object
    key: object
    old: object

    def undo(self, cow: CopyOnWrite) -> None:
        """Store the old item."""
        cow.touch(self.container)
        if self.old is MISSING:
            self.container.pop(self.key, None)  # type: ignore[attr-defined]  # a dictionary
        else:
            self.container[self.key] = self.old  # type: ignore[index]  # a container


class Grown(NamedTuple):
    """A list got longer."""

    thing: list[object]
    length: int

    def undo(self, cow: CopyOnWrite) -> None:
        """Cut it back."""
        cow.touch(self.thing)
        del self.thing[self.length :]


class Position(NamedTuple):
    """A loop moved on, began or ended."""

    frame: Frame
    slot: int
    old: Cursor

    def undo(self, _cow: CopyOnWrite) -> None:
        """Put the loop back where it stood."""
        if self.old is None:
            self.frame.loops.pop(self.slot, None)
        else:
            self.frame.loops[self.slot] = self.old


Change = Bound | Contents | Item | Grown | Position


class Record(NamedTuple):
    """One step: what ran, where it stood before, and what it changed."""

    instruction: Instruction
    frame: Frame
    place: int
    iteration: tuple[int, ...]
    turns: int
    tallies: tuple[Tally, ...]
    printed: int
    changes: list[Change]
    size: int


class UndoLog:
    """The last records, as many as the budget of bytes holds."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.bytes = 0
        self.records: deque[Record] = deque()

    def append(self, record: Record) -> None:
        """Keep a record; the oldest go when the budget is spent."""
        records = self.records
        records.append(record)
        self.bytes += record.size
        while self.bytes > self.budget and records:
            self.bytes -= records.popleft().size

    def pop(self) -> Record | None:
        """Take back the last record, if there is one."""
        if not self.records:
            return None
        record = self.records.pop()
        self.bytes -= record.size
        return record

    def clear(self) -> None:
        """Forget everything: the state has moved without us."""
        self.records.clear()
        self.bytes = 0


RECORD = 400
"""Bytes of a record itself."""


def change_size(change: Change) -> int:
    """About how many bytes a change keeps alive."""
    if isinstance(change, Bound):
        old = change.old
        return OVERHEAD + (old.nbytes if isinstance(old, np.ndarray) else 0)
    if isinstance(change, Contents | Item):
        return OVERHEAD + size(change.old)
    return OVERHEAD
