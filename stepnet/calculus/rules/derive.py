"""A derivative as NumPy code: the row of the table, filled in for the shapes at hand."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.calculus.rules.operation import operation_of
from stepnet.calculus.rules.rule import Case, Operation, Shape, Shapes, Spread, Template, Written
from stepnet.calculus.rules.simplify import times
from stepnet.calculus.rules.template import as_value, filled

GRADIENT = "grad"
"""What templates of several lines call the gradient that they build."""


@dataclass(frozen=True, eq=False)
class Derivation:
    """Code that computes the adjoint of an operand from the adjoint of the result."""

    prelude: tuple[ast.stmt, ...]
    """Statements to run first, where an expression is not enough."""
    value: ast.expr
    shape: Shape
    """Of the value: the operand's, or one that the operand was broadcast to."""
    compact: ast.expr
    """The same before it is repeated, for an entrywise operation that follows: ``1 / x.size``
    where `value` is ``np.ones_like(x) / x.size``. Mostly the value itself."""
    compact_shape: Shape


def derivative(
    operation: Operation,
    which: int,
    upstream: ast.expr,
    out: ast.expr,
    shapes: Shapes,
    target: str = GRADIENT,
) -> Derivation | None:
    """The adjoint of an operand, before it is summed over what was broadcast.

    `upstream` is the adjoint of the result and `out` the result, as expressions; `target` is the
    name that statements of the prelude assign. None: no gradient reaches the operand. Raises
    NotInTable where the table has no derivative for these shapes and settings.
    """
    case = Case(operation, which, shapes)
    chosen = operation.rule.derivative_of(which)
    template = chosen(case) if callable(chosen) else chosen
    if template is None:
        return None
    if _has_to_be_whole(template, operation, shapes):
        upstream = times(upstream, _ones(out, operation))
    given = {
        **operation.settings,
        **dict(zip(operation.names, operation.operands, strict=True)),
        **{
            f"{name}.shape": same_shape(node, operation)
            for name, node in zip(operation.names, operation.operands, strict=True)
        },
        "g": upstream,
        "out": out,
        "np": ast.Name(operation.numpy, ast.Load()),
        GRADIENT: ast.Name(target, ast.Load()),
    }
    if "key" in given:
        given["at"] = as_value(given["key"])
    text = template if isinstance(template, str) else template.text
    prelude, value, used = filled(text, given)
    if isinstance(template, Spread):
        shape, wanted = template.shape, case.own
    elif operation.rule.entrywise:
        shape, wanted = _broadcast(used, case), case.result
    else:
        shape = wanted = template.shape if isinstance(template, Written) else case.own
    if shape == wanted:
        return Derivation(prelude, value, shape, value, shape)
    like = same_shape(operation.operands[which], operation) if case.own == wanted else out
    return Derivation(prelude, times(value, _ones(like, operation)), wanted, value, shape)


def same_shape(node: ast.expr, operation: Operation) -> ast.expr:
    """The plainest expression of the same shape: ``x`` for ``np.abs(x)`` or ``-x ** 2``."""
    inner = operation_of(node, operation.modules)
    if inner is None or not inner.rule.entrywise or inner.rule.name == "astype":
        return node
    arrays = [part for part in inner.operands if not isinstance(part, ast.Constant)]
    return same_shape(arrays[0], operation) if len(arrays) == 1 else node


def _has_to_be_whole(template: Template, operation: Operation, shapes: Shapes) -> bool:
    """Must an adjoint that is not repeated yet be repeated before this operation?"""
    if operation.rule.entrywise or shapes.upstream in (None, shapes.result):
        return False
    return not (isinstance(template, Spread) and shapes.upstream == ())


def _broadcast(used: frozenset[str], case: Case) -> Shape:
    """The shape of an entrywise expression over these names."""
    shapes = case.shapes
    upstream = shapes.result if shapes.upstream is None else shapes.upstream
    known: dict[str, Shape] = {"g": upstream, "out": shapes.result, "np": ()}
    known |= dict(zip(case.operation.names, shapes.operands, strict=True))
    for name in used - known.keys():
        value: Any = shapes.settings.get(name, 0)
        known[name] = np.shape(value)
    return np.broadcast_shapes(*(known[name] for name in used))


def _ones(like: ast.expr, operation: Operation) -> ast.expr:
    function = ast.Attribute(ast.Name(operation.numpy, ast.Load()), "ones_like", ast.Load())
    return ast.Call(function, [like], [])
