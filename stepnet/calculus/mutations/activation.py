"""Mistakes about an activation's derivative: left out, twice, of the wrong argument."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from stepnet.calculus.mutations.edit import edited, expressions, factors, name
from stepnet.calculus.mutations.mistake import Line, Mistake, Place, Wrong
from stepnet.calculus.mutations.slopes import KINDS, RELU, SIGMOID, TANH, Activation

FORMULAS = {SIGMOID: "{a} * (1 - {a})", TANH: "1 - {a} ** 2", RELU: "({a} > 0)"}


def is_slope(line: Line, node: ast.expr) -> Activation | None:
    """The activation whose derivative an expression is."""
    if isinstance(node, ast.Constant):
        return None
    value = line.evaluated(node)
    if not isinstance(value, np.ndarray) or not value.size:
        return None
    for activation in line.activations:
        slope = activation.slope
        if value.shape == slope.shape and np.allclose(value, slope, rtol=1e-9, atol=1e-12):
            return activation
    return None


def _missing(place: Place) -> Iterator[Wrong]:
    for activation in place.activations:
        if activation.kind is not RELU:
            slope = np.ones(place.true.shape)
            yield Wrong(place.behind(activation, slope), {"activation": activation.kind.name})


def _dropped(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    yield from _drop(line, relu=False)


def _drop(line: Line, *, relu: bool) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        for factor, rest in factors(node):
            found = is_slope(line, factor)
            if found is not None and (found.kind is RELU) == relu:
                yield rest

    yield from edited(line, change)


def _twice(place: Place) -> Iterator[Wrong]:
    for activation in place.activations:
        if activation.kind is not RELU:
            value = place.behind(activation, activation.slope**2)
            yield Wrong(value, {"activation": activation.kind.name})


def _doubled(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        for factor, _ in factors(node):
            found = is_slope(line, factor)
            if found is not None and found.kind is not RELU:
                yield ast.BinOp(node, ast.Mult(), factor)

    yield from edited(line, change)


def _of_others(place: Place) -> Iterator[Wrong]:
    for activation in place.activations:
        kind = activation.kind
        if kind is RELU:
            continue
        for label, array in arguments(place, activation):
            words = {"activation": kind.name, "argument": label}
            if not np.array_equal(array, activation.upper.value):
                yield Wrong(place.behind(activation, kind.of_output(array)), words)
            if not np.array_equal(array, activation.lower.value):
                yield Wrong(place.behind(activation, kind.of_input(array)), words)


def arguments(place: Place, activation: Activation) -> Iterator[tuple[str, np.ndarray]]:
    """Arrays that somebody may take the derivative of by mistake."""
    for label, variable in place.named(place.true.shape):
        yield f"`{label}`", np.asarray(variable.value, dtype=float)
    for variable in (activation.lower, activation.upper):
        label = "the activation's output" if variable is activation.upper else "its input"
        yield label, np.asarray(variable.value, dtype=float)
    upper = np.asarray(place.derivation.adjoints[activation.upper], dtype=float)
    yield "the gradient", upper
    yield "the error", upper / 2


def _other_argument(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    """``z * (1 - z)``; ``sigmoid_backward(a, g)``."""
    for node in expressions(line.node):
        found = is_slope(line, node)
        if found is not None and found.kind is not RELU and not isinstance(node, ast.Name):
            yield from _renamed(line, node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for argument in node.args:
                if isinstance(argument, ast.Name) and _is_forward(line, argument.id):
                    yield from _renamed(line, argument)


def _is_forward(line: Line, label: str) -> bool:
    value: Any = line.scope.get(label)
    return any(
        np.array_equal(value, part.value)
        for activation in line.activations
        if activation.kind is not RELU
        for part in (activation.lower, activation.upper)
        if np.shape(value) == part.shape
    )


def _renamed(line: Line, node: ast.expr) -> Iterator[tuple[ast.stmt, ...]]:
    """The same expression of another array, everywhere in it."""
    used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} & set(line.names)
    for old in sorted(used):
        for new in line.like(old):

            def change(part: ast.expr, old: str = old, new: str = new) -> Iterator[ast.expr]:
                if part is node:
                    yield _Rename(old, new).visit(ast.parse(ast.unparse(node), mode="eval").body)

            yield from edited(line, change)


class _Rename(ast.NodeTransformer):
    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new

    def visit_Name(self, node: ast.Name) -> ast.Name:  # ast calls it so
        return ast.Name(self.new if node.id == self.old else node.id, node.ctx)


def _in_part(place: Place) -> Iterator[Wrong]:
    for activation in place.activations:
        a = np.asarray(activation.upper.value, dtype=float)
        halves = {SIGMOID: (a, 1 - a), TANH: (a**2, 1 - a, a)}.get(activation.kind, ())
        for half in halves:
            yield Wrong(place.behind(activation, half), {"activation": activation.kind.name})


def _halved(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        found = is_slope(line, node)
        if found is not None and found.kind is SIGMOID:
            for _, rest in factors(node):
                yield rest
        if found is not None and found.kind is TANH and isinstance(node, ast.BinOp):
            yield node.right

    yield from edited(line, change)


def _of_another_kind(place: Place) -> Iterator[Wrong]:
    for activation in place.activations:
        a = np.asarray(activation.upper.value, dtype=float)
        for other in KINDS:
            if other is not activation.kind:
                words = {"activation": activation.kind.name, "other": other.name}
                yield Wrong(place.behind(activation, other.of_output(a)), words)


def _other_kind(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        found = is_slope(line, node)
        if found is None or isinstance(node, ast.Name | ast.Compare):
            return
        for label in line.names:
            if np.array_equal(line.scope[label], found.upper.value):
                for other, text in FORMULAS.items():
                    if other is not found.kind:
                        yield ast.parse(text.format(a=label), mode="eval").body

    yield from edited(line, change)


def _unmasked(place: Place) -> Iterator[Wrong]:
    for activation in place.activations:
        if activation.kind is RELU:
            yield Wrong(place.behind(activation, np.ones(place.true.shape)))


def _no_mask(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    yield from _drop(line, relu=True)
    if _stores_mask(line):
        yield ()

    def change(node: ast.expr) -> Iterator[ast.expr]:
        match node:
            case ast.Call(ast.Attribute(_, "where"), [ast.Compare(), kept, ast.Constant(0 | 0.0)]):
                yield kept

    yield from edited(line, change)


def _stores_mask(line: Line) -> bool:
    match line.node:
        case ast.Assign([ast.Subscript(_, ast.Compare())], ast.Constant(0 | 0.0)):
            return True
    return False


def _masked_by_others(place: Place) -> Iterator[Wrong]:
    for activation in place.activations:
        if activation.kind is RELU:
            for label, array in arguments(place, activation):
                if not np.array_equal(array > 0, activation.slope):
                    mask = (array > 0) * 1.0
                    yield Wrong(place.behind(activation, mask), {"argument": label})


def _other_mask(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        match node:
            case ast.Compare(ast.Name(label), operators, limits):
                for other in line.like(label):
                    yield ast.Compare(name(other), operators, limits)

    yield from edited(line, change)


def _inverted(place: Place) -> Iterator[Wrong]:
    for activation in place.activations:
        if activation.kind is RELU:
            yield Wrong(place.behind(activation, 1 - activation.slope))
            below = np.asarray(activation.lower.value, dtype=float) < 0
            yield Wrong(place.behind(activation, below * 1.0))


def _turned(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    turned = {ast.Gt: ast.LtE(), ast.LtE: ast.Gt(), ast.Lt: ast.GtE(), ast.GtE: ast.Lt()}

    def change(node: ast.expr) -> Iterator[ast.expr]:
        match node:
            case ast.Compare(left, [operator], limits) if type(operator) in turned:
                yield ast.Compare(left, [turned[type(operator)]], limits)

    yield from edited(line, change)


MISSING = Mistake(
    "slope missing", "what you get if {activation}'s derivative is left out", _missing, _dropped
)
TWICE = Mistake(
    "slope twice",
    "what you get if {activation}'s derivative is multiplied in twice",
    _twice,
    _doubled,
)
ARGUMENT = Mistake(
    "slope argument",
    "what you get if {activation}'s derivative is taken of {argument}",
    _of_others,
    _other_argument,
)
PART = Mistake(
    "slope in part", "what you get with only a part of {activation}'s derivative", _in_part, _halved
)
KIND = Mistake(
    "slope of another",
    "what you get with the derivative of {other} in the place of {activation}'s",
    _of_another_kind,
    _other_kind,
)
MASK_MISSING = Mistake(
    "mask missing", "what you get if ReLU's mask is left out", _unmasked, _no_mask
)
MASK_ARRAY = Mistake(
    "mask array",
    "what you get if ReLU's mask is taken from {argument}, not from what went into it",
    _masked_by_others,
    _other_mask,
)
MASK_INVERTED = Mistake(
    "mask inverted", "what you get if ReLU's mask is the wrong way round", _inverted, _turned
)
