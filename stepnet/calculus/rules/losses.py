"""Idioms, part 3: losses, with whatever factor and whatever mean stands before the sum.

A loss is a scale times a sum. Constants and names that multiply or divide it from outside are its
scale as they are written; what an inner mean divides by is found out by the size of test values.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from stepnet.calculus.rules import simplify
from stepnet.calculus.rules.idiom import Idiom, idiom
from stepnet.calculus.rules.probe import Function, contains, function, parts
from stepnet.calculus.rules.rule import Case, Choose, NotInTable, Rule, Shape, Written

SHAPES: tuple[Shape, ...] = ((5, 3), (3, 3), (4, 2), (7,))
COUNTS: dict[str, Callable[[Shape], int]] = {
    "": lambda shape: 1,
    "size": lambda shape: int(np.prod(shape)),
    "len": lambda shape: shape[0] if shape else 0,
    "width": lambda shape: shape[1] if len(shape) > 1 else 1,
}
"""What a mean over all entries, over the rows or over the columns divides by."""

NUMBER = "all entries become one number"


@dataclass(frozen=True, eq=False)
class Scale:
    """What stands before the sum."""

    constant: float
    factor: ast.expr
    """What multiplies and divides it by name."""
    count: str
    """What an inner mean divides by: a key of COUNTS."""
    mean: bool
    """It is divided by a number of entries, by whatever name."""

    @property
    def half(self) -> bool:
        """A half, which is there to cancel a 2."""
        return self.constant == 0.5


def upstream(case: Case) -> str:
    """The adjoint of a loss times its scale: one number, unless the scale is an array."""
    return "g * scale" if case.result == () else "np.sum(g * scale)"


def divided(case: Case, text: str, name: str) -> str:
    """A derivative over what the mean of the loss divides by."""
    count = case.setting("count", "")
    if count == "width" and len(case.own) < 2:
        return text  # a single column
    by = {"size": f"{name}.size", "len": f"len({name})", "width": f"{name}.shape[1]"}
    return f"{text} / {by[count]}" if count else text


def _whole(case: Case) -> str:
    """An operand that has the shape of the difference."""
    shape = np.broadcast_shapes(*case.shapes.operands)
    for name, own in zip(case.operation.names, case.shapes.operands, strict=True):
        if own == shape:
            return name
    return f"({' - '.join(case.operation.names)})"


def _of_difference(template: str) -> Choose:
    """By either side of a difference: the other side's derivative has the other sign."""

    def choose(case: Case) -> Written:
        names = case.operation.names
        d = case.name if len(names) == 1 else f"({case.name} - {names[1 - case.which]})"
        text = f"{upstream(case)} * {template.format(d=d)}"
        shape = np.broadcast_shapes(*case.shapes.operands)
        return Written(divided(case, text, _whole(case)), shape)

    return choose


def _of_entry(template: str) -> Choose:
    """Entry by entry: prediction and target have the same shape."""

    def choose(case: Case) -> str:
        if len(set(case.shapes.operands[:2])) > 1:
            raise NotInTable("prediction and target of different shapes")
        text = f"{upstream(case)} * {template}"
        return divided(case, text, case.operation.names[0])

    return choose


def _row(
    name: str,
    operands: str,
    core: str,
    by: tuple[Choose, ...],
    *,
    local: str,
    words: str,
) -> Rule:
    names = tuple(operands.split())
    by = by if len(by) == len(names) else by * len(names)
    return Rule(name, names, by, (core,), NUMBER, local, words)


BY_SQUARE = (_of_difference("2 * {d}"),)
BY_SIGN = (_of_difference("np.sign({d})"),)
BY_PAIR = (
    _of_entry("(p - y) / (p * (1 - p))"),
    _of_entry("(np.log(1 - p) - np.log(p))"),
)
BY_SHARE = (_of_entry("(-t) / p"), _of_entry("(-np.log(p))"))

SQUARES = _row(
    "sse", "a b", "np.sum((a - b) ** 2)", BY_SQUARE,
    local="∂Σ(ŷ − y)²/∂ŷ = 2(ŷ − y)",
    words="The square brings a 2 down, and prediction minus target is left, whichever of the two "
    "is written first.",
)  # fmt: skip
SQUARE = _row(
    "sum_of_squares", "a", "np.sum(a ** 2)", BY_SQUARE,
    local="∂Σe²/∂e = 2e",
    words="The square brings a 2 down, and the number itself is left.",
)  # fmt: skip
DISTANCES = _row(
    "sae", "a b", "np.sum(np.abs(a - b))", BY_SIGN,
    local="∂Σ|ŷ − y|/∂ŷ = ±1",
    words="Only the side of the target counts, not the distance from it.",
)  # fmt: skip
DISTANCE = _row(
    "sum_of_distances", "a", "np.sum(np.abs(a))", BY_SIGN,
    local="∂Σ|e|/∂e = ±1",
    words="Only the side of zero counts, not the distance from it.",
)  # fmt: skip
BINARY = _row(
    "bce", "p y", "-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))", BY_PAIR,
    local="∂L/∂p = (p − y)/(p(1 − p))",
    words="Steep where a sure prediction is wrong; behind a sigmoid its p(1 − p) cancels.",
)  # fmt: skip
CATEGORICAL = _row(
    "cce", "p t", "-np.sum(t * np.log(p))", BY_SHARE,
    local="∂L/∂pᵢ = −tᵢ/pᵢ",
    words="Only the right class's share counts, and the smaller it is, the steeper.",
)  # fmt: skip

LOSSES: tuple[Rule, ...] = (SQUARES, SQUARE, DISTANCES, DISTANCE, BINARY, CATEGORICAL)
"""Each spelled without scale."""

MEANS = {"sse": "mse", "sae": "mae", "sum_of_squares": "mean_square",
         "sum_of_distances": "mean_distance"}  # fmt: skip


def loss_of(
    node: ast.expr, modules: Mapping[str, str], defined: Mapping[str, ast.expr]
) -> Idiom | None:
    """The loss that an expression is, if it is one."""
    names = {getattr(part, "attr", getattr(part, "id", "")) for part in ast.walk(node)}
    if names & {"log"}:
        return _with_logarithm(node, modules)
    powers = any(isinstance(part, ast.Pow | ast.Mult) for part in ast.walk(node))
    if not powers and not names & {"square", "abs", "absolute", "fabs", "dot", "norm", "power"}:
        return None
    if not names & {"sum", "mean", "average", "dot", "norm"}:
        return None
    found = parts(node, modules)
    for part in sorted(found, key=lambda part: not _is_difference(part)):
        for two, one in ((SQUARES, SQUARE), (DISTANCES, DISTANCE)):
            scale = scale_of(node, (part,), one.spelled[0], modules)
            if scale is None:
                continue
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Sub):
                return scaled(two, node, (part.left, part.right), scale, modules)
            of = defined.get(part.id) if isinstance(part, ast.Name) else None
            told = two if _is_difference(of) else one
            return scaled(replace(one, name=told.name), node, (part,), scale, modules)
    return None


def _is_difference(node: ast.expr | None) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)


def scaled(
    rule: Rule,
    node: ast.expr,
    operands: tuple[ast.expr, ...],
    scale: Scale,
    modules: Mapping[str, str],
) -> Idiom:
    """A loss with its scale in its name, its plain spelling and its derivatives."""
    name = MEANS.get(rule.name, rule.name) if scale.mean else rule.name
    name = f"half_{name}" if scale.half else name
    core, first = rule.spelled[0], rule.operands[0]
    plain = {
        "": f"scale * {core}",
        "size": f"scale * {core.replace('np.sum', 'np.mean')}",
        "len": f"scale * {core} / len({first})",
        "width": f"scale * {core} / {first}.shape[1]",
    }[scale.count]
    settings = {"scale": simplify.times(simplify.number(scale.constant), scale.factor)}
    if scale.count:
        settings["count"] = ast.Constant(scale.count)
    return idiom(replace(rule, name=name, spelled=(plain,)), node, operands, modules, settings)


def _with_logarithm(node: ast.expr, modules: Mapping[str, str]) -> Idiom | None:
    inside = [
        part
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and "log" in ast.unparse(call.func)
        for argument in call.args[:1]
        for part in (argument, *parts(argument, modules))
    ]
    for p in inside:
        for y in parts(node, modules):
            if contains(y, (p,)) or contains(p, (y,)) or "log" in ast.unparse(y):
                continue
            for rule in (BINARY, CATEGORICAL):
                scale = scale_of(node, (p, y), rule.spelled[0], modules)
                if scale is not None:
                    return scaled(rule, node, (p, y), scale, modules)
    return None


def scale_of(
    node: ast.expr,
    holes: tuple[ast.expr, ...],
    core: str,
    modules: Mapping[str, str],
    shapes: tuple[Shape, ...] = SHAPES,
) -> Scale | None:
    """What an expression multiplies a sum with, if it is that sum; None if it is not."""
    factor, inner = peeled(node, holes)
    of = function(inner, holes, modules)
    if of is None or ("log" in core and not _is_bare(of, len(holes), shapes)):
        return None
    expected = _core(core)
    ratios: dict[Shape, float] = {}
    for shape in shapes:
        found = []
        for values in _values(shape, len(holes), "log" in core):
            try:
                result = np.asarray(of(*values))
            except Exception:
                break
            if result.shape != () or result.dtype.kind not in "bif" or not np.isfinite(result):
                return None
            found.append(float(result) / float(expected(*values)))
        if len(found) == 2:
            if abs(found[0] - found[1]) > 1e-9 * abs(found[0]):
                return None
            ratios[shape] = found[0]
    return _scale(ratios, factor)


def _is_bare(of: Function, number: int, shapes: tuple[Shape, ...]) -> bool:
    """Is the logarithm of 0 taken where a prediction is 0? A small number added prevents that."""
    for dimensions in {len(shape) for shape in shapes}:
        shape = (2,) * dimensions
        p, y = np.broadcast_to([0.0, 1.0], (2, 2)), np.broadcast_to([1.0, 0.0], (2, 2))
        values = [np.resize(part, shape) if shape else part[0, 0] for part in (p, y)]
        try:
            if np.all(np.isinf(of(*values[:number]))):
                return True
        except Exception:
            continue
    return False


@cache
def _values(shape: Shape, number: int, positive: bool) -> list[list[Any]]:
    """Twice numbers to try: of both signs, or between 0 and 1 as for a logarithm."""
    low = 0.1 if positive else -0.9
    generator = np.random.default_rng(1)
    return [[generator.uniform(low, 0.9, shape) for _ in range(number)] for _ in range(2)]


@cache
def _core(text: str) -> Function:
    """The sum itself, as a function of its operands."""
    names = {part.id for part in ast.walk(ast.parse(text)) if isinstance(part, ast.Name)}
    holes = tuple(ast.Name(name, ast.Load()) for name in "apyt" if name in names)
    of = function(ast.parse(text, mode="eval").body, holes, {"np": "numpy"})
    assert of is not None
    return of


def _scale(ratios: dict[Shape, float], factor: ast.expr) -> Scale | None:
    """The constant that is the same for all shapes, once the count is taken out."""
    for count, number in COUNTS.items():
        constants = [ratio * number(shape) for shape, ratio in ratios.items() if number(shape)]
        if len(constants) == len(ratios) and constants and np.ptp(constants) < 1e-9:
            return _gathered(float(f"{constants[0]:.9g}"), factor, count)
    return None


def _gathered(constant: float, factor: ast.expr, count: str) -> Scale | None:
    """Constants out of the factor, so that ½ is known as ½; None where it is no loss but a gain."""
    product = simplify.Product()
    product.multiply(factor)
    constant = simplify.tidy(constant * product.constant)
    product.top, product.bottom, product.decimal = 1, 1, 1.0
    if constant <= 0:
        return None
    return Scale(constant, product.written(), count, mean=bool(count or product.below))


def peeled(node: ast.expr, holes: tuple[ast.expr, ...]) -> tuple[ast.expr, ast.expr]:
    """What multiplies and divides an expression from outside, and what is inside."""
    factor: ast.expr = ast.Constant(1)
    while True:
        match node:
            case ast.UnaryOp(ast.USub(), operand):
                factor, node = simplify.negative(factor), operand
            case ast.BinOp(left, ast.Mult(), right) if not contains(right, holes):
                factor, node = simplify.times(factor, right), left
            case ast.BinOp(left, ast.Mult(), right) if not contains(left, holes):
                factor, node = simplify.times(factor, left), right
            case ast.BinOp(left, ast.Div(), right) if not contains(right, holes):
                factor, node = simplify.over(factor, right), left
            case _:
                return factor, node
