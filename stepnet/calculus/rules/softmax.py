"""Idioms, part 2: softmax and its logarithm, over any axis, shifted by the maximum or not."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from stepnet.calculus.rules.idiom import Idiom, idiom
from stepnet.calculus.rules.probe import Function, function, parts, same
from stepnet.calculus.rules.rule import Case, Rule, Shape

AXES = (None, -1, 1, 0, -2, 2)


def _over(case: Case, what: str) -> str:
    """A sum over the axis of the softmax."""
    whole = len(case.own) == 1 or case.setting("axis") is None
    return f"{what}.sum()" if whole else f"{what}.sum(axis=axis, keepdims=True)"


def _softmax(case: Case) -> str:
    return f"out * (g - {_over(case, '(g * out)')})"


def _log_softmax(case: Case) -> str:
    return f"g - np.exp(out) * {_over(case, 'g')}"


SOFTMAX = Rule(
    "softmax", ("z",), (_softmax,),
    ("np.exp(z) / np.exp(z).sum(axis=axis, keepdims=True)", "np.exp(z) / np.exp(z).sum()"),
    "the shape stays; the shares along the axis add up to 1",
    "∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ)",
    "The shares add up to 1, so what one gains the others lose: from each gradient the shares' "
    "average gradient is taken away.",
)  # fmt: skip

LOG_SOFTMAX = Rule(
    "log_softmax", ("z",), (_log_softmax,),
    ("z - np.log(np.exp(z).sum(axis=axis, keepdims=True))", "z - np.log(np.exp(z).sum())"),
    "the shape stays",
    "∂log pᵢ/∂zⱼ = δᵢⱼ − pⱼ",
    "Its own score pushes a logarithm up one for one; every score pulls all down by its share.",
)  # fmt: skip


def softmax_of(node: ast.expr, modules: Mapping[str, str]) -> Idiom | None:
    """The softmax that an expression is, or the logarithm of one."""
    names = {getattr(part, "attr", getattr(part, "id", "")) for part in ast.walk(node)}
    if "exp" not in names:
        return None
    for part in parts(node, modules):
        of = function(node, (part,), modules)
        if of is None:
            continue
        for rule in (SOFTMAX, LOG_SOFTMAX):
            found = _axis(of, rule)
            if found is not None:
                part = _unshifted(node, part, rule, modules)
                settings = _settings(*found)
                plain = rule.spelled[0] if settings else rule.spelled[1]
                return idiom(replace(rule, spelled=(plain,)), node, (part,), modules, settings)
    return None


def _unshifted(node: ast.expr, part: ast.expr, rule: Rule, modules: Mapping[str, str]) -> ast.expr:
    """The scores before their maximum was taken away, which changes nothing."""
    while isinstance(part, ast.BinOp) and isinstance(part.op, ast.Sub):
        of = function(node, (part.left,), modules)
        if of is None or _axis(of, rule) is None:
            break
        part = part.left
    return part


def _axis(of: Function, rule: Rule) -> tuple[int | None] | None:
    """The axis that it is a softmax over, itself None for all of them; None where it is none."""
    results = {}
    for shape, z in _scores().items():
        try:
            results[shape] = np.asarray(of(z))
        except Exception:
            continue
    for axis in AXES:
        fits = [
            same(found, _expected(shape, axis, rule.name))
            for shape, found in results.items()
            if axis is None or -len(shape) <= axis < len(shape)
        ]
        if fits and all(fits):
            return (axis,)
    return None


@cache
def _scores() -> dict[Shape, Any]:
    """Scores to try it on, of shapes that show when axes are moved or lost."""
    generator = np.random.default_rng(1)
    shapes = ((4,), (4, 3), (3, 3), (1, 3), (4, 3, 5))
    return {shape: generator.normal(0, 3, shape) for shape in shapes}


@cache
def _expected(shape: Shape, axis: int | None, name: str) -> Any:
    z = _scores()[shape]
    log = z - np.log(np.exp(z).sum(axis=axis, keepdims=True))
    return np.exp(log) if name == SOFTMAX.name else log


def _settings(axis: int | None) -> dict[str, ast.expr]:
    if axis is None:
        return {}
    number = ast.Constant(abs(axis))
    return {"axis": ast.UnaryOp(ast.USub(), number) if axis < 0 else number}
