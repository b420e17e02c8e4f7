"""Which instructions may change what an expression is."""

from __future__ import annotations

from collections.abc import Iterator

from stepnet.machine.checkpoint import stack
from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine
from stepnet.session.stops.places import Sites
from stepnet.source.instruction import Begin, Call, Instruction, Next, Unit


def binds(instruction: Instruction) -> frozenset[str]:
    """Names of its frame that an instruction binds."""
    names = set(instruction.effects.binds)
    if isinstance(instruction, Begin | Next):
        names |= set(instruction.store.effects.binds)
        names |= {instruction.store.name} if instruction.store.name else set()
    return frozenset(names)


def touches(instruction: Instruction) -> bool:
    """May it change an object in place?"""
    effects = [instruction.effects]
    if isinstance(instruction, Begin | Next):
        effects.append(instruction.store.effects)
    return any(part.touches or part.wholesale for part in effects)


def changing(names: frozenset[str], home: Unit, sites: Sites) -> Iterator[Instruction]:
    """Instructions after which an expression over names of a unit may have another value.

    What changes something in place may do so through any alias, so all of those are among them.
    """
    for unit, part in sites.all:
        inside = unit is not sites.program.module and home is not sites.program.module
        if touches(part) or (binds(part) & names and (unit is home or inside)):
            yield part
        elif isinstance(part, Call):
            yield part  # it gives a frame, or calls what nobody could look into


def home_of(names: frozenset[str], sites: Sites, machine: Machine) -> Unit:
    """The unit whose names an expression means: the one the program stands in, if it has them."""
    for frame in stack(machine.frame):
        if frame.caller is not None and names & frame.unit.names:
            return frame.unit
    module = sites.program.module
    known = {name for unit, part in sites.all if unit is module for name in binds(part)}
    if names - known:
        for unit in sites.functions:
            if names - known <= unit.names:
                return unit
    return module


def frame_in(home: Unit, machine: Machine) -> Frame | None:
    """The innermost frame of a unit; None while it is not running."""
    frame: Frame | None = machine.registers.frame
    while frame is not None and frame.unit is not home:
        frame = frame.caller
    return frame
