"""Where the program stands, for the line at the top of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stepnet.machine.checkpoint import stack
from stepnet.machine.cursor import length
from stepnet.machine.event import latest
from stepnet.machine.machine import Machine
from stepnet.session.address import current_address
from stepnet.session.phase import event_phase
from stepnet.session.views import PositionView, Progress
from stepnet.source.instruction import Begin, Next, Statement

if TYPE_CHECKING:
    from stepnet.session.session import Session


ADVICE = "The values are those before this statement. S steps back from here."


def position_view(session: Session) -> PositionView:
    """Where the session's program stands."""
    machine = session.machine
    event = latest(machine)
    line, following = current_lines(machine)
    return PositionView(
        tick=machine.tick,
        address=current_address(machine),
        iteration=machine.registers.moment.iteration,
        totals=totals(machine),
        phase=event_phase(event) if event else "",
        frame=machine.frame.unit.name,
        line=line,
        next_line=following,
        stop=session.stop.reason,
        fault=fault_text(session),
        ending=machine.ending.told if machine.ending else "",
        loss_name=machine.program.loss,
        loss=loss(machine),
    )


def current_lines(machine: Machine) -> tuple[int, int]:
    """The lines of the statement that has just run and of the next one; 0 where there is none."""
    event, upcoming = latest(machine), machine.upcoming
    return event.statement.line if event else 0, upcoming.statement.line if upcoming else 0


def progress(session: Session, target: str) -> Progress:
    """How far a long run has come."""
    machine = session.machine
    iteration = machine.registers.moment.iteration
    return Progress(machine.tick, iteration, totals(machine), loss(machine), target)


def totals(machine: Machine) -> tuple[int | None, ...]:
    """How many turns each counted loop around the moment makes, where that is known."""
    depth = len(machine.registers.moment.iteration)
    found: list[int | None] = [None] * depth
    for frame in stack(machine.frame):
        for instruction in frame.unit.instructions:
            if not isinstance(instruction, Begin | Next):
                continue
            level = instruction.level
            if level is not None and level < depth and instruction.slot in frame.loops:
                found[level] = length(frame.loops[instruction.slot])
    return tuple(found)


def loss(machine: Machine) -> float | None:
    """The latest value of the loss, if it is a number."""
    name = machine.program.loss
    for frame in stack(machine.frame):
        value = frame.names.get(name)
        if isinstance(value, np.ndarray) and value.size == 1:
            value = value.reshape(-1)[0]
        if isinstance(value, float | int | np.floating) and not isinstance(value, bool):
            return float(value)
    return None


def fault_text(session: Session, advice: str = ADVICE) -> str:
    """The script's error with its place, a caret, and what can be done."""
    fault = session.machine.fault
    if fault is None:
        return ""
    told = _placed(session, fault.statement, f"{fault.kind}: {fault.message}")
    return f"{told}\n  {advice}" if advice else told


def failure_text(session: Session) -> str:
    """Why the script came no further: its error, or its own exit with a status that is not 0."""
    ending, event = session.machine.ending, latest(session.machine)
    if ending is None or not ending.status or event is None:
        return fault_text(session, advice="")
    return _placed(session, event.statement, ending.told)


def _placed(session: Session, statement: Statement, told: str) -> str:
    line = session.script.lines[statement.line - 1].strip()
    carets = "^" * max(1, len(statement.text.strip()))
    return f"{session.script.place(statement.line)}: {told}\n    {line}\n    {carets}"
