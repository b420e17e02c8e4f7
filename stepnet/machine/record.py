"""Keeping what an instruction is about to change."""

from __future__ import annotations

from typing import Any

import numpy as np

from stepnet.machine.checkpoint import stack
from stepnet.machine.contents import MUTABLE, NOT_KEPT, holders, owner, saved
from stepnet.machine.copy_on_write import CopyOnWrite
from stepnet.machine.frame import MISSING, Frame
from stepnet.machine.objects import attributes, is_own_class
from stepnet.machine.reach import mutable_things
from stepnet.machine.reflection import Attributes
from stepnet.machine.undo import Change, cut, put_attribute, put_item, rebind, refill
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
    roots += [builtins[name] for name in (".random", ".chance", ".options", ".numbers")]
    own = {id(each.names) for each in frames}
    for thing in mutable_things(roots):
        if id(thing) not in own:
            keep(thing, cow, changes)


def keep(thing: object, cow: CopyOnWrite, changes: list[Change]) -> None:
    """Keep what one object holds."""
    for part in holders(thing):
        contents = saved(part)
        if contents is not NOT_KEPT:
            cow.touch(part)
            changes.append((refill, part, None, contents))


def _touched(touch: Touch, frame: Frame, cow: CopyOnWrite, changes: list[Change]) -> None:
    try:
        found = eval(touch.code, frame.globals, frame.names)
    except Exception:
        return  # the statement itself will meet the same error and tell of it
    if type(found) is np.ndarray and not touch.item and not touch.attribute:
        cow.touch(found)
        changes.append((refill, found, None, found.copy()))
    elif touch.attribute:
        keep_attribute(found, touch.attribute, touch.inside, cow, changes)
    elif touch.item:
        _item(found[0], found[1], touch.inside, cow, changes)
    elif touch.grows and isinstance(found, list):
        keep_length(found, cow, changes)
    else:
        for thing in found if isinstance(found, tuple) else (found,):
            keep(thing, cow, changes)


def keep_length(thing: list[object], cow: CopyOnWrite, changes: list[Change]) -> None:
    """Keep how long a list is."""
    cow.grow(thing)
    changes.append((cut, thing, len(thing), None))


def keep_attribute(
    thing: Any, name: str, inside: bool, cow: CopyOnWrite, changes: list[Change]
) -> None:
    """Keep one attribute of an object; with `inside` what it holds may change in place too."""
    held = attributes(thing)
    if isinstance(thing, dict):
        keep(thing, cow, changes)  # its class may keep attributes among its items
    if held is not None:
        old = held.get(name, MISSING)
        cow.touch(held)
        changes.append((put_item, held, name, old))
        if inside and old is MISSING:
            old = getattr(type(thing), name, MISSING)
    elif is_own_class(thing):
        cow.touch(thing)
        old = thing.__dict__.get(name, MISSING)
        changes.append((put_attribute, thing, name, old))
    else:
        keep(thing, cow, changes)
        old = getattr(thing, name, MISSING) if inside else MISSING
    if inside:
        keep(old, cow, changes)


def _item(
    container: Any, key: object, inside: bool, cow: CopyOnWrite, changes: list[Change]
) -> None:
    if isinstance(container, np.flatiter):
        keep(container.base, cow, changes)
        return
    if isinstance(container, Attributes):
        container = container.__dict__
    if isinstance(container, list) and isinstance(key, slice):
        keep(container, cow, changes)
        return
    try:
        # Reading a defaultdict would make what is missing.
        if isinstance(container, dict):
            old: Any = dict.get(container, key, MISSING)
        elif isinstance(container, list):
            old = list.__getitem__(container, key)  # type: ignore[call-overload]  # it is looked at below
        else:
            old = container[key]
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
