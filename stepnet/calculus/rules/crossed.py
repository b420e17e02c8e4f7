"""Idioms, part 4: a cross-entropy together with the softmax or the sigmoid that feeds it.

What is steep in one is flat in the other, and together prediction minus target is left.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

import numpy as np

from stepnet.calculus.rules.activations import activation_of
from stepnet.calculus.rules.idiom import Idiom
from stepnet.calculus.rules.losses import SHAPES, Scale, divided, scale_of, upstream
from stepnet.calculus.rules.operation import operation_of
from stepnet.calculus.rules.probe import parts, places, replaced
from stepnet.calculus.rules.rule import Case, NotInTable, Operation, Rule, Template
from stepnet.calculus.rules.simplify import number, times
from stepnet.calculus.rules.softmax import softmax_of

NUMBER = "all entries become one number"


def _by_scores(case: Case) -> str:
    """``p - t`` where the targets add up to 1, as they should; else what is true anyway."""
    if case.shapes.operands[0] != case.shapes.operands[1]:
        raise NotInTable("scores and targets of different shapes")
    axis = case.setting("axis")
    whole = axis is None or len(case.own) == 1
    values = case.shapes.values
    ones = len(values) > 1 and bool(
        np.allclose(np.sum(np.asarray(values[1]), axis=None if whole else axis), 1)
    )
    total = "t.sum()" if whole else "t.sum(axis=axis, keepdims=True)"
    return _scaled(case, "(p - t)" if ones else f"(p * {total} - t)")


def _by_sums(case: Case) -> str:
    if case.shapes.operands[0] != case.shapes.operands[1]:
        raise NotInTable("sums and targets of different shapes")
    return _scaled(case, "(p - y)")


def _by_label(case: Case) -> Template:
    """One is taken from the share of each right class."""
    key = case.setting("key")
    rows, axis = len(case.own) == 2, case.setting("axis")
    if rows and not (
        isinstance(key, tuple)
        and len(key) == 2
        and np.array_equal(np.asarray(key[0]), np.arange(case.own[0]))
        and axis in (1, -1)
    ):
        raise NotInTable("not one class a row")
    if not rows and (len(case.own) != 1 or np.ndim(key) != 0):
        raise NotInTable("not one class")
    return f"grad = p.copy()\ngrad[key] -= 1\n{_scaled(case, 'grad')}"


def _scaled(case: Case, text: str) -> str:
    return divided(case, f"{upstream(case)} * {text}", "p")


SOFTMAX_CROSS_ENTROPY = Rule(
    "softmax_cross_entropy", ("z", "t", "p"),
    (_by_scores, lambda case: _scaled(case, "(-np.log(p))"), None),
    (), NUMBER,
    "∂L/∂z = p − t",
    "The logarithm's 1/p and the softmax's p cancel: shares minus targets are left.",
)  # fmt: skip

SOFTMAX_LABELS = Rule(
    "softmax_label_cross_entropy", ("z", "p"), (_by_label, None),
    (), NUMBER,
    "∂L/∂z = p − 1 for the right class, p for the others",
    "The logarithm's 1/p and the softmax's p cancel: of the right class's share 1 is taken away.",
)  # fmt: skip

SIGMOID_CROSS_ENTROPY = Rule(
    "sigmoid_cross_entropy", ("z", "y", "p"),
    (_by_sums, lambda case: _scaled(case, "(np.log(1 - p) - np.log(p))"), None),
    (), NUMBER,
    "∂L/∂z = p − y",
    "The sigmoid's p(1 − p) cancels against that of the loss: prediction minus target is left.",
)  # fmt: skip

CROSSED: tuple[Rule, ...] = (SOFTMAX_CROSS_ENTROPY, SOFTMAX_LABELS, SIGMOID_CROSS_ENTROPY)
"""The prediction p is an operand that no gradient passes through: it all goes to the scores."""


def crossed_of(
    loss: Idiom, modules: Mapping[str, str], defined: Mapping[str, ast.expr]
) -> Idiom | None:
    """A cross-entropy of what is a softmax or a sigmoid, written in place or defined by name."""
    wanted = {"cce": "softmax", "bce": "sigmoid"}.get(loss.name.removeprefix("half_"))
    if wanted is None:
        return None
    p, target = loss.operation.operands
    feeds = _activation(p, modules, defined)
    if feeds is None or feeds.name != wanted or feeds.mirrored:
        return None
    rule = SOFTMAX_CROSS_ENTROPY if wanted == "softmax" else SIGMOID_CROSS_ENTROPY
    settings = {**loss.operation.settings, **feeds.operation.settings}
    return _crossed(rule, loss.operation.node, feeds, (target,), p, settings, modules)


def labels_of(
    node: ast.expr, modules: Mapping[str, str], defined: Mapping[str, ast.expr]
) -> Idiom | None:
    """A cross-entropy with class numbers: ``-np.log(p[np.arange(n), y]).mean()``."""
    if not any(isinstance(part, ast.Subscript) for part in ast.walk(node)):
        return None
    for part in parts(node, modules):
        if not isinstance(part, ast.Subscript):
            continue
        made = operation_of(part, modules)
        feeds = _activation(part.value, modules, defined)
        if made is None or made.rule.name != "index" or feeds is None or feeds.name != "softmax":
            continue
        rows = isinstance(part.slice, ast.Tuple)
        scale = scale_of(node, (part,), "-np.sum(np.log(a))", modules, SHAPES if rows else ((),))
        if scale is not None:
            settings = {**_before(scale), **feeds.operation.settings, "key": part.slice}
            return _crossed(SOFTMAX_LABELS, node, feeds, (), part.value, settings, modules)
    return None


def _before(scale: Scale) -> dict[str, ast.expr]:
    settings = {"scale": times(number(scale.constant), scale.factor)}
    if scale.count:
        settings["count"] = ast.Constant("len")
    return settings


def _activation(
    p: ast.expr, modules: Mapping[str, str], defined: Mapping[str, ast.expr]
) -> Idiom | None:
    """What a prediction was made by."""
    node = defined.get(p.id, p) if isinstance(p, ast.Name) else p
    return softmax_of(node, modules) or activation_of(node, modules)


def _crossed(
    rule: Rule,
    node: ast.expr,
    feeds: Idiom,
    others: tuple[ast.expr, ...],
    p: ast.expr,
    settings: Mapping[str, ast.expr],
    modules: Mapping[str, str],
) -> Idiom:
    """The loss as a function of the scores; p written out in it, and kept beside it by name."""
    whole = replaced(node, [(p, feeds.operation.node)])
    copies = tuple(places(whole, part) or (part,) for part in (feeds.argument, *others))
    operands = (*(found[0] for found in copies), p)
    made = Operation(rule, operands, settings, whole, modules, copies=(*copies, (p,)))
    return Idiom(made)
