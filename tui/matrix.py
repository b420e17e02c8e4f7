"""A matrix as rows of text, formatting only what is visible.

          0        1        2        column numbers, kept in place while scrolling
    0  -0.2514 ▌ 0.1101▐  0.0712     an entry that the statement changed stands between marks
    1   0.0023  ‹0.0000   0.0044›    so does what takes part in the entry that is explained
    rows 0–1 of 784, columns 0–2 of 128

A matrix that fits has neither numbers nor the line beneath, unless they are asked for; numbers that
would cost a column or a row that is needed more are left out. Whatever the size of the array, only
the cells that are seen are worked on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tui.grid import Grid, plane_of
from tui.heat import GLYPHS, patch, step_of, tint
from tui.lines import Line, Run, cut_text, width_of
from tui.sight import Place, Sight

ROOMY = 6
"""A window with more lines than this has column numbers even if every column is seen."""
CHANGED = "▌▐"
"""What stands left and right of a changed entry: the change is not told by colour alone."""
LIT = "‹›"
"""What stands left and right of the entries that take part in what is explained."""

SIGNS = ("negative", "zero")
"""Roles that a tint says as well."""


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
    head: int = 0
    """Lines above the first row: heading and column numbers."""
    gutter: int = 0
    """Cells left of the first column."""
    cell_width: int = 1

    @property
    def seen(self) -> tuple[range, range]:
        """Rows and columns that are shown."""
        return range(self.top, self.top + self.rows), range(self.left, self.left + self.columns)

    def entry_at(self, cell: int, line: int, *, nearest: bool = False) -> Place | None:
        """Row and column of the entry drawn there; the nearest one, or None beside them all."""
        row, column = line - self.head, (cell - self.gutter) // self.cell_width
        inside = 0 <= row < self.rows and 0 <= column < self.columns and self.rows
        if not inside and not (nearest and self.rows and self.columns):
            return None
        row, column = max(0, min(row, self.rows - 1)), max(0, min(column, self.columns - 1))
        return self.top + row, self.left + column


def picture(
    grid: Grid,
    width: int,
    height: int,
    sight: Sight = Sight(),  # noqa: B008 - a value that cannot change
    *,
    active: bool = False,
    numbered: bool = False,
) -> Picture:
    """What of `grid` is seen through `width` × `height` cells.

    `active` shows the cursor, and the window follows it; `numbered` asks for row and column
    numbers even where everything is seen.
    """
    if not grid.plane.size:
        return Picture(((("empty", "dim"),),), 5, "", 0, 0, 0, 0)
    gutter, numbers, rows, columns = _shares(grid, width, height, numbered)
    top, left = sight.top, sight.left
    if active:
        top = max(min(top, sight.row), sight.row - rows + 1)
        left = max(min(left, sight.column), sight.column - columns + 1)
    top = max(0, min(top, grid.rows - rows))
    left = max(0, min(left, grid.columns - columns))
    above: list[Line] = [((grid.heading, "dim"),)] if grid.heading and height > 1 else []
    above += [_column_numbers(grid, gutter, left, columns)] if numbers else []
    cursor = sight if active else None
    lines = (
        *above,
        *(_drawn(grid, row, gutter, left, columns, cursor) for row in range(top, top + rows)),
    )
    note = _note(grid, top, left, rows, columns)
    widest = max(gutter + columns * grid.cell_width, *map(width_of, above), 0)
    return Picture(
        lines, widest, note, top, left, rows, columns, len(above), gutter, grid.cell_width
    )


def _shares(grid: Grid, width: int, height: int, numbered: bool) -> tuple[int, bool, int, int]:
    """Cells for row numbers, whether there are column numbers, and the rows and columns seen."""
    heading = 1 if grid.heading and height > 1 else 0
    room = height - heading
    entries = grid.columns * grid.cell_width
    fits = entries <= width and grid.rows <= room
    if fits and not numbered:
        return 0, False, grid.rows, grid.columns
    gutter = grid.gutter or (2 if numbered else 0)
    if entries <= width < entries + gutter or gutter + grid.cell_width > width:
        gutter = 0  # a number is worth more than the number of its row
    columns = max(1, min(grid.columns, (width - gutter) // grid.cell_width))
    wanted = columns < grid.columns or height > ROOMY
    numbers = room > 1 and wanted and not (fits and room == grid.rows)
    return gutter, numbers, max(1, min(grid.rows, room - numbers)), columns


def _drawn(grid: Grid, row: int, gutter: int, left: int, count: int, cursor: Sight | None) -> Line:
    """A row; one that the cursor is not in is drawn once."""
    if cursor is not None and (cursor.anchor is not None or row == cursor.row):
        return _row(grid, row, gutter, left, count, cursor)
    window = row, gutter, left, count
    if window not in grid.drawn:
        grid.drawn[window] = _row(grid, row, gutter, left, count, None)
    return grid.drawn[window]


def _row(grid: Grid, row: int, gutter: int, left: int, count: int, cursor: Sight | None) -> Line:
    """The number of a row and its entries, with their marks."""
    seen = slice(left, left + count)
    entries = grid.plane[row, seen].tolist()
    changed = _flags(grid, grid.changed, row, seen, count)
    lit = _flags(grid, grid.lit, row, slice(None), grid.columns)
    runs: list[Run] = [(str(row).rjust(gutter - 1) + " ", "dim")] if gutter else []
    for number, entry in enumerate(entries):
        role = "changed" if changed[number] else role_of(entry)
        if grid.shading != "numbers":
            plain = "number" if role in SIGNS else role  # the tint tells the sign
            role = f"{plain} {tint(entry, grid.largest)}".rstrip()
        before, after = " ", "" if grid.tight else " "
        at = left + number
        if lit[at]:
            role += " lit"
            before = LIT[0] if at == 0 or not lit[at - 1] else " "
            after = LIT[1] if at == grid.columns - 1 or not lit[at + 1] else " "
        elif changed[number]:
            before, after = CHANGED[0], CHANGED[1]
        text = entry_text(grid, entry)
        overlay = _overlay(cursor, row, at)
        if not overlay:
            _append(runs, before + text + after, role)
            continue
        _append(runs, before, role)
        _append(runs, text, f"{role} {overlay}")
        _append(runs, after, role)
    return tuple(runs)


def _append(runs: list[Run], text: str, role: str) -> None:
    if runs and runs[-1][1] == role:
        runs[-1] = (runs[-1][0] + text, role)
    elif text:
        runs.append((text, role))


def _flags(grid: Grid, flags: Any, row: int, seen: slice, count: int) -> list[bool]:
    """For each entry that is seen whether it is marked."""
    if flags is None:
        return [False] * count
    found: list[bool] = plane_of(flags, grid.sight)[row, seen].tolist()
    return found


def _overlay(cursor: Sight | None, row: int, column: int) -> str:
    """What the cursor and the selection add to the look of an entry."""
    if cursor is None:
        return ""
    if (row, column) == cursor.cursor:
        return "entry"
    if cursor.anchor is None:
        return ""
    rows, columns = cursor.selected or (range(0), range(0))
    return "selected" if row in rows and column in columns else ""


def entry_text(grid: Grid, entry: Any) -> str:
    """An entry as its number, its shade, or both."""
    if grid.shading == "heat":
        return patch(entry, grid.largest, grid.entry_width)
    text = grid.format.cell(entry)
    return text + GLYPHS[step_of(entry, grid.largest)] if grid.shading == "both" else text


def role_of(entry: Any) -> str:
    """How an entry looks: the sign, a zero and a number gone wrong are also told by its text."""
    if isinstance(entry, bool) or not isinstance(entry, (int, float)):
        return "number"
    if entry != entry or entry in (float("inf"), float("-inf")):
        return "bad"
    return "number" if entry > 0 else "negative" if entry < 0 else "zero"


def _column_numbers(grid: Grid, gutter: int, left: int, count: int) -> Line:
    width = grid.entry_width
    numbers = (
        f" {cut_text(str(column), width).rjust(width)}".ljust(grid.cell_width)
        for column in range(left, left + count)
    )
    return ((" " * gutter + "".join(numbers), "dim"),)


def _note(grid: Grid, top: int, left: int, rows: int, columns: int) -> str:
    """``rows 0–9 of 784, columns 0–6 of 128``: only what is not shown whole."""
    parts = []
    if rows < grid.rows:
        which = f"rows {top}–{top + rows - 1}" if rows > 1 else f"row {top}"
        parts.append(f"{which} of {grid.rows}")
    if columns < grid.columns:
        which = f"columns {left}–{left + columns - 1}" if columns > 1 else f"column {left}"
        parts.append(f"{which} of {grid.columns}")
    return ", ".join(parts)
