"""How numbers are written: one format a matrix, aligned on the decimal point."""

from __future__ import annotations

import numpy as np
import pytest

from tui.numbers import SAMPLE, Array, choose_format, sampled, scalar_text


def cells(*values: float, dtype: type = float) -> list[str]:
    array: Array = np.array(values, dtype=dtype)
    chosen = choose_format(array)
    return [chosen.cell(value) for value in array.tolist()]


def test_decimal_points_stand_below_each_other() -> None:
    written = cells(-12.5, 0.12345, 3.0)
    assert written == ["-12.5000", "  0.1235", "  3.0000"]
    assert len({cell.index(".") for cell in written}) == 1


def test_no_more_decimals_than_the_values_have() -> None:
    assert cells(0.1, 0.2, 0.25) == ["0.10", "0.20", "0.25"]


def test_an_exact_zero_differs_from_a_small_number_that_was_rounded() -> None:
    assert cells(0.0, 0.00001, 0.33333) == ["0     ", "0.0000", "0.3333"]


def test_small_numbers_get_an_exponent() -> None:
    assert cells(1.5e-7, -2e-9) == [" 1.500e-07", "-2.000e-09"]


def test_large_numbers_get_an_exponent() -> None:
    assert cells(1.5e12, 2.0) == ["1.500e+12", "2.000e+00"]


def test_numbers_gone_wrong_are_in_capitals() -> None:
    assert cells(float("nan"), float("inf"), -float("inf"), 0.5) == [
        " NaN",
        " INF",
        "-INF",
        " 0.5",
    ]


def test_all_nan_needs_no_finite_entry() -> None:
    assert cells(float("nan"), float("nan")) == ["NaN", "NaN"]


def test_integers_and_booleans_stay_as_they_are() -> None:
    assert cells(1, -20, 300, dtype=int) == ["  1", "-20", "300"]
    assert cells(1, 0, dtype=bool) == [" True", "False"]


def test_every_entry_has_the_width_of_the_format() -> None:
    generator = np.random.default_rng(0)
    for scale in 10.0 ** np.arange(-12, 13):
        values = generator.normal(size=50) * scale
        values[:3] = [0.0, -0.0, np.nan]
        chosen = choose_format(values)
        assert {len(chosen.cell(value)) for value in values.tolist()} == {chosen.width}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (np.float64(0.619891699818), "0.6198917"),
        (float("nan"), "NaN"),
        (-np.inf, "-INF"),
        (np.int64(3), "3"),
        (True, "True"),
        ("a text", "'a text'"),
        (np.array(2.5), "2.5"),
    ],
)
def test_a_value_on_its_own_has_eight_digits(value: object, text: str) -> None:
    assert scalar_text(value) == text


def test_the_format_of_a_large_array_comes_from_its_ends_and_a_sample() -> None:
    values = np.random.default_rng(0).normal(size=(784, 128))
    values[700, 3] = -1234.5
    chosen = choose_format(values)
    assert len(chosen.cell(-1234.5)) == chosen.width
    assert chosen.cell(0.25).endswith("0.25")
    values[1, 1] = np.nan
    values[700, 120] = -np.inf
    chosen = choose_format(values)
    assert {len(chosen.cell(v)) for v in (np.nan, -np.inf, -1234.5, -0.0)} == {chosen.width}


def test_a_sample_of_any_layout_has_a_bounded_size() -> None:
    values = np.arange(2_000_000.0).reshape(1000, 2000)
    for layout in (values, values.T, values[::2, ::3], values[::-1]):
        assert 1000 < sampled(layout).size <= SAMPLE
