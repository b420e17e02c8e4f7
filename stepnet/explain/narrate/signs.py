"""Prediction and target: which is taken from which, and whether their shapes agree."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from stepnet.explain.narrate.losses import loss_of
from stepnet.explain.narrate.scene import Array, Scene, as_array, is_target
from stepnet.explain.narrate.syntax import factors
from stepnet.explain.narrate.words import num, shape
from stepnet.source.instruction import Statement


def broadcast(scene: Scene) -> str | None:
    """``(N,)`` against ``(N, 1)``: every prediction meets every target."""
    for piece in scene.pieces:
        if not (
            isinstance(piece.node, ast.BinOp) and isinstance(piece.node.op, ast.Sub | ast.Mult)
        ):
            continue
        left, right = (as_array(part.value) for part in piece.parts)
        result = as_array(piece.value)
        if left is None or right is None or result is None:
            continue
        if result.size <= max(left.size, right.size) or min(left.size, right.size) < 2:
            continue
        if {left.ndim, right.ndim} != {1, 2}:
            continue
        one, two = (part.text for part in piece.parts)
        return (
            f"Broadcast, not an error: {one} {shape(left)} with {two} {shape(right)} makes "
            f"{shape(result)}, every entry of the one with every entry of the other. Give both the "
            f"same shape."
        )
    return None


def sign(scene: Scene) -> str | None:
    """Prediction minus target is the gradient; target minus prediction is minus it."""
    found = _error(scene)
    if found is None:
        return None
    known = loss_of(scene.outline)
    of = f"{known[0].targets[0]} ({known[1].rule.name})" if known else "the loss"
    guess, target = found.prediction, found.target
    if not found.turned:
        return (
            f"{scene.title} has the sign of {guess} − {target}, that of {of}'s gradient: "
            f"{_sides(guess, found.error)}. {target} − {guess} would be minus the gradient."
        )
    up = [part for part in scene.outline.updates if _adds(part)]
    later = (
        f"{up[0].at} may add it with +=: descent in disguise"
        if up
        else ("an update with -= would then climb")
    )
    return (
        f"{target} − {guess} is target minus prediction, so {scene.title} is minus the gradient of "
        f"{of}: {later}."
    )


def _sides(name: str, error: Array) -> str:
    """How many predictions are too large."""
    high = int((error > 0).sum())
    if error.size == 1:
        return f"{name} is too {'large' if high else 'small'} by {num(abs(error))}"
    return f"above 0 for the {high} of {error.size} entries of {name} that are too large"


def _adds(part: Statement) -> bool:
    return isinstance(part.node, ast.AugAssign) and isinstance(part.node.op, ast.Add)


@dataclass(frozen=True, eq=False)
class Error:
    """The difference of prediction and target in a statement."""

    prediction: str
    target: str
    error: Array
    """Prediction minus target."""
    turned: bool
    """The statement has target minus prediction."""


def _error(scene: Scene) -> Error | None:
    """The difference of prediction and target that a backward pass begins with."""
    if not scene.is_gradient and not _starts_backward(scene):
        return None
    for piece in scene.pieces:
        node, value = piece.node, as_array(piece.value)
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)) or value is None:
            continue
        if not all(isinstance(part, ast.Name | ast.Subscript) for part in (node.left, node.right)):
            continue
        first, second = (is_target(scene, part) for part in (node.left, node.right))
        if first != second:
            guess, target = (piece.parts[1], piece.parts[0]) if first else piece.parts
            error = -value if first else value
            return Error(guess.text, target.text, error, first != _is_negated(scene, node))
    return None


def _is_negated(scene: Scene, node: ast.expr) -> bool:
    """``-2 * (t - y)``: a minus in front turns the sign back."""
    for outer in scene.pieces:
        found = factors(outer.node)
        if len(found) > 1 and any(part is node for part in found):
            return any(
                isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.USub) for part in found
            )
        match outer.node:
            case ast.UnaryOp(op=ast.USub(), operand=operand) if operand is node:
                return True
    return False


def _starts_backward(scene: Scene) -> bool:
    """``error = y - y_hat``: no gradient by name, but what the update is made of."""
    return bool(scene.name) and id(scene.statement) not in scene.outline.forward
