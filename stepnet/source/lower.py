"""Statements become instructions: one table, a function for each kind."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable

from stepnet.source.assignments import (
    kept_target,
    lower_annotated,
    lower_assignment,
    lower_augmented,
)
from stepnet.source.builder import Label
from stepnet.source.definitions import lower_class, lower_definition
from stepnet.source.effects import Changes, target_changes
from stepnet.source.guards import (
    has_to_leave,
    leave_guards,
    lower_raise,
    lower_try,
    lower_with,
    reopen,
)
from stepnet.source.hoist import (
    Place,
    emit_choice,
    emit_piece,
    emit_statement,
    hoisted,
    operands,
    yielded,
)
from stepnet.source.instruction import NOTHING, Begin, Next, Return, Run, Store, Test, Unit
from stepnet.source.lowering import Context, Guard, Loop, Lowering
from stepnet.source.scope import Scope

ELEMENT = ".value"


def lower_body(unit: Unit, body: list[ast.stmt], scope: Scope | None, context: Context) -> Lowering:
    """Fill a unit with the instructions of its body."""
    first = unit.statement or next(iter(context.statements.values()), None)
    assert first is not None
    lowering = Lowering(context, scope, unit.name, first)
    _block(body, lowering)
    if scope is not None and not (body and isinstance(body[-1], ast.Return)):
        end = unit.statement or first
        lowering.builder.emit(lambda then, _: Return(end, None, NOTHING, None))
    return lowering


def _block(nodes: list[ast.stmt], lowering: Lowering) -> None:
    block = lowering.block()
    lowering.blocks.append(block)
    outer = lowering.statement
    for node in nodes:
        begin = len(lowering.builder.drafts)
        if block.is_looped:
            block.nodes.append(copy.deepcopy(node))
        place = (node.lineno, node.col_offset)
        lowering.statement = lowering.context.statements.get(place, outer)
        _KINDS.get(type(node), _simple)(node, lowering)
        if block.is_looped:
            block.spans.append((begin, len(lowering.builder.drafts)))
    lowering.statement = outer


def _simple(node: ast.stmt, lowering: Lowering) -> None:
    """A statement without anything to take out: run as it stands."""
    emit_statement([node], lowering, None)


def _expression(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.Expr)
    if isinstance(node.value, ast.Constant):
        return
    if isinstance(node.value, ast.Yield):
        yielded(node.value, lowering, completes=True)
        return
    value = hoisted(node.value, lowering)
    emit_statement([ast.copy_location(ast.Expr(value), node)], lowering, value)


def _return(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.Return)
    value = hoisted(node.value or ast.copy_location(ast.Constant(None), node), lowering)
    value = _alone(value, lowering)
    left: list[Guard] = []
    if has_to_leave(lowering, 0):
        value = _kept(value, lowering)
        left = leave_guards(lowering, 0)
    statement, code = lowering.statement, lowering.value_code(value)
    effects = lowering.effects([value])
    lowering.builder.emit(lambda then, _: Return(statement, code, effects, value))
    reopen(lowering, left)


def _kept(value: ast.expr, lowering: Lowering) -> ast.expr:
    """A value evaluated now, in a tick of its own."""
    name = lowering.builder.temporary()
    emit_piece(lowering, name, value)
    return ast.copy_location(ast.Name(name, ast.Load()), value)


def _alone(value: ast.expr, lowering: Lowering) -> ast.expr:
    """A value for an instruction that evaluates one expression and nothing before it."""
    return _kept(value, lowering) if lowering.pending else value


def _if(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.If)
    otherwise, end = Label(), Label()
    _test(node.test, otherwise, None, lowering)
    _block(node.body, lowering)
    if node.orelse:
        lowering.builder.jump(end)
    lowering.builder.here(otherwise)
    _block(node.orelse, lowering)
    lowering.builder.here(end)


def _test(node: ast.expr, otherwise: Label, level: int | None, lowering: Lowering) -> None:
    value = _alone(hoisted(node, lowering), lowering)
    statement, code, effects = (
        lowering.statement,
        lowering.value_code(value),
        lowering.effects([value]),
    )
    lowering.builder.emit(
        lambda then, at: Test(statement, code, effects, then, at(otherwise), value, level)
    )


def _while(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.While)
    level = lowering.context.levels.get((node.lineno, node.col_offset))
    loop = Loop(Label(), Label(), None, level)
    otherwise = Label()
    lowering.builder.here(loop.again)
    _test(node.test, otherwise, level, lowering)
    _looped(node.body, loop, lowering)
    lowering.builder.jump(loop.again)
    lowering.builder.here(otherwise)
    _block(node.orelse, lowering)
    lowering.builder.here(loop.end)


def lower_loop(node: ast.stmt, lowering: Lowering) -> None:
    """Lower a ``for``."""
    assert isinstance(node, ast.For)
    iterable = _alone(hoisted(node.iter, lowering), lowering)
    level = lowering.context.levels.get((node.lineno, node.col_offset))
    slot = lowering.builder.slot()
    loop, otherwise, body = Loop(Label(), Label(), slot, level), Label(), Label()
    far = lowering.context.calls.within(node.target)
    kept = ast.copy_location(ast.Name(lowering.builder.temporary(), ast.Store()), node.target)
    statement, store = lowering.statement, _store(kept if far else node.target, lowering)
    code, effects = lowering.value_code(iterable), lowering.effects([iterable])
    lowering.builder.emit(
        lambda then, at: Begin(
            statement,
            code,
            effects,
            store,
            slot,
            then,
            at(otherwise),
            at(loop.again),
            iterable,
            level,
        )
    )
    lowering.builder.here(body)
    if far:
        _store_afterwards(node.target, kept.id, lowering)
    _looped(node.body, loop, lowering)
    lowering.builder.here(loop.again)
    lowering.builder.emit(
        lambda then, at: Next(statement, effects, store, slot, at(body), at(otherwise), level)
    )
    lowering.builder.here(otherwise)
    _block(node.orelse, lowering)
    lowering.builder.here(loop.end)


def _store_afterwards(target: ast.expr, kept: str, lowering: Lowering) -> None:
    """A loop's target that calls the script's functions is stored by a piece of its own."""
    value = ast.copy_location(ast.Name(kept, ast.Load()), target)
    store = ast.copy_location(ast.Assign([kept_target(target, lowering)], value), target)
    nodes = [*lowering.flushed(), store]
    statement, effects, code = lowering.statement, lowering.effects(nodes), lowering.code(*nodes)
    lowering.builder.emit(lambda then, _: Run(statement, code, effects, then, False, None))


def _store(target: ast.expr, lowering: Lowering) -> Store:
    if isinstance(target, ast.Name):
        return Store(target.id, None, NOTHING)
    found = Changes(calls=lowering.context.calls)
    target_changes(target, found)
    found.distrust()
    element = ast.copy_location(ast.Name(ELEMENT, ast.Load()), target)
    node = ast.copy_location(ast.Assign([target], element), target)
    is_flat = isinstance(target, ast.Tuple) and all(isinstance(e, ast.Name) for e in target.elts)
    return Store(None, lowering.code(node), found.compiled(), is_flat)


def _looped(body: list[ast.stmt], loop: Loop, lowering: Lowering) -> None:
    lowering.loops.append(loop)
    _block(body, lowering)
    lowering.loops.pop()


def _break(node: ast.stmt, lowering: Lowering) -> None:
    loop = lowering.loops[-1]
    _leave(lowering, loop.end, loop.slot, loop.level)


def _continue(node: ast.stmt, lowering: Lowering) -> None:
    _leave(lowering, lowering.loops[-1].again, None, None)


def _leave(lowering: Lowering, target: Label, slot: int | None, level: int | None) -> None:
    inside = len(lowering.loops)
    left = leave_guards(lowering, inside) if has_to_leave(lowering, inside) else []
    statement, code = lowering.statement, lowering.code(ast.Pass())
    lowering.builder.emit(
        lambda then, at: Run(statement, code, NOTHING, at(target), True, None, slot, level)
    )
    reopen(lowering, left)


def _try(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.Try)
    lower_try(node, lowering, _block)


def _with(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.With)
    lower_with(node, lowering, _block)


def _raise(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.Raise)
    if lower_raise(node, lowering):
        return
    places: list[Place] = [(node, "exc", None)] if node.exc else []
    places += [(node, "cause", None)] if node.cause else []
    operands(places, lowering)
    emit_statement([node], lowering, None)


def _delete(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.Delete)
    for target in node.targets:
        kept_target(target, lowering)
    emit_statement([node], lowering, None)


def _assert(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.Assert)
    node.test = hoisted(node.test, lowering)
    if node.msg is None or not lowering.context.calls.within(node.msg):
        emit_statement([node], lowering, node.test)
        return
    holds = Label()
    emit_choice(lowering, ast.UnaryOp(ast.Not(), _alone(node.test, lowering)), holds)
    node.msg = hoisted(node.msg, lowering)
    node.test = ast.copy_location(ast.Constant(False), node)
    emit_statement([node], lowering, None)
    lowering.builder.here(holds)
    emit_statement([ast.copy_location(ast.Pass(), node)], lowering, None)


_KINDS: dict[type[ast.stmt], Callable[[ast.stmt, Lowering], None]] = {
    ast.Expr: _expression,
    ast.Assign: lower_assignment,
    ast.AnnAssign: lower_annotated,
    ast.AugAssign: lower_augmented,
    ast.Return: _return,
    ast.If: _if,
    ast.While: _while,
    ast.For: lower_loop,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Delete: _delete,
    ast.Assert: _assert,
    ast.FunctionDef: lower_definition,
    ast.ClassDef: lower_class,
    ast.Try: _try,
    ast.With: _with,
    ast.Raise: _raise,
}
