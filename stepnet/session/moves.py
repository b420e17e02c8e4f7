"""Moving through a run: what each stepping command does.

A move is a generator that yields now and then and returns the stop's reason and text.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

from stepnet.machine.event import Event, latest, matches
from stepnet.machine.machine import Machine
from stepnet.machine.travel import SLICE, back, run_through, travel
from stepnet.session.address import ordinal, parsed, written
from stepnet.session.counts import count
from stepnet.session.errors import CommandError
from stepnet.session.phase import event_phase, upcoming_phase
from stepnet.session.seek import seek, to_end, to_iteration

if TYPE_CHECKING:
    from stepnet.session.session import Session

Move = Generator[None, None, tuple[str, str]]

STEP = ("step", "")
"""The stop of a step that went as asked."""


def step(session: Session, argument: str) -> Move:
    """Run the next statement, into functions."""
    left = count(argument)
    while left:
        wanted = min(SLICE, left)
        if session.machine.steps(wanted) < wanted:
            break
        left -= wanted
        yield
    return STEP


def step_back(session: Session, argument: str) -> Move:
    """Undo the last statement, into functions."""
    wanted = count(argument)
    yield from travel(session.machine, max(0, session.machine.tick - wanted))
    return _entry(session.machine)


def over(session: Session, argument: str) -> Move:
    """Run the next statement, functions it calls included."""
    yield from _times(session.machine, count(argument), lambda: _over(session.machine))
    return STEP


def _times(machine: Machine, wanted: int, once: Callable[[], Iterator[None]]) -> Iterator[None]:
    """Do something so often, or until it leads nowhere; yields also where each time is short."""
    for number in range(1, wanted + 1):
        before = machine.tick
        yield from once()
        if machine.tick == before:
            return
        if number % SLICE == 0:
            yield


def _over(machine: Machine) -> Iterator[None]:
    depth, number = machine.frame.depth, 0
    while machine.step():
        event = latest(machine)
        if event is None or _is_whole(event, depth):
            return
        number += 1
        if number % SLICE == 0:
            yield


def _is_whole(event: Event, depth: int) -> bool:
    """Has a statement been completed, at this depth of frames or further out?"""
    return event.instruction.completes and event.frame.depth <= depth


def over_back(session: Session, argument: str) -> Move:
    """Undo the last statement, functions it called included."""
    yield from _times(session.machine, count(argument), lambda: _over_back(session.machine))
    return _entry(session.machine)


def _over_back(machine: Machine) -> Iterator[None]:
    event = latest(machine)
    depth = event.frame.depth if event else 0
    number = 0
    while back(machine):
        event = latest(machine)
        if event is None or _is_whole(event, depth):
            return
        if event.entered is not None and machine.frame.depth <= depth:
            return
        number += 1
        if number % SLICE == 0:
            yield


def finish(session: Session, argument: str) -> Move:
    """Run to the end of this phase, or of this function."""
    machine = session.machine

    def once() -> Iterator[None]:
        return _through_phase(machine) if machine.frame.caller is None else _out(machine)

    yield from _times(machine, count(argument), once)
    return STEP


def _out(machine: Machine) -> Iterator[None]:
    depth, number = machine.frame.depth, 0
    while machine.step() and machine.frame.depth >= depth:
        number += 1
        if number % SLICE == 0:
            yield


def _through_phase(machine: Machine) -> Iterator[None]:
    phase, depth = upcoming_phase(machine), machine.frame.depth
    for number in itertools.count():
        if number % SLICE == SLICE - 1:
            yield
        yield from _over(machine)
        if machine.fault or machine.is_ended or machine.frame.depth < depth:
            return
        if upcoming_phase(machine) != phase:
            return


def finish_back(session: Session, argument: str) -> Move:
    """Go back to the start of this phase, or of this function."""
    machine = session.machine

    def once() -> Iterator[None]:
        return _through_phase_back(machine) if machine.frame.caller is None else _out_back(machine)

    yield from _times(machine, count(argument), once)
    return _entry(machine)


def _out_back(machine: Machine) -> Iterator[None]:
    depth, number = machine.frame.depth, 0
    while back(machine) and machine.frame.depth >= depth:
        number += 1
        if number % SLICE == 0:
            yield


def _through_phase_back(machine: Machine) -> Iterator[None]:
    event = latest(machine)
    phase = event_phase(event) if event else ""
    for number in itertools.count():
        if event is None:
            return
        if number % SLICE == SLICE - 1:
            yield
        yield from _over_back(machine)
        event = latest(machine)
        if event is None or event_phase(event) != phase:
            return


def to_the_end(session: Session, argument: str) -> Move:
    """Run to the end, past everything."""
    yield from to_end(session.machine)
    return STEP


def next_iteration(session: Session, argument: str) -> Move:
    """The same statement in a later iteration of the training loop it stands in."""
    return (yield from _iterate(session, count(argument), _own_level(session)))


def previous_iteration(session: Session, argument: str) -> Move:
    """The same statement in an earlier iteration of the training loop it stands in."""
    return (yield from _iterate(session, -count(argument), _own_level(session)))


def _own_level(session: Session) -> int:
    """The level of the training loop around the current statement; the innermost outside of any."""
    event = latest(session.machine)
    depth = len(event.iteration) if event else 0
    return (depth or session.program.levels) - 1


def next_epoch(session: Session, argument: str) -> Move:
    """The same statement in a later turn of the outermost training loop."""
    return (yield from _iterate(session, count(argument), 0))


def previous_epoch(session: Session, argument: str) -> Move:
    """The same statement in an earlier turn of the outermost training loop."""
    return (yield from _iterate(session, -count(argument), 0))


def _iterate(session: Session, steps: int, level: int) -> Move:
    """Go `steps` iterations of a level on, or back, to the same statement."""
    machine, origin = session.machine, session.machine.tick
    if level < 0:
        raise CommandError("this script has no training loop")
    event = latest(machine)
    same = event if event and event.label and len(event.iteration) > level else None
    time = (ordinal(machine, same.label) if same and same.label else 1) or 1
    offset = event.iteration[level + 1 :] if same and event else ()
    yield from _to_nth_start(machine, steps, level)
    if machine.tick == origin or same is None or same.label is None:
        return ("goto", "") if machine.tick != origin else _nowhere(machine, steps)
    if len(machine.registers.moment.iteration) <= level:
        return STEP
    start = machine.tick
    if offset:
        iteration = machine.registers.moment.iteration[: level + 1] + offset
        try:
            yield from to_iteration(machine, iteration)
        except CommandError as error:
            yield from travel(machine, start)
            return ("goto", str(error))
    return (yield from _same_statement(machine, same.label, time))


def _to_nth_start(machine: Machine, steps: int, level: int) -> Iterator[None]:
    """Go to where an iteration of this level begins, so many before or after the current one."""
    starts = machine.timeline.starts[level]
    here = _place(machine, level)
    outside = len(machine.registers.moment.iteration) <= level
    wanted = max(0, here + steps + (1 if outside and steps < 0 else 0))
    if steps < 0:
        if starts:
            yield from travel(machine, starts[wanted])
        return
    if wanted < len(starts):
        yield from travel(machine, starts[wanted])
        return
    yield from run_through(machine, stop=lambda now: len(now.timeline.starts[level]) > wanted)
    if machine.is_ended or machine.fault:
        return
    yield from travel(machine, machine.tick)


def _place(machine: Machine, level: int) -> int:
    """Which iteration of a level, counted over the whole run from 0, the program stands in."""
    from bisect import bisect_right

    return bisect_right(machine.timeline.starts[level], machine.tick) - 1


def _nowhere(machine: Machine, steps: int) -> tuple[str, str]:
    if steps < 0:
        return "step", "there is no earlier iteration"
    return STEP


def _same_statement(machine: Machine, label: str, time: int) -> Move:
    start, seen, number = machine.tick, 0, 0
    iteration = machine.registers.moment.iteration
    while True:
        event = latest(machine)
        if event is None or event.iteration[: len(iteration)] != iteration:
            break
        here = event.iteration == iteration
        seen += here and matches(event, label, machine.program.labels)
        if here and seen == time:
            return ("goto", "")
        if not machine.step():
            break
        number += 1
        if number % SLICE == 0:
            yield
    yield from travel(machine, start)
    return ("goto", f"{label} does not run in iteration {written(iteration)}")


def goto(session: Session, argument: str) -> Move:
    """Go to an address."""
    yield from seek(session.machine, parsed(argument))
    return ("goto", "")


def restart(session: Session, argument: str) -> Move:
    """Go back to the start."""
    yield from travel(session.machine, 0)
    return _entry(session.machine)


def _entry(machine: Machine) -> tuple[str, str]:
    return ("entry", "") if machine.tick == 0 else STEP
