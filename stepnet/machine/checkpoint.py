"""A whole state, kept so that the run can be taken up from there again."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from stepnet.machine.contents import IMMUTABLE
from stepnet.machine.copy_on_write import CopyOnWrite, Entry
from stepnet.machine.cursor import Cursor, is_repeatable, sources
from stepnet.machine.frame import Frame, Names, is_hidden
from stepnet.machine.generator import Links, link, links
from stepnet.machine.objects import Instance, attributes, bare
from stepnet.machine.reach import Unreachable, mutable_things
from stepnet.machine.registers import Registers
from stepnet.machine.world import World

SAMPLE = 64
"""Elements of a long list that a digest looks at: the last ones."""
LARGE = 1 << 20
"""Arrays above this many bytes are sampled by a digest."""


@dataclass(frozen=True, eq=False)
class FrameState:
    """One frame of the stack as it was."""

    frame: Frame
    place: int
    names: Names
    loops: dict[int, Cursor]
    links: Links
    """Who waits for it."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A state that can be restored."""

    tick: int
    registers: Registers
    frames: tuple[FrameState, ...]
    entries: tuple[Entry, ...]
    printed: int
    digest: int


def taken(tick: int, registers: Registers, world: World, cow: CopyOnWrite) -> Checkpoint | None:
    """A checkpoint of the state now; None where it holds something that cannot be put back."""
    frames = tuple(
        FrameState(frame, frame.place, dict(frame.names), dict(frame.loops), links(frame))
        for frame in stack(registers.frame)
    )
    if not all(is_repeatable(loop) for state in frames for loop in state.loops.values()):
        return None
    try:
        things = list(mutable_things(_roots(frames, world), cow.children))
    except Unreachable:
        return None
    own = {id(state.frame.names) for state in frames}
    return Checkpoint(
        tick=tick,
        registers=registers.copied(),
        frames=frames,
        entries=tuple(cow.entry(thing) for thing in things if id(thing) not in own),
        printed=len(world.output),
        digest=digest(registers),
    )


def put_back(checkpoint: Checkpoint, world: World, cow: CopyOnWrite) -> Registers:
    """Make the state what it was; returns the registers to go on with."""
    cow.restore(checkpoint.entries)
    for state in checkpoint.frames:
        state.frame.place = state.place
        cow.touch(state.frame.names)
        state.frame.names.clear()
        state.frame.names.update(state.names)
        state.frame.loops = dict(state.loops)
        link(state.frame, state.links)
    world.printed(checkpoint.printed)
    return checkpoint.registers.copied()


def stack(frame: Frame | None) -> Iterator[Frame]:
    """The frames from the innermost out."""
    while frame is not None:
        yield frame
        frame = frame.caller


def _roots(frames: tuple[FrameState, ...], world: World) -> Iterator[object]:
    yield world.random
    yield world.chance
    yield world.options
    yield world.numbers
    for state in frames:
        for name, value in state.names.items():
            if not name.startswith("__"):
                yield value
        for loop in state.loops.values():
            yield from sources(loop)


def digest(registers: Registers) -> int:
    """A number for a state: different states have different ones, as good as always.

    It holds for this process only.
    """
    parts: list[object] = []
    for frame in stack(registers.frame):
        parts += (frame.unit.name, frame.place)
        for name in sorted(frame.names):
            if not is_hidden(name):
                parts.append(name)
                _add(parts, frame.names[name], 4)
    return hash(tuple(parts))


def _add(parts: list[object], value: object, depth: int) -> None:
    if isinstance(value, Instance) and isinstance(value, list | dict | tuple):
        parts.append(type(value).__name__)
        _add(parts, value.__dict__, depth - 1)
        value = bare(value)
    if isinstance(value, np.ndarray):
        parts += (value.dtype.str, value.shape)
        if not value.dtype.hasobject:
            step = max(1, value.nbytes // LARGE)
            parts.append(value.reshape(-1)[::step].tobytes())
    elif isinstance(value, float):
        parts.append(struct.pack("d", value))
    elif type(value) is int:
        parts.append(value)  # a long one has no text
    elif isinstance(value, IMMUTABLE):
        parts.append(repr(value))
    elif isinstance(value, list | tuple):
        parts.append(len(value))
        for part in value[-SAMPLE:] if depth else ():
            _add(parts, part, depth - 1)
    elif isinstance(value, dict):
        for key, part in list(value.items())[:SAMPLE] if depth else ():
            _add(parts, key, depth - 1)
            _add(parts, part, depth - 1)
    else:
        parts.append(type(value).__name__)
        held = attributes(value)
        if held and depth:
            _add(parts, held, depth - 1)
