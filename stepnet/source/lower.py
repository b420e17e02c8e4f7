"""Statements become instructions: one table, a function for each kind."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable

from stepnet.source.builder import Label
from stepnet.source.effects import Changes, target_changes
from stepnet.source.fuse import counted_function
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
    called,
    default_places,
    emit_choice,
    emit_piece,
    hoisted,
    operands,
    spilled,
    yielded,
)
from stepnet.source.instruction import NOTHING, Begin, Next, Return, Run, Store, Test, Unit
from stepnet.source.lowering import Context, Guard, Loop, Lowering
from stepnet.source.mark import statement_code
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


def _emit(
    nodes: list[ast.stmt], lowering: Lowering, value: ast.expr | None, *, completes: bool = True
) -> None:
    nodes = [*lowering.flushed(), *nodes]
    statement, effects, code = lowering.statement, lowering.effects(nodes), lowering.code(*nodes)
    single = effects.single
    lowering.builder.emit(
        lambda then, _: Run(statement, code, effects, then, completes, value, binds_only=single)
    )


def _simple(node: ast.stmt, lowering: Lowering) -> None:
    """A statement without anything to take out: run as it stands."""
    _emit([node], lowering, None)


def _expression(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.Expr)
    if isinstance(node.value, ast.Constant):
        return
    if isinstance(node.value, ast.Yield):
        yielded(node.value, lowering, completes=True)
        return
    value = hoisted(node.value, lowering)
    _emit([ast.copy_location(ast.Expr(value), node)], lowering, value)


def _assign(node: ast.stmt, lowering: Lowering, *afterwards: ast.stmt) -> None:
    assert isinstance(node, ast.Assign)
    value = hoisted(node.value, lowering)
    if any(map(lowering.context.calls.within, node.targets)):
        if not isinstance(value, ast.Constant):
            value = spilled(value, lowering)
        node.targets = [_target(target, lowering) for target in node.targets]
    store = ast.copy_location(ast.Assign(node.targets, value), node)
    _emit([store, *afterwards], lowering, value)


def _target(target: ast.expr, lowering: Lowering) -> ast.expr:
    """A target whose container or key calls the script's functions."""
    if isinstance(target, ast.Subscript):
        operands([(target, "value", None), (target, "slice", None)], lowering)
    elif isinstance(target, ast.Attribute):
        operands([(target, "value", None)], lowering)
    elif isinstance(target, ast.Tuple | ast.List):
        target.elts = [_target(element, lowering) for element in target.elts]
    return target


def _annotated(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.AnnAssign)
    told = ast.copy_location(ast.Expr(node.annotation), node)
    if node.value is None:
        _emit([told], lowering, None)
        return
    plain = ast.copy_location(ast.Assign([node.target], node.value), node)
    _assign(plain, lowering, told)


def _augmented(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.AugAssign)
    if not lowering.context.calls.within(node):
        _emit([node], lowering, node.value)
        return
    target = _target(node.target, lowering)
    if isinstance(target, ast.Name) and lowering.is_stable(target):
        value = hoisted(node.value, lowering)
        _emit([ast.copy_location(ast.AugAssign(target, node.op, value), node)], lowering, value)
        return
    _augmented_place(node, target, lowering)


def _augmented_place(node: ast.AugAssign, target: ast.expr, lowering: Lowering) -> None:
    """``d[k] += f(x)``: the item is read before the call and stored after it."""
    if isinstance(target, ast.Subscript):
        container = spilled(target.value, lowering)
        key = (
            target.slice if isinstance(target.slice, ast.Slice) else spilled(target.slice, lowering)
        )
        read: ast.expr = ast.Subscript(container, key, ast.Load())
        place: ast.expr = ast.Subscript(container, key, ast.Store())
    elif isinstance(target, ast.Attribute):
        container = spilled(target.value, lowering)
        read = ast.Attribute(container, target.attr, ast.Load())
        place = ast.Attribute(container, target.attr, ast.Store())
    else:
        assert isinstance(target, ast.Name)
        read, place = ast.Name(target.id, ast.Load()), target
    kept = spilled(ast.copy_location(read, node), lowering)
    assert isinstance(kept, ast.Name)
    value = hoisted(node.value, lowering)
    name = ast.copy_location(ast.Name(kept.id, ast.Store()), node)
    change = ast.copy_location(ast.AugAssign(name, node.op, value), node)
    store = ast.copy_location(ast.Assign([place], kept), node)
    _emit([change, store], lowering, value)


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
    store = ast.copy_location(ast.Assign([_target(target, lowering)], value), target)
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
    return Store(None, lowering.code(node), found.compiled())


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
    _emit([node], lowering, None)


def _delete(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.Delete)
    for target in node.targets:
        _target(target, lowering)
    _emit([node], lowering, None)


def _assert(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.Assert)
    node.test = hoisted(node.test, lowering)
    if node.msg is None or not lowering.context.calls.within(node.msg):
        _emit([node], lowering, node.test)
        return
    holds = Label()
    emit_choice(lowering, ast.UnaryOp(ast.Not(), _alone(node.test, lowering)), holds)
    node.msg = hoisted(node.msg, lowering)
    node.test = ast.copy_location(ast.Constant(False), node)
    _emit([node], lowering, None)
    lowering.builder.here(holds)
    _emit([ast.copy_location(ast.Pass(), node)], lowering, None)


def _define(node: ast.stmt, lowering: Lowering) -> None:
    assert isinstance(node, ast.FunctionDef)
    if lowering.scope is None and node.name in lowering.context.plain:
        counted_function(node, lowering.context)
        _counted(node, lowering)
    elif any(lowering.context.calls.may_be_own(part) for part in node.decorator_list):
        _decorated(node, lowering)
    else:
        operands(default_places(node.args), lowering)
        _emit([node], lowering, None)


def _counted(node: ast.FunctionDef, lowering: Lowering) -> None:
    """A function that announces its changes already."""
    statement, effects, code = lowering.statement, lowering.effects([node]), statement_code(node)
    single = effects.single
    lowering.builder.emit(
        lambda then, _: Run(statement, code, effects, then, True, None, binds_only=single)
    )


def _decorated(node: ast.FunctionDef, lowering: Lowering) -> None:
    """Decorators of the script's own are called like any of its functions."""
    around = [spilled(hoisted(part, lowering), lowering) for part in node.decorator_list]
    node.decorator_list = []
    operands(default_places(node.args), lowering)
    _emit([node], lowering, None, completes=False)
    value: ast.expr = ast.copy_location(ast.Name(node.name, ast.Load()), node)
    for decorator in reversed(around):
        value = called(ast.copy_location(ast.Call(decorator, [value], []), node), lowering)
    target = ast.copy_location(ast.Name(node.name, ast.Store()), node)
    _emit([ast.copy_location(ast.Assign([target], value), node)], lowering, None)


_KINDS: dict[type[ast.stmt], Callable[[ast.stmt, Lowering], None]] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Return: _return,
    ast.If: _if,
    ast.While: _while,
    ast.For: lower_loop,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Delete: _delete,
    ast.Assert: _assert,
    ast.FunctionDef: _define,
    ast.Try: _try,
    ast.With: _with,
    ast.Raise: _raise,
}
