"""Reductions: any axis, several axes, with and without keepdims, as function and method."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepnet.calculus.rules.derive import derivative
from stepnet.calculus.rules.rule import NotInTable, Shapes
from tests.calculus.derived import (
    adjoint,
    assert_true_derivative,
    expression,
    operation,
    text_of,
    value,
)
from tests.calculus.strategies import Shape, many, numbers, reductions, shapes


@many
@given(reduction=reductions())
@pytest.mark.parametrize("name", ["sum", "mean", "max", "min", "prod", "var", "std"])
def test_a_reduction(name: str, reduction: tuple[Shape, str]) -> None:
    shape, arguments = reduction
    names = {"x": numbers(shape, "positive")}
    text = f"np.{name}(x, {arguments})" if arguments else f"np.{name}(x)"
    if name == "std" and np.any(value(text, names) == 0):
        return  # of one entry: no derivative
    assert_true_derivative(text, names, autograd="(" not in arguments)
    assert_true_derivative(f"x.{name}({arguments})", names, autograd=False)


@many
@given(reduction=reductions())
def test_a_sum_takes_an_adjoint_that_is_not_repeated_yet(reduction: tuple[Shape, str]) -> None:
    shape, arguments = reduction
    for name in ("sum", "mean", "max", "var"):
        made, names = operation(f"x.{name}({arguments})"), {"x": numbers(shape)}
        out = np.asarray(value(made.node, names))
        short = Shapes((shape,), out.shape, upstream=())
        written = derivative(made, 0, expression("2.0"), expression("out"), short)
        assert written is not None
        found = value(written.value, {**names, "out": out})
        whole = adjoint(made, 0, names, np.full(out.shape, 2.0) if out.shape else 2.0)
        np.testing.assert_allclose(found, whole)
        compact = value(written.compact, {**names, "out": out})
        assert np.shape(compact) == written.compact_shape


OTHERS = [
    "sum(x)",
    "np.average(x)",
    "np.average(x, 1)",
    "np.amax(x, 0)",
    "np.amin(x, 0)",
    "x.var(ddof=1)",
    "np.std(x, axis=1, ddof=1)",
    "np.std(x, axis=(0, 1), keepdims=True)",
    "x.mean(axis=(0, 1))",
    "x.mean(axis=-1)",
    "x.sum(axis=(1,))",
    "np.trace(x)",
    "np.trace(x, 1)",
    "x.trace(-1)",
    "np.linalg.norm(x)",
    "np.linalg.norm(x, axis=1)",
    "np.linalg.norm(x, 2, axis=0)",
    "np.linalg.norm(x, ord='fro')",
    "np.linalg.norm(x, axis=1, keepdims=True)",
    "np.linalg.norm(x[0], 1)",
    "np.linalg.norm(x, 1, axis=1)",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_spellings(text: str) -> None:
    strange = ("sum(x)", "average", "std", "(0, 1)", "trace", "1)", "(1,)", "axis=1", "axis=0")
    autograd = not any(part in text for part in strange)
    assert_true_derivative(text, {"x": numbers((3, 4))}, autograd=autograd)


@many
@given(shape=shapes(1), place=st.integers(-4, 3))
def test_running_sums(shape: Shape, place: int) -> None:
    names = {"x": numbers(shape)}
    assert_true_derivative("np.cumsum(x)", names)
    axis = place % len(shape)
    assert_true_derivative(f"np.cumsum(x, axis={axis})", names)
    assert_true_derivative(f"x.cumsum({axis})", names, autograd=False)


def _gradient(text: str, x: Any) -> Any:
    made = operation(text)
    return adjoint(made, 0, {"x": x}, np.ones(np.shape(value(text, {"x": x}))))


def test_entries_that_share_the_maximum_share_its_gradient() -> None:
    x = np.array([[1.0, 3.0, 3.0], [2.0, 0.0, 1.0]])
    assert _gradient("x.max(axis=1)", x).tolist() == [[0, 0.5, 0.5], [1, 0, 0]]
    assert _gradient("x.max()", x).tolist() == [[0, 0.5, 0.5], [0, 0, 0]]


def test_a_norm_of_another_kind_is_left_to_differences() -> None:
    with pytest.raises(NotInTable):
        text_of("np.linalg.norm(x, 2)", x=np.eye(2))


def test_an_axis_that_nobody_knows_is_left_to_differences() -> None:
    made = operation("x.sum(axis=which)")
    with pytest.raises(NotInTable, match="axis = which is not known"):
        derivative(made, 0, expression("g"), expression("out"), Shapes(((2, 3, 4),), (2, 4)))


def test_an_axis_in_a_name() -> None:
    made = operation("x.mean(axis=which)")
    given = Shapes(((2, 3),), (2,), settings={"axis": 1})
    written = derivative(made, 0, expression("g"), expression("out"), given)
    assert written is not None
    x = numbers((2, 3))
    found = value(written.value, {"x": x, "which": 1, "g": np.array([3.0, 6.0])})
    assert found.tolist() == [[1.0] * 3, [2.0] * 3]
