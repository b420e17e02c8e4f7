"""Un-broadcasting, over all pairs of shapes up to four dimensions."""

from __future__ import annotations

import ast
import itertools

import numpy as np
import pytest

from stepnet.calculus.rules.broadcasting import unbroadcast
from tests.calculus.derived import expression, value
from tests.calculus.strategies import Shape

LARGE = (2, 3, 4, 5)


def _smaller(shape: Shape) -> list[Shape]:
    """Every shape that can be broadcast to this one."""
    found = []
    for dimensions in range(len(shape) + 1):
        tail = shape[len(shape) - dimensions :]
        found += [tuple(pair) for pair in itertools.product(*({1, length} for length in tail))]
    return found


PAIRS = [
    (shape, smaller)
    for dimensions in range(5)
    for shape in itertools.product(*((1, length) for length in LARGE[:dimensions]))
    for smaller in _smaller(shape)
]


def test_all_pairs() -> None:
    for shape, smaller in PAIRS:
        g = np.arange(float(np.prod(shape, dtype=int))).reshape(shape)
        found = value(unbroadcast(expression("g"), shape, smaller), {"g": g})
        assert np.shape(found) == smaller, (shape, smaller)
        assert np.sum(found) == np.sum(g)
        one = np.zeros(smaller)
        for index in np.ndindex(smaller):
            one[index] = 1.0
            assert found[index] == np.sum(g[np.broadcast_to(one, shape) == 1.0])
            one[index] = 0.0


@pytest.mark.parametrize(
    ("shape", "smaller", "text"),
    [
        ((4, 3), (4, 3), "dz"),
        ((4, 3), (1, 3), "dz.sum(axis=0, keepdims=True)"),
        ((4, 3), (3,), "dz.sum(axis=0)"),
        ((4, 3), (4, 1), "dz.sum(axis=1, keepdims=True)"),
        ((4, 3), (), "dz.sum()"),
        ((4, 3), (1, 1), "dz.sum(keepdims=True)"),
        ((5, 4, 3), (3,), "dz.sum(axis=(0, 1))"),
        ((5, 4, 3), (5, 1, 1), "dz.sum(axis=(1, 2), keepdims=True)"),
        ((5, 4, 3), (1, 3), "dz.sum(axis=0).sum(axis=0, keepdims=True)"),
        ((1, 3), (3,), "dz.sum(axis=0)"),
    ],
)
def test_as_a_person_writes_it(shape: Shape, smaller: Shape, text: str) -> None:
    assert ast.unparse(unbroadcast(expression("dz"), shape, smaller)) == text


def test_a_longer_expression_gets_brackets() -> None:
    assert ast.unparse(unbroadcast(expression("g * b"), (2, 3), (3,))) == "(g * b).sum(axis=0)"
