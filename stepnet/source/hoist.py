"""Taking calls of the script's own functions out of the expressions they stand in.

``l1 = sigmoid(np.dot(x, w1) + b1)`` becomes a call instruction, so that ``sigmoid`` gets a frame
that can be stepped through, and a statement that uses its result. Whatever Python evaluates
before the call is evaluated before it here too, into temporaries.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stepnet.source.builder import Label
from stepnet.source.calls import Comprehension, is_kept, is_next, is_sent
from stepnet.source.instruction import Call, Effects, Run, Test, Yield

PROPERTY = ".property"
"""The function that reads an attribute that may be a property."""
ITERATED, RETURNED, GIVEN = ".iterated", ".returned", ".given"
"""What ``yield from`` reads, what that has returned at its end, and what ``next`` was given."""

if TYPE_CHECKING:
    from stepnet.source.lowering import Lowering


def hoisted(node: ast.expr, lowering: Lowering) -> ast.expr:
    """The expression with every call of the script's functions replaced by its result."""
    calls = lowering.context.calls
    if not calls.within(node):
        return node
    if isinstance(node, ast.BoolOp) and any(map(calls.within, node.values[1:])):
        return _either(node, lowering)
    if isinstance(node, ast.IfExp) and (calls.within(node.body) or calls.within(node.orelse)):
        return _choice(node, lowering)
    if isinstance(node, ast.Compare) and any(map(calls.within, node.comparators[1:])):
        return _chain(node, lowering)
    if is_kept(node) and isinstance(node, ast.GeneratorExp):
        node = copy.deepcopy(node)
        node.generators[0].iter = hoisted(node.generators[0].iter, lowering)
        return node
    if isinstance(node, Comprehension):
        return _comprehension(node, lowering)
    node = copy.deepcopy(node)
    if isinstance(node, ast.Yield):
        return yielded(node, lowering, completes=False)
    if isinstance(node, ast.YieldFrom):
        return _delegated(node, lowering)
    if isinstance(node, ast.Call) and _is_any_or_all(node, lowering):
        return _comprehension(node.args[0], lowering, node.func.id)  # type: ignore[attr-defined]  # a name, as tested
    operands(list(_places(node, lowering)), lowering)
    if isinstance(node, ast.Call) and calls.reaches(node):
        if calls.suspends and is_sent(node):
            given = ast.Call(ast.Name(GIVEN, ast.Load()), [called(node, lowering)], [])
            return ast.copy_location(given, node)
        return _next(node, lowering) if is_next(node) else called(node, lowering)
    if isinstance(node, ast.Attribute) and calls.reads(node):
        return _read(node, lowering)
    if isinstance(node, ast.Call):
        _read_generators(node, lowering)
    return node


def yielded(node: ast.Yield, lowering: Lowering, *, completes: bool) -> ast.expr:
    """Emit a ``yield``; returns what is sent back."""
    given = node.value or ast.copy_location(ast.Constant(None), node)
    value = hoisted(given, lowering)
    if lowering.pending:
        name = lowering.builder.temporary()
        emit_piece(lowering, name, value)
        value = ast.copy_location(ast.Name(name, ast.Load()), node)
    statement, result = lowering.statement, lowering.builder.temporary()
    code, effects = lowering.value_code(value), lowering.effects([value], (result,))
    lowering.builder.emit(
        lambda then, _: Yield(statement, code, effects, result, then, value, completes)
    )
    return ast.copy_location(ast.Name(result, ast.Load()), node)


def _delegated(node: ast.YieldFrom, lowering: Lowering) -> ast.expr:
    """``yield from`` is a loop that yields."""
    from stepnet.source.lower import lower_loop

    source = hoisted(node.value, lowering)
    kept, element = lowering.builder.temporary(), lowering.builder.temporary()
    iterator = ast.copy_location(ast.Call(ast.Name(ITERATED, ast.Load()), [source], []), node)
    emit_piece(lowering, kept, iterator)
    give = ast.Expr(ast.Yield(ast.Name(element, ast.Load())))
    loop = ast.For(ast.Name(element, ast.Store()), ast.Name(kept, ast.Load()), [give], [])
    for part in ast.walk(loop):
        ast.copy_location(part, node)
    lower_loop(ast.fix_missing_locations(loop), lowering)
    value = ast.Call(ast.Name(RETURNED, ast.Load()), [ast.Name(kept, ast.Load())], [])
    return ast.fix_missing_locations(ast.copy_location(value, node))


def _read(node: ast.Attribute, lowering: Lowering) -> ast.expr:
    """A property is a call of its method."""
    arguments = [node.value, ast.Constant(node.attr)]
    call = ast.Call(ast.Name(PROPERTY, ast.Load()), arguments, [])
    return called(ast.copy_location(call, node), lowering)


def _next(node: ast.Call, lowering: Lowering) -> ast.expr:
    """``next(generator)``: the value is looked at where it is used, because there may be none."""
    default = node.args[1:]
    if default and not lowering.is_stable(default[0]):
        node.args[0] = spilled(node.args[0], lowering)
        default = [spilled(default[0], lowering)]
    only = ast.copy_location(ast.Call(node.func, node.args[:1], []), node)
    given = ast.Call(ast.Name(GIVEN, ast.Load()), [called(only, lowering), *default], [])
    return ast.copy_location(given, node)


def _read_generators(node: ast.Call, lowering: Lowering) -> None:
    """Generators that call the script are read when all arguments are there."""
    late = [n for n, part in enumerate(node.args) if _is_late(part, lowering)]
    if late:
        for place in _places(node, lowering):
            if not lowering.is_stable(_get(place)):
                _set(place, spilled(_get(place), lowering))
    for number in late:
        node.args[number] = _comprehension(node.args[number], lowering)


def _is_late(node: ast.AST, lowering: Lowering) -> bool:
    return isinstance(node, ast.GeneratorExp) and lowering.context.calls.bit_by_bit(node)


Place = tuple[ast.AST, str, int | None]
"""Where an operand stands: its parent, the field, and the position in the field's list."""


def operands(places: list[Place], lowering: Lowering) -> None:
    """Hoist the operands at these places, in order; what comes before a call is kept for later."""
    calls = lowering.context.calls
    needing = [number for number, place in enumerate(places) if calls.within(_get(place))]
    last = needing[-1] if needing else -1
    for number, place in enumerate(places[: last + 1]):
        operand = hoisted(_get(place), lowering)
        if number < last and not lowering.is_stable(operand):
            operand = spilled(operand, lowering)
        _set(place, operand)


def spilled(node: ast.expr, lowering: Lowering) -> ast.expr:
    """Keep a value in a temporary, evaluated before whatever is emitted next."""
    name = lowering.builder.temporary()
    lowering.pending.append(assignment(name, node))
    return ast.copy_location(ast.Name(name, ast.Load()), node)


def assignment(name: str, value: ast.expr) -> ast.stmt:
    """``name = value``."""
    return ast.fix_missing_locations(
        ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), value)
    )


def called(node: ast.Call, lowering: Lowering) -> ast.expr:
    """Emit the call; returns what its result is known by."""
    keywords = ast.Dict(
        [ast.Constant(part.arg) if part.arg else None for part in node.keywords],
        [part.value for part in node.keywords],
    )
    positional = ast.Tuple(node.args, ast.Load())
    pieces = ast.Tuple([node.func, positional, keywords], ast.Load())
    return _emit_call(lowering, ast.copy_location(pieces, node), node)


def _emit_call(
    lowering: Lowering, argument: ast.expr, value: ast.expr, comprehension: str = ""
) -> ast.expr:
    """Emit a call; comprehensions name the unit that was lowered for them."""
    statement, result = lowering.statement, lowering.builder.temporary()
    before = lowering.flushed()
    effects = lowering.effects([*before, argument], (result,))
    code = lowering.value_code(argument)
    prelude = lowering.code(*before) if before else None
    kept = tuple(_kept(before))
    unit = lowering.context.comprehensions.get(comprehension)
    lowering.builder.emit(
        lambda then, _: Call(statement, code, effects, result, then, prelude, value, unit, kept)
    )
    return ast.copy_location(ast.Name(result, ast.Load()), value)


def _kept(before: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for made in before:
        match made:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value


def emit_statement(
    nodes: list[ast.stmt], lowering: Lowering, value: ast.expr | None, *, completes: bool = True
) -> None:
    """Emit a statement, with what it is waiting for."""
    nodes = [*lowering.flushed(), *nodes]
    statement, effects, code = lowering.statement, lowering.effects(nodes), lowering.code(*nodes)
    single = effects.single
    lowering.builder.emit(
        lambda then, _: Run(statement, code, effects, then, completes, value, binds_only=single)
    )


def emit_piece(lowering: Lowering, name: str, value: ast.expr) -> None:
    """Emit ``name = value`` as a tick of its own, ahead of the statement it belongs to."""
    nodes = [*lowering.flushed(), assignment(name, value)]
    statement, effects = lowering.statement, lowering.effects(nodes)
    code = lowering.code(*nodes)
    lowering.builder.emit(lambda then, _: Run(statement, code, effects, then, False, value))


def emit_choice(lowering: Lowering, value: ast.expr, otherwise: Label) -> None:
    """Emit a branch inside a statement."""
    statement, code, effects = lowering.statement, lowering.value_code(value), Effects()
    lowering.builder.emit(
        lambda then, at: Test(statement, code, effects, then, at(otherwise), value, completes=False)
    )


def _either(node: ast.BoolOp, lowering: Lowering) -> ast.expr:
    name, end = lowering.builder.temporary(), Label()
    result = ast.copy_location(ast.Name(name, ast.Load()), node)
    for number, part in enumerate(node.values):
        emit_piece(lowering, name, hoisted(part, lowering))
        if number < len(node.values) - 1:
            goes_on = isinstance(node.op, ast.And)
            test = result if goes_on else ast.UnaryOp(ast.Not(), result)
            emit_choice(lowering, test, end)
    lowering.builder.here(end)
    return result


def _choice(node: ast.IfExp, lowering: Lowering) -> ast.expr:
    name, otherwise, end = lowering.builder.temporary(), Label(), Label()
    test = hoisted(node.test, lowering)
    if lowering.pending:
        kept = lowering.builder.temporary()
        emit_piece(lowering, kept, test)
        test = ast.copy_location(ast.Name(kept, ast.Load()), node)
    emit_choice(lowering, test, otherwise)
    emit_piece(lowering, name, hoisted(node.body, lowering))
    lowering.builder.jump(end)
    lowering.builder.here(otherwise)
    emit_piece(lowering, name, hoisted(node.orelse, lowering))
    lowering.builder.here(end)
    return ast.copy_location(ast.Name(name, ast.Load()), node)


def _chain(node: ast.Compare, lowering: Lowering) -> ast.expr:
    name, end = lowering.builder.temporary(), Label()
    result = ast.copy_location(ast.Name(name, ast.Load()), node)
    left = spilled(hoisted(node.left, lowering), lowering)
    for number, (operator, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
        right = spilled(hoisted(right, lowering), lowering)
        emit_piece(lowering, name, ast.copy_location(ast.Compare(left, [operator], [right]), node))
        if number < len(node.ops) - 1:
            emit_choice(lowering, result, end)
        left = right
    lowering.builder.here(end)
    return result


def _is_any_or_all(node: ast.Call, lowering: Lowering) -> bool:
    return (
        isinstance(node.func, ast.Name)
        and node.func.id in ("any", "all")
        and not lowering.context.calls.reaches(node)
        and len(node.args) == 1
        and _is_late(node.args[0], lowering)
    )


def _comprehension(node: ast.expr, lowering: Lowering, stops: str = "") -> ast.expr:
    assert isinstance(node, Comprehension)
    first = hoisted(node.generators[0].iter, lowering)
    if not lowering.context.calls.bit_by_bit(node):
        node = copy.deepcopy(node)
        node.generators[0].iter = first
        return node
    name = lowering.lower_comprehension(node, stops)
    return _emit_call(lowering, first, node, name)


def default_places(arguments: ast.arguments) -> list[Place]:
    """Where the defaults of parameters stand: evaluated when the function is made."""
    plain: list[Place] = [(arguments, "defaults", n) for n in range(len(arguments.defaults))]
    named = [n for n, default in enumerate(arguments.kw_defaults) if default is not None]
    return [*plain, *((arguments, "kw_defaults", n) for n in named)]


def _places(node: ast.AST, lowering: Lowering) -> Iterator[Place]:
    """Where the operands of an expression stand, in the order in which Python evaluates them."""
    if isinstance(node, ast.Lambda):
        yield from default_places(node.args)
        return
    if isinstance(node, ast.NamedExpr):
        yield node, "value", None
        return
    if isinstance(node, ast.Dict):
        for number, key in enumerate(node.keys):
            if key is not None:
                yield node, "keys", number
            yield node, "values", number
        return
    for name, value in ast.iter_fields(node):
        for number, child in enumerate(value if isinstance(value, list) else [value]):
            place = (node, name, number if isinstance(value, list) else None)
            if isinstance(node, ast.Call) and name == "func" and isinstance(child, ast.Attribute):
                yield child, "value", None
            elif isinstance(node, ast.Call) and _is_late(child, lowering):
                yield child.generators[0], "iter", None
            elif isinstance(child, _WRAPPERS) or _holds_slices(child):
                yield from _places(child, lowering)
            elif isinstance(child, ast.expr):
                yield place


_WRAPPERS = ast.keyword | ast.Starred | ast.FormattedValue | ast.JoinedStr | ast.Slice


def _holds_slices(node: object) -> bool:
    return isinstance(node, ast.Tuple) and any(isinstance(part, ast.Slice) for part in node.elts)


def _get(place: Place) -> ast.expr:
    parent, name, number = place
    value = getattr(parent, name)
    found: ast.expr = value if number is None else value[number]
    return found


def _set(place: Place, node: ast.expr) -> None:
    parent, name, number = place
    if number is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[number] = node
