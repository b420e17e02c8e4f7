"""Where an entry came from, and what it fed: followed through statements, calls and iterations."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stepnet.explain.entry import Sum, Summand
from stepnet.explain.making import Making, making
from stepnet.explain.shapes import shape_of
from stepnet.explain.subject import Gone, Index, Subject, subject_of, way
from stepnet.explain.uses import fed, taped
from stepnet.explain.writer import frame_at, to_writer
from stepnet.machine.event import latest
from stepnet.machine.machine import Machine
from stepnet.machine.travel import travel
from stepnet.session.address import current_address
from stepnet.session.asked import asked
from stepnet.session.entry_views import OriginView, UseView
from stepnet.session.excursion import excursion
from stepnet.session.explained import block_of, followed, largest
from stepnet.session.seek import to_iteration

if TYPE_CHECKING:
    from stepnet.session.session import Session

DEPTH = 4
"""How far back an entry is followed, unless told otherwise."""
WIDTH = 4
"""How many of the entries that one came from are followed: those of the largest terms."""


def origins(
    session: Session, text: str, depth: int = DEPTH, width: int = WIDTH
) -> Generator[None, None, OriginView]:
    """An entry, the entries that it came from, what those came from, and so on.

    Raises CommandError where there is no such entry; the program stands where it stood.
    """
    subject, home = asked(session, text)
    with excursion(session.machine):
        walk = _Walk(session.machine, width)
        return (yield from walk.followed(subject, home, depth, ""))


@dataclass(eq=False)
class _Walk:
    """Following entries back, each moment once."""

    machine: Machine
    width: int
    seen: set[tuple[int, str]] = field(default_factory=set)
    """Moments and entries that were followed already."""

    def followed(
        self, subject: Subject, home: int, depth: int, how: str
    ) -> Generator[None, None, OriginView]:
        """An entry as it stands now, and what it came from."""
        machine = self.machine
        value = way(subject, frame_at(machine, home).names).value
        value = np.asarray(value)[subject.index]
        if not (yield from to_writer(machine, subject, home)):
            return _unwritten(subject, value, how)
        made = making(machine, subject, home, copied=True)
        made = yield from followed(machine, made)
        tick, again = machine.tick, (machine.tick, subject.text) in self.seen
        self.seen.add((tick, subject.text))
        address = current_address(machine)
        total = made.sum
        found: list[OriginView] = []
        rest = 0
        if total is not None and depth > 0 and not again:
            reads, rest = self._reads(made, total)
            for part, term in reads:
                yield from travel(machine, tick - 1)
                at = _home(machine, part, made.frame.depth)
                if at is not None:
                    found.append((yield from self.followed(part, at, depth - 1, term.numbers)))
        statement = made.statement
        return OriginView(
            text=subject.text,
            name=subject.container,
            index=subject.index,
            value=value,
            address=address,
            tick=tick,
            line=statement.line,
            statement=statement.text,
            frame=statement.unit,
            how=how,
            formula=total.text if total is not None else "",
            origins=tuple(found),
            rest=rest,
            note="followed above" if again else made.note,
        )

    def _reads(self, made: Making, total: Sum) -> tuple[list[tuple[Subject, Summand]], int]:
        """The entries of the largest terms, and how many terms are left out."""
        assert made.inside is not None
        found: dict[str, tuple[Subject, Summand]] = {}
        order = largest(total.values, self.width)
        shown = 0
        for number in order:
            term = total.term(int(number))
            if len(found) >= 2 * self.width:
                break
            shown += 1
            for node, index in term.reads:
                part = subject_of(node, made.inside.names, index)
                if part is not None and len(found) < 2 * self.width:
                    found.setdefault(part.text, (part, term))
        return list(found.values()), len(total) - shown


def _unwritten(subject: Subject, value: object, how: str) -> OriginView:
    return OriginView(
        text=subject.text, name=subject.container, index=subject.index, value=value, address="",
        tick=0, line=0, statement="", frame="", how=how, formula="", origins=(), rest=0,
        note="nothing in the script has written it",
    )  # fmt: skip


def _home(machine: Machine, subject: Subject, depth: int) -> int | None:
    """How deep the frame is in which a name is found: that one, or the module's."""
    for at in (depth, 0):
        try:
            if subject.name in frame_at(machine, at).names:
                return at
        except Gone:
            continue
    return None


def uses(session: Session, text: str) -> Generator[None, None, tuple[UseView, ...]]:
    """The values that an entry fed in this iteration, from where it was made.

    An entry that was made before the iteration is followed from the iteration's start. Raises
    CommandError where there is no such entry; the program stands where it stood.
    """
    subject, home = asked(session, text)
    machine = session.machine
    iteration = machine.registers.moment.iteration
    with excursion(machine):
        yield from to_writer(machine, subject, home)
        if machine.registers.moment.iteration[: len(iteration)] != iteration:
            yield from to_iteration(machine, iteration)
        value = way(subject, frame_at(machine, home).names).value
        tape, root = yield from taped(machine, value, subject.name)
        found = []
        for part in fed(tape, root, subject.index):
            if part.variable.name:
                found.append(
                    (yield from _use(machine, part.variable.tick, part.variable.name, part.mask))
                )
        return tuple(found)


def _use(
    machine: Machine, tick: int, name: str, mask: np.ndarray
) -> Generator[None, None, UseView]:
    yield from travel(machine, tick)
    event = latest(machine)
    assert event is not None
    places: list[Index] = [tuple(int(n) for n in at) for at in np.argwhere(mask)]
    return UseView(
        name=name.rpartition(".")[2],
        address=current_address(machine),
        tick=tick,
        line=event.statement.line,
        statement=event.statement.text,
        frame=event.frame.unit.name,
        shape=shape_of(mask),
        entries=int(mask.sum()),
        size=int(mask.size),
        block=block_of(places),
    )


def nearest_first(view: OriginView) -> Iterator[OriginView]:
    """An entry and everything that it came from, each before what it came from itself."""
    yield view
    for part in view.origins:
        yield from nearest_first(part)
