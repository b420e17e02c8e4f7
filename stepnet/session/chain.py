"""The chain rule at the current statement: its gradient statements, and how they hang together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from stepnet.explain.portrait import summary
from stepnet.explain.shapes import shape_of
from stepnet.machine.checkpoint import stack
from stepnet.machine.event import events, latest
from stepnet.machine.frame import Frame
from stepnet.session.address import written
from stepnet.session.veil import veiled_chain
from stepnet.session.views import ChainRow
from stepnet.source.instruction import Statement
from stepnet.source.place import NOWHERE, value_at

if TYPE_CHECKING:
    from stepnet.session.session import Session

_CLAIM = re.compile(r"∂(?P<of>[^/]+)/∂(?P<by>.+)")


def chain_rows(session: Session) -> tuple[ChainRow, ...]:
    """The gradient statements of this iteration, in order, with their values so far."""
    machine = session.machine
    ran_here, last = _done(session)
    event = latest(machine)
    prefix = written(machine.registers.moment.iteration)
    frames = list(stack(machine.frame))
    leading = {id(statement) for statement in _leading(session, _current(session))}
    rows = []
    for statement in session.roles.gradients:
        name = statement.targets[0]
        ran = id(statement) in ran_here
        is_latest = last.get(name) == id(statement)
        home = frames[-1] if not statement.unit else frame_of(frames, statement.unit)
        value = value_at(home.names, name, NOWHERE) if home and is_latest else NOWHERE
        known = value is not NOWHERE
        current = event is not None and event.statement is statement
        rows.append(
            ChainRow(
                name=name,
                claim=session.verdicts.claim(session, statement),
                shape=shape_of(value) if known else "",
                value=summary(value) if known else "changed since" if ran and not is_latest else "",
                address=f"{prefix}/{session.program.spot(statement.line)}",
                line=statement.line,
                state="current" if current else "done" if ran else "ahead",
                verdict=session.verdicts.word(session, statement),
                leads_here=id(statement) in leading,
            )
        )
    return veiled_chain(tuple(rows), session.hidden)


def chain_formula(session: Session) -> tuple[str, ...]:
    """The current gradient and its factors: ``∂E/∂w``, ``∂E/∂ŷ``, ``∂ŷ/∂s``, ``∂s/∂w``.

    Empty where the current statement is no gradient, or it is not known what it stands for.
    """
    current = _current(session)
    if current is None:
        return ()
    spine = [_parts(session.verdicts.claim(session, part)) for part in _spine(session, current)]
    if any(part is None for part in spine):
        return ()
    known = [part for part in spine if part is not None]
    of, last = known[-1]
    bys = [by for place, (_, by) in enumerate(known) if not place or by != known[place - 1][1]]
    links = pairwise(bys)
    factors = [f"∂{of}/∂{bys[0]}", *(f"∂{upper}/∂{lower}" for upper, lower in links)]
    return (f"∂{of}/∂{last}", *factors) if len(factors) > 1 else ()


def _parts(claim: str) -> tuple[str, str] | None:
    found = _CLAIM.fullmatch(claim)
    return (found["of"], found["by"]) if found else None


def _current(session: Session) -> Statement | None:
    """The gradient statement that has just run, or that an update has just used."""
    event = latest(session.machine)
    if event is None:
        return None
    gradients = session.roles.gradients
    if event.statement in gradients:
        return event.statement
    used = _names(event.statement)
    is_update = any(session.roles.of.get(name) == "parameter" for name in event.statement.targets)
    found = [part for part in gradients if is_update and part.targets[0] in used]
    return found[-1] if found else None


def _uses(session: Session, statement: Statement) -> list[Statement]:
    """The gradient statements that made what this one is computed from, in order."""
    before = [
        part
        for part in session.roles.gradients
        if part.line < statement.line and part.unit == statement.unit
    ]
    found: dict[str, Statement] = {}
    for part in before:
        found[part.targets[0]] = part
    used = _names(statement)
    if isinstance(getattr(statement.node, "targets", [None])[0], ast.Subscript):
        used.add(statement.targets[0])
    return [part for part in found.values() if part.targets[0] in used]


def _names(statement: Statement) -> set[str]:
    value = getattr(statement.node, "value", None)
    nodes = ast.walk(value) if isinstance(value, ast.AST) else iter(())
    return {node.id for node in nodes if isinstance(node, ast.Name)}


def _leading(session: Session, current: Statement | None) -> Iterator[Statement]:
    """Every gradient statement that leads to this one, itself included."""
    waiting = [current] if current is not None else []
    seen: set[int] = set()
    while waiting:
        part = waiting.pop()
        if id(part) not in seen:
            seen.add(id(part))
            yield part
            waiting += _uses(session, part)


def _spine(session: Session, current: Statement) -> list[Statement]:
    """The loss's derivatives on the way to the current one, from the loss."""
    claim = _parts(session.verdicts.claim(session, current))
    spine = [current]
    while claim is not None:
        uses = _uses(session, spine[-1])
        told = [(part, _parts(session.verdicts.claim(session, part))) for part in uses]
        of_loss = [part for part, parts in told if parts is None or parts[0] == claim[0]]
        if not of_loss:
            break
        spine.append(of_loss[-1])
    return spine[::-1]


def _done(session: Session) -> tuple[set[int], dict[str, int]]:
    """Statements that have run in the current iteration, and for each name the last of them."""
    iteration = session.machine.registers.moment.iteration
    found: set[int] = set()
    last: dict[str, int] = {}
    for event in events(session.machine):
        if event.iteration != iteration:
            break
        if event.instruction.completes:
            statement = event.instruction.statement
            found.add(id(statement))
            for name in statement.targets:
                last.setdefault(name, id(statement))
    return found, last


def frame_of(frames: list[Frame], unit: str) -> Frame | None:
    """The innermost frame of a function, if it is being executed."""
    return next((frame for frame in frames if frame.unit.name == unit), None)
