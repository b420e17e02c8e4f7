"""The loss by its exact name, what its factor does, and the sign that everything starts with."""

from __future__ import annotations

import ast

from stepnet.calculus.rules.rule import Operation
from stepnet.explain.narrate.outline import Outline
from stepnet.explain.narrate.scene import Array, Scene, is_target
from stepnet.explain.narrate.syntax import value_of
from stepnet.explain.narrate.updates import rate_of
from stepnet.explain.narrate.words import counted, shape
from stepnet.source.instruction import Statement

FULL = {
    "sse": "a sum of squared errors",
    "half_sse": "half a sum of squared errors",
    "mse": "a mean of squared errors",
    "half_mse": "half a mean of squared errors",
    "sae": "a sum of absolute errors",
    "mae": "a mean of absolute errors",
    "bce": "a binary cross-entropy",
    "cce": "a categorical cross-entropy",
    "softmax_cross_entropy": "a softmax cross-entropy",
    "softmax_label_cross_entropy": "a softmax cross-entropy of labels",
    "sigmoid_cross_entropy": "a sigmoid cross-entropy",
}
LONGEST = 32
"""Characters of an expression that a sentence can hold."""
SQUARES = frozenset({"sse", "half_sse", "mse", "half_mse"})


def loss_of(outline: Outline) -> tuple[Statement, Operation] | None:
    """The statement that computes the script's loss, and what loss it is."""
    for part in outline.makers.get(outline.program.loss, ()):
        made = outline.computes(value_of(part))
        if made is not None and made.rule.name in FULL:
            return part, made
    return None


def is_mean(made: Operation) -> bool:
    """Is there a 1/N in a loss?"""
    scale = made.settings.get("scale")
    return "count" in made.settings or (scale is not None and "/" in ast.unparse(scale))


def loss_name(scene: Scene) -> str | None:
    """What loss this is, and what its factor does to the learning rate."""
    made = scene.outline.computes(scene.node) if scene.node is not None else None
    if made is None or made.rule.name not in FULL:
        return None
    name = made.rule.name
    value = _first_array(scene, made)
    if value is None:
        return None
    who = scene.name or f"what {scene.statement.unit} returns"
    if isinstance(scene.node, ast.Call) and isinstance(scene.node.func, ast.Name):
        who = f"{scene.title}, by {scene.node.func.id},"
    operands = [scene.original(part) for part in made.operands[:2]]
    if max(map(len, operands)) > LONGEST:
        return None  # the function that was called says it in its own words
    over = f"over {counted(value.size, 'entry', 'entries')} of {operands[0]} {shape(value)}"
    return f"{who} is {FULL[name]} ({name}) {over}: {_factor(scene, made, value, operands)}."


def _first_array(scene: Scene, made: Operation) -> Array | None:
    for operand in made.operands:
        value = scene.array(operand)
        if value is not None:
            return value
    return None


def _factor(scene: Scene, made: Operation, value: Array, operands: list[str]) -> str:
    """What the ½, the 2 or the 1/N in it does to a step."""
    name = made.rule.name
    size = value.size
    pair = _difference(scene, made) if name in SQUARES and len(operands) == 2 else ""
    if name == "half_sse":
        return (
            f"the ½ cancels the 2 of the square, so its derivative is {pair or 'the error'}"
            + _grows(size)
        )
    if name == "sse":
        rate = _rate(scene)
        tail = f"; dropping that 2 would halve {rate}" if rate else ""
        return f"no ½, so its derivative keeps a 2, 2({pair or 'error'})" + tail + _grows(size)
    if name in ("mse", "half_mse"):
        two = "2" if name == "mse" else "1"
        if size == 1:
            return (
                f"with N = 1 the mean changes nothing, its derivative is {two}({pair or 'error'})"
            )
        return (
            f"its derivative is {two}/N times {pair or 'the error'} with N = {size}; as a sum "
            f"every step would be {size} times as long"
        )
    if "cross_entropy" in name or name in ("bce", "cce"):
        return _entropy(made, operands)
    return made.rule.words[0].lower() + made.rule.words[1:].rstrip(".")


def _grows(size: int) -> str:
    return f", and without 1/N it grows with the {size} entries" if size > 1 else ""


def _entropy(made: Operation, operands: list[str]) -> str:
    p = operands[0]
    if made.rule.name == "bce":
        return (
            f"by {p} its derivative is ({p} − {operands[1]})/({p}(1 − {p})), and a sigmoid's own "
            f"slope {p}(1 − {p}) would cancel the divisor"
        )
    if made.rule.name == "cce":
        return (
            f"only the right class's entry of {p} counts; behind a softmax the derivative is "
            f"{p} − {operands[1]}"
        )
    return f"by {p} its derivative is shares minus targets, everything else cancels"


def _rate(scene: Scene) -> str:
    """The learning rate by its name and value."""
    for part in scene.outline.updates:
        told = rate_of(part, scene.names)
        if told:
            return told
    return ""


def _difference(scene: Scene, made: Operation) -> str:
    """``prediction − target``."""
    first, second = (scene.original(part) for part in made.operands[:2])
    one, two = (is_target(scene, part) for part in made.operands[:2])
    if one and not two:
        first, second = second, first
    return f"{first} − {second}"
