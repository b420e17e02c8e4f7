"""Taking up a generator's frame again, and setting it aside."""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

from stepnet.machine.callee import surroundings
from stepnet.machine.caught import RAISED
from stepnet.machine.cursor import given
from stepnet.machine.frame import MISSING, Frame, Names, function_frame
from stepnet.machine.generator import (
    GIVEN,
    OVER,
    WAITING,
    Links,
    Over,
    Sent,
    Suspended,
    check_free,
    is_over,
    link,
    receive,
)
from stepnet.machine.record import keep
from stepnet.machine.undo import Change, move_loop, rebind
from stepnet.source.instruction import Unit

if TYPE_CHECKING:
    from stepnet.machine.machine import Machine

DEEPEST = 1000
"""Frames on top of each other before the run is stopped, as Python stops it."""


def suspended(unit: Unit, bound: Names, function: FunctionType, machine: Machine) -> Suspended:
    """A generator at its beginning."""
    around = surroundings(function, unit, bound) if function.__closure__ else function.__globals__
    return Suspended(function_frame(unit, bound, around, None, ""), machine.announced.advance)


def resume(
    generator: Suspended, receiver: str | int, machine: Machine, changes: list[Change]
) -> None:
    """Go on in a generator's frame; `receiver` is the name, or the loop, that waits for a value."""
    waiting = machine.registers.frame
    check_free(generator)
    if waiting.depth >= DEEPEST:
        raise RecursionError("maximum recursion depth exceeded")
    keep(generator, machine.cow, changes)
    registers = machine.registers
    iteration = registers.moment.iteration
    frame = generator.__frame__
    name, slot = ("", receiver) if isinstance(receiver, int) else (receiver, 0)
    link(frame, Links(waiting, waiting.place, name, slot, waiting.depth + 1, iteration))
    registers.frame = frame


def give(value: object, frame: Frame, machine: Machine, changes: list[Change]) -> None:
    """Set a generator's frame aside, and give a value to whoever waits for it."""
    generator, waiting, slot = frame.generator, frame.caller, frame.slot
    assert isinstance(generator, Suspended)
    assert waiting is not None
    keep(generator, machine.cow, changes)
    if isinstance(value, Over):
        frame.place = OVER
        changes.append((forget_value, generator, None, generator.__value__))
        generator.__value__ = value.value
    if slot:
        position = waiting.loops[slot]
        changes.append((move_loop, waiting, slot, position))
        waiting.loops[slot] = given(position, value)
    else:
        names, receiver = waiting.names, frame.result
        changes.append((rebind, names, receiver, names.get(receiver, MISSING)))
        names[receiver] = value
    link(frame, Links())
    machine.registers.frame = waiting


def forget_value(_cow: object, generator: Suspended, _: None, old: object) -> None:
    """A generator had not returned yet."""
    generator.__value__ = old


def drop(frame: Frame, until: Frame, machine: Machine, changes: list[Change]) -> None:
    """An error leaves these frames: the generators among them have ended."""
    inner: Frame | None = frame
    while inner is not None and inner is not until:
        outer = inner.caller
        if isinstance(inner.generator, Suspended):
            keep(inner.generator, machine.cow, changes)
            inner.place = OVER
            link(inner, Links())
        inner = outer


def leaves_generator(frame: Frame, until: Frame | None) -> bool:
    """Does an error on its way out of these frames leave a generator?"""
    inner: Frame | None = frame
    while inner is not None and inner is not until:
        if inner.generator is not None:
            return True
        inner = inner.caller
    return False


def outside(error: BaseException, frame: Frame, until: Frame | None) -> BaseException:
    """An error as it is seen outside of these frames: no generator ends by raising."""
    if isinstance(error, StopIteration) and leaves_generator(frame, until):
        return RuntimeError("generator raised StopIteration")
    return error


def run_on(generator: Suspended, sent: Sent, machine: Machine) -> object:
    """The next value, for native code: the generator runs until it gives it.

    Raises StopIteration at its end, and whatever its code raises.
    """
    from stepnet.machine.execute import execute

    check_free(generator)
    if is_over(generator):
        raise sent.error or StopIteration
    if machine.world.clock.is_wanted:
        machine.world.clock.break_off()
    registers = machine.registers
    outer, moment = registers.frame, registers.moment
    announced = machine.announced
    announced.touch(generator)
    told: list[Change] = announced.changes if announced.changes is not None else []
    landing = Frame(_NOWHERE, _reached(outer, machine), {}, None, "")
    landing.depth = outer.depth
    frame = generator.__frame__
    link(frame, Links(landing, 0, GIVEN, 0, outer.depth + 1, moment.iteration))
    registers.frame = frame
    receive(generator, sent.value)
    try:
        if sent.error is not None:
            _raise_in(frame, sent.error, machine, told, landing)
        while registers.frame is not landing:
            inner = registers.frame
            place = inner.place
            try:
                execute(inner.unit.instructions[place], machine, told)
            except (*RAISED, GeneratorExit) as error:
                inner.place = place
                machine.goes_on(inner, place, error, told, landing)
    finally:
        registers.frame, registers.moment = outer, moment
    value = landing.names[GIVEN]
    if isinstance(value, Over):
        raise StopIteration(value.value)
    return value


def _raise_in(
    frame: Frame, error: BaseException, machine: Machine, told: list[Change], landing: Frame
) -> None:
    """Raise an error where a generator stands.

    Raises it again where nothing in the generator deals with it.
    """
    waiting: Any = frame.names.get(WAITING)
    if waiting is None:
        drop(frame, landing, machine, told)
        raise error
    machine.goes_on(frame, waiting[1], error, told, landing)


_NOWHERE = Unit("", None)


def _reached(frame: Frame, machine: Machine) -> Names:
    """What the frames that wait for native code can reach, for whoever keeps everything."""
    waiting: Frame | None = frame
    held: list[object] = []
    while waiting is not None:
        held += [value for name, value in waiting.names.items() if not name.startswith("__")]
        waiting = waiting.caller
    return {"__builtins__": machine.world.builtins, ".outer": held}


def received(value: object, *default: object) -> object:
    """What ``next`` was given.

    Raises StopIteration where the generator had ended and there is no default.
    """
    if not isinstance(value, Over):
        return value
    if default:
        return default[0]
    raise StopIteration(*([value.value] if value.value is not None else []))


def returned(generator: object) -> object:
    """The value of ``yield from``."""
    return generator.__value__ if isinstance(generator, Suspended) else None
