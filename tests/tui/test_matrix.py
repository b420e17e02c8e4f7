"""A matrix as rows of text, formatting only what is visible."""

from __future__ import annotations

import numpy as np
import pytest

from tui.ascii import ascii_text
from tui.grid import Manner, dressed, grid_of
from tui.heat import Shading
from tui.lines import plain, width_of
from tui.matrix import picture
from tui.numbers import Format
from tui.sight import Sight

PLAIN = Sight()


def rows(value: object, width: int = 60, height: int = 10, sight: Sight = PLAIN) -> list[str]:
    grid = dressed(grid_of(value), sight, Manner())
    return [plain(line) for line in picture(grid, width, height, sight).lines]


def test_a_matrix_that_fits_has_no_numbers_around_it() -> None:
    assert rows(np.array([[0, 1], [10, -3]])) == ["  0   1 ", " 10  -3 "]


def test_a_window_keeps_row_and_column_numbers_while_it_scrolls() -> None:
    seen = rows(np.arange(2000).reshape(50, 40), 30, 4, Sight(top=20, left=10))
    assert seen == [
        "      10    11    12    13 ",
        "20   810   811   812   813 ",
        "21   850   851   852   853 ",
        "22   890   891   892   893 ",
    ]


def test_a_window_says_which_part_it_shows() -> None:
    drawn = picture(grid_of(np.zeros((784, 128))), 40, 5, Sight(top=780, left=500))
    assert drawn.note == "rows 780–783 of 784, columns 116–127 of 128"
    assert (drawn.top, drawn.left) == (780, 116)


def test_numbers_of_rows_and_columns_give_way_to_the_entries() -> None:
    value = np.arange(24).reshape(8, 3)
    assert rows(value, 12, 3) == ["  0   1   2 ", "  3   4   5 ", "  6   7   8 "]
    assert rows(value, 14, 3)[0] == "0   0   1   2 "
    assert rows(value, 14, 8)[0].split() == ["0", "1", "2"]
    assert picture(grid_of(value), 4, 1).note == "row 0 of 8, column 0 of 3"


def test_scrolling_past_the_end_stops_at_the_last_row() -> None:
    drawn = picture(grid_of(np.zeros((100, 2))), 40, 5, Sight(top=10**9))
    assert drawn.top == 95


def test_a_vector_is_one_row() -> None:
    assert rows(np.array([1, 2, 3])) == [" 1  2  3 "]


def test_of_a_tensor_one_slice_is_seen_and_named() -> None:
    tensor = np.arange(12).reshape(3, 2, 2)
    assert rows(tensor) == ["[0,·,·] of 3", "  0   1 ", "  2   3 "]
    assert rows(tensor, sight=Sight(slice=(2,))) == ["[2,·,·] of 3", "  8   9 ", " 10  11 "]


def test_other_axes_of_a_tensor_can_be_rows_and_columns() -> None:
    tensor = np.arange(12).reshape(3, 2, 2)
    seen = rows(tensor, sight=Sight(slice=(1,), axes=(0, 1)))
    assert seen == ["[·,·,1] of 2", "  1   3 ", "  5   7 ", "  9  11 "]


def test_of_four_dimensions_two_are_named() -> None:
    tensor = np.arange(24).reshape(2, 3, 2, 2)
    assert rows(tensor, sight=Sight(slice=(1, 2))) == ["[1,2,·,·] of 2×3", " 20  21 ", " 22  23 "]


def test_a_number_is_a_cell() -> None:
    assert rows(np.array(2.5)) == [" 2.5 "]


def test_what_takes_part_stands_between_marks_row_by_row() -> None:
    lit = np.array([[False, True], [True, True]])
    grid = dressed(grid_of(np.eye(2, dtype=int)), PLAIN, Manner(), lit)
    assert [plain(line) for line in picture(grid, 40, 5).lines] == [" 1 ‹0›", "‹0  1›"]


def test_a_mark_does_not_close_at_the_edge_of_a_window() -> None:
    lit = np.ones((1, 30), dtype=bool)
    grid = dressed(grid_of(np.arange(30).reshape(1, 30)), PLAIN, Manner(), lit)
    first = plain(picture(grid, 21, 2).lines[-1])
    last = plain(picture(grid, 21, 2, Sight(left=30)).lines[-1])
    assert first.count("‹") == 1
    assert "›" not in first
    assert last.count("›") == 1
    assert "‹" not in last


def test_more_and_fewer_digits() -> None:
    def seen(digits: int) -> str:
        grid = dressed(grid_of(np.array([2 / 3, 0.0])), PLAIN, Manner(digits))
        return plain(picture(grid, 60, 2).lines[0])

    assert seen(0) == " 0.6667  0      "
    assert seen(2) == " 0.666667  0        "
    assert seen(-9) == " 0.7  0   "
    assert rows(np.array([3]), sight=PLAIN) == [" 3 "]


def test_shades_tell_size_and_sign_without_colour() -> None:
    value = np.array([[0.0, 1.0, -4.0], [2.0, np.nan, -np.inf]])

    def seen(shading: Shading) -> list[str]:
        grid = dressed(grid_of(value), PLAIN, Manner(0, shading))
        return [plain(line) for line in picture(grid, 60, 3).lines]

    assert seen("heat") == ["        ░░░  -███ ", "  ▒▒▒   NaN  -INF "]
    assert seen("both") == ["  0      1.0░  -4.0█ ", "  2.0▒   NaN   -INF  "]
    assert [ascii_text(line) for line in seen("heat")] == [
        "        ...  -### ",
        "  :::   NaN  -INF ",
    ]


def test_the_window_follows_the_cursor() -> None:
    grid = grid_of(np.zeros((100, 80)))
    for row, column in [(0, 0), (99, 79), (50, 3), (0, 79)]:
        drawn = picture(grid, 40, 8, Sight(row=row, column=column), active=True)
        assert row in drawn.seen[0]
        assert column in drawn.seen[1]


def test_the_entry_under_the_mouse_is_the_one_that_is_drawn_there() -> None:
    value = np.arange(5000).reshape(100, 50)
    drawn = picture(grid_of(value), 40, 9, Sight(top=40, left=20))
    for number, line in enumerate(map(plain, drawn.lines)):
        for cell in range(drawn.gutter, drawn.gutter + drawn.columns * drawn.cell_width):
            place = drawn.entry_at(cell, number)
            if number < drawn.head:
                assert place is None
            elif line[cell].strip():
                assert place is not None
                assert line[cell] in str(value[place])
    assert drawn.entry_at(-5, 99, nearest=True) == (drawn.seen[0][-1], drawn.seen[1][0])


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
