"""Mistakes about which array is meant: another's gradient, an old one, a row for a column."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from stepnet.calculus.compare import agree
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
    """One parameter's gradient where another's belongs."""
    value, own = value_of(line.node), _target(line.node)
    stepped = {n.id for update in line.updates for n in ast.walk(update) if isinstance(n, ast.Name)}
    if value is None or own not in stepped:
        return
    made = line.evaluated(value)
    for other in line.gradients:
        known: Any = line.scope.get(other)
        if made is None or other not in stepped or np.ndim(made) == 0:
            continue
        if np.shape(known) == np.shape(made) and other != own:
            yield (put(line.node, value, name(other)),)


def _target(statement: ast.stmt) -> str:
    match statement:
        case ast.Assign([ast.Name(label)]):
            return label
    return ""


def _nothing_at_all(place: Place) -> Iterator[Wrong]:
    if place.is_end:
        yield Wrong(np.zeros(place.claimed.shape))


def _not_added(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    if isinstance(line.node, ast.AugAssign) and isinstance(line.node.op, ast.Add):
        yield ()


def _by_statement(place: Place) -> Iterator[Wrong]:
    """It is told by computing the script's own statement again."""
    return iter(())


def _added_up(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    match line.node:
        case ast.Assign([ast.Name(label)], value) if not isinstance(value, ast.Constant):
            yield (ast.AugAssign(ast.Name(label, ast.Store()), ast.Add(), value),)


def _before(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    """No line by itself makes this mistake: two have to change places."""
    return iter(())


def _crossed(place: Place) -> Iterator[Wrong]:
    """(N,) against (N, 1) pairs every row with every row; where both are one row, it is right."""
    size = place.true.size
    if place.is_end and size > 1 and place.claimed.shape == (size, size) != place.true.shape:
        value = np.array(place.claimed)
        np.fill_diagonal(value, place.true.reshape(-1))
        yield Wrong(value, {"size": str(size)})


def crossed_slopes(claimed: np.ndarray, true: np.ndarray) -> bool:
    """The same in a slope, where what is right would stand on a diagonal alone."""
    if claimed.ndim != 2 or claimed.shape != true.shape or claimed.shape[0] != claimed.shape[1]:
        return False
    diagonal = np.diag(np.diag(true))
    return np.array_equal(true, diagonal) and agree(np.diag(np.diag(claimed)), diagonal)


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

    right = value_of(line.node)
    for made in edited(line, change):
        wrong = value_of(made[0])
        if wrong is not None and right is not None:
            shape = np.shape(line.evaluated(wrong))
            if len(shape) == 2 == len({*shape, 0}) and shape != np.shape(line.evaluated(right)):
                yield made


ANOTHER = Mistake("another's gradient", "the gradient by {other}", _of_another, _another)
ADDED_UP = Mistake(
    "stale", "added to the old `{name}`, which was not set to zero first", _by_statement, _added_up
)
OLD = Mistake(
    "old",
    "computed from the old `{name}`: it is computed anew only later, on {line}",
    _by_statement,
    _before,
)
ZERO = Mistake("zero", "zero: nothing is added to it", _nothing_at_all, _not_added)
CROSSED = Mistake(
    "row against column",
    "what you get if ({size},) meets ({size}, 1): NumPy pairs every row with every row; "
    "give both the same shape",
    _crossed,
    _flat,
)
