"""The next turn of a training loop, where nobody asks how to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stepnet.machine.cursor import awaited
from stepnet.machine.execute import count_turn
from stepnet.machine.frame import Frame
from stepnet.source.instruction import Next, Store
from stepnet.source.lower import ELEMENT

if TYPE_CHECKING:
    from stepnet.machine.machine import Machine


def turned(machine: Machine, frame: Frame) -> bool:
    """Take the innermost training loop to its next element; False if there is more to do than that.

    The undo log is empty afterwards: what follows is run through anyway.
    """
    instructions, place = frame.unit.instructions, frame.place
    instruction = instructions[place] if place < len(instructions) else None
    if type(instruction) is not Next or instruction.level != machine.program.levels - 1:
        return False
    store, slot = instruction.store, instruction.slot
    if not store.is_flat or instruction.effects.wholesale:
        return False
    position = frame.loops[slot]
    if awaited(position) is not None:
        return False  # its frame is stepped through
    try:
        step = position.advanced()
        if step is None:
            return False
        _bind(store, step[0], frame)
    except Exception:
        return False  # the error is raised again where it is expected
    before = machine.registers.moment.iteration
    frame.loops[slot] = step[1]
    count_turn(instruction.level, machine)
    frame.place = instruction.then
    machine.log.clear()
    machine.tick += 1
    machine.last = instruction
    machine.timeline.moved(machine, before)
    if machine.tick >= machine.keeper.due_iteration:
        machine.keeper.consider(machine)
    return True


def _bind(store: Store, element: object, frame: Frame) -> None:
    if store.name is not None:
        frame.names[store.name] = element
        return
    assert store.code is not None
    frame.names[ELEMENT] = element
    try:
        exec(store.code, frame.globals, frame.names)
    finally:
        del frame.names[ELEMENT]
