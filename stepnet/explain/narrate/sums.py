"""Which axis is summed and why, and why what is used twice gets two terms."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from stepnet.calculus.rules.operation import setting_values
from stepnet.explain.expression import Piece
from stepnet.explain.narrate.losses import is_mean, loss_of
from stepnet.explain.narrate.scene import Scene, as_array
from stepnet.explain.narrate.syntax import value_of
from stepnet.explain.narrate.words import counted, listed, shape

Array = np.ndarray[Any, Any]
EMPTY = frozenset({"zeros", "zeros_like"})


def bias_gradient(scene: Scene) -> str | None:
    """``np.sum(g, axis=0)``: the bias was copied along that axis."""
    if not scene.is_gradient:
        return None
    for piece in scene.pieces:
        made = scene.operation(piece)
        if made is None or made.rule.name not in ("sum", "mean"):
            continue
        operand = made.operands[0]
        given = scene.array(operand)
        axis = setting_values(made, dict(scene.names)).get("axis")
        if given is None or given.ndim != 2 or not isinstance(axis, int):
            continue
        if scene.outline.is_gradient(operand):
            text = _summed(scene, ast.unparse(operand), given, axis % 2)
            return text + _mean(scene, ast.unparse(operand), given.shape[axis], made.rule.name)
    return None


def _summed(scene: Scene, operand: str, given: Array, axis: int) -> str:
    """Along which axis, and how many rows that are."""
    rows, thing = given.shape[axis], "row" if axis == 0 else "column"
    bias = as_array(scene.known(scene.by)) if scene.by else None
    kept = as_array(scene.result)
    text = (
        f"{scene.by if bias is not None else 'The bias'} was added to every {thing} of {operand} "
        f"{shape(given)}, so its gradient {scene.title} adds up over axis {axis}: "
        f"{counted(rows, thing)}{', here a single one' if rows == 1 else ''}."
    )
    if bias is None or kept is None or kept.shape == bias.shape:
        return text
    return f"{text} It is {shape(kept)} and {scene.by} {shape(bias)}: keepdims=True keeps an axis."


def _mean(scene: Scene, operand: str, rows: int, rule: str) -> str:
    """Where the 1/N of a loss is: in what is summed, beside it, or nowhere."""
    if rows == 1:
        return ""
    by = next((piece.parts[1].text for piece, count in _divided(scene) if count == rows), "")
    if rule == "mean" or by:
        what = f"/ {by}" if by else "The mean"
        return f" {what} puts the 1/{rows} of the loss in, which must not be in {operand} yet."
    known = loss_of(scene.outline)
    if known is None:
        return ""
    name = known[0].targets[0]
    if is_mean(known[1]):
        return f" The 1/N of {name} is in {operand} already, so this is a sum and no mean."
    return f" {name} has no 1/N, so this is a sum and no mean."


def _divided(scene: Scene) -> list[tuple[Piece, int]]:
    """What is divided by a whole number in a statement, and by which."""
    found = []
    for piece in scene.pieces:
        if isinstance(piece.node, ast.BinOp) and isinstance(piece.node.op, ast.Div):
            by = piece.parts[1].value
            if isinstance(by, int | float | np.number) and float(by).is_integer():
                found.append((piece, int(by)))
    return found


def fan_out(scene: Scene) -> str | None:
    """Backward: two terms, because the value was used twice."""
    if not scene.is_gradient or scene.piece is None or not scene.by:
        return None
    if isinstance(scene.statement.node, ast.AugAssign):
        adds = isinstance(scene.statement.node.op, ast.Add)
        return _collected(scene, scene.statement.node.value) if adds else None
    terms, uses = _terms(scene.piece), scene.outline.uses(scene.by, scene.statement)
    if len(terms) < 2 or len(uses) < 2:
        return None
    texts = " and ".join(term.text for term in terms)
    return (
        f"{scene.by} is used in lines {listed(uses)}, and the gradients of its uses add: {texts}."
    )


def _collected(scene: Scene, added: ast.expr) -> str:
    """``dW += …``: turn by turn, or one more term of the same sum."""
    first = scene.outline.makers.get(scene.leaf, ())
    value = value_of(first[0]) if first else None
    begins = {getattr(part, "attr", "") for part in ast.walk(value)} if value is not None else set()
    if begins & EMPTY:
        return (
            f"{scene.title} collects, from the zeros of {first[0].at}: {scene.by} is used "
            f"in every turn of this loop, and the gradients of all its uses add: += and not =."
        )
    return (
        f"{scene.by} stands in the loss a second time, so {scene.title} gets a second term: "
        f"{ast.unparse(added)} is added to what {first[0].at if first else 'stood there'} gave."
    )


def _terms(piece: Piece) -> list[Piece]:
    if isinstance(piece.node, ast.BinOp) and isinstance(piece.node.op, ast.Add):
        return [term for part in piece.parts for term in _terms(part)]
    return [piece]


def used_twice(scene: Scene) -> str | None:
    """Forward: a value that two later statements read."""
    if id(scene.statement) not in scene.outline.forward or as_array(scene.result) is None:
        return None
    leaf = scene.leaf
    if leaf in scene.outline.parameters or not scene.outline.depends(leaf):
        return None
    if scene.title != scene.name:
        return None  # an item under a computed key: which, only the run knows
    own = scene.statement.line
    uses = [line for line in scene.outline.uses(leaf, scene.statement) if line > own]
    if len(uses) < 2:
        return None
    return (
        f"{scene.title} {shape(scene.result)} goes into lines {listed(uses)}: backwards its "
        f"gradient is the sum of {len(uses)} terms."
    )


def averaged(scene: Scene) -> str | None:
    """``… / len(p)`` in a gradient: the 1/N of a mean."""
    if not scene.is_gradient:
        return None
    for piece, count in _divided(scene):
        top = as_array(piece.parts[0].value)
        if top is None or count < 2 or count not in _lengths(scene, top):
            continue
        loss = scene.claim.partition("/")[0].lstrip("∂") or scene.outline.program.loss
        return (
            f"/ {piece.parts[1].text} is the 1/{count} of {loss or 'the loss'}, whose mean "
            f"{scene.title} has to carry; without it every step would be {count} times as long."
        )
    return None


def _lengths(scene: Scene, top: Array) -> set[int]:
    """Numbers of entries that a mean may have been taken over."""
    arrays = [top, *(found for part in scene.pieces if (found := as_array(part.value)) is not None)]
    return {length for array in arrays for length in (*array.shape, array.size)}
