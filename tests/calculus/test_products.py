"""Products that sum over shared axes: true derivatives for every pair of dimensions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from stepnet.calculus.rules.rule import NotInTable
from tests.calculus.derived import assert_true_derivative, text_of
from tests.calculus.strategies import Shape, many, numbers, shapes

MATMUL = arrays.mutually_broadcastable_shapes(
    signature=np.matmul.signature, max_dims=2, max_side=3
).map(lambda found: found.input_shapes)


@st.composite
def dots(draw: st.DrawFn) -> tuple[Shape, Shape]:
    """Shapes for np.dot: the last axis of one is the last but one of the other."""
    first, second, shared = draw(shapes(0, 2)), draw(shapes(0, 2)), draw(st.integers(1, 3))
    if draw(st.booleans()) and second:
        return (*first, shared), (*second[:-1], shared, second[-1])
    return (*first, shared), (shared,)


@many
@given(pair=MATMUL)
@pytest.mark.parametrize("text", ["a @ b", "np.matmul(a, b)"])
def test_matrix_products_and_stacks_of_them(text: str, pair: tuple[Shape, Shape]) -> None:
    assert_true_derivative(text, {"a": numbers(pair[0]), "b": numbers(pair[1], seed=1)})


@many
@given(pair=dots())
@pytest.mark.parametrize("text", ["np.dot(a, b)", "a.dot(b)"])
def test_dot(text: str, pair: tuple[Shape, Shape]) -> None:
    names = {"a": numbers(pair[0]), "b": numbers(pair[1], seed=1)}
    assert_true_derivative(text, names, autograd="np" in text)


@many
@given(shape=shapes(), first=st.booleans())
def test_dot_and_inner_with_a_number(shape: Shape, first: bool) -> None:
    pair = ((), shape) if first else (shape, ())
    names = {"a": numbers(pair[0]), "b": numbers(pair[1], seed=1)}
    assert_true_derivative("np.dot(a, b)", names)
    assert_true_derivative("np.inner(a, b)", names)


@many
@given(first=shapes(0, 2), second=shapes(0, 2), shared=st.integers(1, 3))
def test_inner(first: Shape, second: Shape, shared: int) -> None:
    names = {"a": numbers((*first, shared)), "b": numbers((*second, shared), seed=1)}
    assert_true_derivative("np.inner(a, b)", names)


@many
@given(first=shapes(1, 2), second=shapes(1, 2))
def test_outer_flattens(first: Shape, second: Shape) -> None:
    vectors = len(first) == len(second) == 1  # autograd knows no others
    names = {"a": numbers(first), "b": numbers(second, seed=1)}
    assert_true_derivative("np.outer(a, b)", names, autograd=vectors)


@many
@given(shape=shapes(1, 3))
def test_vdot(shape: Shape) -> None:
    names = {"a": numbers(shape), "b": numbers(shape, seed=1), "c": numbers(shape[::-1], seed=2)}
    assert_true_derivative("np.vdot(a, b)", names, autograd=False)
    assert_true_derivative("np.vdot(a, c)", names, autograd=False)


TENSORDOT = [
    ("np.tensordot(a, b, 1)", (2, 3), (3, 4)),
    ("np.tensordot(a, b)", (2, 3, 4), (3, 4, 2)),
    ("np.tensordot(a, b, axes=0)", (2, 3), (2,)),
    ("np.tensordot(a, b, axes=(0, 1))", (2, 3), (4, 2)),
    ("np.tensordot(a, b, axes=([0, 2], [2, 1]))", (2, 3, 4), (5, 4, 2)),
    ("np.tensordot(a, b, axes=([2, 0], [0, 2]))", (2, 3, 4), (4, 5, 2)),
    ("np.tensordot(a, b, axes=([-1], [-2]))", (2, 3, 4), (4, 5)),
]


@pytest.mark.parametrize(("text", "first", "second"), TENSORDOT)
def test_tensordot(text: str, first: Shape, second: Shape) -> None:
    assert_true_derivative(text, {"a": numbers(first), "b": numbers(second, seed=1)})


EINSUM: dict[str, tuple[Shape, ...]] = {
    "ij,jk->ik": ((2, 3), (3, 4)),
    "ij,jk": ((2, 3), (3, 4)),
    "ij->ji": ((2, 3),),
    "ba": ((2, 3),),
    "ij->j": ((2, 3),),
    "ij->": ((2, 3),),
    "ij,ij->": ((2, 3), (2, 3)),
    "i,j->ij": ((2,), (3,)),
    "nij,njk->nik": ((2, 3, 2), (2, 2, 4)),
    "ij, kj -> ik": ((2, 3), (4, 3)),
    "ni,ij,nj->n": ((4, 2), (2, 3), (4, 3)),
    "nhwc,hwcd->nd": ((2, 2, 3, 2), (2, 3, 2, 2)),
    "ij,kl->i": ((2, 3), (4, 2)),
    "ij,ij->ij": ((1, 3), (2, 3)),
}


@pytest.mark.parametrize("subscripts", EINSUM)
def test_einsum(subscripts: str) -> None:
    found = {
        name: numbers(shape, seed=seed)
        for seed, (name, shape) in enumerate(zip("abc", EINSUM[subscripts], strict=False))
    }
    assert_true_derivative(f"np.einsum('{subscripts}', {', '.join(found)})", found)


@pytest.mark.parametrize("subscripts", ["ii->i", "ii", "...i->..."])
def test_einsum_with_a_letter_twice_is_left_to_differences(subscripts: str) -> None:
    with pytest.raises(NotInTable):
        text_of(f"np.einsum('{subscripts}', a)", a=np.eye(2))


@pytest.mark.parametrize("shape", [(3, 3), (2, 2)])
def test_inverse_and_determinant(shape: Shape) -> None:
    x = numbers(shape) + 2 * np.eye(shape[0])
    assert_true_derivative("np.linalg.inv(x)", {"x": x})
    assert_true_derivative("np.linalg.det(x)", {"x": x})


@pytest.mark.parametrize("right", [(3,), (3, 2)])
def test_equations(right: Shape) -> None:
    a = numbers((3, 3)) + 2 * np.eye(3)
    # autograd takes NumPy 2's vector right-hand sides for matrices.
    whole = len(right) == 2
    names = {"a": a, "b": numbers(right, seed=1)}
    assert_true_derivative("np.linalg.solve(a, b)", names, autograd=whole)
