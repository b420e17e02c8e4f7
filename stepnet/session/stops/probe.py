"""A breakpoint at work: what it asks after an instruction, and what it keeps between two questions.

A probe is made for one run. It is brought up to a moment by `prime` and then asked after each of
its instructions; whether one is a hit depends on the run alone, never on which way it was reached,
so the stops of a run are the same forwards and backwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine
from stepnet.session import address
from stepnet.session.asking import Question, evaluated, unanswered
from stepnet.session.stops.places import Place, Sites
from stepnet.session.stops.record import Hit, Stopper
from stepnet.source.instruction import Begin, Instruction, Next, Return, Statement, Unit

if TYPE_CHECKING:
    from stepnet.session.session import Session


@dataclass(eq=False)
class Probe:
    """One breakpoint at work."""

    stopper: Stopper
    sites: frozenset[Instruction]
    look: Callable[[Machine], bool]
    """Asked after one of `sites`: is it here, conditions aside?"""
    tell: Callable[[], tuple[str, str, str]]
    """What the last hit was: a text, and for a change the old and the new value."""
    prime: Callable[[Machine], None]
    """Take up what is at the moment where a run begins."""
    reach: str = "here"
    """From where a run must begin for the probe to know enough: ``here``, ``iteration``:
    the start of the one around."""
    may_be: Callable[[Machine], bool] | None = None
    """A quick question whose no is sure; None where there is none."""
    apart: tuple[Statement, ...] = ()
    """Statements that must not be run together with what is behind them."""
    count: int | None = None
    """Hits of the run so far; None where that is not known."""
    since: int = 0
    """The tick up to which `count` has counted."""
    study: Callable[[Session], Iterator[None]] | None = None
    """Looks around before the run goes on, when `wants_study` says so."""
    wants_study: bool = False
    failure: str = ""
    """What went wrong when the condition was asked."""

    def is_hit(self, machine: Machine) -> bool:
        """Is this a hit, its condition included? Counts it."""
        self.failure = ""
        if not self.look(machine):
            return False
        if self.stopper.when is not None and not self._holds(self.stopper.when, machine):
            return False
        if self.count is not None and machine.tick > self.since:
            self.count += 1
        return True

    def _holds(self, when: Question, machine: Machine) -> bool:
        try:
            return bool(evaluated(when, frame_of(machine)))
        except NameError:
            return False  # a name of the script that has no value yet
        except Exception as error:
            self.failure = unanswered(when, error).message
            return True

    def logged(self, machine: Machine) -> str:
        """The message of a hit that does not stop."""
        assert self.stopper.log is not None
        try:
            return str(evaluated(self.stopper.log, frame_of(machine)))
        except Exception as error:
            return f"the message cannot be written: {unanswered(self.stopper.log, error).message}"

    def hit(self, backwards: bool) -> Hit:
        """What the last hit was, in words; a change is told in the direction of the run."""
        stopper = self.stopper
        text, old, new = self.tell()
        if old or new:
            old, new = (new, old) if backwards else (old, new)
            text += f": {old} → {new}" + (" on the way back" if backwards else "")
        head = f"{stopper.reason} {stopper.number}"
        shown = f"{head}: {text}" if text else head
        if stopper.when is not None and not self.failure:
            shown += f" when {stopper.when.text}"
        if self.failure:
            shown += f", whose condition cannot be asked: {self.failure}"
        if self.count is not None and self.count > 1:
            shown += f", hit {self.count}"
        return Hit(stopper.number, stopper.reason, shown, old, new, self.count)


def frame_of(machine: Machine) -> Frame:
    """The frame of the statement that has just run: of a return, the one that was left."""
    if isinstance(machine.last, Return) and machine.log.records:
        return machine.log.records[-1][1]
    return machine.registers.frame


def _nothing(_: Machine) -> None:
    return None


def at_place(stopper: Stopper, sites: Sites) -> Probe:
    """A breakpoint on a place."""
    place = stopper.target
    assert isinstance(place, Place)
    own = frozenset(place.sites)
    calls = frozenset(sites.calls) if place.entered else frozenset()
    entered = frozenset(place.entered)
    moment, named = place.moment, place.kind == "name"
    turn = _Turn(moment) if moment is not None else None

    def look(machine: Machine) -> bool:
        if machine.last not in own:
            frame = machine.registers.frame
            if frame.unit not in entered or frame.place:
                return False
        elif named and _is_over(machine):
            return False
        return turn is None or turn.comes(machine)

    return Probe(
        stopper,
        own | calls,
        look,
        lambda: (place.text, "", ""),
        turn.begin if turn else _nothing,
        reach="iteration" if turn else "here",
        may_be=None if entered else _quick(stopper, moment),
        apart=statements_of(own, entered),
    )


def _quick(stopper: Stopper, moment: address.Place | None) -> Callable[[Machine], bool] | None:
    """Tells at once of a wrong iteration, or a plain condition that does not hold."""
    when = stopper.when
    if moment is not None:
        wanted = moment.iteration
        return lambda machine: machine.registers.moment.iteration == wanted
    if when is None or when.is_nested:
        return None
    code = when.code

    def may_be(machine: Machine) -> bool:
        if isinstance(machine.last, Return):
            return True
        warnings, frame = machine.world.warnings, machine.registers.frame
        warned = len(warnings)
        try:
            return bool(eval(code, frame.globals, frame.names))
        except Exception:
            return True
        finally:
            if len(warnings) > warned:
                del warnings[warned:]

    return may_be


def _is_over(machine: Machine) -> bool:
    """Has a loop ended just now, which assigns nothing?"""
    last = machine.last
    return isinstance(last, Begin | Next) and last.slot not in machine.registers.frame.loops


def statements_of(
    sites: Iterable[Instruction], entered: Iterable[Unit] = ()
) -> tuple[Statement, ...]:
    """The statements of some instructions, and the heads of some functions."""
    found = {id(part.statement): part.statement for part in sites}
    found |= {id(unit.statement): unit.statement for unit in entered if unit.statement}
    return tuple(found.values())


@dataclass(eq=False)
class _Turn:
    """Counts the times that a statement runs in an iteration, for an address."""

    wanted: address.Place
    iteration: tuple[int, ...] = ()
    count: int = 0

    def begin(self, machine: Machine) -> None:
        self.iteration, self.count = machine.registers.moment.iteration, 0

    def comes(self, machine: Machine) -> bool:
        moment = machine.registers.moment
        if moment.iteration != self.iteration:
            self.begin(machine)
        self.count += 1
        if moment.iteration != self.wanted.iteration:
            return False
        label = self.wanted.label
        if label is None:
            return True
        tallied = len(moment.iteration) < len(moment.tallies)
        count = moment.tallies[-1].get(label, self.count) if tallied else self.count
        return count == self.wanted.ordinal
