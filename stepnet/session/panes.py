"""What each pane of a front end shows now, made from the session's state."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from stepnet.explain.listed import seen
from stepnet.explain.portrait import kind_of, summary, trouble
from stepnet.explain.shapes import shape_of
from stepnet.machine.branch import Branch
from stepnet.machine.checkpoint import stack
from stepnet.machine.event import latest
from stepnet.machine.frame import Frame, is_hidden
from stepnet.session.chain import chain_formula, chain_rows
from stepnet.session.listing import program_rows
from stepnet.session.position import totals
from stepnet.session.step_pane import step_view
from stepnet.session.veil import veiled_names
from stepnet.session.views import CurveView, NameRow, TimelineView
from stepnet.source.place import places_held, root_of

if TYPE_CHECKING:
    from stepnet.session.session import Session

LARGE = 20_000
"""Entries from which on an array is not looked through at every stop."""
MOST_PLACES = 40
"""Items of one dictionary, list or object that the Names pane lists."""
ROLES = ("parameter", "data", "loss", "gradient", "optimiser", "setting", "")
"""The order of the Names pane."""


def name_rows(session: Session) -> tuple[NameRow, ...]:
    """Names in reach: those of the innermost function first, then by the part they play."""
    event = latest(session.machine)
    changed = set(event.instruction.effects.binds) if event else set()
    if event is not None:
        changed |= {root_of(target) for target in event.statement.targets}
        changed |= set(event.statement.targets)
    rows: list[NameRow] = []
    for frame in stack(session.machine.frame):
        own = [_name_rows(session, name, frame, changed) for name in _visible(frame)]
        if frame.caller is None:
            own.sort(key=lambda group: min(ROLES.index(row.role) for row in group))
        rows += [row for group in own for row in group]
    return veiled_names(tuple(rows), session.hidden)


def _visible(frame: Frame) -> Iterator[str]:
    for name, value in frame.names.items():
        if not is_hidden(name) and not isinstance(value, ModuleType):
            yield name


def _name_rows(session: Session, name: str, frame: Frame, changed: set[str]) -> list[NameRow]:
    """A name, and below it the places in it: ``params``, ``params["W1"]``, ``params["b1"]``."""
    held = islice(places_held(name, frame.names[name]), MOST_PLACES)
    places = [(name, frame.names[name]), *held]
    return [_name_row(session, place, value, frame, changed) for place, value in places]


def _name_row(
    session: Session, name: str, value: object, frame: Frame, changed: set[str]
) -> NameRow:
    value = seen(value)
    told, wrong = _portrait(session, value)
    innermost = frame is session.machine.frame
    known = session.roles.of
    role = known.get(name) or known.get(root_of(name), "") if not frame.caller else ""
    return NameRow(
        name=name,
        shape=shape_of(value),
        dtype=kind_of(value),
        role=role if role in ROLES else "",
        summary=told,
        changed=innermost and name in changed,
        frame=frame.unit.name,
        trouble=wrong,
        value=value,
    )


def _portrait(session: Session, value: object) -> tuple[str, str]:
    """Summary and trouble; of a large array worked out once for as long as it does not change."""
    if not isinstance(value, np.ndarray) or value.size < LARGE:
        return summary(value), trouble(value)
    noted = session.machine.cow.note(value)
    if noted is None:
        noted = (summary(value), trouble(value))
        session.machine.cow.keep_note(value, noted)
    assert isinstance(noted, tuple)
    return noted[0], noted[1]


def output_lines(session: Session) -> tuple[str, ...]:
    """What the script has printed so far, and between it what breakpoints wrote."""
    pieces, tick = session.machine.world.output, session.machine.tick
    text, done = "", 0
    for line in sorted(session.logged.values(), key=lambda line: (line.tick, line.number)):
        if line.tick <= tick:
            text += "".join(pieces[done : line.printed])
            text += "\n" if text and not text.endswith("\n") else ""
            text, done = f"{text}◆ {line.text}\n", line.printed
    return tuple((text + "".join(pieces[done:])).splitlines())


def timeline_view(session: Session, points: int, *, loss_only: bool = False) -> TimelineView:
    """The loss over the iterations reached, at most `points` of them, evenly spread.

    Instead of the loss, what `plot` has asked for in this branch, unless only that will do.
    """
    machine, branches = session.machine, session.branches
    here, plot = branches.current, session.plot
    plotted = plot if plot and plot.branch == here.name and not loss_only else None
    values = plotted.values if plotted else machine.timeline.losses
    chosen = _spread(len(values), points)
    others = () if plotted else (each for each in branches.all.values() if each is not here)
    iteration, total = machine.registers.moment.iteration, totals(machine)
    keeper = machine.keeper
    return TimelineView(
        name=plotted.expression if plotted else machine.program.loss,
        branch=here.name if len(branches.all) > 1 else "",
        iterations=tuple(place + 1 for place in chosen),
        losses=tuple(values[place] for place in chosen),
        others=tuple(_curve(branch, points) for branch in others),
        reached=len(machine.timeline.starts[0]) if machine.timeline.starts else 0,
        total=total[0] if total else None,
        current=iteration[0] if iteration else 0,
        checkpoints=len(keeper.checkpoints),
        checkpoint_bytes=keeper.bytes,
        undo_bytes=machine.log.bytes,
    )


def _curve(branch: Branch, points: int) -> CurveView:
    """The loss of a branch that is not under way."""
    losses = branch.timeline.losses if branch.timeline else ()
    chosen = _spread(len(losses), points)
    iterations = tuple(place + 1 for place in chosen)
    return CurveView(branch.name, iterations, tuple(losses[place] for place in chosen))


def _spread(count: int, points: int) -> list[int]:
    """Places among so many, evenly spread, the last one among them."""
    chosen = list(range(0, count, max(1, math.ceil(count / max(1, points)))))
    if count and chosen[-1] != count - 1:
        chosen.append(count - 1)
    return chosen


__all__ = [
    "chain_formula", "chain_rows", "name_rows", "output_lines", "program_rows", "step_view",
    "timeline_view",
]  # fmt: skip
