"""Running until something stops the run, forwards; finding the last such moment, backwards.

forwards    from where the program stands, at nearly the speed of a plain run: what cannot be
            a hit is run in fused pieces, and a look is taken only behind certain statements
backwards   interval by interval between checkpoints, the latest first: each is run forward and
            its hits are noted; the last one before the moment it began from is gone to
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from stepnet.machine.lookout import Lookout, own_pieces
from stepnet.machine.machine import Machine
from stepnet.machine.travel import HISTORY, SLICE, rewind, run_through, settle, travel
from stepnet.session.stops.probe import Probe
from stepnet.session.stops.probes import probes
from stepnet.session.stops.record import Hit, Logged, Stopper
from stepnet.session.stops.value import Value
from stepnet.source.instruction import Instruction
from stepnet.source.program import compile_program

if TYPE_CHECKING:
    from stepnet.session.session import Session

NEAR = 2000
"""Ticks that are stepped one by one, which keeps the undo log, rather than run through."""

Found = Generator[None, None, tuple[Hit, ...]]
"""A hunt; returns why the program stopped, or nothing if it did not."""


@dataclass(eq=False)
class _Hunt:
    """One run with its probes."""

    session: Session
    probes: tuple[Probe, ...]
    origin: int
    """Hits up to this tick are only counted."""
    bound: int | None
    """Hits behind this tick are none."""
    stops: bool = True
    """Stop at the first hit; otherwise note the last one and run on."""
    hits: tuple[Hit, ...] = ()
    noted: dict[int, list[int]] = field(default_factory=dict)
    """By breakpoint the ticks of its hits, where they are noted; the last two, if all count."""
    backwards: bool = False
    studies: bool = False
    """A probe wants to look around before the run goes on."""

    def __post_init__(self) -> None:
        self._at: dict[Instruction, tuple[Probe, ...]] = {}
        for probe in self.probes:
            for site in probe.sites:
                self._at[site] = (*self._at.get(site, ()), probe)
        edits = self.session.machine.edits.values()
        watching = tuple(part for part in self.probes if isinstance(part.stopper.target, Value))
        self._at |= dict.fromkeys(edits, watching)

    def lookout(self) -> Lookout:
        """Where the run has to look up."""
        session = self.session
        apart = frozenset((s.line, s.column) for probe in self.probes for s in probe.apart)
        if apart not in session.pieces:
            other = compile_program(session.script, apart=apart)
            session.pieces.clear()
            session.pieces[apart] = own_pieces(session.program, other)
        after = {site: self._asker(asked) for site, asked in self._at.items()}
        return Lookout(session.pieces[apart], after)

    def _asker(self, asked: tuple[Probe, ...]) -> Callable[[Machine], bool]:
        """What is asked behind an instruction: mostly a quick no."""
        may_be = asked[0].may_be if len(asked) == 1 else None
        if may_be is None:
            return self.asks
        return lambda machine: may_be(machine) and self.asks(machine)

    def asks(self, machine: Machine) -> bool:
        """Ask every probe that looks up here; True to stop."""
        warnings = machine.world.warnings
        warned = len(warnings)
        found: tuple[Hit, ...] = ()
        assert machine.last is not None
        for probe in self._at[machine.last]:
            if probe.is_hit(machine) and self._counts(machine):
                found = (*found, *self._met(probe, machine))
            self.studies |= probe.wants_study
        del warnings[warned:]
        self.hits = found
        return bool(found) or self.studies

    def _counts(self, machine: Machine) -> bool:
        tick = machine.tick
        return tick > self.origin and (self.bound is None or tick <= self.bound)

    def _met(self, probe: Probe, machine: Machine) -> tuple[Hit, ...]:
        stopper = probe.stopper
        if not self.stops:
            ticks = self.noted.setdefault(stopper.number, [])
            if not stopper.hits:
                del ticks[:-1]  # of the last two, one may be the moment that is left
            ticks.append(machine.tick)
            return ()
        if stopper.hits and not stopper.is_due(probe.count or 0):
            return ()
        if stopper.log is not None:
            self.session.write_log(
                Logged(
                    machine.tick, len(machine.world.output), stopper.number, probe.logged(machine)
                )
            )
            return ()
        return (probe.hit(self.backwards),)

    def run(self, begin: int, end: int | None) -> Iterator[None]:
        """Run from one tick to another, or to the end of the program, or to a hit."""
        machine = self.session.machine
        nearest = machine.keeper.nearest(begin)
        if machine.tick != begin and nearest.tick == begin:
            rewind(machine, nearest)  # what came before it is of no interest
        elif machine.tick != begin or (begin and not machine.log.records):
            yield from travel(machine, begin)
        self._prime()
        yield from self._studied()
        while True:
            yield from self._run_on(end)
            if self._is_over():
                return
            yield from self._studied()
            if end is not None and machine.tick >= end:
                return

    def _studied(self) -> Iterator[None]:
        """Let the probes that want to look around do so; the program stands here afterwards."""
        machine, session = self.session.machine, self.session
        wanting = [probe for probe in self.probes if probe.wants_study]
        self.studies = False
        if not wanting:
            return
        yield from settle(machine)
        for probe in wanting:
            assert probe.study is not None
            yield from probe.study(session)
        self._prime()

    def _is_over(self) -> bool:
        return bool(self.hits) or not self.studies

    def _has_halted(self) -> bool:
        return bool(self.hits) or self.studies

    def _prime(self) -> None:
        machine = self.session.machine
        warned = len(machine.world.warnings)
        with machine.world.active():
            for probe in self.probes:
                probe.prime(machine)
        del machine.world.warnings[warned:]

    def _run_on(self, end: int | None) -> Iterator[None]:
        machine, lookout = self.session.machine, self.lookout()
        self.hits = ()
        if end is None:
            yield from run_through(machine, lookout=lookout)
            return
        if end - machine.tick > NEAR:
            start = machine.timeline.last_start(max(0, end - HISTORY))
            yield from run_through(machine, until=start, lookout=lookout)
            if self._has_halted():
                return
        number = 0
        while machine.tick < end:
            with machine.world.active():
                if not machine.step() or lookout.stops(machine):
                    return
            number += 1
            if number % SLICE == 0:
                yield


def hunt_forward(session: Session, bound: int | None = None, goal: Stopper | None = None) -> Found:
    """Run until something stops the run, to a tick, or to the end; returns why it stopped.

    `goal` is a breakpoint for this run only.
    """
    machine = session.machine
    origin = machine.tick
    made = probes(session, goal)
    if not made:
        if bound is None:
            yield from _to_end(machine)
        else:
            yield from travel(machine, bound)
        return ()
    begin = _counted(session, made, origin)
    hunt = _Hunt(session, made, origin, bound)
    yield from hunt.run(_reach(session, made, begin), bound)
    session.tallies.keep(made, machine.tick)
    if machine.fault is None and not machine.is_ended:
        yield from settle(machine)
    return hunt.hits


def _to_end(machine: Machine) -> Iterator[None]:
    from stepnet.session.seek import to_end

    yield from to_end(machine)


def hunt_back(session: Session, bound: int = 0, goal: Stopper | None = None) -> Found:
    """Go to the last moment at which the run up to here was stopped, not before `bound`.

    Where there is none, the program stands at `bound` afterwards.
    """
    machine = session.machine
    origin = machine.tick
    made = tuple(probe for probe in probes(session, goal) if probe.stopper.log is None)
    if made:
        begin = _counted(session, made, origin)
        if begin < origin:
            counting = _Hunt(session, made, origin, origin)
            yield from counting.run(_reach(session, made, begin), origin)
            session.tallies.keep(made, origin)
        ends = {probe.stopper.number: probe.count or 0 for probe in made}
        starts = [part.tick for part in machine.keeper.checkpoints if bound < part.tick < origin]
        edges = [max(0, bound - 1), *starts, origin]
        for start, end in reversed(list(pairwise(edges))):
            hunt = _Hunt(session, made, start, end, stops=False)
            yield from hunt.run(_reach(session, made, start), end)
            tick = _last_due(hunt, ends, origin)
            if tick is not None:
                hits = yield from _land(session, made, tick, ends)
                return hits or (yield from hunt_back(session, bound, goal))
    yield from travel(machine, bound)
    return ()


def _last_due(hunt: _Hunt, ends: dict[int, int], before: int) -> int | None:
    """The last tick of an interval, and before a tick, at which a run stops.

    `ends` says how often each breakpoint has been hit by the interval's end; it is brought back to
    just before that tick, or to the interval's start.
    """
    due: list[int] = []
    for probe in hunt.probes:
        stopper = probe.stopper
        ticks = hunt.noted.get(stopper.number, [])
        if not stopper.hits:
            due += ticks
            continue
        first = ends[stopper.number] - len(ticks) + 1
        due += [tick for n, tick in enumerate(ticks, start=first) if stopper.is_due(n)]
    tick = max((part for part in due if part < before), default=None)
    for number, ticks in hunt.noted.items():
        ends[number] -= sum(1 for part in ticks if tick is None or part >= tick)
    return tick


def _land(session: Session, made: tuple[Probe, ...], tick: int, before: dict[int, int]) -> Found:
    """Go to a tick at which a hit is known to be, and say what it is."""
    for probe in made:
        if probe.stopper.hits:
            probe.count, probe.since = before[probe.stopper.number], tick - 1
        else:
            probe.count = None
    hunt = _Hunt(session, made, tick - 1, tick, backwards=True)
    yield from hunt.run(_reach(session, made, tick - 1), tick)
    session.tallies.keep(made, tick)
    if session.machine.tick != tick:
        yield from travel(session.machine, tick)
    return hunt.hits


def _counted(session: Session, made: tuple[Probe, ...], origin: int) -> int:
    """Give every probe the count it begins with; returns from where hits have to be counted."""
    begin = origin
    for probe in made:
        tick, count = session.tallies.known(probe.stopper, origin)
        if probe.stopper.hits:
            begin = min(begin, tick)
        elif tick != origin:
            probe.count = None
            continue
        probe.count, probe.since = count, tick
    return begin


def _reach(session: Session, made: tuple[Probe, ...], tick: int) -> int:
    """From where a run has to begin so that every probe knows enough at `tick`."""
    timeline = session.machine.timeline
    if tick and any(probe.reach == "iteration" for probe in made):
        return timeline.last_start(tick)
    return tick
