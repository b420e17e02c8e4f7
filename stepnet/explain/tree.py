"""Looking inside the statement that has just run: its expression, piece by piece, inside out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stepnet.explain.expression import UNKNOWN, parts_of
from stepnet.explain.inside import Inside
from stepnet.explain.making import before, chosen, evaluated
from stepnet.machine.event import Event, latest
from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish, travel
from stepnet.source.effects import is_pure, loaded
from stepnet.source.instruction import TEMPORARY, Call, Return, Run


@dataclass(frozen=True, eq=False)
class Branch:
    """One piece of an expression, and the pieces it is made of."""

    node: ast.expr
    inside: Inside
    text: str
    value: Any
    """UNKNOWN where `note` says why."""
    parts: tuple[Branch, ...]
    note: str = ""


def inside_out(branch: Branch, depth: int = 0) -> Iterator[tuple[Branch, int]]:
    """Every piece with its depth, in the order in which they are evaluated."""
    for part in branch.parts:
        yield from inside_out(part, depth + 1)
    yield branch, depth


def tree(machine: Machine) -> Branch | None:
    """The expression of the statement that has just run; None if it has none.

    The machine goes back for the arguments of calls, and returns.
    """
    event = latest(machine)
    node = _expression(event) if event is not None else None
    if event is None or node is None:
        return None
    effects = event.instruction.effects
    read = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    changed = effects.touches or effects.wholesale or read & set(effects.binds)
    earlier = bool(changed) and not isinstance(event.instruction, Call)
    result = UNKNOWN if earlier else _result(machine, event, node)
    inside = evaluated(machine, node, event.frame, result, copied=False, earlier=earlier)
    return _branch(machine, event.frame, inside, node)


def _expression(event: Event) -> ast.expr | None:
    instruction, statement = event.instruction, event.statement.node
    value: ast.expr | None = getattr(instruction, "value", None)
    if isinstance(statement, ast.AugAssign) and value is not None and instruction.completes:
        # It stands nowhere in the script, so it is written out.
        return ast.BinOp(loaded(statement.target), statement.op, value)
    return value


def _result(machine: Machine, event: Event, node: ast.expr) -> object:
    """What the whole expression was, if that is bound to a name or handed to the caller."""
    statement, names = event.statement.node, event.frame.names
    if isinstance(event.instruction, Return):
        return machine.names.get(event.frame.result, UNKNOWN)
    if isinstance(event.instruction, Run) and isinstance(statement, ast.Assign):
        target = statement.targets[0]
        if isinstance(target, ast.Name) and event.instruction.completes:
            return names.get(target.id, UNKNOWN)
    return UNKNOWN


def _branch(machine: Machine, frame: Frame, inside: Inside, node: ast.expr) -> Branch:
    if isinstance(node, ast.Name) and node.id.startswith(TEMPORARY):
        return _called(machine, frame, inside, node)
    parts = tuple(
        _branch(machine, frame, inside, part)
        for part in _pieces(inside, node)
        if not isinstance(part, ast.Constant)
    )
    value = inside.value(node)
    note = _reason(inside, node, parts) if value is UNKNOWN else ""
    return Branch(node, inside, inside.text(node), value, parts, note)


def _pieces(inside: Inside, node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            return parts
        case ast.Dict(values=parts):
            return parts
        case ast.IfExp(test=test):
            taken = chosen(inside, node)
            return [test, taken] if taken is not node else [test]
        case ast.Compare(left=left, comparators=others):
            return [left, *others]
        case _:
            return parts_of(node)


def _reason(inside: Inside, node: ast.expr, parts: tuple[Branch, ...]) -> str:
    """Why a piece cannot be shown."""
    if not is_pure(node, inside.modules):
        blamed = next((part for part in parts if part.value is UNKNOWN and part.note), None)
        if blamed is not None:
            return f"not evaluated again, because of {blamed.text}"
        if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp):
            return "a comprehension is not evaluated again"
        return "not evaluated again: that would change something, or run the script's own code"
    return "cannot be evaluated by itself"


def _called(machine: Machine, frame: Frame, inside: Inside, node: ast.Name) -> Branch:
    """A call of the script's own function: what it returned, and its arguments as they were."""
    value = inside.value(node)
    text = inside.text(node)
    tick, fault = machine.tick, machine.fault
    call = _back_to_call(machine, frame, node.id)
    try:
        if call is None or not isinstance(call.value, ast.Call):
            return Branch(node, inside, text, value, ())
        event = latest(machine)
        assert event is not None
        with before(machine):
            given = Inside(
                call.value, event.frame.scope, machine.program, result=value, copied=True
            )
        arguments = [*call.value.args, *(part.value for part in call.value.keywords)]
        parts = tuple(
            _branch(machine, frame, given, part)
            for part in arguments
            if not isinstance(part, ast.Constant | ast.Starred)
        )
        return Branch(node, inside, text, value, parts)
    finally:
        finish(travel(machine, tick))
        machine.fault = fault


def _back_to_call(machine: Machine, frame: Frame, result: str) -> Call | None:
    """Go to right after the call that left its result there, if that is not long ago."""
    for distance, record in enumerate(reversed(machine.log.records)):
        instruction = record[0]
        if isinstance(instruction, Call) and instruction.result == result and record[1] is frame:
            finish(travel(machine, machine.tick - distance))
            return instruction
    return None
