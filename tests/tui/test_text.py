"""Lines, tables, curves, completion, copying and the ASCII table: small things made of text."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tui.ascii import ascii_text
from tui.columns import Table
from tui.completion import complete, hint
from tui.copying import numpy_text
from tui.curve import area, is_logarithmic, sparkline
from tui.highlight import python_line
from tui.lines import both_ends, cut_text, fit, folded, plain, skip, width_of, wrap
from tui.numbers import Array
from tui.panes.program import docstring_end


def test_cut_text_says_that_it_was_cut() -> None:
    assert cut_text("hidden_layer", 7) == "hidden…"
    assert cut_text("short", 7) == "short"


def test_a_line_is_fitted_to_exactly_its_width() -> None:
    line = (("∂E/∂w ", "claim"), ("日本語", ""))
    for width in range(14):
        assert width_of(fit(line, width)) == width


def test_skipping_cells_scrolls_sideways() -> None:
    line = (("abc", "x"), ("def", "y"))
    assert plain(skip(line, 4)) == "ef"
    assert plain(skip(line, 0)) == "abcdef"
    assert plain(skip(line, 99)) == ""


def test_the_right_end_is_kept_when_the_left_is_too_long() -> None:
    assert plain(both_ends((("a long statement", ""),), ((" (4,1)", ""),), 14)) == "a long … (4,1)"


def test_wrapping_breaks_between_words_and_splits_words_that_are_too_long() -> None:
    assert wrap("each weight meets", 11) == ["each weight", "meets"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_folding_keeps_every_character() -> None:
    assert folded("ab  cd", 3) == ["ab ", " cd"]
    assert folded("日本語", 4) == ["日本", "語"]
    assert folded("", 4) == [""]


def test_a_table_gives_up_one_column_before_it_cuts_another() -> None:
    table = Table([("X", "(4,3)", "data", "0 … 1"), ("w", "(3,1)", "parameter", "-1 … 1")], (2,))
    roles = ("", "", "", "")
    assert plain(table.line(1, roles, 60)).split() == ["w", "(3,1)", "parameter", "-1", "…", "1"]
    assert plain(table.line(1, roles, 18)) == "w  (3,1)  -1 … 1  "


def test_the_end_of_a_docstring_is_found() -> None:
    assert docstring_end(["# comment", '"""Title.', "", "More.", '"""', "x = 1"]) == 5
    assert docstring_end(['"""Title."""', "x = 1"]) == 1
    assert docstring_end(["x = 1", '"""not one"""']) == 0
    assert docstring_end([]) == 0


def test_python_is_coloured_without_losing_a_character() -> None:
    code = "    if x == 'it # is': y = f\"{x}\" + 1.5e-3  # why"
    line = python_line(code)
    assert plain(line) == code
    assert ("if", "keyword") in line
    assert ("1.5e-3", "literal") in line
    assert ("# why", "comment") in line


def test_a_sparkline_goes_from_low_to_high() -> None:
    assert sparkline([1.0, 2.0, 3.0]) == "▁▅█"
    assert sparkline([2.0, math.nan, 2.0]) == "▁ ▁"
    assert sparkline([math.nan]) == ""


def test_a_curve_falls_from_the_upper_left_to_the_lower_right() -> None:
    assert area([0.0, 1.0], [1.0, 0.0], 9, 2) == ("█▆▄▂▁", "█████▇▅▃▁")


def test_a_missing_value_is_a_gap_in_the_curve() -> None:
    assert area([0.0, 0.25, 0.5, 0.75, 1.0], [1.0, 1.0, math.nan, 2.0, 2.0], 5, 1) == ("▁▁ ██",)


def test_many_values_share_a_column_and_few_are_joined() -> None:
    many = area([n / 999 for n in range(1000)], [float(n) for n in range(1000)], 8, 1)
    assert many == ("▁▂▃▄▅▆▇█",)
    assert len(area([0.0, 1.0], [0.0, 1.0], 30, 3)[-1]) == 30


def test_a_curve_over_many_decades_is_logarithmic() -> None:
    assert is_logarithmic([1.0, 1e-5])
    assert not is_logarithmic([1.0, 0.5])
    assert not is_logarithmic([1.0, 0.0])


def test_a_curve_without_a_finite_value_is_empty() -> None:
    assert area([0.0, 1.0], [math.nan, math.inf], 5, 2) == ("", "")


def test_tab_completes_a_command_and_then_a_name_of_the_script() -> None:
    assert complete("got", []) == ("goto ", ())
    assert complete("goto 3/dE_dw", ["dE_dw", "w"]) == ("goto 3/dE_dw", ())
    assert complete("goto 3/dE", ["dE_dw", "dE_ds", "w"]) == ("goto 3/dE_d", ("dE_dw", "dE_ds"))
    assert complete("over", [])[1] == ("over", "over-back")
    assert complete("zzz", []) == ("zzz", ())


def test_the_hint_gives_the_grammar_of_a_command() -> None:
    assert hint("goto 3").startswith("goto ADDRESS")
    assert "next-iteration" in hint("next")
    assert hint("") == ""


@pytest.mark.parametrize(
    "value",
    [
        np.array([[0.1, 1 / 3], [-2.5e-17, 1e300]]),
        np.array([1, 2, 3]),
        np.array([[True, False]]),
        np.array([0.1, 2.5], dtype=np.float32),
        np.array([[1, 2]], dtype=np.int8),
        np.array([np.nan, np.inf, -np.inf, 0.5]),
        np.zeros((0, 3)),
        np.arange(24.0).reshape(2, 3, 4),
        np.array(3.5),
    ],
)
def test_copied_text_pasted_into_python_gives_the_same_bits(value: Array) -> None:
    again = eval(numpy_text(value), {"np": np})
    assert again.dtype == value.dtype
    assert again.shape == value.shape
    assert again.tobytes() == value.tobytes()


def test_scalars_and_lists_are_copied_as_python_writes_them() -> None:
    assert numpy_text(np.float64(0.1)) == "0.1"
    assert numpy_text([1, "a"]) == "[1, 'a']"


def test_every_glyph_of_the_screen_has_an_ascii_stand_in_of_the_same_width() -> None:
    text = "╭─╮│╰╯┏━┓┃┗┛▶▷∂·→…▌▐ŷΔΣ×−≤½✓✗▁▂▃▄▅▆▇█⣿⠁⢀é日"
    shown = ascii_text(text)
    assert shown.isascii()
    assert "?" not in shown.replace("??", "")
    assert len(shown) == len(text) + 1  # 日 is two cells wide
    assert ascii_text("∂E/∂ŷ → dE_dŷ") == "dE/dy > dE_dy"
