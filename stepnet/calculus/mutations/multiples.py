"""Mistakes that only multiply a derivative: a sign, a constant factor."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import numpy as np

from stepnet.calculus.mutations.edit import (
    binary,
    edited,
    is_negative,
    put,
    summed,
    value_of,
    values_of_both,
)
from stepnet.calculus.mutations.mistake import Line, Mistake, Place, Wrong


def _negative(place: Place) -> Iterator[Wrong]:
    if place.is_end:
        yield Wrong(-place.true)


def _swapped(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    """``y - y_hat`` for ``y_hat - y``; a minus in front of the whole."""

    def change(node: ast.expr) -> Iterator[ast.expr]:
        match node:
            case ast.BinOp(left, ast.Sub(), right):
                yield binary(right, ast.Sub(), left)
            case ast.UnaryOp(ast.USub(), operand) if not isinstance(operand, ast.Constant):
                yield operand

    yield from (made for made in edited(line, change) if is_negative(line, made[0]))
    value = value_of(line.node)
    if value is not None and not isinstance(value, ast.Constant):
        yield (put(line.node, value, ast.UnaryOp(ast.USub(), value)),)


def _no_values(place: Place) -> Iterator[Wrong]:
    """A positive factor is told by the comparison itself."""
    return iter(())


def _factor(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    """A 2, a ½, an N or a 1/N too many; a constant that is there, dropped."""
    value = value_of(line.node)
    if value is None or isinstance(value, ast.Constant):
        return
    array = line.evaluated(value)
    if array is None:
        array = 1.0
    rows = max((line.scope[n].shape[0] for n in line.names if line.scope[n].ndim), default=1)
    for number in (2, 0.5, *([rows, 1 / rows] if rows > 1 else [])):
        yield (put(line.node, value, binary(ast.Constant(number), ast.Mult(), value)),)

    def change(node: ast.expr) -> Iterator[ast.expr]:
        match node:
            case ast.BinOp(left, ast.Mult(), right) if _is_scalar(line, left):
                yield right
            case ast.BinOp(left, ast.Mult() | ast.Div(), right) if _is_scalar(line, right):
                yield left

    for made in edited(line, change):
        if _is_multiple(line, made[0]):
            yield made


def _is_scalar(line: Line, node: ast.expr) -> bool:
    value = line.evaluated(node)
    return value is not None and np.size(value) == 1 and np.ndim(value) == 0 and value not in (0, 1)


def _is_multiple(line: Line, statement: ast.stmt) -> bool:
    both = values_of_both(line, statement)
    if both is None:
        return False
    a, b = both[0].ravel(), both[1].ravel()
    size = float(a @ a)
    factor = float(a @ b) / size if size else 0.0
    return factor > 0 and factor != 1 and bool(np.allclose(b, factor * a))


def _averages(place: Place) -> Iterator[Wrong]:
    for use in place.uses:
        if len(place.uses) == 1 and use.spread.shape != place.true.shape:
            yield Wrong(use.part * (place.true.size / use.spread.size))


def _mean_for_sum(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        if summed(node) is None:
            return
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Attribute)
        if node.func.attr == "sum":
            yield ast.Call(
                ast.Attribute(node.func.value, "mean", ast.Load()), node.args, node.keywords
            )

    yield from edited(line, change)


SIGN = Mistake("sign", "minus the derivative: its sign is turned round", _negative, _swapped)
FACTOR = Mistake("factor", "a multiple of the derivative", _no_values, _factor)
AVERAGED = Mistake(
    "averaged",
    "what you get with a mean over the rows in the place of the sum",
    _averages,
    _mean_for_sum,
)
