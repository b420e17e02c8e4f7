"""Going back to the statement that last wrote an entry, however long ago that was."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import numpy as np

from stepnet.explain.subject import Gone, Subject, Way, same_place, way
from stepnet.machine.checkpoint import Checkpoint, stack
from stepnet.machine.copy_on_write import PENDING, Shorter
from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine
from stepnet.machine.travel import SLICE, rewind, travel
from stepnet.machine.undo import Record, cut, put_item, rebind, refill

STEPS = 64 * SLICE
"""Instructions stepped between two yields."""


def to_writer(machine: Machine, subject: Subject, depth: int) -> Generator[None, None, bool]:
    """Go back to right after the instruction that last wrote an entry.

    `depth` is that of the frame whose name it is. False where nothing wrote it since the start;
    the machine then stands at some earlier moment.
    """
    while True:
        frame = frame_at(machine, depth)
        found = way(subject, frame.names)
        tick = machine.tick
        for record, after in _records(machine):
            if _writes(record, after, frame, subject, found):
                yield from travel(machine, tick)
                return True
            tick -= 1
        if tick <= 0:
            return False
        yield from _further_back(machine, subject, depth, found, tick)


def frame_at(machine: Machine, depth: int) -> Frame:
    """The frame on the stack that is so many calls deep."""
    for frame in stack(machine.frame):
        if frame.depth == depth:
            return frame
    raise Gone(f"frame {depth}")


def _records(machine: Machine) -> Iterator[tuple[Record, Frame]]:
    """What ran, latest first, with the innermost frame after it."""
    after = machine.registers.frame
    for record in reversed(machine.log.records):
        yield record, after
        after = record[1]


def _further_back(
    machine: Machine, subject: Subject, depth: int, found: Way, tick: int
) -> Iterator[None]:
    """Stand at a tick up to which nothing wrote the entry, with the history before it."""
    for checkpoint in reversed(machine.keeper.checkpoints):
        if checkpoint.tick > tick:
            continue
        if not _rested(checkpoint, subject, depth, found):
            break
        tick = checkpoint.tick
    rewind(machine, machine.keeper.nearest(max(0, tick - 1)))
    while machine.tick < tick:
        with machine.world.active():
            done = machine.steps(min(STEPS, tick - machine.tick))
        if not done:
            return
        yield


def _rested(checkpoint: Checkpoint, subject: Subject, depth: int, found: Way) -> bool:
    """Was it there at a checkpoint as it is now, and written to by nobody since?"""
    state = next((state for state in checkpoint.frames if state.frame.depth == depth), None)
    if state is None or state.names.get(subject.name) is not found.objects[0]:
        return False
    kept = {id(entry.thing): entry.contents for entry in checkpoint.entries}
    for level, container in enumerate(found.containers):
        inside = kept.get(id(container))
        if inside is None or not _held(inside, found.keys[level], found.objects[level + 1]):
            return False
    return not isinstance(found.value, np.ndarray) or kept.get(id(found.value)) is PENDING


def _held(contents: object, key: Any, thing: object) -> bool:
    """Was this object an item of a container when its contents were kept?"""
    if contents is PENDING:
        return True
    if isinstance(contents, Shorter):
        return bool(key < contents.length)  # a list that has only grown since
    try:
        return contents[key] is thing  # type: ignore[index]  # a dict or a list
    except (LookupError, TypeError):
        return False


def _writes(record: Record, after: Frame, frame: Frame, subject: Subject, found: Way) -> bool:
    """Did an instruction write the entry?"""
    instruction, before, *_, changes, _ = record
    if instruction.binds_only is not None:
        return before is frame and instruction.binds_only == subject.name
    if after is frame and before is not frame and frame.caller is before:
        return True  # the function was entered: its names are its parameters
    wholesale = instruction.effects.wholesale
    return any(_changes(change, frame, subject, found, wholesale) for change in changes)


def _changes(change: Any, frame: Frame, subject: Subject, found: Way, wholesale: bool) -> bool:
    kind, thing, key, old = change
    if thing is frame.names:
        if kind is rebind:
            return bool(key == subject.name)
        return kind is refill and old.get(subject.name) is not found.objects[0]
    for level, container in enumerate(found.containers):
        if thing is container:
            return _item_changed(kind, key, old, found.keys[level], found.objects[level + 1])
    array = found.value
    if not isinstance(array, np.ndarray) or not isinstance(thing, np.ndarray):
        return False
    place = same_place(thing, array, subject.index)
    if place is None:
        return False
    if kind is put_item:
        stored = np.zeros(thing.shape, dtype=bool)
        stored[key] = True
        return bool(stored[place])
    if wholesale:
        return bool(old[place].tobytes() != thing[place].tobytes())
    return kind is refill


def _item_changed(kind: Any, key: Any, old: Any, wanted: Any, now: object) -> bool:
    if kind is put_item:
        return bool(np.array_equal(key, wanted))
    if kind is cut:
        return bool(wanted >= key)
    try:
        return old[wanted] is not now
    except (LookupError, TypeError):
        return True
