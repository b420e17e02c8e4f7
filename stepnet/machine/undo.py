"""What each step changed, so that it can be taken back; bounded in bytes.

A change is a tuple of the function that takes it back and what that function needs. Tuples and
functions, and not classes, because one is made at every step.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from stepnet.machine.contents import OVERHEAD, restore, size
from stepnet.machine.copy_on_write import CopyOnWrite
from stepnet.machine.cursor import Cursor
from stepnet.machine.frame import MISSING, Frame, Names
from stepnet.machine.objects import Instance
from stepnet.machine.registers import Moment
from stepnet.source.instruction import Instruction

Change = tuple[Callable[[CopyOnWrite, Any, Any, Any], None], Any, Any, Any]
"""How to take it back, and on what; the last part is what was there before."""


class Also(NamedTuple):
    """What a name was bound to, and what native code changed besides, unseen."""

    old: object
    changes: list[Change]


Record = tuple[Instruction, Frame, int, Moment, int, Any, int]
"""What ran, the frame and place it ran at, the moment and the amount printed before it, its
changes, and its size in bytes. An instruction that only binds one name has, instead of changes,
what that name was bound to."""


def rebind(cow: CopyOnWrite, names: Names, name: str, old: object) -> None:
    """A name was bound, rebound or deleted: bind it as it was.

    A checkpoint that lies ahead may hold the names of a function that has returned by then.
    """
    if type(names) is not dict:
        cow.touch(names)
    if old is MISSING:
        names.pop(name, None)
    else:
        names[name] = old


def refill(cow: CopyOnWrite, thing: object, _: None, old: object) -> None:
    """An object changed in place: write the old contents into the same object."""
    cow.touch(thing)
    restore(thing, old)


def put_item(cow: CopyOnWrite, container: Any, key: object, old: object) -> None:
    """An item of a container was stored: store the old one."""
    cow.touch(container)
    kind: Any = type(container)
    if isinstance(container, Instance):  # its class may store items in another way
        kind = dict if isinstance(container, dict) else list
    if old is MISSING:
        kind.pop(container, key, None)
    else:
        kind.__setitem__(container, key, old)


def put_attribute(cow: CopyOnWrite, owner: type, name: str, old: object) -> None:
    """An attribute of a class was stored: store the old one."""
    cow.touch(owner)
    if old is MISSING:
        if name in owner.__dict__:
            delattr(owner, name)
    else:
        setattr(owner, name, old)


def cut(cow: CopyOnWrite, thing: list[object], length: int, _: None) -> None:
    """A list got longer: cut it back."""
    cow.touch(thing)
    list.__delitem__(thing, slice(length, None))


def move_loop(_cow: CopyOnWrite, frame: Frame, slot: int, old: Cursor) -> None:
    """A loop moved on, began or ended: put it back where it stood."""
    if old is None:
        frame.loops.pop(slot, None)
    else:
        frame.loops[slot] = old


class UndoLog:
    """The last records, as many as the budget of bytes holds."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.bytes = 0
        self.records: deque[Record] = deque()

    def trim(self) -> None:
        """Give up the oldest records until the budget holds the rest."""
        records = self.records
        while self.bytes > self.budget and records:
            self.bytes -= records.popleft()[6]

    def pop(self) -> Record | None:
        """Take back the last record, if there is one."""
        if not self.records:
            return None
        record = self.records.pop()
        self.bytes -= record[6]
        return record

    def clear(self) -> None:
        """Forget everything: the state has moved without us."""
        self.records.clear()
        self.bytes = 0


RECORD = 300
"""Bytes of a record itself."""


def changes_size(changes: list[Change]) -> int:
    """About how many bytes some changes keep alive, their record included."""
    kept = RECORD
    for change in changes:
        old = change[3]
        kind = type(old)
        if kind is np.ndarray:
            kept += OVERHEAD + old.nbytes
        elif kind is list or kind is dict or kind is set:
            kept += size(old)
        else:
            kept += OVERHEAD
    return kept
