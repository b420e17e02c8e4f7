"""Reading the syntax of a script: what a statement reads, and the shapes that formulas have."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from stepnet.calculus.rules.probe import alike, replaced
from stepnet.source.instruction import Statement
from stepnet.source.place import leaf_of, place_of


def leaves_in(node: ast.AST, *, stored: bool = False) -> Iterator[str]:
    """What an expression reads, by the names of their places: ``W1`` for ``self.W1`` too."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute | ast.Subscript):
            place = place_of(part) if stored or isinstance(part.ctx, ast.Load) else ""
            if place:
                yield leaf_of(place)


def read_leaves(statement: Statement) -> frozenset[str]:
    """What a statement reads; of a compound statement what its head does."""
    node = statement.node
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return frozenset()
    parts: list[ast.AST] = [node]
    if isinstance(node, ast.For):
        parts = [node.iter]
    elif isinstance(node, ast.While | ast.If):
        parts = [node.test]
    elif isinstance(node, ast.With):
        parts = [item.context_expr for item in node.items]
    found = {leaf for part in parts for leaf in leaves_in(part)}
    if isinstance(node, ast.AugAssign):
        found |= set(leaves_in(node.target, stored=True))
    return frozenset(found)


def computed_from(node: ast.AST) -> Iterator[str]:
    """What takes part in a computation: not what is only handed on, in a list or under a name."""
    if isinstance(node, ast.Dict | ast.List | ast.Tuple | ast.Set):
        return
    if isinstance(node, ast.expr) and place_of(node):
        yield leaf_of(place_of(node))
        return
    for part in ast.iter_child_nodes(node):
        if not isinstance(part, ast.expr_context):
            yield from computed_from(part)


def multiplied(node: ast.expr | None) -> Iterator[str]:
    """What stands in the matrix products of an expression."""
    for part in ast.walk(node) if node is not None else ():
        match part:
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                sides = [left, right]
            case ast.Call(func=ast.Attribute(attr="dot" | "matmul", value=value), args=sides):
                sides = [value, *sides]
            case _:
                continue
        for side in sides:
            yield base_of(side)


def base_of(node: ast.expr) -> str:
    """``W1`` for ``W1`` and ``self.W1``, ``layers[0]`` told as ``layers``; ``""`` for no place."""
    place = place_of(node)
    if not place and isinstance(node, ast.Subscript):
        return base_of(node.value)
    return leaf_of(place) if place else ""


def is_alias(statement: Statement) -> bool:
    """``W2 = params["W2"]``: another way to reach what there is already."""
    value = value_of(statement)
    place = place_of(value) if value is not None else ""
    return bool(place) and leaf_of(place) in map(leaf_of, statement.targets)


def value_of(statement: Statement) -> ast.expr | None:
    """The expression on the right side of a statement."""
    value = getattr(statement.node, "value", None)
    return value if isinstance(value, ast.expr) else None


def returned(function: ast.FunctionDef, call: ast.Call) -> ast.expr | None:
    """What a function returns, its own names written out; None where that is not one expression.

    Of ``def f(x, deriv=False)`` that returns one of two things, a call says which.
    """
    made: dict[str, ast.expr] = {}
    asked = len(call.args) > 1 or bool(call.keywords)
    for node in function.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                made[name] = replaced(value, _names(made))
            case ast.If(body=[ast.Return(value=value)]) if asked and value is not None:
                return replaced(value, _names(made))
            case ast.Return(value=value) if value is not None:
                return replaced(value, _names(made))
            case ast.If(body=[ast.Return()]) | ast.Expr(value=ast.Constant()):
                continue
            case _:
                return None
    return None


def _names(made: Mapping[str, ast.expr]) -> list[tuple[ast.expr, ast.expr]]:
    return [(ast.Name(name, ast.Load()), value) for name, value in made.items()]


def factors(node: ast.expr) -> list[ast.expr]:
    """The factors of a product, however it is bracketed."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*factors(node.left), *factors(node.right)]
    return [node]


def is_one_minus(node: ast.expr) -> ast.expr | None:
    """``a`` for ``1 - a``."""
    match node:
        case ast.BinOp(left=ast.Constant(value=1 | 1.0), op=ast.Sub(), right=right):
            return right
    return None


def squared(node: ast.expr) -> ast.expr | None:
    """``a`` for ``a ** 2``, ``a * a``, ``np.square(a)`` and ``np.power(a, 2)``."""
    match node:
        case ast.BinOp(left=base, op=ast.Pow(), right=ast.Constant(value=2 | 2.0)):
            return base
        case ast.BinOp(left=left, op=ast.Mult(), right=right) if alike(left, right):
            return left
        case ast.Call(func=ast.Attribute(attr="square"), args=[base]):
            return base
        case ast.Call(func=ast.Attribute(attr="power"), args=[base, ast.Constant(value=2 | 2.0)]):
            return base
    return None


def is_negative(node: ast.expr) -> bool:
    """Does a product begin with a minus: ``-rate * g``?"""
    return any(
        isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.USub) for part in factors(node)
    )
