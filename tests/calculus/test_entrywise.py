"""Operations that work entry by entry: their derivatives are true whatever shapes meet."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepnet.calculus.rules.derive import derivative
from stepnet.calculus.rules.rule import Shapes
from stepnet.calculus.rules.table import RULES
from tests.calculus.derived import adjoint, assert_true_derivative, expression, operation, value
from tests.calculus.strategies import Shape, broadcastable, few, many, numbers, shapes

ONE = {
    "-x": "any",
    "+x": "any",
    "np.exp(x)": "any",
    "np.expm1(x)": "any",
    "np.exp2(x)": "any",
    "np.log(x)": "positive",
    "np.log1p(x)": "positive",
    "np.log2(x)": "positive",
    "np.log10(x)": "positive",
    "np.sqrt(x)": "positive",
    "np.cbrt(x)": "positive",
    "np.square(x)": "any",
    "np.reciprocal(x)": "positive",
    "np.abs(x)": "any",
    "np.sin(x)": "any",
    "np.cos(x)": "any",
    "np.tan(x)": "small",
    "np.arcsin(x)": "small",
    "np.arccos(x)": "small",
    "np.arctan(x)": "any",
    "np.sinh(x)": "any",
    "np.cosh(x)": "any",
    "np.tanh(x)": "any",
    "np.arcsinh(x)": "any",
    "np.arccosh(x)": "above one",
    "np.arctanh(x)": "small",
    "np.degrees(x)": "any",
    "np.radians(x)": "any",
    "np.clip(x, -0.5, 0.6)": "any",
    "np.clip(x, 0.1, None)": "any",
    "np.clip(x, None, 0.1)": "any",
    "np.nan_to_num(x)": "any",
    "np.float64(x)": "any",
    "x ** 2": "any",
    "x ** 3": "any",
    "x ** 1": "any",
    "x ** 0.5": "positive",
    "x ** -1": "positive",
    "x ** -0.5": "positive",
    "x ** 1.5": "positive",
    "2 ** x": "any",
    "3 - x": "any",
    "2 / x": "positive",
    "x / 4": "any",
    "np.maximum(0, x)": "any",
    "np.maximum(x, 0.3)": "any",
    "np.minimum(x, 0.3)": "any",
    "np.where(x > 0.2, x, 0.5)": "any",
}
"""Expressions over one array, and where they are defined."""

TWO = {
    "a + b": "any",
    "a - b": "any",
    "a * b": "any",
    "a / b": "positive",
    "a ** b": "positive",
    "a % b": "positive",
    "np.maximum(a, b)": "any",
    "np.minimum(a, b)": "any",
    "np.logaddexp(a, b)": "any",
    "np.hypot(a, b)": "positive",
    "np.arctan2(a, b)": "positive",
}
"""Expressions over two arrays, and where they are defined."""

STRANGE_TO_AUTOGRAD = {"+x", "np.cbrt(x)", "np.float64(x)"}
"""What the autograd package cannot differentiate; differences alone judge these."""


@few
@given(shape=shapes())
@pytest.mark.parametrize("text", ONE)
def test_a_function_of_one_array(text: str, shape: Shape) -> None:
    names = {"x": numbers(shape, ONE[text])}
    assert_true_derivative(text, names, autograd=text not in STRANGE_TO_AUTOGRAD)


@few
@given(pair=broadcastable(2))
@pytest.mark.parametrize("text", TWO)
def test_an_operation_of_two_arrays(text: str, pair: tuple[Shape, ...]) -> None:
    a, b = (numbers(shape, TWO[text], seed) for seed, shape in enumerate(pair))
    assert_true_derivative(text, {"a": a, "b": b}, autograd=text not in STRANGE_TO_AUTOGRAD)


@many
@given(triple=broadcastable(3))
def test_a_choice_between_two_arrays(triple: tuple[Shape, ...]) -> None:
    c, a, b = (numbers(shape, "any", seed) for seed, shape in enumerate(triple))
    same = triple[1] == triple[2] == np.broadcast_shapes(*triple)  # autograd does not sum here
    names = {"c": np.asarray(c) > 0, "a": a, "b": b}
    assert_true_derivative("np.where(c, a, b)", names, autograd=same)


@pytest.mark.parametrize("text", sorted(STRANGE_TO_AUTOGRAD))
def test_autograd_really_cannot(text: str) -> None:
    names = {name: numbers((2,), "positive", seed) for seed, name in enumerate("xab")}
    with pytest.raises(Exception):  # noqa: B017, PT011  # each fails in a way of its own
        assert_true_derivative(text, names)


def test_the_error_function_of_a_number() -> None:
    assert_true_derivative("math.erf(x)", {"x": 0.4}, autograd=False)


@pytest.mark.parametrize("function", ["exp", "log", "sqrt", "tanh", "atan", "asin", "fabs"])
def test_a_function_of_the_math_module(function: str) -> None:
    assert_true_derivative(f"math.{function}(x)", {"x": 0.4}, autograd=False)


def test_every_row_is_tried() -> None:
    tried = {operation(text).rule.name for text in (*ONE, *TWO, "math.erf(x)")}
    rows = {name for name, rule in RULES.items() if rule.entrywise and any(rule.derivatives)}
    assert rows - tried == {"astype"} - tried


def _gradient(text: str, **names: Any) -> list[Any]:
    """By the first operand that is a name, with 1 for the adjoint of every entry."""
    made = operation(text)
    which = next(n for n, part in enumerate(made.operands) if value(part, names) is names["x"])
    g = np.ones(np.shape(value(text, names)))
    found: list[Any] = np.asarray(adjoint(made, which, names, g)).tolist()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("np.maximum(0, x)", [0, 0, 1]),
        ("np.maximum(x, 0)", [0, 0, 1]),
        ("np.maximum(floor, x)", [0, 0, 1]),
        ("np.minimum(0, x)", [1, 0, 0]),
        ("np.clip(x, 0, None)", [0, 0, 1]),
        ("np.clip(x, 0, 1)", [0, 0, 0]),
        ("np.abs(x)", [-1, 0, 1]),
        ("np.where(x > 0, x, 0)", [0, 0, 1]),
    ],
)
def test_what_is_chosen_at_a_kink(text: str, expected: list[int]) -> None:
    assert _gradient(text, x=np.array([-1.0, 0.0, 1.0]), floor=0.0) == expected


def test_at_a_tie_of_two_arrays_the_first_gets_everything() -> None:
    x, y = np.array([1.0, 2.0]), np.array([1.0, 3.0])
    assert _gradient("np.maximum(x, y)", x=x, y=y) == [1, 0]
    assert _gradient("np.maximum(y, x)", x=x, y=y) == [0, 0]


@pytest.mark.parametrize("text", ["x.astype(int)", "x.astype(np.int64)", "x > 0", "np.sign(x)"])
def test_what_moves_in_steps_passes_no_gradient(text: str) -> None:
    assert adjoint(operation(text), 0, {"x": np.array([0.5, 1.5])}, np.ones(2)) is None


@few
@given(pair=broadcastable(2), place=st.integers(0, 4))
@pytest.mark.parametrize("text", TWO)
def test_an_adjoint_that_is_not_repeated_yet_gives_the_same(
    text: str, pair: tuple[Shape, ...], place: int
) -> None:
    """The adjoint of a sum may go on as the number it is."""
    a, b = (numbers(shape, TWO[text], seed) for seed, shape in enumerate(pair))
    made, names = operation(text), {"a": a, "b": b}
    out = np.asarray(value(text, names))
    compact = () if place > out.ndim else (1,) * place + out.shape[place:]
    g = numbers(compact, "any", 7)
    for which in range(2):
        whole = adjoint(made, which, names, np.broadcast_to(g, out.shape))
        shapes_met = Shapes(tuple(map(np.shape, (a, b))), out.shape, upstream=compact)
        short = derivative(made, which, expression("g"), expression("out"), shapes_met)
        assert short is not None
        space = {**names, "g": g, "out": out}
        assert np.shape(value(short.compact, space)) == short.compact_shape
        found = np.asarray(value(short.value, space))
        assert found.shape == short.shape == out.shape
        axes = tuple(range(out.ndim - np.ndim(names["ab"[which]])))
        summed = found.sum(axis=axes)
        ones = tuple(n for n, length in enumerate(np.shape(names["ab"[which]])) if length == 1)
        np.testing.assert_allclose(summed.sum(axis=ones, keepdims=True), whole)
