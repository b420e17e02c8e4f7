"""Mistakes about which array is meant: another's gradient, an old one, a row for a column."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from stepnet.calculus.mutations.edit import edited, name, put, value_of
from stepnet.calculus.mutations.mistake import Line, Mistake, Place, Wrong


def _of_another(place: Place) -> Iterator[Wrong]:
    if not place.is_end:
        return
    for variable, adjoint in place.derivation.adjoints.items():
        if not variable.name or variable is place.variable or variable is place.derivation.root:
            continue
        if np.shape(adjoint) == place.true.shape:
            label = variable.name.rpartition(".")[2]
            yield Wrong(np.asarray(adjoint, dtype=float), {"other": f"`{label}`"})


def _another(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    value = value_of(line.node)
    if value is None or not isinstance(line.node, ast.Assign):
        return
    made = line.evaluated(value)
    for other in line.gradients:
        known: Any = line.scope.get(other)
        if made is not None and np.shape(known) == np.shape(made) and np.ndim(made) > 0:
            yield (put(line.node, value, name(other)),)


def _with_old(place: Place) -> Iterator[Wrong]:
    if not place.is_end:
        return
    for label, variable in place.named(place.true.shape):
        if label == place.name.rpartition(".")[2]:
            old = np.asarray(variable.value, dtype=float)
            yield Wrong(place.true + old, {"name": place.name})


def _added_up(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    match line.node:
        case ast.Assign([ast.Name(label)], value) if not isinstance(value, ast.Constant):
            yield (ast.AugAssign(ast.Name(label, ast.Store()), ast.Add(), value),)


def _old_itself(place: Place) -> Iterator[Wrong]:
    if not place.is_end:
        return
    for label, variable in place.named(place.true.shape):
        if label == place.name.rpartition(".")[2]:
            old = np.asarray(variable.value, dtype=float)
            if not np.array_equal(old, place.claimed):
                yield Wrong(old, {"name": place.name})


def _kept(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    return iter(())


def _crossed(place: Place) -> Iterator[Wrong]:
    """(N,) against (N, 1) pairs every row with every row; where both are one row, it is right."""
    size = place.true.size
    if place.is_end and size > 1 and place.claimed.shape == (size, size) != place.true.shape:
        value = np.array(place.claimed)
        np.fill_diagonal(value, place.true.reshape(-1))
        yield Wrong(value, {"size": str(size)})


def _flat(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Sub | ast.Mult | ast.Div):
            return
        for left, right in ((node.left, node.right), (node.right, node.left)):
            array: Any = line.scope.get(left.id) if isinstance(left, ast.Name) else None
            shape = np.shape(array)
            if len(shape) == 2 and shape[1] == 1 and np.shape(line.evaluated(right)) == shape:
                flat = ast.Call(ast.Attribute(left, "ravel", ast.Load()), [], [])
                yield (
                    ast.BinOp(flat, node.op, right)
                    if left is node.left
                    else ast.BinOp(right, node.op, flat)
                )

    yield from edited(line, change)


ANOTHER = Mistake("another's gradient", "the gradient by {other}", _of_another, _another)
ADDED_UP = Mistake(
    "stale",
    "added to the old `{name}`, which was not set to zero first",
    _with_old,
    _added_up,
)
OLD = Mistake("old", "the old `{name}`, from the iteration before", _old_itself, _kept)
CROSSED = Mistake(
    "row against column",
    "what you get if ({size},) meets ({size}, 1): NumPy pairs every row with every row; "
    "give both the same shape",
    _crossed,
    _flat,
)
