"""What has just happened: the instruction that ran last, as people refer to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepnet.machine.frame import Frame
from stepnet.machine.label import entered, event_label
from stepnet.machine.machine import Machine
from stepnet.source.instruction import Instruction, Statement, Unit


@dataclass(frozen=True, eq=False)
class Event:
    """One tick, seen from after it."""

    instruction: Instruction
    frame: Frame
    """The frame that the instruction ran in."""
    entered: Unit | None
    """The function that was given a frame, for a call."""
    iteration: tuple[int, ...]
    """The iteration it belongs to."""
    label: str | None
    """How an address names it; None for a piece of a statement, which has no name."""
    begins: bool
    """Did its iteration begin with it? The head of a loop may also go on in a generator first."""

    @property
    def statement(self) -> Statement:
        """The statement that is current: the function's head, where one was entered."""
        if self.entered is not None and self.entered.statement is not None:
            return self.entered.statement
        return self.instruction.statement


def events(machine: Machine) -> Iterator[Event]:
    """What happened, latest first, as far back as the undo log reaches."""
    after, moment = machine.registers.frame, machine.registers.moment
    for record in reversed(machine.log.records):
        instruction, frame = record[0], record[1]
        unit = after.unit if entered(instruction, frame, after) else None
        label = event_label(instruction, frame, after)
        is_head = getattr(instruction, "level", None) == len(moment.iteration) - 1
        begins = is_head and moment is not record[3]
        yield Event(instruction, frame, unit, moment.iteration, label, begins)
        after, moment = frame, record[3]


def latest(machine: Machine) -> Event | None:
    """The last event; None at the start."""
    return next(events(machine), None)


def matches(event: Event, label: str, labels: frozenset[str]) -> bool:
    """Does an address with this label mean this event?

    A number that is no statement's label among `labels` is any line that a statement stands on.
    """
    if label.isdigit() and label not in labels:
        statement = event.instruction.statement
        return event.instruction.completes and statement.line <= int(label) <= statement.end_line
    return event.label == label
