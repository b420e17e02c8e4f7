"""Mistakes about sums: a bias's rows, the terms of a value that is used more than once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import numpy as np

from stepnet.calculus.mutations.edit import edited, put, summed, value_of
from stepnet.calculus.mutations.mistake import Line, Mistake, Place, Wrong


def _spread(place: Place) -> Iterator[Wrong]:
    for use in place.uses:
        if len(place.uses) == 1 and use.spread.shape != place.true.shape:
            yield Wrong(use.spread)


def _unsummed(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        inner = summed(node)
        if inner is not None:
            yield inner

    yield from edited(line, change)


def _along_others(place: Place) -> Iterator[Wrong]:
    for use in place.uses:
        spread = use.spread
        if len(place.uses) > 1 or use.rule != "add" or place.true.ndim == 0:
            continue
        for axis in (*range(spread.ndim), None):
            for kept in (True, False):
                value = spread.sum(axis=axis, keepdims=kept)
                if value.size != place.true.size or not np.allclose(
                    value.ravel(), place.true.ravel()
                ):
                    yield Wrong(value)


def _other_axis(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        if summed(node) is None or not isinstance(node, ast.Call):
            return
        for place, keyword in enumerate(node.keywords):
            if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
                others = list(node.keywords)
                for other in (0 if keyword.value.value else 1, None):
                    others[place] = ast.keyword("axis", ast.Constant(other))
                    yield ast.Call(node.func, node.args, list(others))

    yield from edited(line, change)


def _without_one(place: Place) -> Iterator[Wrong]:
    if len(place.groups) < 2:
        return
    for group in place.groups:
        value = place.instead(group, [])
        if value is not None and value.shape == place.true.shape:
            yield Wrong(value, {"term": group[0].entry.statement.text})


def _one_dropped(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    """``da = dz2 @ W2.T`` for ``dz2 @ W2.T + dz3 @ W3.T``."""

    def change(node: ast.expr) -> Iterator[ast.expr]:
        match node:
            case ast.BinOp(left, ast.Add(), right):
                yield left
                yield right

    value = value_of(line.node)
    if value is not None:
        for made in change(value):
            yield (put(line.node, value, made),)


def _turned_term(place: Place) -> Iterator[Wrong]:
    if len(place.groups) < 2:
        return
    for group in place.groups:
        value = place.instead(group, [-use.part for use in group])
        if value is not None:
            yield Wrong(value, {"term": group[0].entry.statement.text})


def _minus(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    value = value_of(line.node)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        yield (put(line.node, value, ast.BinOp(value.left, ast.Sub(), value.right)),)


UNSUMMED = Mistake("unsummed", "what you get if the rows are not summed", _spread, _unsummed)
AXIS = Mistake(
    "axis", "what you get if the sum runs along the wrong axis", _along_others, _other_axis
)
FORGOTTEN = Mistake(
    "term forgotten",
    "what you get if the part that comes through `{term}` is forgotten",
    _without_one,
    _one_dropped,
)
TERM_SIGN = Mistake(
    "term sign",
    "what you get if the part that comes through `{term}` has the wrong sign",
    _turned_term,
    _minus,
)
