"""Finding the moment that an address names."""

from __future__ import annotations

import difflib
import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from stepnet.machine.event import latest, matches
from stepnet.machine.machine import Machine
from stepnet.machine.travel import SLICE, rewind, run_through, travel
from stepnet.session.address import Address, End, Place, Tick, meanings, resolved, written
from stepnet.session.errors import CommandError, ScriptRaised


def seek(machine: Machine, address: Address) -> Iterator[None]:
    """Go to the moment an address names.

    Raises CommandError, back where it started, if there is no such moment.
    """
    origin = machine.tick
    try:
        match address:
            case Tick(number):
                yield from _to_tick(machine, number)
            case End():
                yield from to_end(machine)
            case Place():
                yield from _to_place(machine, address)
    except CommandError:
        yield from travel(machine, origin)
        raise


def to_end(machine: Machine) -> Iterator[None]:
    """Run to the end, or to the script's error."""
    _skip_ahead(machine)
    yield from run_through(machine)
    if machine.is_ended:
        machine.timeline.end = machine.tick


def _skip_ahead(machine: Machine) -> None:
    """Take up the run at the furthest checkpoint, if that is ahead."""
    furthest = machine.keeper.checkpoints[-1]
    if furthest.tick > machine.tick:
        rewind(machine, furthest)


def _to_tick(machine: Machine, number: int) -> Iterator[None]:
    yield from travel(machine, number)
    if machine.tick != number and machine.fault is None:
        raise CommandError(f"the program ends at tick {machine.tick}, before @{number}")


def _to_place(machine: Machine, place: Place) -> Iterator[None]:
    iteration = place.iteration
    if iteration is None:
        iteration = machine.registers.moment.iteration
    if place.label is not None:
        require_statement(machine, place.label)
        place = replace(place, label=resolved(machine.program, place.label))
    if iteration:
        yield from to_iteration(machine, iteration)
    else:
        yield from travel(machine, 0)
    if place.label is not None:
        yield from _to_statement(machine, iteration, place)


def require_statement(machine: Machine, label: str) -> None:
    """Raise CommandError for a name that no statement has; a number may be any line."""
    known = machine.program.labels
    meant = resolved(machine.program, label)
    if meant.isdigit() or meant in known:
        return
    several = meanings(machine.program, label)
    if several:
        raise CommandError(f"{label} is ambiguous", advice=f"Write {' or '.join(several)}.")
    raise CommandError(f"no statement assigns {label!r}", advice=_near(label, known))


def _near(label: str, known: frozenset[str]) -> str:
    names = sorted(name for name in known if not name.isdigit())
    near = difflib.get_close_matches(label, names, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else f"Assigned are {', '.join(names[:12])}."


def to_iteration(machine: Machine, wanted: tuple[int, ...]) -> Iterator[None]:
    """Go to the start of an iteration.

    Raises CommandError if the run ends before it, or never makes it.
    """
    if len(wanted) > machine.program.levels:
        raise CommandError(_too_deep(machine, wanted))
    tick = _known_start(machine, wanted)
    if tick is not None:
        yield from travel(machine, tick)
        return
    if machine.registers.moment.iteration[: len(wanted)] >= wanted or machine.is_ended:
        yield from travel(machine, 0)
    _skip_ahead(machine)
    yield from run_through(
        machine, stop=lambda now: now.registers.moment.iteration[: len(wanted)] >= wanted
    )
    if machine.registers.moment.iteration[: len(wanted)] != wanted:
        raise _missing(machine, _beyond(machine, wanted))
    yield from travel(machine, machine.tick)


def _known_start(machine: Machine, wanted: tuple[int, ...]) -> int | None:
    """The tick at which an iteration began, if the run has been there."""
    low, high = 0, math.inf
    for level, number in enumerate(wanted):
        starts = machine.timeline.starts[level]
        place = bisect_left(starts, low) + number - 1
        if place >= len(starts) or starts[place] >= high:
            return None
        low = starts[place]
        if place + 1 < len(starts):
            high = min(high, starts[place + 1])
    return low


def _too_deep(machine: Machine, wanted: tuple[int, ...]) -> str:
    levels = machine.program.levels
    if levels == 0:
        return f"there is no iteration {written(wanted)}: the script has no training loop"
    form = ".".join("NM"[:levels])
    return f"there is no iteration {written(wanted)}: this script counts them as {form}"


def _missing(machine: Machine, message: str) -> CommandError:
    """The error to raise for a moment that the run does not reach."""
    fault = machine.fault
    if fault is None:
        return CommandError(message)
    return ScriptRaised(message, advice=f"{fault.statement.at}: {fault.message}")


def _beyond(machine: Machine, wanted: tuple[int, ...]) -> str:
    reached = len(machine.timeline.starts[0])
    if machine.fault is not None:
        return f"the script raises {machine.fault.kind} before iteration {written(wanted)}"
    if len(wanted) == 1 or wanted[0] > reached:
        return f"there is no iteration {written(wanted)}: the last one is {reached}"
    return f"iteration {wanted[0]} has no part {written(wanted)}"


def _to_statement(machine: Machine, iteration: tuple[int, ...], place: Place) -> Iterator[None]:
    """The statement in exactly this iteration; failing that, anywhere inside it."""
    assert place.label is not None
    count = inner = 0
    inside: int | None = None
    number = 0
    while True:
        event = latest(machine)
        if event is not None and matches(event, place.label, machine.program.labels):
            if event.iteration == iteration:
                count += 1
                if count == place.ordinal:
                    return
            elif event.iteration[: len(iteration)] == iteration:
                inner += 1
                if inner == place.ordinal:
                    inside = machine.tick
        elif event is not None and event.iteration[: len(iteration)] != iteration:
            break
        if not machine.step():
            break
        number += 1
        if number % SLICE == 0:
            yield
    if inside is None:
        raise _missing(machine, _not_there(machine, iteration, place, count or inner))
    yield from travel(machine, inside)


def _not_there(machine: Machine, iteration: tuple[int, ...], place: Place, count: int) -> str:
    label = place.label or ""
    what = machine.program.at(int(label)) if label.isdigit() else label
    where = f"in iteration {written(iteration)}" if iteration else "in this run"
    if machine.fault is not None:
        return f"the script raises {machine.fault.kind} before {what} has run {where}"
    if count:
        times = "once" if count == 1 else f"{count} times"
        return f"{what} runs only {times} {where}"
    return f"{what} does not run {where}"
