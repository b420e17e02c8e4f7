"""Which derivative of which activation, and of what it is written: of the output or of the sum."""

from __future__ import annotations

import ast
from dataclasses import dataclass

import numpy as np

from stepnet.calculus.rules.probe import alike
from stepnet.explain.narrate.scene import Array, Scene, as_array
from stepnet.explain.narrate.syntax import base_of, factors, is_one_minus, squared, value_of
from stepnet.explain.narrate.words import be, num, shape, spread
from stepnet.source.instruction import Statement

LONGEST = 16
"""Characters of a weighted sum that is told by its name."""
NEAR = 0.01
"""How near to its limits an activation counts as saturated."""


@dataclass(frozen=True, eq=False)
class Slope:
    """A derivative written out: ``a * (1 - a)``."""

    kind: str
    """``sigmoid`` or ``tanh``."""
    of: ast.expr
    """What it is written in."""


def slope_in(scene: Scene, node: ast.expr | None) -> Slope | None:
    """The derivative of a sigmoid or tanh that is written somewhere in an expression."""
    if node is None:
        return None
    key, known = (id(scene.statement), id(node)), scene.outline.slopes
    if scene.given:
        return _slope_in(scene, node)
    if key not in known:
        known[key] = node, _slope_in(scene, node)
    found = known[key][1]
    return found if isinstance(found, Slope) else None


def _slope_in(scene: Scene, node: ast.expr) -> Slope | None:
    for part in ast.walk(node):
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult):
            found = factors(part)
            for factor in found:
                of = is_one_minus(factor)
                if of is not None and any(alike(of, other) for other in found):
                    return Slope("sigmoid", of)
        if isinstance(part, ast.expr):
            rest = is_one_minus(part)
            of = squared(rest) if rest is not None else None
            if of is not None and _is_output(scene, of, "tanh"):
                return Slope("tanh", of)
        inside = scene.outline.body_of(part) if isinstance(part, ast.Call) else None
        if inside is not None and (called := slope_in(scene, inside)) is not None:
            return called
    return None


def is_slope(scene: Scene, node: ast.expr) -> bool:
    """Does a name hold a local derivative, or an expression a mask?"""
    if any(isinstance(part, ast.Compare) for part in ast.walk(node)):
        return True
    made = scene.maker(node)
    return made is not None and slope_in(scene, value_of(made)) is not None


def _is_output(scene: Scene, node: ast.expr, kind: str) -> bool:
    made = scene.activation(node)
    return made is not None and made.rule.name == kind


def slope(scene: Scene) -> str | None:
    """σ′: what it is written in, and how large it is."""
    found = slope_in(scene, scene.node)
    if found is None or scene.name not in scene.after:
        return _inside_function(scene, found)
    text = scene.original(found.of)
    made = scene.activation(found.of)
    values = _values(scene, found.of)
    if as_array(scene.result) is None:
        return None  # a function that returns several things says it inside
    taken = _taken_by(scene, found.of) if found.kind == "sigmoid" and made is None else None
    if taken is not None:
        return (
            f"{text} is what {taken.at} puts into its sigmoid, not what comes out: σ′ is "
            f"a(1 − a) of the output {taken.targets[0]}, and {text}(1 − {text}) is no slope."
        )
    if made is None or made.rule.name != found.kind:
        return _wrong_argument(scene, found, values)
    z = ast.unparse(made.operands[0])
    z = z if len(z) <= LONGEST else "z"
    if values is None:
        return None
    kept = isinstance(found.of, ast.Name | ast.Attribute | ast.Subscript)
    a = text if kept else "a"
    if found.kind == "tanh":
        sign, slopes, formula, most = f"tanh′({z})", 1 - values**2, f"1 − {a}²", "1"
    else:
        sign, slopes, formula, most = f"σ′({z})", values * (1 - values), f"{a}(1 − {a})", "¼"
    how = f"written in the output {a}, not in {z}"
    if not kept:
        how = f"a is {text}, computed again from {z}, the sum that went in"
    return f"{sign} = {formula}: {how}. Never above {most}; here {spread(slopes)}."


def _taken_by(scene: Scene, node: ast.expr) -> Statement | None:
    """The statement that puts a value into a sigmoid."""
    text = ast.unparse(node)
    for part in scene.outline.readers(base_of(node)):
        made = scene.outline.computes(value_of(part)) if part.targets else None
        squeezes = made is not None and made.rule.name == "sigmoid"
        if made is not None and squeezes and ast.unparse(made.operands[0]) == text:
            return part
    return None


def _values(scene: Scene, node: ast.expr) -> Array | None:
    value = scene.array(node)
    if value is None and isinstance(node, ast.Call):
        made = scene.outline.computes(node)
        z = scene.array(made.operands[0]) if made is not None else None
        if made is not None and z is not None:
            with np.errstate(all="ignore"):
                return np.tanh(z) if made.rule.name == "tanh" else 1 / (1 + np.exp(-z))
    return value


def _wrong_argument(scene: Scene, found: Slope, values: object) -> str | None:
    """``s * (1 - s)`` with the sum in the place of the output."""
    array = as_array(values)
    text = scene.original(found.of)
    if array is None or found.kind != "sigmoid" or not isinstance(found.of, ast.Name):
        return None
    if array.min() >= 0 and array.max() <= 1:
        return None
    return (
        f"{text}(1 − {text}) is σ′ only of a sigmoid's output, between 0 and 1; {text} runs from "
        f"{num(array.min())} to {num(array.max())}, so this is no slope of a sigmoid."
    )


def _inside_function(scene: Scene, found: Slope | None) -> str | None:
    """The same in a function: of what the caller gave."""
    if found is None or not scene.given:
        return None
    array = scene.array(found.of)
    text = scene.original(found.of)
    if array is None or found.kind != "sigmoid":
        return None
    if array.min() >= 0 and array.max() <= 1:
        slopes = array * (1 - array)
        own = ast.unparse(found.of)
        who = f"{own} is {text} here," if own != text else f"{own} is"
        return (
            f"{who} a sigmoid's output: "
            f"σ′ = a(1 − a) lies between {num(slopes.min())} and {num(slopes.max())}, below ¼."
        )
    return (
        f"a(1 − a) is σ′ only of a sigmoid's output, and {ast.unparse(found.of)} is {text} here, "
        f"from {num(array.min())} to {num(array.max())}."
    )


def squeezed(scene: Scene) -> str | None:
    """The sigmoid and tanh forward: how much of the layer is saturated."""
    made = scene.outline.computes(scene.node) if scene.node is not None else None
    result = as_array(scene.result)
    if made is None or result is None or made.rule.name not in ("sigmoid", "tanh"):
        return None
    if result.dtype.kind != "f" or not np.isfinite(result).all():
        return None
    low = 0.0 if made.rule.name == "sigmoid" else -1.0
    near = (result > 1 - NEAR) | (result < low + NEAR)
    z = scene.original(made.operands[0])
    if not scene.name:
        own = ast.unparse(made.operands[0])
        who = f"{own} is {z} in this call" if own != z else f"This call is given {z}"
        return f"{who} of {scene.statement.unit}, and {spread(result)} comes back."
    name = scene.title
    sign, count = ("σ" if low == 0.0 else "tanh"), int(near.sum())
    if count:
        share = (
            f"{count} of the {result.size} entries of {name} ({100 * count / result.size:.0f} %)"
        )
        who = f"{name} is {num(result)}," if result.size == 1 else f"{share} {be(count)}"
        return (
            f"{who} saturated: within 0.01 of a limit of {sign}, where next to no gradient "
            f"of {z} passes."
        )
    slopes = result * (1 - result) if low == 0.0 else 1 - result**2
    if result.size == 1:
        return f"{sign}({z}) is {num(result)}, where its slope is {num(slopes)}: not saturated."
    low_high = f"lie between {num(result.min())} and {num(result.max())}"
    where = f"{num(slopes.min())} … {num(slopes.max())}"
    if not np.ptp(result):
        low_high, where = f"are all {num(result)}", num(slopes)
    return (
        f"None of the {result.size} entries of {name} {shape(result)} is saturated: they "
        f"{low_high}, where {sign}′ is {where}."
    )
