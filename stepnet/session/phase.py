"""Which phase of training a moment belongs to."""

from __future__ import annotations

from stepnet.machine.event import Event
from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine

HOUSEHOLD = frozenset({"", "functions", "helpers"})
"""Phases that say nothing about the training step: a function in them works for its caller."""


def event_phase(event: Event) -> str:
    """The phase of what has just happened; a function's is that of the statement calling it."""
    return _phase(event.instruction.statement.phase, event.frame)


def upcoming_phase(machine: Machine) -> str:
    """The phase of what runs next."""
    upcoming = machine.upcoming
    return _phase(upcoming.statement.phase, machine.frame) if upcoming else ""


def _phase(phase: str, frame: Frame) -> str:
    caller = frame.caller
    while caller is not None and phase in HOUSEHOLD:
        place = max(0, caller.place - 1)
        instructions = caller.unit.instructions
        phase = instructions[min(place, len(instructions) - 1)].statement.phase
        caller = caller.caller
    return phase
