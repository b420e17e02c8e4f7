"""Answers are read in the way people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepnet.session.answers import parsed_number, parsed_shape, parsed_sign

LENGTHS = st.lists(st.integers(0, 5000), min_size=1, max_size=4).map(tuple)
WAYS = (
    lambda shape: str(shape),
    lambda shape: "x".join(map(str, shape)),
    lambda shape: " × ".join(map(str, shape)),
    lambda shape: " ".join(map(str, shape)),
    lambda shape: f"[{', '.join(map(str, shape))}]",
    lambda shape: f"  shape {shape} ",
    lambda shape: " by ".join(map(str, shape)),
)


@given(LENGTHS, st.sampled_from(WAYS))
def test_a_shape_is_read_however_it_is_written(shape: tuple[int, ...], way: object) -> None:
    assert callable(way)
    assert parsed_shape(way(shape)) == shape


@pytest.mark.parametrize("text", ["()", "scalar", " Scalar ", "number", "[]", "( )"])
def test_a_number_has_the_empty_shape(text: str) -> None:
    assert parsed_shape(text) == ()


@pytest.mark.parametrize("text", ["", "four", "4,x", "(4", "-4", "4.5", "X", "?", "4x", "(4,1"])
def test_what_is_no_shape(text: str) -> None:
    assert parsed_shape(text) is None


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("+", 1), ("pos", 1), ("Positive", 1), (">0", 1), ("0.3", 1),
        ("-", -1), ("−", -1), ("neg", -1), ("NEGATIVE", -1), ("minus", -1), ("-2e-3", -1),
        ("0", 0), ("zero", 0), ("0.0", 0),
        ("", None), ("maybe", None), ("4x1", None),
    ],
)  # fmt: skip
def test_a_sign_is_a_word_a_mark_or_a_number(text: str, sign: int | None) -> None:
    assert parsed_sign(text) == sign


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("-0.25", -0.25), ("−0.25", -0.25), ("-,25", -0.25), ("0,5", 0.5), (".5", 0.5), ("3", 3.0),
        ("1/4", 0.25), ("-1/4", -0.25), ("½", 0.5), ("2e-3", 0.002), ("25%", 0.25), ("≈ 0.1", 0.1),
        ("about 0.1", 0.1),
        ("1/0", None), ("", None), ("x", None), ("1 2", None), ("1.2.3", None),
    ],
)  # fmt: skip
def test_a_value_has_a_point_a_comma_or_a_fraction(text: str, number: float | None) -> None:
    assert parsed_number(text) == (None if number is None else pytest.approx(number))
