"""Operations that move entries about: their gradients come back to where they belong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepnet.calculus.rules.rule import NotInTable
from tests.calculus.derived import assert_true_derivative, text_of
from tests.calculus.strategies import Shape, broadcastable, many, numbers, shapes

TEXTS = {
    "x.T": (2, 3, 4),
    "np.transpose(x)": (2, 3),
    "np.transpose(x, (1, 2, 0))": (2, 3, 4),
    "x.transpose(2, 0, 1)": (2, 3, 4),
    "x.transpose((1, 0))": (2, 3),
    "x.transpose()": (2, 3),
    "x.swapaxes(0, 2)": (2, 3, 4),
    "np.swapaxes(x, 0, -1)": (2, 3, 4),
    "np.moveaxis(x, 0, -1)": (2, 3, 4),
    "x.reshape(6)": (2, 3),
    "x.reshape(3, 2)": (2, 3),
    "x.reshape((3, -1))": (2, 3),
    "x.reshape(-1, 1)": (2, 3),
    "np.reshape(x, (3, 2))": (2, 3),
    "np.reshape(x, -1)": (2, 3),
    "np.ravel(x)": (2, 3),
    "x.ravel()": (2, 3),
    "x.flatten()": (2, 3),
    "np.squeeze(x)": (1, 3, 1),
    "np.squeeze(x, axis=0)": (1, 3, 1),
    "x.squeeze()": (1, 1),
    "np.expand_dims(x, 1)": (2, 3),
    "np.expand_dims(x, axis=0)": (),
    "np.diag(x)": (3,),
    "np.diag(x, 1)": (3,),
    "np.diag(x, k=-2)": (3,),
    "np.diagonal(x)": (3, 3),
    "x.diagonal()": (2, 3),
    "np.tril(x)": (3, 3),
    "np.triu(x, 1)": (3, 4),
    "np.flip(x)": (2, 3),
    "np.flip(x, 1)": (2, 3),
    "np.fliplr(x)": (2, 3),
    "np.flipud(x)": (2, 3),
    "np.roll(x, 2)": (2, 3),
    "np.roll(x, 1, axis=1)": (2, 3),
    "np.roll(x, (1, 2), axis=(0, 1))": (2, 3),
    "np.pad(x, 1)": (2, 3),
    "np.pad(x, ((0, 0), (1, 2)))": (2, 3),
    "np.pad(x, ((2, 0), (0, 0)), mode='constant')": (2, 3),
    "np.tile(x, 2)": (3,),
    "np.tile(x, (2, 1))": (3,),
    "np.tile(x, (3, 1))": (1, 4),
    "np.tile(x, (2, 3))": (2, 3),
    "np.tile(x, 2) ": (2, 3),
    "np.tile(x, (2, 1, 1))": (2, 3),
    "np.repeat(x, 2)": (2, 3),
    "np.repeat(x, 3, axis=0)": (2, 3),
    "np.repeat(x, 3, axis=-1)": (2, 3),
    "x.repeat(2, axis=0)": (1, 3),
    "np.copy(x)": (2, 3),
    "x.copy()": (2, 3),
    "np.array(x)": (2, 3),
    "np.array(x, dtype=float)": (2, 3),
    "np.asarray(x, np.float64)": (2, 3),
    "copy.deepcopy(x)": (2, 3),
    "float(x)": (),
    "x.item()": (1, 1),
    "np.atleast_1d(x)": (),
    "np.atleast_2d(x)": (3,),
    "np.atleast_3d(x)": (2, 3),
    "x.astype(float)": (2, 3),
    "x.astype('float64')": (2, 3),
    "x.astype(x.dtype)": (2, 3),
}

STRANGE_TO_AUTOGRAD = (
    "copy", "np.copy", "float(", "item", "asarray", "atleast_3d", "pad", "diag", "np.flip(x)",
    "moveaxis", "dtype", "np.tile(x, (2, 1, 1))", "roll(x, (1", "repeat(x, 2)", "x.repeat",
    "roll(x, 2)", "tril", "triu", "flip", "x.transpose(2",
    "np.tile(x, 2) ", "np.repeat(x, 3, axis=-1)",
)  # fmt: skip
"""Parts of what the autograd package cannot differentiate, or not for these shapes; the last two
it gets wrong."""


@pytest.mark.parametrize("text", TEXTS)
def test_the_gradient_comes_back(text: str) -> None:
    autograd = not any(part in text for part in STRANGE_TO_AUTOGRAD)
    x = numbers(TEXTS[text])
    assert_true_derivative(text, {"x": np.asarray(x)}, autograd=autograd)


@many
@given(shape=shapes(1), data=st.data())
def test_any_order_of_axes(shape: Shape, data: st.DataObject) -> None:
    order = tuple(data.draw(st.permutations(range(len(shape)))))
    assert_true_derivative(f"np.transpose(x, {order})", {"x": numbers(shape)})
    assert_true_derivative(f"x.transpose({order})", {"x": numbers(shape)}, autograd=False)


@many
@given(pair=broadcastable(2))
def test_copies_along_axes(pair: tuple[Shape, ...]) -> None:
    wanted = np.broadcast_shapes(*pair)
    x = np.asarray(numbers(pair[0]))
    assert_true_derivative(f"np.broadcast_to(x, {wanted})", {"x": x}, autograd=False)


@many
@given(shape=shapes(1, 3), data=st.data())
def test_tiles(shape: Shape, data: st.DataObject) -> None:
    counts = tuple(data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)))
    assert_true_derivative(f"np.tile(x, {counts})", {"x": numbers(shape)}, autograd=False)


@many
@given(shape=shapes(1, 3), data=st.data())
def test_repeats(shape: Shape, data: st.DataObject) -> None:
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    assert_true_derivative(f"np.repeat(x, 2, axis={axis})", {"x": numbers(shape)}, autograd=False)


@pytest.mark.parametrize(
    "text", ["x.reshape(6, order='F')", "np.pad(x, 1, mode='edge')", "np.repeat(x, [1, 2], axis=0)"]
)
def test_what_is_left_to_differences(text: str) -> None:
    with pytest.raises(NotInTable):
        text_of(text, x=numbers((2, 3)))
