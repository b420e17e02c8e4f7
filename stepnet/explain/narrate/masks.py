"""ReLU: what passes, what does not, and which units are dead for which samples."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from stepnet.explain.expression import Piece
from stepnet.explain.narrate.scene import Scene, as_array
from stepnet.explain.narrate.syntax import base_of, value_of
from stepnet.explain.narrate.words import be, counted, listed, num

Array = np.ndarray[Any, Any]


def rectified(scene: Scene) -> str | None:
    """Forward: how many entries pass, and which columns never do."""
    made = scene.outline.computes(scene.node) if scene.node is not None else None
    if made is None or made.rule.name not in ("relu", "leaky_relu") or scene.is_gradient:
        return None
    z = scene.array(made.operands[0])
    if z is None and scene.given:
        z = next((as_array(value) for value in scene.names.values()), None)
    if z is None or z.size < 2:
        return None
    text = scene.original(made.operands[0])
    passing = z > 0
    count = int(passing.sum())
    passes = "passes" if count == 1 else "pass"
    told = f"{count} of the {z.size} entries of {text} {be(count)} above 0 and {passes}"
    dead = _dead(passing)
    name = scene.name or "the result"
    if dead and z.ndim == 2 and len(z) > 1:
        return (
            f"{told}; {_columns(dead)} of {name} {be(len(dead))} 0 for every "
            f"one of the {len(z)} samples: dead here, no gradient will come back through."
        )
    if z.ndim == 2 and len(z) == 1 and dead:
        return f"{told}; {_columns(dead, 'unit')} of {name} {be(len(dead))} off for this sample."
    return f"{told}{_rare(passing)}."


def _columns(numbers: list[int], thing: str = "column") -> str:
    return f"{thing}{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def _dead(passing: Array) -> list[int]:
    """Columns in which no sample passes."""
    if passing.ndim != 2:
        return []
    return [int(n) for n in np.flatnonzero(~passing.any(axis=0))]


def _rare(passing: Array) -> str:
    """The column that is off for most samples, and for which."""
    if passing.ndim != 2 or len(passing) < 2 or passing.all():
        return ""
    off = (~passing).sum(axis=0)
    column = int(off.argmax())
    samples = [int(n) for n in np.flatnonzero(~passing[:, column])]
    return f"; column {column} is off most often, for {_columns(samples, 'sample')}"


def masked(scene: Scene) -> str | None:
    """Backward: the mask and what it is asked of."""
    found = _mask(scene)
    if found is None or not (scene.is_gradient or scene.claim):
        return None
    compared, passing = found
    if passing.size < 2:
        return None
    text = ast.unparse(compared)
    made = scene.activation(compared)
    feeds = _feeds_relu(scene, compared) if base_of(compared) else 0
    told = f"The mask of {scene.title} asks {text}"
    if feeds:
        told += f", the sum that went into {scene.outline.program.at(feeds)}'s ReLU"
    elif made is not None and made.rule.name == "relu":
        told += f", the ReLU's output, which is above 0 where {ast.unparse(made.operands[0])} is"
    elif scene.outline.is_gradient(compared):
        told += ", a gradient, which no ReLU was given: the mask belongs to the sum it was given"
    told += f": {int(passing.sum())} of {counted(passing.size, 'entry', 'entries')} pass"
    dead = _dead(passing)
    if not dead:
        return f"{told}{_rare(passing)}."
    samples = len(passing)
    for_whom = f"none of the {samples} samples" if samples > 1 else "not the one sample"
    told += f"; {_columns(dead)} {'passes' if len(dead) == 1 else 'pass'} for {for_whom}"
    return f"{told}, so what feeds {'it' if len(dead) == 1 else 'them'} is not moved by this step."


def _mask(scene: Scene) -> tuple[ast.expr, Array] | None:
    """What is compared with 0, and where the gradient passes."""
    key = _key(scene)
    if key is not None:
        array = scene.array(key.left)
        if array is not None:
            blocked = _holds(key, array)
            return (key.left, ~blocked) if blocked is not None else None
    for piece in scene.pieces:
        if isinstance(piece.node, ast.Compare) and len(piece.parts) == 2:
            found = _of_piece(piece)
            if found is not None:
                return found
        inside = scene.outline.body_of(piece.node) if isinstance(piece.node, ast.Call) else None
        for part in ast.walk(inside) if inside is not None else ():
            if isinstance(part, ast.Compare) and _is_zero(part.comparators[0]):
                array = scene.array(part.left)
                passing = _holds(part, array) if array is not None else None
                if passing is not None:
                    return part.left, passing
    return None


def _key(scene: Scene) -> ast.Compare | None:
    """``z <= 0`` of ``g[z <= 0] = 0``."""
    node = scene.statement.node
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        key = node.targets[0].slice
        zero = isinstance(node.value, ast.Constant) and node.value.value == 0
        if zero and isinstance(key, ast.Compare) and _is_zero(key.comparators[0]):
            return key
    return None


def _of_piece(piece: Piece) -> tuple[ast.expr, Array] | None:
    assert isinstance(piece.node, ast.Compare)
    value, passing = as_array(piece.parts[0].value), as_array(piece.value)
    if value is None or passing is None or not _is_zero(piece.node.comparators[0]):
        return None
    below = isinstance(piece.node.ops[0], ast.Lt | ast.LtE)
    return piece.node.left, ~passing if below else passing


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def _holds(node: ast.Compare, array: Array) -> Array | None:
    match node.ops[0]:
        case ast.Gt():
            return np.asarray(array > 0)
        case ast.GtE():
            return np.asarray(array >= 0)
        case ast.Lt():
            return np.asarray(array < 0)
        case ast.LtE():
            return np.asarray(array <= 0)
    return None


def _feeds_relu(scene: Scene, node: ast.expr) -> int:
    """The line of the ReLU that was given a value."""
    for part in scene.outline.program.statements:
        gradient = part in scene.outline.roles.gradients
        made = scene.outline.computes(value_of(part)) if not gradient else None
        rectifies = made is not None and made.rule.name in ("relu", "leaky_relu")
        if made is not None and rectifies and base_of(made.operands[0]) == base_of(node):
            return part.line
    return 0


def at_the_kink(scene: Scene) -> str | None:
    """Entries that are exactly 0, where a ReLU has no derivative."""
    found = _mask(scene)
    if found is None:
        return None
    compared, passing = found
    value = scene.array(compared)
    if scene.activation(compared) is not None or not _feeds_relu(scene, compared):
        return None
    if value is None or value.shape != passing.shape or not (value == 0).any():
        return None
    at, lets = int((value == 0).sum()), bool(passing[value == 0].any())
    name = scene.name or scene.statement.text
    return (
        f"{counted(at, 'entry', 'entries')} of {ast.unparse(compared)} {be(at)} exactly 0, "
        f"where a ReLU has no slope; {name} chooses {num(lets)} there."
    )
