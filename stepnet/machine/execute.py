"""Executing one instruction: a function for each kind, chosen by a table."""

from __future__ import annotations

from collections.abc import Callable
from types import MethodType
from typing import TYPE_CHECKING, Any

from stepnet.machine.callee import Callee, callee, changed_by, is_pure, surroundings
from stepnet.machine.caught import Caught
from stepnet.machine.cursor import Cursor, awaited
from stepnet.machine.frame import MISSING, Frame, Names, bound_arguments, function_frame
from stepnet.machine.generator import WAITING, Over, Suspended, check_sent, is_over, receive
from stepnet.machine.iterated import read_on
from stepnet.machine.record import keep, record, record_everything
from stepnet.machine.registers import Moment
from stepnet.machine.resume import DEEPEST, give, resume
from stepnet.machine.taken_apart import cursor
from stepnet.machine.undo import Change, move_loop, rebind
from stepnet.source.comprehension import ITERABLE
from stepnet.source.instruction import (
    TEMPORARY,
    Begin,
    Call,
    Instruction,
    Next,
    Reraise,
    Return,
    Run,
    Store,
    Test,
    Unit,
    Yield,
)  # fmt: skip
from stepnet.source.lower import ELEMENT

if TYPE_CHECKING:
    from stepnet.machine.machine import Machine


def execute(instruction: Instruction, machine: Machine, changes: list[Change]) -> None:
    """Execute; what it changes is appended to `changes` before it changes.

    Raises whatever the script raises.
    """
    _KINDS[type(instruction)](instruction, machine, changes)


def _run(instruction: Run, machine: Machine, changes: list[Change]) -> None:
    frame = machine.registers.frame
    record(instruction.effects, frame, machine.cow, changes)
    exec(instruction.code, frame.globals, frame.names)
    if instruction.slot is not None:
        _move(frame, instruction.slot, None, changes)
    if instruction.leaves is not None:
        _leave(instruction.leaves, machine)
    frame.place = instruction.then


def _test(instruction: Test, machine: Machine, changes: list[Change]) -> None:
    frame = machine.registers.frame
    record(instruction.effects, frame, machine.cow, changes)
    goes_on = bool(eval(instruction.code, frame.globals, frame.names))
    if instruction.level is not None:
        if goes_on:
            count_turn(instruction.level, machine)
        else:
            _leave(instruction.level, machine)
    frame.place = instruction.then if goes_on else instruction.otherwise


def _begin(instruction: Begin, machine: Machine, changes: list[Change]) -> None:
    frame = machine.registers.frame
    record(instruction.effects, frame, machine.cow, changes)
    position = cursor(eval(instruction.code, frame.globals, frame.names))
    if instruction.level is not None:
        _leave(instruction.level, machine)
    _advance(position, instruction, machine, changes)


def _next(instruction: Next, machine: Machine, changes: list[Change]) -> None:
    frame = machine.registers.frame
    if instruction.effects.wholesale:
        record_everything(frame, machine.cow, changes)
    _advance(frame.loops[instruction.slot], instruction, machine, changes)


def _advance(
    position: Cursor, instruction: Begin | Next, machine: Machine, changes: list[Change]
) -> None:
    frame = machine.registers.frame
    loops, slot = frame.loops, instruction.slot
    generator = awaited(position)
    if generator is not None and not is_over(generator):
        changes.append((move_loop, frame, slot, loops.get(slot)))
        loops[slot] = position
        if type(instruction) is Begin:
            frame.place = instruction.again
        resume(generator, slot, machine, changes)
        return
    try:
        step = position.advanced()
    except StopIteration:  # a function that was looped over may end the loop this way
        step = None
    changes.append((move_loop, frame, slot, loops.get(slot)))
    if step is None:
        loops.pop(slot, None)
        if instruction.level is not None:
            _leave(instruction.level, machine)
        frame.place = instruction.otherwise
        return
    store = instruction.store
    name = store.name
    if name is not None:
        names = frame.names
        changes.append((rebind, names, name, names.get(name, MISSING)))
        names[name] = step[0]
    else:
        _store(store, step[0], machine, changes)
    loops[slot] = step[1]
    if instruction.level is not None:
        count_turn(instruction.level, machine)
    frame.place = instruction.then


def _store(store: Store, element: object, machine: Machine, changes: list[Change]) -> None:
    frame = machine.registers.frame
    assert store.code is not None
    record(store.effects, frame, machine.cow, changes)
    names = frame.names
    names[ELEMENT] = element
    try:
        exec(store.code, frame.globals, names)
    finally:
        del names[ELEMENT]


def _move(frame: Frame, slot: int, position: Cursor, changes: list[Change]) -> None:
    changes.append((move_loop, frame, slot, frame.loops.get(slot)))
    if position is None:
        frame.loops.pop(slot, None)
    else:
        frame.loops[slot] = position


_quick = tuple.__new__
"""Makes a named tuple without asking it how: a moment is made at every iteration."""


def count_turn(level: int, machine: Machine) -> None:
    """A counted loop begins its next turn; one that runs outside of its outer loops counts none."""
    registers = machine.registers
    moment = registers.moment
    iteration, turns = moment.iteration, moment.turns
    if len(iteration) < level:
        return
    if level == 0:
        turns += 1
        iteration = (turns,)
    else:
        number = iteration[level] + 1 if len(iteration) > level else 1
        iteration = (*iteration[:level], number)
    tallies = moment.tallies[: level + 1]
    if level < machine.program.levels - 1:
        tallies = (*tallies, {})
    registers.moment = _quick(Moment, (iteration, turns, tallies))


def _leave(level: int, machine: Machine) -> None:
    """A counted loop is over."""
    moment = machine.registers.moment
    if len(moment.iteration) > level:
        iteration, tallies = moment.iteration[:level], moment.tallies[: level + 1]
        machine.registers.moment = Moment(iteration, moment.turns, tallies)


def _call(instruction: Call, machine: Machine, changes: list[Change]) -> None:
    frame = machine.registers.frame
    record(instruction.effects, frame, machine.cow, changes)
    if instruction.prelude is not None:
        exec(instruction.prelude, frame.globals, frame.names)
    found = eval(instruction.code, frame.globals, frame.names)
    if instruction.unit is not None:
        names = {ITERABLE: iter_once(found)}
        _enter(instruction.unit, names, frame.names, frame, instruction, machine)
        return
    function, positional, keywords = found
    if function is read_on and type(positional[0]) is Suspended:
        _read_next(positional[0], None, instruction, machine, changes)
        return
    sender = function.__self__ if type(function) is MethodType else None
    if isinstance(sender, Suspended) and function.__func__ is Suspended.send:
        check_sent(sender, *positional)
        _read_next(sender, positional[0], instruction, machine, changes)
        return
    entered = callee(function, positional, keywords, machine.program.units)
    if entered is not None:
        _enter_function(entered, frame, instruction, machine)
        return
    if not is_pure(function, machine.program.units):
        _keep_for(function, positional, keywords, machine, changes)
    frame.names[instruction.result] = function(*positional, **keywords)
    frame.place = instruction.then


def _read_next(
    generator: Suspended, sent: object, instruction: Call, machine: Machine, changes: list[Change]
) -> None:
    """``next(generator)`` and ``generator.send(value)`` go on in its frame."""
    frame = machine.registers.frame
    if is_over(generator):
        frame.names[instruction.result] = Over(None)
        frame.place = instruction.then
        return
    place = frame.place
    resume(generator, instruction.result, machine, changes)
    receive(generator, sent)
    generator.__frame__.called = place
    frame.place = instruction.then


def _keep_for(
    function: object, positional: tuple[object, ...], keywords: Names, machine: Machine,
    changes: list[Change],
) -> None:  # fmt: skip
    """Keep what native code may change."""
    things = changed_by(function, positional, keywords)
    if things is None:
        record_everything(machine.registers.frame, machine.cow, changes)
    else:
        for thing in things:
            keep(thing, machine.cow, changes)


def iter_once(iterable: object) -> object:
    """What a comprehension runs over, checked as Python checks it before the frame exists."""
    if not hasattr(type(iterable), "__iter__") and not hasattr(type(iterable), "__getitem__"):
        iter(iterable)  # type: ignore[call-overload]  # raises Python's own TypeError
    return iterable


def _enter_function(entered: Callee, frame: Frame, instruction: Call, machine: Machine) -> None:
    function, unit = entered.function, entered.unit
    names = bound_arguments(function, unit, entered.positional, entered.keywords)
    around = surroundings(function, unit, names) if function.__closure__ else function.__globals__
    _enter(unit, names, around, frame, instruction, machine)
    machine.registers.frame.made = entered.made


def _enter(
    unit: Unit, names: Names, around: Names, frame: Frame, instruction: Call, machine: Machine
) -> None:
    if frame.depth >= DEEPEST:
        raise RecursionError("maximum recursion depth exceeded")
    inner = function_frame(unit, names, around, frame, instruction.result)
    inner.iteration = machine.registers.moment.iteration
    inner.called, frame.place = frame.place, instruction.then
    machine.registers.frame = inner


def _return(instruction: Return, machine: Machine, changes: list[Change]) -> None:
    registers = machine.registers
    frame = registers.frame
    value = None
    if instruction.code is not None:
        record(instruction.effects, frame, machine.cow, changes)
        value = eval(instruction.code, frame.globals, frame.names)
    if frame.generator is not None:
        give(Over(value), frame, machine, changes)
        return
    if frame.made is not MISSING:
        if value is not None:
            kind = type(value).__name__
            raise TypeError(f"__init__() should return None, not '{kind}'")
        value = frame.made
    caller = frame.caller
    assert caller is not None
    names, result = caller.names, frame.result
    changes.append((rebind, names, result, names.get(result, MISSING)))
    names[result] = value
    if len(registers.moment.iteration) > len(frame.iteration):
        _leave(len(frame.iteration), machine)
    registers.frame = caller


def _yield(instruction: Yield, machine: Machine, changes: list[Change]) -> None:
    frame = machine.registers.frame
    record(instruction.effects, frame, machine.cow, changes)
    value, place = eval(instruction.code, frame.globals, frame.names), frame.place
    give(value, frame, machine, changes)
    frame.names[instruction.result] = None
    frame.names[WAITING] = (instruction.result, place)
    frame.place = instruction.then


def _reraise(instruction: Reraise, machine: Machine, changes: list[Change]) -> None:
    caught = machine.registers.frame.names[instruction.name]
    assert isinstance(caught, Caught)
    raise caught.error


_KINDS: dict[type, Callable[[Any, Machine, list[Change]], None]] = {
    Run: _run,
    Test: _test,
    Begin: _begin,
    Next: _next,
    Call: _call,
    Return: _return,
    Reraise: _reraise,
    Yield: _yield,
}

__all__ = ["TEMPORARY", "execute"]
