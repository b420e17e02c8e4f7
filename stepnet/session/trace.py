"""A run as a list of its steps: what is printed where there is no screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stepnet.machine.event import latest
from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish
from stepnet.session.address import current_address, parsed
from stepnet.session.errors import CommandError
from stepnet.session.phase import event_phase
from stepnet.session.position import failure_text
from stepnet.session.seek import seek
from stepnet.session.step_pane import changed_names
from stepnet.session.views import Operand
from stepnet.session.why import why

if TYPE_CHECKING:
    from stepnet.session.session import Session


@dataclass(frozen=True, eq=False)
class TraceStep:
    """One step of a run."""

    tick: int
    address: str
    line: int
    statement: str
    frame: str
    """The function it ran in; ``""`` at the top level."""
    phase: str
    changed: tuple[Operand, ...]
    """The names it changed, with the values they have now."""
    note: str
    """The script's own error, or its exit with a status, where the run ends so; else ``""``."""
    why: tuple[str, ...] = ()
    """Why it is what it is, where that was asked for."""
    spot: str = ""
    """Its line as an address names it: ``12``, ``3:2`` for line 2 of a notebook's third cell."""


def trace(
    session: Session, start: str | None, stop: str | None, *, told: bool = False
) -> Iterator[TraceStep]:
    """The steps from one address to another, both included; from the start, to the end if None.

    `told` asks for the sentences that say why, which takes longer. The last one may be a note of
    the script's error. Raises CommandError for an address that does not exist.
    """
    machine = session.machine
    last = _tick_of(machine, stop)
    finish(seek(machine, parsed(start if start is not None else "@0")))
    if last is not None and machine.tick > last:
        raise CommandError(f"{start} comes after {stop}", advice="Give the earlier address first.")
    if machine.tick:
        yield _step(session, told)
    while last is None or machine.tick < last:
        if not machine.step():
            break
        yield _step(session, told)
    failure = failure_text(session)
    if failure and (last is None or machine.tick < last):
        yield _failure(session, failure)


def _tick_of(machine: Machine, address: str | None) -> int | None:
    if address is None:
        return None
    finish(seek(machine, parsed(address)))
    return machine.tick if machine.fault is None else None


def _step(session: Session, told: bool) -> TraceStep:
    machine = session.machine
    event = latest(machine)
    assert event is not None
    return TraceStep(
        tick=machine.tick,
        address=current_address(machine),
        line=event.statement.line,
        statement=event.statement.text,
        frame=event.frame.unit.name,
        phase=event_phase(event),
        changed=tuple(changed_names(machine, event)),
        note="",
        why=why(session) if told else (),
        spot=session.program.spot(event.statement.line),
    )


def _failure(session: Session, told: str) -> TraceStep:
    machine, event = session.machine, latest(session.machine)
    if machine.fault is None:
        assert event is not None
        statement = event.statement
    else:
        statement = machine.fault.statement
    return TraceStep(
        machine.tick, current_address(machine), statement.line, statement.text,
        statement.unit, statement.phase, (), told, spot=session.program.spot(statement.line),
    )  # fmt: skip
