"""How a statement made an entry: the expression behind it, and the entry of that expression."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.calculus.rules.operation import stored
from stepnet.explain.aim import Search, frame_of
from stepnet.explain.draws import draws, unnoticed
from stepnet.explain.entry import Sum, entry
from stepnet.explain.expression import UNKNOWN
from stepnet.explain.inside import Inside, modules_of
from stepnet.explain.subject import Index, Subject, way
from stepnet.machine.event import latest
from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine
from stepnet.source.instruction import TEMPORARY, Begin, Call, Next, Return, Statement


@dataclass(frozen=True, eq=False)
class Making:
    """One statement and what it did for one entry."""

    statement: Statement
    frame: Frame
    inside: Inside | None
    """The expression, with the values it had; None where no expression is known."""
    node: ast.expr | None
    """The piece of it that the entry is one of."""
    index: Index
    value: Any
    """The entry."""
    note: str = ""
    """What cannot be told, or has to be told besides."""
    is_passed_on: bool = False
    """It is what a function returned, or a part of what it or a loop was given."""

    @property
    def sum(self) -> Sum | None:
        """The entry taken apart; None where it is not known what was computed."""
        inside, node = self.inside, self.node
        if inside is None or node is None:
            return None
        if inside.known(node) is None and inside.value(node) is UNKNOWN:
            return None
        return entry(inside, node, self.index)

    @property
    def is_handed_over(self) -> bool:
        """Is all there is to see a value that a call left, or that a function returns by name?"""
        node = self.node
        while isinstance(node, ast.Subscript | ast.Attribute):
            node = node.value
        if not isinstance(node, ast.Name):
            return False
        own = node.id in self.frame.names
        return node.id.startswith(TEMPORARY) or (own and self.is_passed_on)


def making(machine: Machine, subject: Subject, depth: int, *, copied: bool = False) -> Making:
    """How the instruction that has just run wrote an entry of a name `depth` calls deep.

    With `copied`, what is found stays true when the machine goes somewhere else.
    """
    event = latest(machine)
    assert event is not None
    value = way(subject, frame_of(machine, event, depth).names).value
    own = np.asarray(value)[subject.index]
    found = Search(machine, event, subject, depth, value)
    aim = found.aim()
    if aim is None or aim.node is None:
        told = aim.note if aim else f"changed in place by {event.statement.text}"
        return Making(event.statement, event.frame, None, None, subject.index, own, told)
    result = value if aim.is_whole else aim.result
    if copied and isinstance(result, np.ndarray):
        result = result.copy(order="K")
    inside = evaluated(machine, aim.node, aim.frame, result, copied=copied, earlier=aim.before)
    if aim.stores is not None:
        store = aim.stores
        inside.supply(aim.node, stored(store.array, store.key, store.value, inside.modules))
        if inside.known(aim.node) is None:
            return Making(
                event.statement, aim.frame, inside, store.value, aim.index, own,
                f"stored by {event.statement.text}",
            )  # fmt: skip
    node = chosen(inside, aim.node)
    if node is not aim.node and result is not UNKNOWN:
        inside.supply_value(node, result)
    given = isinstance(event.instruction, Call | Begin | Next) and bool(subject.path)
    passed = given or isinstance(event.instruction, Return)
    return Making(event.statement, aim.frame, inside, node, aim.index, own, aim.note, passed)


def evaluated(
    machine: Machine, node: ast.expr, frame: Frame, result: object, *, copied: bool, earlier: bool
) -> Inside:
    """An expression with the values it had in the instruction that has just run.

    `earlier` says that they have changed since.
    """
    program = machine.program
    ways = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    drawn = any(True for way in ways for _ in draws(way, modules_of(program)))
    event = latest(machine)
    own = event is not None and any(event.statement is one for one in program.statements)
    source = program.text if own else ""  # a value that was set by hand
    if not earlier and not drawn:
        return Inside(node, frame.scope, program, result=result, copied=copied, source=source)
    with before(machine), unnoticed(machine):
        inside = Inside(node, frame.scope, program, result=result, copied=True, source=source)
        inside.draw(chosen(inside, node))
    return inside


@contextmanager
def before(machine: Machine) -> Iterator[None]:
    """Stand before the last instruction for a moment."""
    fault = machine.fault
    machine.undo()
    try:
        yield
    finally:
        machine.step()
        machine.fault = fault


def chosen(inside: Inside, node: ast.expr) -> ast.expr:
    """The branch of ``a if test else b`` that was taken."""
    while isinstance(node, ast.IfExp) and (test := inside.value(node.test)) is not UNKNOWN:
        node = node.body if test else node.orelse
    return node
