"""Idioms, part 1: activation functions, written out in whatever way."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from stepnet.calculus.rules.functions import ENTRYWISE
from stepnet.calculus.rules.idiom import Idiom, idiom
from stepnet.calculus.rules.operation import operation_of
from stepnet.calculus.rules.probe import Function, free_names, function, parts, same
from stepnet.calculus.rules.rule import Rule

VALUES = np.array([[[-30.0, -4.3, -1.7, -0.8, -0.3], [0.0, 0.4, 1.1, 2.6, 29.0]]])
"""What functions are compared on: both signs, the kink, and where they saturate; of a shape that
shows when axes are moved."""

MODULES = {"np": "numpy"}


def _row(
    name: str, derivative: str, spelled: str, cell: str, *, local: str, words: str, kink: str = ""
) -> Rule:
    return Rule(
        name, ("z",), (derivative,), (spelled,), ENTRYWISE, local, words, (cell,), kink,
        entrywise=True,
    )  # fmt: skip


ACTIVATIONS: tuple[Rule, ...] = (
    _row(
        "sigmoid", "g * out * (1 - out)", "1 / (1 + np.exp(-z))", "σ({z})",
        local="σ′(z) = a(1 − a)",
        words="The sigmoid's slope is its output times what is left to 1: at most a quarter.",
    ),
    _row(
        "sigmoid", "-g * out * (1 - out)", "1 / (1 + np.exp(z))", "σ(−{z})",
        local="σ(−z)′ = −a(1 − a)",
        words="A sigmoid run backwards: the same slope, at most a quarter, with a minus sign.",
    ),
    _row(
        "relu", "g * (z > 0)", "np.maximum(0, z)", "max(0, {z})",
        local="ReLU′(z) = 1 for z > 0, else 0",
        words="Above zero the sum passes unchanged, and so does its gradient; below, neither.",
        kink="at z = 0 the derivative is taken as 0",
    ),
    _row(
        "tanh", "g * (1 - out ** 2)", "np.tanh(z)", "tanh({z})",
        local="tanh′(z) = 1 − a²",
        words="Of the output, not of what went in: 1 at zero, next to nothing where it saturates.",
    ),
    _row(
        "softplus", "g / (1 + np.exp(-z))", "np.log(1 + np.exp(z))", "log(1 + exp({z}))",
        local="softplus′(z) = σ(z)",
        words="A ReLU with its corner rounded off: the slope climbs from 0 to 1 like a sigmoid.",
    ),
)  # fmt: skip
"""Functions of one value that have no setting."""

WITH_SETTING: tuple[Rule, ...] = (
    _row(
        "leaky_relu", "g * np.where(z > 0, 1, slope)", "np.where(z > 0, z, slope * z)",
        "leaky ReLU({z})",
        local="1 for z > 0, else the small slope",
        words="Below zero the sum passes too, but scaled down, so no unit dies.",
        kink="at z = 0 the derivative is taken as the small slope",
    ),
    _row(
        "elu", "g * np.where(z > 0, 1, out + slope)",
        "np.where(z > 0, z, slope * (np.exp(z) - 1))", "ELU({z})",
        local="1 for z > 0, else a + α",
        words="Below zero it bends towards −α, and its slope is its distance from there.",
        kink="at z = 0 the derivative is taken as α",
    ),
)  # fmt: skip
"""Functions of one value and a number, which is looked for in the expression."""

TELLING = frozenset({"exp", "expm1", "maximum", "minimum", "fmax", "max", "where", "abs", "tanh",
                     "absolute", "fabs", "clip", "logaddexp", "e", "sinh"})  # fmt: skip


def activation_of(node: ast.expr, modules: Mapping[str, str]) -> Idiom | None:
    """The activation function that an expression is, if it is one."""
    made = operation_of(node, modules)
    if made is None or not _may_be(node):
        return None
    found = [(part, function(node, (part,), modules)) for part in parts(node, modules)]
    for rule in ACTIVATIONS:
        if rule.name == made.rule.name:
            continue  # np.tanh(z) is an operation of the table
        expected = _results()[rule]
        for part, of in found:
            if of is not None and same(_tried(of), expected) and _keeps_a_row(of):
                return idiom(rule, node, (part,), modules)
    return _with_setting(node, modules)


def _may_be(node: ast.expr) -> bool:
    for part in ast.walk(node):
        if isinstance(part, ast.Compare):
            return True
        if getattr(part, "attr", getattr(part, "id", "")) in TELLING:
            return True
    return False


@cache
def _results() -> dict[Rule, Any]:
    """What the functions give for the test values."""
    found = {}
    for rule in ACTIVATIONS:
        of = function(_text(rule.spelled[0]), (_text("z"),), MODULES)
        assert of is not None
        found[rule] = of(VALUES)
    return found


def _text(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _tried(of: Function) -> Any:
    """The test values put in, all at once or, for functions of numbers, one by one."""
    try:
        return of(VALUES)
    except Exception:
        try:
            return np.array([of(float(value)) for value in VALUES.flat]).reshape(VALUES.shape)
        except Exception:
            return None


def _keeps_a_row(of: Function) -> bool:
    """Does a single row stay one, where arrays are taken at all?"""
    try:
        return bool(np.shape(of(VALUES[0, 0])) == VALUES[0, 0].shape)
    except Exception:
        return True


def _with_setting(node: ast.expr, modules: Mapping[str, str]) -> Idiom | None:
    """A leaky ReLU: what it makes of −1 is a number that stands somewhere in the expression."""
    names = sorted(free_names(node, modules))
    numbers = {name: 0.11 + 0.07 * place for place, name in enumerate(names)}
    for part in parts(node, modules):
        inside = free_names(part, modules)
        free = {name: value for name, value in numbers.items() if name not in inside}
        of = function(node, (part,), modules, free)
        found = _tried(of) if of else None
        if of is None or found is None or np.shape(found) != VALUES.shape:
            continue
        for rule in WITH_SETTING:
            below = VALUES if rule.name == "leaky_relu" else np.expm1(VALUES)
            slope = float(found[0, 0, 1] / below[0, 0, 1])
            expected = np.where(VALUES > 0, VALUES, slope * below)
            written = _number(node, slope, modules, free) if same(found, expected) else None
            if written is not None and slope != 1 and _keeps_a_row(of):
                return idiom(rule, node, (part,), modules, {"slope": written})
    return None


def _number(
    node: ast.expr, wanted: float, modules: Mapping[str, str], free: Mapping[str, float]
) -> ast.expr | None:
    """The outermost piece of an expression that has this value."""
    for piece in ast.walk(node):
        if isinstance(piece, ast.Constant | ast.Name | ast.BinOp | ast.UnaryOp):
            of = function(piece, (), modules, free)
            try:
                if of is not None and same(of(), wanted):
                    return piece
            except Exception:
                continue
    return None
