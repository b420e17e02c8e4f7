"""How an address names what has run, and how often it has run."""

from __future__ import annotations

from stepnet.machine.frame import Frame
from stepnet.machine.registers import Tally
from stepnet.source.instruction import Begin, Call, Instruction, Next


def event_label(instruction: Instruction, before: Frame, after: Frame) -> str | None:
    """How an address names an instruction that has run; None for an edit or a piece of a statement.

    `before` and `after` are the innermost frames around it: a call that gave a function a frame
    is named after the function.
    """
    if entered(instruction, before, after):
        return None if after.unit.name.endswith(">") else after.unit.name
    return (instruction.statement.label or None) if instruction.completes else None


def entered(instruction: Instruction, before: Frame, after: Frame) -> bool:
    """Did an instruction go on in the frame of another function?"""
    if after is before or not isinstance(instruction, Call | Begin | Next):
        return False
    return after.caller is before or (after.unit.is_generator and before.caller is not after)


def untally(tally: Tally, label: str) -> None:
    """A statement has not run this time."""
    if tally[label] > 1:
        tally[label] -= 1
    else:
        del tally[label]
