"""Mistakes about a matrix product: a transpose, ``*`` for ``@``, the wrong factor."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import numpy as np

from stepnet.calculus.mutations.derivation import Use
from stepnet.calculus.mutations.edit import binary, edited, expressions, factors, name, product, put
from stepnet.calculus.mutations.mistake import Line, Mistake, Place, Wrong
from stepnet.calculus.mutations.slopes import SIGMOID
from stepnet.calculus.tape import Variable

PRODUCTS = ("matmul", "dot")


def _of_products(place: Place) -> Iterator[Use]:
    for use in place.uses:
        if use.rule in PRODUCTS and use.other is not None:
            yield use


def _each_way(use: Use) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The two factors in both orders, each as it is and transposed."""
    assert use.other is not None
    g, o = use.upstream, np.asarray(use.other.value, dtype=float)
    for first in (g, g.T):
        for second in (o, o.T):
            yield first, second
            yield second, first


def label_of(variable: Variable | None) -> str:
    """```W1` `` or what it is."""
    if variable is None or not variable.name:
        return "the other factor"
    return f"`{variable.name.rpartition('.')[2]}`"


def _transposed(place: Place) -> Iterator[Wrong]:
    for use in _of_products(place):
        if use.upstream.ndim != 2:
            continue
        for left, right in _each_way(use):
            if left.ndim == 2 == right.ndim and left.shape[1] == right.shape[0]:
                value = place.instead([use], [left @ right])
                if value is not None and not np.array_equal(value, place.true):
                    yield Wrong(value)
    if place.is_end and place.true.ndim == 2:
        yield Wrong(place.true.T)


def _untransposed(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        match node:
            case ast.Attribute(value, "T"):
                yield value
            case ast.Call(ast.Attribute(_, "transpose"), [value], []):
                yield value
            case ast.Call(ast.Attribute(value, "transpose"), [], []):
                yield value

    yield from edited(line, change)


def _multiplied(place: Place) -> Iterator[Wrong]:
    for use in _of_products(place):
        for left, right in _each_way(use):
            try:
                value = place.instead([use], [left * right])
            except ValueError:
                continue
            if value is not None:
                yield Wrong(value)


def _diagonal(place: Place) -> Iterator[Wrong]:
    """``*`` with a diagonal Jacobian leaves the diagonal where a row is wanted."""
    if place.is_end and place.true.size > 1 and place.claimed.shape == (place.true.size,) * 2:
        yield Wrong(np.diag(place.true.reshape(-1)))


def _without_contraction(place: Place) -> Iterator[Wrong]:
    yield from _multiplied(place)
    yield from _diagonal(place)


def _star(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        operands = product(node)
        if operands is not None:
            yield binary(operands[0], ast.Mult(), operands[1])

    yield from edited(line, change)


def _contracted(place: Place) -> Iterator[Wrong]:
    pairs = [
        (np.asarray(place.derivation.adjoints[part.upper], dtype=float), part.slope)
        for part in place.activations
    ]
    pairs += [
        (use.upstream, np.asarray(use.other.value, dtype=float))
        for use in place.uses
        if use.rule == "multiply" and use.other is not None
    ]
    for g, slope in pairs:
        for first in (g, g.T):
            for second in (slope, slope.T):
                for left, right in ((first, second), (second, first)):
                    matrices = {left.ndim, right.ndim} <= {1, 2}
                    if matrices and left.shape[-1] == right.shape[0]:
                        yield Wrong(np.asarray(left @ right))


def _within_slope(place: Place) -> Iterator[Wrong]:
    """``g * a @ (1 - a)``: Python multiplies from the left to the right."""
    for activation in place.activations:
        if activation.kind is SIGMOID and place.true.ndim == 2:
            g = np.asarray(place.derivation.adjoints[activation.upper], dtype=float)
            a = np.asarray(activation.upper.value, dtype=float)
            if len(set(a.shape)) == 1:
                yield Wrong((g * a) @ (1 - a))
                yield Wrong((g @ a) * (1 - a))
                yield Wrong(g * (a @ (1 - a)))


def _with_contraction(place: Place) -> Iterator[Wrong]:
    yield from _contracted(place)
    yield from _within_slope(place)


def _at(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    def change(node: ast.expr) -> Iterator[ast.expr]:
        parts = factors(node)
        if parts and all(np.ndim(line.evaluated(part)) == 2 for part in parts[0]):
            yield binary(parts[1][1], ast.MatMult(), parts[0][1])

    yield from edited(line, change)


def _with_others(place: Place) -> Iterator[Wrong]:
    for group in place.groups:
        if len(group) != 1 or group[0].other is None:
            continue
        use = group[0]
        right = use.other
        if right is None or not right.shape or use.rule not in (*PRODUCTS, "multiply"):
            continue
        for label, variable in place.named(right.shape):
            if variable is right or np.array_equal(variable.value, right.value):
                continue
            if _is_later(place, right, variable):
                continue
            value = _with(place, use, variable)
            if value is not None:
                yield Wrong(value, {"used": f"`{label}`", "right": label_of(right)})


def _with(place: Place, use: Use, variable: Variable) -> np.ndarray | None:
    changed = use.link.with_operand(1 - use.link.place, variable.value)
    return place.instead([use], [changed.passes(use.upstream)])


def _is_later(place: Place, early: Variable, late: Variable) -> bool:
    """Is one variable what the name of another stood for afterwards?"""
    for versions in place.derivation.tape.named.values():
        if early in versions and late in versions:
            return versions.index(late) > versions.index(early)
    return False


def _other_input(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    for node in expressions(line.node):
        operands = product(node)
        for operand in operands or ():
            inner = operand.value if isinstance(operand, ast.Attribute) else operand
            if isinstance(inner, ast.Name) and inner.id not in line.gradients:
                for other in line.like(inner.id):
                    if other not in line.gradients:
                        yield (put(line.node, inner, name(other)),)


def _after_update(place: Place) -> Iterator[Wrong]:
    for use in place.uses:
        right = use.other
        if right is None or not right.shape:
            continue
        for label, variable in place.named(right.shape):
            if _is_later(place, right, variable):
                value = _with(place, use, variable)
                if value is not None:
                    yield Wrong(value, {"weight": f"`{label}`"})


def _updated_first(line: Line) -> Iterator[tuple[ast.stmt, ...]]:
    used = {n.id for n in ast.walk(line.node) if isinstance(n, ast.Name)}
    for update in line.updates:
        target = getattr(update, "target", None)
        if not isinstance(target, ast.Name) or target.id not in used:
            continue
        needed = {n.id for n in ast.walk(update) if isinstance(n, ast.Name)}
        if needed <= line.scope.keys():
            yield update, line.node


TRANSPOSE = Mistake(
    "transpose", "what you get if a transpose is missing", _transposed, _untransposed
)
STAR = Mistake(
    "* for @",
    "what you get with `*` in the place of the matrix product `@`",
    _without_contraction,
    _star,
)
AT = Mistake(
    "@ for *",
    "what you get with the matrix product `@` in the place of `*`",
    _with_contraction,
    _at,
)
INPUT = Mistake(
    "wrong factor", "what you get with {used} in the place of {right}", _with_others, _other_input
)
UPDATED = Mistake(
    "updated weight",
    "what you get with {weight} after its update; the one used forward belongs here",
    _after_update,
    _updated_first,
)
