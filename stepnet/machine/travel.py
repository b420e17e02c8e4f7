"""Reaching any moment: by the undo log if it is near, else from a checkpoint and forward.

Everything here is a generator that yields now and then, so that whoever drives it can show
progress, and can stop it by dropping it: between two yields the machine stands at a whole tick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from time import monotonic

from stepnet.machine.caught import RAISED
from stepnet.machine.checkpoint import Checkpoint, put_back
from stepnet.machine.clock import Interrupted
from stepnet.machine.lookout import Lookout, Pieces
from stepnet.machine.machine import Machine, Overrun
from stepnet.machine.registers import Moment
from stepnet.machine.turn import turned
from stepnet.machine.unforeseen import Unforeseen
from stepnet.source.fuse import LONGEST
from stepnet.source.instruction import Unit

HISTORY = 512
"""Ticks before a target that are stepped with an undo log, so that going back from it is quick."""
NEAR = 4096
"""Ticks that are undone one by one rather than replayed."""
SLICE = 16
"""Instructions between two yields, where they are stepped one by one."""
PATIENCE = 0.02
"""Seconds between two yields of a run."""


def finish(run: Iterator[None]) -> None:
    """Drive a journey to its end."""
    for _ in run:
        pass


def back(machine: Machine) -> bool:
    """Take back the last instruction; False at tick 0."""
    if machine.tick == 0:
        return False
    if not machine.undo():
        finish(travel(machine, machine.tick - 1))
    elif not machine.log.records and machine.tick:
        finish(travel(machine, machine.tick))
    return True


def travel(machine: Machine, tick: int) -> Iterator[None]:
    """Go to a tick, or as near as the program's end or its error allows."""
    distance = machine.tick - tick
    near = 0 < distance <= min(NEAR, len(machine.log.records) - 1)
    if near and _tells_of_its_iteration(machine, tick):
        yield from _undone(machine, distance)
        return
    if distance >= 0 and (distance or not machine.log.records):
        rewind(machine, machine.keeper.nearest(tick - 1))
    else:
        ahead = machine.keeper.nearest(tick - 1)
        if ahead.tick > machine.tick:
            rewind(machine, ahead)
    start = machine.timeline.last_start(max(0, tick - HISTORY))
    yield from run_through(machine, until=max(start, 0))
    yield from _stepped(machine, tick)


def settle(machine: Machine) -> Iterator[None]:
    """Make known what has just happened, where a run without history has come to."""
    start = machine.timeline.last_start(machine.tick)
    first = machine.tick - len(machine.log.records)
    if machine.tick and (not machine.log.records or first > max(start, machine.tick - HISTORY)):
        machine.log.clear()
        yield from travel(machine, machine.tick)


def _tells_of_its_iteration(machine: Machine, tick: int) -> bool:
    """Does the undo log reach back to where the iteration around a tick began?

    Which time a statement runs in its iteration is counted in the log. A long way is not worth it.
    """
    start = machine.timeline.last_start(tick)
    first = machine.tick - len(machine.log.records)
    return not start or first < start or tick - start > NEAR


def _undone(machine: Machine, count: int) -> Iterator[None]:
    for number in range(count):
        machine.undo()
        if number % SLICE == 0:
            yield


def _stepped(machine: Machine, tick: int) -> Iterator[None]:
    while machine.tick < tick:
        with machine.world.active():
            wanted = min(SLICE, tick - machine.tick)
            if machine.steps(wanted) < wanted:
                return
        yield


def rewind(machine: Machine, checkpoint: Checkpoint) -> None:
    """Put the machine back to a checkpoint; it has no history then."""
    machine.registers = put_back(checkpoint, machine.world, machine.cow)
    machine.tick = checkpoint.tick
    machine.log.clear()
    machine.fault = None
    machine.last = None
    machine.keeper.returned(machine, checkpoint)


def run_through(
    machine: Machine,
    until: int | None = None,
    stop: Callable[[Machine], bool] | None = None,
    lookout: Lookout | None = None,
) -> Iterator[None]:
    """Run without looking at every statement: to a tick where an iteration begins, or to the end.

    `stop` is asked whenever an iteration begins or ends; `lookout` after certain instructions.
    """
    while until is None or machine.tick < until:
        with machine.world.active():
            state = _through_slice(machine, until, stop, lookout)
        if state is _Stopped.DONE:
            return
        if state is _Stopped.INTERRUPTED:
            machine.world.clock.heard()
            machine.log.clear()
            yield from travel(machine, machine.tick)
            _go_up_to_it(machine)
            raise Interrupted
        if state is _Stopped.BROKEN:
            yield from _past(machine, machine.tick)
            if machine.fault is not None or (lookout is not None and lookout.stops(machine)):
                return
        yield


_NOTHING = Unit("", None)
_PROGRAM: Pieces = {}


class _Stopped(Enum):
    """Why a slice of a run ended."""

    SLICE = "there is more"
    DONE = "it is where it was to go, or cannot go on"
    BROKEN = "a fused piece raised or ran too long"
    INTERRUPTED = "it was interrupted within a statement, and has to be taken up from before"


def _through_slice(
    machine: Machine,
    until: int | None,
    stop: Callable[[Machine], bool] | None,
    lookout: Lookout | None,
) -> _Stopped:
    registers, log, ticks = machine.registers, machine.log, machine.fused_ticks
    pieces = lookout.pieces if lookout is not None else None
    machine.announced.caller.use(_PROGRAM if pieces is None else pieces)
    after = lookout.after.get if lookout is not None else None
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        if until is not None and machine.tick >= until:
            return _Stopped.DONE
        frame = registers.frame
        unit = frame.unit
        ready = (unit if pieces is None else pieces.get(unit, _NOTHING)).fused
        careful = bool(machine.edits) and is_near_edit(machine)
        fused = None if careful else ready.get(frame.place)
        if fused is not None and not fused.labels and _is_tallied(registers.moment):
            fused = None  # a piece of the innermost iteration, outside of any
        if fused is not None and machine.tick + 2 * LONGEST < machine.limit:
            ticks[0] = 0
            machine.announced.changes = None
            try:
                exec(fused.code, frame.globals, frame.names)
            except RAISED as error:
                if isinstance(error, Overrun | Unforeseen):
                    del ready[frame.place]
                if isinstance(error, Unforeseen):
                    ready.update(fused.surely())
                return _Stopped.INTERRUPTED if isinstance(error, Interrupted) else _Stopped.BROKEN
            machine.tick += fused.ticks + ticks[0]
            frame.place = fused.then
            if fused.labels:
                _tally(registers.moment, fused.labels)
            log.clear()
            if after is not None and fused.last is not None:
                last = unit.instructions[fused.last]
                ask = after(last)
                if ask is not None:
                    machine.last = last
                    if ask(machine):
                        return _Stopped.DONE
            continue
        moment = registers.moment
        careful |= machine.tick >= machine.limit
        try:
            has_turned = not careful and turned(machine, frame)
        except Interrupted:
            return _Stopped.INTERRUPTED
        if not has_turned and not machine.step():
            return _Stopped.DONE
        if registers.moment is not moment and stop is not None and stop(machine):
            return _Stopped.DONE
        if lookout is not None and lookout.stops(machine):
            return _Stopped.DONE
    return _Stopped.SLICE


def is_near_edit(machine: Machine) -> bool:
    """Is an edit ahead in the iteration that runs now? It is stepped through, not run through."""
    ahead = [tick for tick in machine.edits if tick >= machine.tick]
    return bool(ahead) and machine.tick >= machine.timeline.last_start(min(ahead))


def _is_tallied(moment: Moment) -> bool:
    """Is what runs now counted by its name?"""
    return len(moment.iteration) < len(moment.tallies)


def _tally(moment: Moment, labels: tuple[str, ...]) -> None:
    tally = moment.tallies[-1]
    for label in labels:
        tally[label] = tally.get(label, 0) + 1


def _go_up_to_it(machine: Machine) -> None:
    """Step on to the statement that was interrupted, if that is near; what is it, takes long."""
    machine.world.clock.interrupt(PATIENCE)
    with machine.world.active():
        for _ in range(HISTORY):
            if not machine.step():
                break


def _past(machine: Machine, tick: int) -> Iterator[None]:
    """A fused piece could not be run: do its first instruction by itself, from a sound state."""
    machine.log.clear()
    yield from travel(machine, tick)
    machine.step()
