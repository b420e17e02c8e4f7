"""A value in a few words: what is wrong with it."""

import numpy as np
import pytest

from stepnet.explain.portrait import summary, trouble

HUGE = float(np.finfo(float).max)


@pytest.mark.parametrize(
    ("value", "range_", "wrong"),
    [
        (np.array([-1.0, 0.0, 2.5]), "-1 … 2.5", ""),
        (np.array([1.0, np.nan, np.inf]), "1 … 1", "NaN"),
        (np.array([[1.0, -np.inf], [3.0, 2.0]]), "1 … 3", "Inf"),
        (np.array([np.nan, np.inf]), "nothing finite", "NaN"),
        (np.array([-HUGE, HUGE]), "-1.798e+308 … 1.798e+308", ""),
        (np.zeros((2, 2)), "0 … 0", "ALL ZERO"),
        (np.zeros(1), "0", ""),
        (np.zeros(3, dtype=int), "0 … 0", ""),
        (np.array([complex(1, np.inf), 0, 2]), "complex128", "Inf"),
        (np.array([0j]), "complex128", ""),
        (float("nan"), "NaN", "NaN"),
    ],
)
def test_a_range_is_of_what_is_finite_and_the_rest_is_trouble(
    value: object, range_: str, wrong: str
) -> None:
    assert (summary(value), trouble(value)) == (range_, wrong)
