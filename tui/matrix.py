"""A matrix as rows of text, formatting only what is visible.

          0        1        2        column numbers, kept in place while scrolling
    0  -0.2514 ▌ 0.1101▐  0.0712     an entry that the statement changed stands between marks
    1   0.0023   0.0000   0.0044     row numbers, likewise
    rows 0–1 of 784, columns 0–2 of 128

A matrix that fits has neither numbers nor the line beneath; numbers that would cost a column or a
row that is needed more are left out. An array with more than two dimensions
is a stack of matrices, each under a heading such as ``[0,:,:]``. Whatever the size of the array,
the work is one pass for the format and then the cells that are seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tui.lines import Line, Run, cut_text, width_of
from tui.numbers import Array, Format, choose_format

ROOMY = 6
"""A window with more lines than this has column numbers even if every column is seen."""
CHANGED = "▌▐"
"""What stands left and right of a changed entry: the change is not told by colour alone."""
GAP = 2
"""Cells between entries; the marks of a change stand in them."""


@dataclass(frozen=True, eq=False)
class Grid:
    """An array seen as a stack of matrices, and how its entries are written."""

    values: Array
    """Three axes: slices, rows, columns."""
    shape: tuple[int, ...]
    """The array's own shape."""
    format: Format
    changed: Array | None
    """True where an entry differs from before, laid out as `values`; None if nothing was kept."""
    tight: bool = False
    """One blank between entries instead of two: there is little room, and no change to mark."""

    @property
    def cell_width(self) -> int:
        """Cells that one number takes, the gap before it included."""
        return self.format.width + (1 if self.tight else GAP)

    @property
    def width(self) -> int:
        """Cells needed to show every column."""
        return max(int(self.values.shape[2]) * self.cell_width, len(self.heading(0)))

    @property
    def gutter(self) -> int:
        """Cells that the row numbers of a window take."""
        rows = int(self.values.shape[1])
        return len(str(max(rows - 1, 0))) + 1 if rows > 1 or self.stacked else 0

    @property
    def height(self) -> int:
        """Lines needed to show every row, headings included."""
        slices, rows = int(self.values.shape[0]), int(self.values.shape[1])
        return slices * (rows + 1) if self.stacked else rows

    @property
    def stacked(self) -> bool:
        """Is it a tensor, shown slice under slice?"""
        return len(self.shape) > 2

    def heading(self, index: int) -> str:
        """``[1,0,:,:]`` over a slice of a stack, else nothing."""
        if not self.stacked or not self.values.shape[0]:
            return ""
        place = np.unravel_index(index, self.shape[:-2])
        return "[" + ",".join(str(int(number)) for number in place) + ",:,:]"


@dataclass(frozen=True)
class Picture:
    """The part of a matrix that is visible."""

    lines: tuple[Line, ...]
    width: int
    note: str
    """Which rows and columns these are, or ``""`` where all are shown."""
    top: int
    left: int
    """First row and column shown, after the wish was kept inside the matrix."""
    rows: int
    columns: int
    """How many are shown."""


def grid_of(value: Any, before: Any = None) -> Grid:
    """`value` as a grid; entries that differ from `before`, if only some do, are its changes."""
    array = np.asarray(value)
    changed = None
    if isinstance(before, np.ndarray) and before.shape == array.shape and array.ndim:
        differs = before != array
        if array.dtype.kind in "fc" and before.dtype.kind in "fc":
            differs &= ~(np.isnan(before) & np.isnan(array))
        if not differs.all():
            changed = _as_stack(differs)
    return Grid(_as_stack(array), array.shape, choose_format(array), changed)


def picture(grid: Grid, width: int, height: int, top: int = 0, left: int = 0) -> Picture:
    """What of `grid` is seen through `width` × `height` cells, starting at row `top`, `left`."""
    columns = int(grid.values.shape[2])
    if not grid.values.size:
        return Picture(((("empty", "dim"),),), 5, "", 0, 0, 0, 0)
    if grid.width <= width and grid.height <= height:
        lines = tuple(_row(grid, row, 0, columns) for row in range(grid.height))
        return Picture(lines, grid.width, "", 0, 0, grid.height, columns)
    gutter = grid.gutter
    entries = columns * grid.cell_width
    if entries <= width < entries + gutter or gutter + grid.cell_width > width:
        gutter = 0  # a number is worth more than the number of its row
    shown_columns = max(1, min(columns, (width - gutter) // grid.cell_width))
    numbered = height > 1 and (shown_columns < columns or (height > ROOMY and not grid.stacked))
    shown_rows = max(1, min(grid.height, height - 1 if numbered else height))
    top = max(0, min(top, grid.height - shown_rows))
    left = max(0, min(left, columns - shown_columns))
    numbers = (_column_numbers(grid, gutter, left, shown_columns),) if numbered else ()
    lines = (
        *numbers,
        *(
            _numbered_row(grid, row, gutter, left, shown_columns)
            for row in range(top, top + shown_rows)
        ),
    )
    note = _note(grid, top, left, shown_rows, shown_columns)
    seen = max(map(width_of, lines))
    return Picture(lines, seen, note, top, left, shown_rows, shown_columns)


def _as_stack(array: Array) -> Array:
    """`array` with exactly three axes; a vector is one row."""
    rows, columns = (1, 1, *array.shape)[-2:]
    slices = int(np.prod(array.shape[:-2], dtype=int)) if array.ndim > 2 else 1
    return array.reshape(slices, rows, columns)


def _row(grid: Grid, row: int, left: int, count: int) -> Line:
    """One line of the stack: a heading, or the entries of a row."""
    rows = grid.values.shape[1]
    index, row = divmod(row, rows + 1) if grid.stacked else (0, row + 1)
    if grid.stacked and row == 0:
        return ((grid.heading(index), "dim"),)
    row -= 1
    entries = grid.values[index, row, left : left + count].tolist()
    marks = (
        [False] * len(entries)
        if grid.changed is None
        else grid.changed[index, row, left : left + count].tolist()
    )
    runs: list[Run] = []
    for entry, marked in zip(entries, marks, strict=True):
        text = grid.format.cell(entry)
        if marked:
            text = CHANGED[0] + text + CHANGED[1]
        else:
            text = f" {text}" if grid.tight else f" {text} "
        role = "changed" if marked else role_of(entry)
        if runs and runs[-1][1] == role:
            runs[-1] = (runs[-1][0] + text, role)
        else:
            runs.append((text, role))
    return tuple(runs)


def role_of(entry: Any) -> str:
    """How an entry looks: the sign, a zero and a number gone wrong are also told by its text."""
    if isinstance(entry, bool) or not isinstance(entry, (int, float)):
        return "number"
    if entry != entry or entry in (float("inf"), float("-inf")):
        return "bad"
    return "number" if entry > 0 else "negative" if entry < 0 else "zero"


def _numbered_row(grid: Grid, row: int, gutter: int, left: int, count: int) -> Line:
    if not gutter:
        return _row(grid, row, left, count)
    rows = grid.values.shape[1]
    number = row % (rows + 1) - 1 if grid.stacked else row
    head = str(number).rjust(gutter - 1) + " " if number >= 0 else " " * gutter
    return ((head, "dim"), *_row(grid, row, left, count))


def _column_numbers(grid: Grid, gutter: int, left: int, count: int) -> Line:
    width = grid.format.width
    numbers = (
        f" {cut_text(str(column), width).rjust(width)}".ljust(grid.cell_width)
        for column in range(left, left + count)
    )
    return ((" " * gutter + "".join(numbers), "dim"),)


def _note(grid: Grid, top: int, left: int, rows: int, columns: int) -> str:
    """``rows 0–9 of 784, columns 0–6 of 128``: only what is not shown whole."""
    parts = []
    if rows < grid.height:
        word = "lines" if grid.stacked else "rows"
        which = f"{word} {top}–{top + rows - 1}" if rows > 1 else f"{word[:-1]} {top}"
        parts.append(f"{which} of {grid.height}")
    all_columns = grid.values.shape[2]
    if columns < all_columns:
        which = f"columns {left}–{left + columns - 1}" if columns > 1 else f"column {left}"
        parts.append(f"{which} of {all_columns}")
    return ", ".join(parts)
