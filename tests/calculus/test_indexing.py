"""Parts of arrays read, stored and joined: every entry gets its own gradient, copies their sum."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from stepnet.calculus.rules.broadcasting import unbroadcast
from stepnet.calculus.rules.derive import derivative
from stepnet.calculus.rules.operation import setting_values, stored
from stepnet.calculus.rules.rule import Shapes
from tests.calculus.derived import MODULES, assert_close, assert_true_derivative, expression, value
from tests.calculus.strategies import Shape, many, numbers, shapes

KEYS = [
    "x[0]", "x[-1]", "x[1, 2]", "x[0:1]", "x[:, 1]", "x[:, 1:]", "x[:, None]", "x[None]",
    "x[..., 0]", "x[..., np.newaxis]", "x[::-1]", "x[::2, ::-1]", "x[[0, 2]]", "x[[0, 0, 1]]",
    "x[[0, 1], [1, 1]]", "x[:, [0, 0, 3]]", "x[x > 0]", "x[x > 0, None]", "x[rows]",
    "x[rows, columns]", "x[np.arange(3), columns]", "x[rows[0]]", "x[mask]", "x[:, mask4]",
    "x[mask, 1:3]", "np.take(x, [0, 2, 2], axis=1)", "x.take([1, 1], axis=0)",
    "np.take_along_axis(x, columns[:, None], axis=1)",
]  # fmt: skip


NAMES: dict[str, Any] = {
    "x": numbers((3, 4)),
    "rows": np.array([0, 2, 2]),
    "columns": np.array([3, 1, 0]),
    "mask": np.array([True, False, True]),
    "mask4": np.array([True, False, True, True]),
}


@pytest.mark.parametrize("text", KEYS)
def test_what_is_read(text: str) -> None:
    assert_true_derivative(text, NAMES, autograd="take" not in text)


@many
@given(shape=shapes(1), data=st.data())
def test_any_slices_numbers_and_new_axes(shape: Shape, data: st.DataObject) -> None:
    key = data.draw(arrays.basic_indices(shape, allow_newaxis=True))
    assert_true_derivative("x[key]", {"x": numbers(shape), "key": key}, autograd=False)


@many
@given(shape=shapes(1), data=st.data())
def test_any_lists_of_places(shape: Shape, data: st.DataObject) -> None:
    key = data.draw(arrays.integer_array_indices(shape))
    assert_true_derivative("x[key]", {"x": numbers(shape), "key": key}, autograd=False)


def test_the_gradient_of_integers_is_not_made_of_integers() -> None:
    assert_true_derivative("x[0]", {"x": np.array([[1, 2], [3, 4]])}, autograd=False)


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        ("mask", ()),
        ("x > 0", ()),
        ("0", (4,)),
        ("0", (1, 4)),
        ("0", ()),
        ("(0, 1)", ()),
        ("(slice(None), 1)", (3,)),
        ("(slice(None), slice(1, 3))", (3, 1)),
        ("[0, 2]", (2, 4)),
        ("...", (3, 4)),
        ("rows", (4,)),
    ],
)
def test_what_is_stored_in_a_part(key: str, shape: Shape) -> None:
    """Both the array before and the value stored have a say in the array after."""
    names: dict[str, Any] = {
        "x": numbers((3, 4)),
        "v": numbers(shape, seed=3),
        "mask": numbers((3, 4), seed=4) > 0,
        "rows": np.array([True, False, True]),
    }
    made = stored(expression("x"), expression(key), expression("v"), MODULES)
    place = value(key, names)
    g = numbers((3, 4), seed=9)

    def after(x: Any, v: Any) -> Any:
        found = x.copy()
        found[place] = v
        return found

    settings = setting_values(made, {"np": np, **names})
    met = Shapes.of((names["x"], names["v"]), names["x"], settings)
    for which, name in enumerate("xv"):
        written = derivative(made, which, expression("g"), expression("out"), met)
        assert written is not None
        space = {**names, "g": g, "np": np}
        for line in written.prelude:
            exec(ast.unparse(ast.fix_missing_locations(line)), space)
        found = value(unbroadcast(written.value, written.shape, np.shape(names[name])), space)
        expected = np.zeros(np.shape(names[name]))
        for index in np.ndindex(expected.shape):
            step = np.zeros(expected.shape)
            step[index] = 1.0
            other = names["v" if name == "x" else "x"]
            pair = (step, np.zeros_like(other)) if name == "x" else (np.zeros_like(other), step)
            expected[index] = np.sum(g * after(*pair))  # linear: a step of 1 is as good
        assert found.shape == expected.shape
        assert_close(found, expected, f"x[{key}] = v, by {name}")


JOINS: dict[str, tuple[Shape, ...]] = {
    "np.concatenate([a, b])": ((2, 3), (1, 3)),
    "np.concatenate((a, b, c), axis=1)": ((2, 3), (2, 1), (2, 2)),
    "np.concatenate([a, b], -1)": ((2, 3, 2), (2, 3, 1)),
    "np.concatenate([a, b], axis=None)": ((2, 3), (2,)),
    "np.concatenate([a])": ((2, 3),),
    "np.append(a, b)": ((2, 3), (2,)),
    "np.append(a, 1.0)": ((3,),),
    "np.append(a, b, axis=1)": ((2, 3), (2, 1)),
    "np.hstack([a, b])": ((3,), (2,)),
    "np.hstack((a, b)) ": ((2, 3), (2, 1)),
    "np.vstack([a, b])": ((3,), (3,)),
    "np.vstack([a, b, c]) ": ((3,), (2, 3), (1, 3)),
    "np.column_stack([a, b, c])": ((2,), (2, 3), (2,)),
    "np.c_[a, b]": ((2, 3), (2, 1)),
    "np.c_[a, np.ones(2)]": ((2, 3),),
    "np.r_[a, b]": ((3,), (2,)),
    "np.stack([a, b])": ((2, 3), (2, 3)),
    "np.stack([a, b], axis=1)": ((2, 3), (2, 3)),
    "np.stack((a, b), -1)": ((2, 3), (2, 3)),
    "np.array([a, b])": ((), ()),
    "np.array([[a, 1.0], [b, c]])": ((), (), ()),
    "np.array([a, b]) ": ((2,), (2,)),
}


@pytest.mark.parametrize("text", JOINS)
def test_what_is_joined(text: str) -> None:
    names = {
        name: numbers(shape, seed=seed)
        for seed, (name, shape) in enumerate(zip("abc", JOINS[text], strict=False))
    }
    strange = ("np.c_", "np.r_", "np.stack", "axis=None", "np.column", "append")
    autograd = not any(part in text for part in strange)
    assert_true_derivative(text, names, autograd=autograd)
