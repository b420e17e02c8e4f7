"""Before training: how parameters start, and what is done to the data."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from stepnet.explain.narrate.scene import Scene, as_array
from stepnet.explain.narrate.syntax import base_of, multiplied, value_of
from stepnet.explain.narrate.words import counted, listed, num, shape
from stepnet.source.instruction import Statement

Array = np.ndarray[Any, Any]


def first_value(scene: Scene) -> Array | None:
    """The matrix that a parameter starts as."""
    made = scene.outline.makers.get(scene.leaf, ())
    if scene.leaf not in scene.outline.parameters or not made:
        return None
    if (
        scene.outline.is_update(scene.statement)
        or made[0] is not scene.statement
        or scene.name not in scene.after
    ):
        return None
    value = as_array(scene.result)
    return value if value is not None and value.dtype.kind in "fiu" else None


def initial(scene: Scene) -> str | None:
    """All zero, all alike, or drawn, and how large."""
    value = first_value(scene)
    if value is None or value.size < 2:
        return None
    name, told = scene.name, f"{scene.name} {shape(value)}"
    if not _is_factor(scene, scene.leaf):
        drawn = _drawn(scene)
        if value.any() or not drawn:
            return None
        return f"{told} may start at 0: {drawn} is drawn, so the units differ already."
    columns, rows = _alike(value), _alike(value.T)
    if not value.any() and min(value.shape) == 1:
        return f"{told} starts at 0: in the first step no gradient passes back through it."
    if not value.any():
        return (
            f"{told} starts at 0, so all units compute the same; unless the weights behind them "
            f"differ, its {value.shape[1]} columns get the same gradient and stay alike for ever."
        )
    if min(value.shape) > 1 and (columns or rows):
        which = f"columns {listed(columns)}" if columns else f"rows {listed(rows)}"
        return f"{told}: {which} start alike, and stay so unless the weights behind them differ."
    fan_in = _fan_in(scene, value)
    deviation = float(value.std())
    units = f"; {name}'s entries differ, so its units can" if min(value.shape) > 1 else ""
    return (
        f"{told}: standard deviation {num(deviation)}, so a sum of {counted(fan_in, 'input')} of "
        f"size 1 has one of about {num(deviation * fan_in**0.5)}{units}."
    )


def _is_factor(scene: Scene, name: str) -> bool:
    """Is a parameter multiplied with something on the way to the loss: weights and not a bias?"""
    return any(name in multiplied(value_of(part)) for part in scene.outline.readers(name))


def _fan_in(scene: Scene, value: Array) -> int:
    """How many entries meet in one weighted sum."""
    for part in scene.outline.readers(scene.leaf):
        for node in ast.walk(part.node):
            match node:
                case ast.BinOp(left=left, op=ast.MatMult()):
                    pass
                case ast.Call(func=ast.Attribute(attr="dot" | "matmul"), args=[left, _]):
                    pass
                case _:
                    continue
            if base_of(left) == scene.leaf:
                return int(value.shape[-1])
    return int(value.shape[0])


def _drawn(scene: Scene) -> str:
    """A parameter of several entries that is not flat."""
    for name in sorted(scene.outline.parameters):
        value = as_array(scene.known(name))
        if value is not None and value.ndim == 2 and value.size > 1 and np.ptp(value):
            return name
    return ""


def _alike(value: Array) -> list[int]:
    """Columns that have a twin."""
    if value.ndim != 2 or value.shape[1] < 2:
        return []
    # What differs in its first entry is no twin: that is soon seen, also of a large matrix.
    maybe = np.flatnonzero(_repeats(value[0]))
    if not maybe.size:
        return []
    _, inverse = np.unique(value[:, maybe], axis=1, return_inverse=True)
    return [int(n) for n in maybe[_repeats(inverse.ravel())]]


def _repeats(row: Array) -> Array:
    """Which entries of a row are there more than once."""
    _, inverse, counts = np.unique(row, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse.ravel()] > 1)


def twins(scene: Scene) -> str | None:
    """Columns of a gradient that are identical: their units will never differ."""
    if not scene.is_gradient:
        return None
    value = as_array(scene.result)
    by = scene.by
    weights = as_array(scene.known(by))
    if value is None or weights is None or value.ndim != 2 or value.shape != weights.shape:
        return None
    if by not in scene.outline.parameters or min(value.shape) < 2:
        return None
    node = scene.statement.node
    collects = isinstance(node, ast.AugAssign) or "zeros" in scene.statement.text
    if not value.any() and not collects:
        return f"{scene.name} {shape(value)} is ALL ZERO: {by} does not learn in this step."
    same = _alike(value)
    same = sorted({*same} & {*_alike(weights)}) if same else []
    if len(same) < 2:
        return None
    return (
        f"Columns {listed(same)} of {scene.name} are identical, and so are those of {by}: after "
        f"this step these units are still the same unit."
    )


def normalised(scene: Scene) -> str | None:
    """``(x - mean) / std``."""
    node = scene.piece.node if scene.piece is not None else None
    match node:
        case ast.BinOp(left=ast.BinOp(op=ast.Sub(), left=x), op=ast.Div(), right=by):
            pass
        case _:
            return None
    called = {getattr(p, "attr", getattr(p, "id", "")) for p in ast.walk(by)}
    made = scene.maker(by)
    if made is not None:
        called |= {getattr(p, "attr", "") for p in ast.walk(made.node)}
    if not called & {"std", "nanstd"}:
        return None
    old, scale = scene.array(x), scene.array(by)
    if old is None or scale is None or old.ndim != 2:
        return None
    return (
        f"Column by column, {old.shape[1]} of them: deviations of {num(scale.min())} … "
        f"{num(scale.max())} in {ast.unparse(x)} all become 1, so no column of {scene.name} is "
        f"louder than another only because of its unit."
    )


def one_hot(scene: Scene) -> str | None:
    """``np.eye(k)[labels]``."""
    node = scene.node
    match node:
        case ast.Subscript(value=ast.Call(func=ast.Attribute(attr="eye" | "identity")), slice=key):
            pass
        case _:
            return None
    value = as_array(scene.result)
    if value is None or value.ndim != 2:
        return None
    return (
        f"One-hot: row n of {scene.name} {shape(value)} has its single 1 in column "
        f"{ast.unparse(key)}[n], one column for each of the {value.shape[1]} classes."
    )


def shuffled(scene: Scene) -> str | None:
    """``permutation`` and ``shuffle``: the same order for inputs and targets."""
    for part in ast.walk(scene.statement.node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr == "permutation" and scene.name:
                return _order(scene, scene.name)
            if part.func.attr == "shuffle" and part.args:
                return _order(scene, ast.unparse(part.args[0]))
    return None


def _order(scene: Scene, name: str) -> str | None:
    value = as_array(scene.names.get(name, scene.result))
    if scene.name == name:
        value = as_array(scene.result)
    if value is None:
        return None
    users = sorted({target for part in scene.outline.readers(name) for target in part.targets})
    told = f"; {' and '.join(users[:2])} take the same order" if len(users) > 1 else ""
    rows = counted(len(value), "row")
    return f"{name} is a new order of {rows}{told}, so no batch is the same twice."


def is_loop(statement: Statement) -> bool:
    """Does a statement begin a loop?"""
    return isinstance(statement.node, ast.For | ast.While)
