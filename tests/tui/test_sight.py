"""How a matrix is looked at: cursor, selection, slices."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui.grid import plane_of
from tui.sight import Sight, fits, heading, index_of, moved, scrolled, sight_of, sliced, turned


def test_the_cursor_stays_inside() -> None:
    sight = moved(Sight(), (5, -3), (4, 7))
    assert sight.cursor == (3, 0)
    assert moved(sight, (-1, 99), (4, 7)).cursor == (0, 6)


def test_selecting_keeps_the_corner_it_began_at() -> None:
    sight = moved(Sight(row=2, column=2), (1, 2), (9, 9), selecting=True)
    sight = moved(sight, (1, 4), (9, 9), selecting=True)
    assert sight.selected == (range(1, 3), range(2, 5))
    assert moved(sight, (1, 5), (9, 9)).selected is None


def test_a_window_that_scrolls_takes_the_cursor_along() -> None:
    sight = scrolled(Sight(row=0), 10, (range(5), range(3)))
    assert (sight.top, sight.row) == (10, 10)


def test_slices_along_each_other_axis() -> None:
    shape = (4, 3, 2, 2)
    sight = sliced(Sight(), shape, 0, 1)
    assert heading(sight, shape) == "[0,1,·,·] of 4×3"
    sight = sliced(sliced(sight, shape, 0, 9), shape, 1, 2)
    assert heading(sight, shape) == "[2,2,·,·] of 4×3"
    assert sliced(Sight(), (3, 2), 0, 1) == Sight()
    assert sliced(Sight(), (5, 3, 2), 1, 1) == Sight()


@given(st.integers(0, 4), st.data())
def test_the_entry_under_the_cursor_has_the_index_that_finds_it(
    dimensions: int, data: st.DataObject
) -> None:
    shape = tuple(data.draw(st.integers(1, 4)) for _ in range(dimensions))
    array = np.arange(int(np.prod(shape))).reshape(shape)
    index = tuple(data.draw(st.integers(0, size - 1)) for size in shape)
    sight = Sight()
    for _ in range(data.draw(st.integers(0, 6))):
        sight = turned(sight, dimensions)
    sight = sight_of(index, sight)
    assert index_of(sight, sight.cursor, dimensions) == index
    assert plane_of(array, sight)[sight.cursor] == array[index]
    assert fits(sight, shape)


def test_turning_comes_back_to_where_it_began() -> None:
    sight = Sight()
    for _ in range(6):
        sight = turned(sight, 4)
    assert sight.axes == (2, 3)
