"""Which axis is summed and why, and why what is used twice gets two terms."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from stepnet.calculus.rules.operation import setting_values
from stepnet.explain.expression import Piece
from stepnet.explain.narrate.scene import Scene, as_array
from stepnet.explain.narrate.words import counted, listed, shape

Array = np.ndarray[Any, Any]


def bias_gradient(scene: Scene) -> str | None:
    """``np.sum(g, axis=0)``: the bias was copied along that axis."""
    if not scene.is_gradient:
        return None
    for piece in scene.pieces:
        made = scene.operation(piece)
        if made is None or made.rule.name not in ("sum", "mean"):
            continue
        operand = made.operands[0]
        given, result = scene.array(operand), piece.value
        settings = setting_values(made, dict(scene.names))
        axis = settings.get("axis")
        if given is None or given.ndim != 2 or not isinstance(axis, int):
            continue
        if not scene.outline.is_gradient(operand):
            continue
        return _told(scene, ast.unparse(operand), given, axis % 2, made.rule.name, result)
    return None


def _told(scene: Scene, operand: str, given: Array, axis: int, rule: str, result: object) -> str:
    rows, thing = given.shape[axis], "row" if axis == 0 else "column"
    bias = _bias(scene)
    name = bias or "the bias"
    text = (
        f"{name} was added to every {thing} of {operand} {shape(given)}, so its gradient "
        f"{scene.name} adds up over axis {axis}: {counted(rows, thing)}"
    )
    if rows == 1:
        text += ", here a single one"
    if rule == "mean":
        return (
            f"{text}. A mean divides by {rows} once more: right only if the loss's 1/N is not in "
            f"{operand} yet."
        )
    kept = as_array(result)
    if bias and kept is not None and shape(kept) != shape(scene.names.get(bias)):
        wanted = shape(scene.names.get(bias))
        return f"{text}. The sum is {shape(kept)}, {bias} is {wanted}: keepdims=True would keep it."
    return f"{text}. A sum, not a mean: a 1/N of the loss would be in {operand} already."


def _bias(scene: Scene) -> str:
    """The parameter of a claim such as ∂loss/∂b2."""
    by = scene.claim.rpartition("∂")[2]
    return by if by in scene.names else ""


def fan_out(scene: Scene) -> str | None:
    """Backward: two terms, because the value was used twice."""
    if not scene.is_gradient or scene.piece is None or not scene.claim:
        return None
    by = scene.claim.rpartition("∂")[2]
    terms = _terms(scene.piece)
    uses = _uses(scene, by)
    if isinstance(scene.statement.node, ast.AugAssign):
        if isinstance(scene.statement.node.op, ast.Add):
            return (
                f"{scene.name} collects: {by} is used once in every turn of this loop, and the "
                f"gradients of all its uses add; that is why += and not =."
            )
        return None
    if len(terms) < 2 or len(uses) < 2:
        return None
    texts = " and ".join(term.text for term in terms)
    return f"{by} is used in lines {listed(uses)}, and the gradients of its uses add: {texts}."


def _terms(piece: Piece) -> list[Piece]:
    if isinstance(piece.node, ast.BinOp) and isinstance(piece.node.op, ast.Add):
        return [term for part in piece.parts for term in _terms(part)]
    return [piece]


def _uses(scene: Scene, name: str) -> list[int]:
    forward = scene.outline.forward
    return [part.line for part in scene.outline.readers(name) if id(part) in forward]


def used_twice(scene: Scene) -> str | None:
    """Forward: a value that two later statements read."""
    if id(scene.statement) not in scene.outline.forward or not scene.name:
        return None
    if scene.name in scene.outline.parameters:
        return None
    if scene.outline.roles.of.get(scene.name) in ("data", "loss"):
        return None
    if as_array(scene.result) is None:
        return None
    own = scene.statement.line
    uses = [line for line in dict.fromkeys(_uses(scene, scene.name)) if line > own]
    if len(uses) < 2:
        return None
    return (
        f"{scene.name} {shape(scene.result)} goes into lines {listed(uses)}: backwards its "
        f"gradient is the sum of {len(uses)} terms."
    )


def averaged(scene: Scene) -> str | None:
    """``… / len(p)`` in a gradient: the 1/N of a mean."""
    if not scene.is_gradient or scene.piece is None:
        return None
    for piece in scene.pieces:
        node = piece.node
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)):
            continue
        by = piece.parts[1].value
        count = int(by) if isinstance(by, int | np.integer) else 0
        top = as_array(piece.parts[0].value)
        if top is None or count < 2 or count not in (*top.shape, top.size):
            continue
        bottom = piece.parts[1].text
        rate = f"without it every step would be {count} times as long"
        loss = _loss_text(scene)
        return (
            f"/ {bottom} is the 1/{count} of {loss}, whose mean {scene.name} has to carry; {rate}."
        )
    return None


def _loss_text(scene: Scene) -> str:
    return scene.claim.partition("/")[0].lstrip("∂") or scene.outline.program.loss or "the loss"
