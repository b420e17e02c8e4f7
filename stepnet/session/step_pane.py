"""The statement that has just run, with the values its operands had."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from stepnet.explain.expression import UNKNOWN, Piece, pieces
from stepnet.explain.listed import seen
from stepnet.explain.shapes import SYMBOLS, arithmetic, index_text, shape_of
from stepnet.machine.event import Event, latest
from stepnet.machine.machine import Machine
from stepnet.session.address import current_address
from stepnet.session.phase import event_phase
from stepnet.session.veil import veiled_step
from stepnet.session.views import Diagnosis, Operand, StepView
from stepnet.session.why import told
from stepnet.source.instruction import Begin, Call, Next, Return, Test
from stepnet.source.place import value_at

if TYPE_CHECKING:
    from stepnet.session.session import Session

_EMPTY = StepView(
    address="@0", line=0, statement="", kind="nothing", operands=(), operators=(), function="",
    results=(), before=(), arithmetic=(), narration=(), phase="", role="", claim="", verdict="",
    diagnosis=None, changed="",
)  # fmt: skip


def step_view(session: Session) -> StepView:
    """What the Step pane shows now: what has just run, or what cannot run."""
    return veiled_step(whole_step_view(session), session.hidden)


def whole_step_view(session: Session) -> StepView:
    """The same, also of what is hidden until it was predicted."""
    machine = session.machine
    if machine.fault is not None and machine.upcoming is not None:
        return _failed_view(session)
    event = latest(machine)
    if event is None:
        return _EMPTY
    statement = event.statement
    value = getattr(event.instruction, "value", None)
    inside, before = _inside(machine, event, session.script.text)
    operands, operators, function = _operation(inside)
    results = tuple(changed_names(machine, event))
    if isinstance(event.instruction, Begin | Next):
        operands, operators, function = (), (), ""
    elif isinstance(event.instruction, Test) and inside and inside.value is not UNKNOWN:
        results = (Operand("holds", bool(np.all(np.asarray(inside.value))), ""),)
    name = statement.targets[0] if statement.targets else ""
    return StepView(
        address=current_address(machine),
        line=statement.line,
        statement=statement.text,
        kind=_kind(event, value),
        operands=operands,
        operators=operators,
        function=function,
        results=results,
        before=before,
        arithmetic=arithmetic(inside) if inside else (),
        narration=statement.narration,
        phase=event_phase(event),
        role=session.roles.of.get(name, ""),
        claim=_claim(session, event),
        verdict=session.verdicts.word(session, statement) if _is_made(event) else "",
        diagnosis=_diagnosis(session, event),
        changed=_changed(before, results),
        why=told(session, event, inside, before, results),
    )


def _failed_view(session: Session) -> StepView:
    """The statement that raises, with its operands as they are."""
    machine = session.machine
    upcoming = machine.upcoming
    assert upcoming is not None
    event = Event(upcoming, machine.frame, None, machine.registers.moment.iteration, None, False)
    node = _expression(event)
    inside = pieces(node, machine.scope, session.script.text) if node else None
    operands, operators, function = _operation(inside)
    statement = upcoming.statement
    return replace(
        _EMPTY,
        address=current_address(machine),
        line=statement.line,
        statement=statement.text,
        kind="fault",
        operands=operands,
        operators=operators,
        function=function,
        arithmetic=arithmetic(inside) if inside else (),
        narration=statement.narration,
        phase=event_phase(event),
    )


def _is_made(event: Event) -> bool:
    """Has a value of a statement been assigned?"""
    return event.instruction.completes and not isinstance(event.instruction, Return)


def _claim(session: Session, event: Event) -> str:
    """What the value is meant to be, where the statement makes a gradient."""
    made = _is_made(event) and _kind(event, None) == "assign"
    return session.verdicts.claim(session, event.statement) if made else ""


def _diagnosis(session: Session, event: Event) -> Diagnosis | None:
    finding = session.verdicts.of(session, event.statement) if _is_made(event) else None
    if finding is None or finding.verdict in ("exact", "unclaimed"):
        return None
    if finding.claimed is None or finding.true is None:
        return None
    claimed = Operand(finding.name, finding.claimed, shape_of(finding.claimed))
    true = Operand(finding.claim, finding.true, shape_of(finding.true))
    return Diagnosis(finding.reason, claimed, true, finding.worst)


def _kind(event: Event, value: ast.expr | None) -> str:
    match event.instruction:
        case Begin() | Next():
            return "loop"
        case Test(level=level):
            return "branch" if level is None else "loop"
        case Call():
            return "call" if event.entered else "other"
        case Return():
            return "return"
    if event.instruction.statement.targets:
        return "assign"
    call = event.instruction.statement.node
    if isinstance(call, ast.Expr) and isinstance(call.value, ast.Call):
        function = call.value.func
        if isinstance(function, ast.Name) and function.id == "print":
            return "print"
    return "other"


def _inside(
    machine: Machine, event: Event, source: str
) -> tuple[Piece | None, tuple[Operand, ...]]:
    """The statement's expression and its targets' values, from before it ran."""
    node = _expression(event)
    if node is None:
        return None, ()
    in_place = isinstance(event.statement.node, ast.AugAssign) or event.instruction.effects.touches
    fault = machine.fault
    machine.undo()
    try:
        inside = _copied(pieces(node, machine.scope, source), bool(in_place))
        held = tuple(_before(machine, event)) if in_place else ()
    finally:
        machine.step()
        machine.fault = fault
    # ``self.output = X @ W`` makes another array, as ``output = X @ W`` does.
    same = (old for old, array in held if value_at(machine.names, old.text) is array)
    return inside, tuple(same)


def _expression(event: Event) -> ast.expr | None:
    """What to look inside of: as executed, but a call of the script's own as it is written."""
    statement, instruction = event.statement.node, event.instruction
    if isinstance(instruction, Call) or not instruction.completes:
        return None
    if isinstance(statement, ast.AugAssign):
        node = ast.BinOp(_read(statement.target), statement.op, statement.value)
        return ast.copy_location(node, statement.value)
    value: ast.expr | None = getattr(instruction, "value", None)
    if isinstance(value, ast.Name) and value.id.startswith("."):
        return getattr(statement, "value", None)
    return value


def _read(target: ast.expr) -> ast.expr:
    read: ast.expr = ast.parse(ast.unparse(target), mode="eval").body
    for part in ast.walk(read):
        if isinstance(part, ast.expr):
            for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
                if hasattr(part, name):
                    delattr(part, name)
    return read


def _copied(piece: Piece, in_place: bool) -> Piece:
    """Arrays that the statement may overwrite are copied before it runs again."""
    if not in_place:
        return piece
    value = piece.value.copy() if isinstance(piece.value, np.ndarray) else piece.value
    parts = tuple(_copied(part, True) for part in piece.parts)
    return Piece(piece.node, piece.text, value, parts)


def _before(machine: Machine, event: Event) -> Iterator[tuple[Operand, object]]:
    """What the targets are, and which arrays."""
    for name in event.statement.targets:
        value = value_at(machine.names, name)
        if isinstance(value, np.ndarray):
            yield Operand(name, value.copy(), shape_of(value)), value


def _operation(piece: Piece | None) -> tuple[tuple[Operand, ...], tuple[str, ...], str]:
    """Operands of the outermost operation, what stands between them, and its name if called."""
    if piece is None:
        return (), (), ""
    parts = [part for part in piece.parts if part.value is not UNKNOWN]
    texts = _texts(piece)
    operands = tuple(
        Operand(text, seen(part.value), shape_of(part.value))
        for text, part in zip(texts, piece.parts, strict=True)
        if part.value is not UNKNOWN
    )
    if len(parts) != len(piece.parts) or not parts:
        return (), (), ""
    match piece.node:
        case ast.BinOp(op=operator) | ast.Compare(ops=[operator]):
            return operands, (SYMBOLS[type(operator)],), ""
        case ast.UnaryOp(op=operator):
            return operands, (), SYMBOLS[type(operator)]
        case ast.Call(func=function):
            name = ast.unparse(function)
            if isinstance(function, ast.Attribute) and len(piece.parts) > len(piece.node.args):
                plain = ast.unparse(function.value) in ("np", "numpy", "np.linalg", "math")
                name = name if plain else f".{function.attr}()"
            return operands, (",",) * (len(operands) - 1), name
        case ast.Attribute(attr=attr):
            return operands, (), f".{attr}"
        case ast.Subscript(slice=key):
            return operands, (), f"[{index_text(key)}]"
        case _:
            return operands, (",",) * (len(operands) - 1), ""


def _texts(piece: Piece) -> list[str]:
    """The operands as they are written, keywords with their names."""
    keywords = piece.node.keywords if isinstance(piece.node, ast.Call) else []
    names = [None] * (len(piece.parts) - len(keywords)) + [keyword.arg for keyword in keywords]
    return [
        f"{name}={part.text}" if name else part.text
        for name, part in zip(names, piece.parts, strict=True)
    ]


def changed_names(machine: Machine, event: Event) -> Iterator[Operand]:
    """The names that were changed, with their new values; what a call was given or gave back."""
    instruction = event.instruction
    if event.entered is not None:
        for name, value in machine.names.items():
            if not name.startswith((".", "__")):
                yield Operand(name, seen(value), shape_of(value))
        return
    if isinstance(instruction, Return):
        value = machine.names.get(event.frame.result)
        yield Operand("returned", seen(value), shape_of(value))
        return
    names = event.frame.names
    for target in event.statement.targets:
        value = value_at(names, target, UNKNOWN)
        if value is not UNKNOWN:
            yield Operand(target, seen(value), shape_of(value))


def _changed(before: tuple[Operand, ...], results: tuple[Operand, ...]) -> str:
    """How much of the first result differs from before, in words."""
    if not before or not results:
        return ""
    old, new = before[0].value, results[0].value
    if not (isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and old.shape == new.shape):
        return ""
    differ = int(np.sum(old != new))
    return f"{differ} of {new.size} entries changed" if new.size > 1 else ""
