"""Keeping what an instruction is about to change."""

from __future__ import annotations

from typing import Any

import numpy as np

from stepnet.machine.checkpoint import stack
from stepnet.machine.contents import NOT_KEPT, owner, saved
from stepnet.machine.copy_on_write import CopyOnWrite
from stepnet.machine.frame import Frame
from stepnet.machine.reach import MUTABLE, mutable_things
from stepnet.machine.undo import MISSING, Change, cut, put_item, rebind, refill
from stepnet.source.instruction import Effects, Touch


def record(effects: Effects, frame: Frame, cow: CopyOnWrite, changes: list[Change]) -> None:
    """Append to `changes` all that an instruction with these effects may change."""
    names = frame.names
    for name in effects.binds:
        changes.append((rebind, names, name, names.get(name, MISSING)))
    if effects.touches:
        for touch in effects.touches:
            _touched(touch, frame, cow, changes)
    if effects.wholesale:
        record_everything(frame, cow, changes)


def record_everything(frame: Frame, cow: CopyOnWrite, changes: list[Change]) -> None:
    """Keep all that the run can reach."""
    frames = list(stack(frame))
    roots: list[object] = []
    for each in frames:
        changes.append((refill, each.names, None, dict(each.names)))
        roots += [value for name, value in each.names.items() if not name.startswith("__")]
    builtins = frames[-1].names["__builtins__"]
    assert isinstance(builtins, dict)
    roots += [builtins[".random"], builtins[".options"]]
    own = {id(each.names) for each in frames}
    for thing in mutable_things(roots):
        if id(thing) not in own:
            keep(thing, cow, changes)


def keep(thing: object, cow: CopyOnWrite, changes: list[Change]) -> None:
    """Keep what one object holds."""
    contents = saved(thing)
    if contents is not NOT_KEPT:
        cow.touch(thing)
        changes.append((refill, thing, None, contents))


def touch_inside(cow: CopyOnWrite, container: Any, key: object) -> None:
    """An item of a container is about to change in place."""
    if not isinstance(container, np.ndarray) or container.dtype.hasobject:
        cow.touch(container[key])


def _touched(touch: Touch, frame: Frame, cow: CopyOnWrite, changes: list[Change]) -> None:
    try:
        found = eval(touch.code, frame.globals, frame.names)
    except Exception:
        return  # the statement itself will meet the same error and tell of it
    if type(found) is np.ndarray and not touch.item:
        cow.touch(found)
        changes.append((refill, found, None, found.copy()))
    elif touch.item:
        _item(found[0], found[1], touch.inside, cow, changes)
    elif touch.grows and isinstance(found, list):
        cow.grow(found)
        changes.append((cut, found, len(found), None))
    else:
        for thing in found if isinstance(found, tuple) else (found,):
            keep(thing, cow, changes)


def _item(
    container: Any, key: object, inside: bool, cow: CopyOnWrite, changes: list[Change]
) -> None:
    if isinstance(container, np.flatiter):
        keep(container.base, cow, changes)
        return
    if isinstance(container, list) and isinstance(key, slice):
        keep(container, cow, changes)
        return
    try:
        old: Any = container[key]
    except KeyError:
        old = MISSING
    except Exception:
        return  # as above
    if not isinstance(container, MUTABLE) or _is_read_only(container):
        if inside:
            keep(old, cow, changes)  # it changes before the store fails
        return
    cow.touch(container)
    if isinstance(container, np.ndarray) and _looks_into(old, container):
        old = old.copy()
        inside = inside and old.dtype.hasobject
    changes.append((put_item, container, _fixed(key), old))
    if inside:
        keep(old, cow, changes)


def _looks_into(value: object, array: np.ndarray) -> bool:
    return isinstance(value, np.ndarray) and owner(value) is owner(array)


def _is_read_only(value: object) -> bool:
    return isinstance(value, np.ndarray) and not value.flags.writeable


def _fixed(key: object) -> object:
    """A key that cannot change with the array it selects from."""
    if isinstance(key, np.ndarray):
        return key.copy()
    if isinstance(key, tuple):
        return tuple(_fixed(part) for part in key)
    if isinstance(key, list):
        return list(key)
    return key
