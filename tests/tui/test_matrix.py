"""A matrix as rows of text, formatting only what is visible."""

from __future__ import annotations

import numpy as np
import pytest

from tui.lines import plain, width_of
from tui.matrix import grid_of, picture
from tui.numbers import Format


def rows(value: object, width: int = 60, height: int = 10, **scroll: int) -> list[str]:
    return [plain(line) for line in picture(grid_of(value), width, height, **scroll).lines]


def test_a_matrix_that_fits_has_no_numbers_around_it() -> None:
    assert rows(np.array([[0, 1], [10, -3]])) == ["  0   1 ", " 10  -3 "]


def test_a_window_keeps_row_and_column_numbers_while_it_scrolls() -> None:
    seen = rows(np.arange(2000).reshape(50, 40), 30, 4, top=20, left=10)
    assert seen == [
        "      10    11    12    13 ",
        "20   810   811   812   813 ",
        "21   850   851   852   853 ",
        "22   890   891   892   893 ",
    ]


def test_a_window_says_which_part_it_shows() -> None:
    drawn = picture(grid_of(np.zeros((784, 128))), 40, 5, top=780, left=500)
    assert drawn.note == "rows 780–783 of 784, columns 116–127 of 128"
    assert (drawn.top, drawn.left) == (780, 116)


def test_numbers_of_rows_and_columns_give_way_to_the_entries() -> None:
    value = np.arange(24).reshape(8, 3)
    assert rows(value, 12, 3) == ["  0   1   2 ", "  3   4   5 ", "  6   7   8 "]
    assert rows(value, 14, 3)[0] == "0   0   1   2 "
    assert rows(value, 14, 8)[0].split() == ["0", "1", "2"]
    assert picture(grid_of(value), 4, 1).note == "row 0 of 8, column 0 of 3"


def test_scrolling_past_the_end_stops_at_the_last_row() -> None:
    drawn = picture(grid_of(np.zeros((100, 2))), 40, 5, top=10**9)
    assert drawn.top == 95


def test_a_vector_is_one_row() -> None:
    assert rows(np.array([1, 2, 3])) == [" 1  2  3 "]


def test_a_tensor_is_a_stack_of_matrices_with_headings() -> None:
    assert rows(np.arange(8).reshape(2, 2, 2)) == [
        "[0,:,:]",
        " 0  1 ",
        " 2  3 ",
        "[1,:,:]",
        " 4  5 ",
        " 6  7 ",
    ]


def test_four_dimensions_have_two_numbers_in_the_heading() -> None:
    assert "[1,0,:,:]" in rows(np.zeros((2, 2, 1, 3)), height=20)


def test_a_stack_scrolls_line_by_line() -> None:
    seen = rows(np.arange(300).reshape(10, 10, 3), 40, 5, top=12)
    assert seen[:4] == [
        "0   30   31   32 ",
        "1   33   34   35 ",
        "2   36   37   38 ",
        "3   39   40   41 ",
    ]


def test_changed_entries_stand_between_marks() -> None:
    before = np.zeros((2, 2))
    after = np.array([[0, 0], [0, 1.5]])
    drawn = picture(grid_of(after, before), 40, 5)
    assert [plain(line) for line in drawn.lines] == [" 0    0   ", " 0   ▌1.5▐"]


def test_if_every_entry_changed_none_is_marked() -> None:
    drawn = picture(grid_of(np.ones((2, 2)), np.zeros((2, 2))), 40, 5)
    assert "▌" not in "".join(plain(line) for line in drawn.lines)


def test_nan_that_stays_nan_has_not_changed() -> None:
    before = np.array([np.nan, 1.0])
    drawn = picture(grid_of(np.array([np.nan, 2.0]), before), 40, 5)
    assert plain(drawn.lines[0]) == " NaN ▌2.0▐"


@pytest.mark.parametrize(
    "shape", [(0, 3), (3, 0), (1, 1), (7,), (2, 0, 3), (3, 4, 5), (2, 2, 2, 2)]
)
@pytest.mark.parametrize("width", [1, 5, 17, 80])
def test_any_shape_in_any_window_is_drawn_in_its_width(shape: tuple[int, ...], width: int) -> None:
    drawn = picture(grid_of(np.ones(shape)), width, 3)
    assert all(width_of(line) <= drawn.width for line in drawn.lines)


def test_only_entries_that_are_seen_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []
    original = Format.cell

    def counting(self: Format, value: object) -> str:
        written.append(value)
        return original(self, value)

    monkeypatch.setattr(Format, "cell", counting)
    drawn = picture(grid_of(np.random.default_rng(0).normal(size=(784, 128))), 60, 10)
    assert len(written) == drawn.rows * drawn.columns < 80
