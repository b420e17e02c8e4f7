"""The portrait of a name: what it is, who writes and who reads it, and what became of it."""

from __future__ import annotations

import ast
import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stepnet.explain.portrait import kind_of, moments, number, summary, troubles
from stepnet.explain.shapes import shape_of
from stepnet.explain.subject import Gone, Subject
from stepnet.explain.writer import to_writer
from stepnet.machine.event import events, latest
from stepnet.machine.machine import Machine
from stepnet.machine.travel import travel
from stepnet.session.address import current_address
from stepnet.session.asking import answer, question
from stepnet.session.errors import CommandError
from stepnet.session.excursion import excursion
from stepnet.session.history import Sample, history
from stepnet.session.why import outline_of
from stepnet.source.instruction import Statement
from stepnet.source.place import leaf_of, place_of

if TYPE_CHECKING:
    from stepnet.session.session import Session

LARGE, SMALL = 0.1, 0.0001
"""Update ratios beyond which a step is unusual."""


@dataclass(frozen=True)
class LineView:
    """A statement that writes or reads the name."""

    line: int
    spot: str
    """The line as an address names it: ``12``, ``3:2`` for line 2 of a notebook's third cell."""
    statement: str
    unit: str
    """The function it stands in; ``""`` at the top level."""


@dataclass(frozen=True, eq=False)
class PortraitView:
    """All that is known of a name, or of an expression, where the program stands."""

    name: str
    address: str
    """Where the program stands."""
    shape: str
    dtype: str
    range: str
    moments: str
    """``mean 0.012  sd 0.29``; ``""`` where that says nothing."""
    trouble: str
    """What is wrong with it, in capitals: ``ALL ZERO``, ``3 NaN of 12``; else ``""``."""
    role: str
    claim: str
    """``∂E/∂w`` for a gradient, with the verdict."""
    verdict: str
    written: str
    """Where it was last written: an address to go to; ``""`` if nothing in the script did."""
    writers: tuple[LineView, ...]
    readers: tuple[LineView, ...]
    samples: tuple[Sample, ...]
    """Its history, an entry an iteration that was looked at."""
    is_parameter: bool
    is_place: bool
    """A name, an attribute or an item, and no other expression."""


def portrait(session: Session, text: str) -> Generator[None, None, PortraitView]:
    """The portrait of a name; the program stands where it stood.

    With pauses, between which it can be broken off. Raises CommandError for what is no value here.
    """
    asked = question(text, session.vocabulary)
    value = answer(asked, session.machine)
    name = asked.text
    outline = outline_of(session)
    with excursion(session.machine):
        address = current_address(session.machine)
        claim, verdict = _claim(session, name)
        written = yield from _written(session, name, value)
        samples = yield from history(session, asked)
    return PortraitView(
        name=name,
        address=address,
        shape=shape_of(value),
        dtype=kind_of(value),
        range=summary(value),
        moments=moments(value),
        trouble=troubles(value),
        role=session.roles.of.get(name, ""),
        claim=claim,
        verdict=verdict,
        written=written,
        writers=tuple(
            _line(part, session) for part in session.program.statements if _writes(part, name)
        ),
        readers=tuple(_line(part, session) for part in _readers(session, name)),
        samples=samples,
        is_parameter=leaf_of(name) in outline.parameters,
        is_place=bool(_place(name)),
    )


def _writes(statement: Statement, name: str) -> bool:
    """Does it assign the name, or what a method calls ``self.W`` where it is ``net.W`` here?"""
    if name.isidentifier():
        return name in statement.targets
    return bool(_place(name)) and leaf_of(name) in map(leaf_of, statement.targets)


def _readers(session: Session, name: str) -> Iterator[Statement]:
    """The statements that read it and do not assign it."""
    if _place(name):
        for part in outline_of(session).readers(leaf_of(name)):
            if not _writes(part, name):
                yield part


def _place(text: str) -> str:
    """The place that a text names; ``""`` for any other expression."""
    return place_of(ast.parse(text, mode="eval").body)


def portray(session: Session, argument: str) -> Generator[None, None, tuple[str, str]]:
    """The command: of the name that was just assigned, unless another is given."""
    name = argument or _assigned(session)
    if not name:
        raise CommandError("no name was just assigned", advice="Write portrait NAME.")
    session.portrait = yield from portrait(session, name)
    return session.stop.reason, "\n".join(portrait_text(session.portrait))


def _assigned(session: Session) -> str:
    event = latest(session.machine)
    return event.statement.targets[0] if event is not None and event.statement.targets else ""


def _line(statement: Statement, session: Session) -> LineView:
    spot = session.program.spot(statement.line)
    return LineView(statement.line, spot, statement.text, statement.unit)


def _claim(session: Session, name: str) -> tuple[str, str]:
    """What the last gradient statement of this name is, and what is known of it."""
    for statement in reversed(session.roles.gradients):
        if name in statement.targets:
            verdicts = session.verdicts
            return verdicts.claim(session, statement), verdicts.word(session, statement)
    return "", ""


def _written(session: Session, name: str, value: object) -> Generator[None, None, str]:
    """The address of the statement that last wrote it."""
    machine = session.machine
    if not name.isidentifier():
        return ""
    tick = machine.tick
    for event in events(machine):
        if event.instruction.completes and name in event.statement.targets:
            yield from travel(machine, tick)
            return current_address(machine)
        tick -= 1
    depth = next((depth for depth in _depths(machine, name)), None)
    if depth is None:
        return ""
    try:
        found = yield from to_writer(machine, Subject(name, (), (0,) * np.ndim(value)), depth)  # type: ignore[arg-type]  # any value
    except Gone:
        return ""
    return current_address(machine) if found else ""


def _depths(machine: Machine, name: str) -> Iterator[int]:
    """How many calls deep the frames are that have this name, innermost first."""
    frame = machine.frame
    while frame is not None:
        if name in frame.names:
            yield frame.depth
        if frame.caller is None:
            return
        frame = frame.caller


def portrait_text(view: PortraitView) -> tuple[str, ...]:
    """The portrait in lines of text."""
    head = " ".join(part for part in (view.name, view.shape, view.dtype, view.role) if part)
    lines = [f"{head}, at {view.address}"]
    lines += [f"{view.claim} {view.verdict}".strip()] if view.claim else []
    lines.append("  ".join(part for part in (view.trouble, view.range, view.moments) if part))
    lines += history_text(view)
    if not view.is_place:
        return tuple(lines)
    last = f", last at {view.written}" if view.written else ""
    lines += _listed(f"written by{last}", view.writers)
    return (*lines, *_listed("read by", view.readers))


def history_text(view: PortraitView) -> list[str]:
    """Norm, range and update ratio over the run, in words."""
    known = [sample for sample in view.samples if not math.isnan(sample.low)]
    if not known:
        return []
    first, last = known[0], known[-1]
    most = max(known, key=lambda sample: sample.norm)
    low, high = min(part.low for part in known), max(part.high for part in known)
    ends = ((sample.low if view.shape == "()" else sample.norm) for sample in (first, last))
    one, other = (number(end) for end in ends)
    size = "" if view.shape == "()" else "norm "
    lines = [f"{size}{one} after iteration {first.iteration}, {other} after {last.iteration}"]
    if size:
        lines[0] += f"; at most {number(most.norm)} (iteration {most.iteration})"
    lines.append(f"over the run from {number(low)} to {number(high)}")
    broken = next((sample for sample in view.samples if not sample.finite), None)
    lines += [f"NOT FINITE since iteration {broken.iteration}"] if broken is not None else []
    return lines + (ratio_text(known) if view.is_parameter else [])


def ratio_text(samples: list[Sample]) -> list[str]:
    """How far a parameter moves in an iteration, and whether that is usual."""
    ratios = [sample for sample in samples if not math.isnan(sample.ratio)]
    if not ratios:
        return []
    last = ratios[-1]
    most = max(ratios, key=lambda sample: sample.ratio)
    text = (
        f"update ratio ‖Δ‖/‖·‖ {number(last.ratio)} in iteration {last.iteration}, at most "
        f"{number(most.ratio)} (iteration {most.iteration})"
    )
    if not last.ratio:
        return [f"{text}: DOES NOT MOVE"]
    if last.ratio > LARGE:
        return [f"{text}: LARGE, above 0.1"]
    if last.ratio < SMALL:
        return [f"{text}: SMALL, below 0.0001"]
    return [text]


def _listed(title: str, lines: tuple[LineView, ...]) -> list[str]:
    if not lines:
        return [f"{title}: nothing in the script"]
    return [title, *(f"  {part.spot:>4}  {part.statement}" for part in lines)]
