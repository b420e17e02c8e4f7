"""An array as a grid of cells: which slice of it, and how its entries are written and marked.

An array with two axes is itself; a number is one cell, a vector one row; of an array with more
axes one slice is seen at a time, under a heading such as ``[2,·,·] of 3``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from tui.heat import Shading
from tui.lines import Line
from tui.numbers import Array, Format, choose_format
from tui.sight import Sight, heading, other_axes

GAP = 2
"""Cells between entries; the marks of a change stand in them."""
PATCH = 3
"""Cells of an entry that is shown as a shade only."""


@dataclass(frozen=True)
class Manner:
    """How entries are written, as somebody has chosen."""

    digits: int = 0
    """Decimals more (or fewer) than a matrix gets by itself."""
    shading: Shading = "numbers"


@dataclass(frozen=True, eq=False)
class Grid:
    """An array and how it is to be drawn."""

    array: Array
    format: Format
    changed: Array | None = None
    """True where an entry differs from before, laid out as `array`; None if nothing was kept."""
    lit: Array | None = None
    """True where an entry takes part in what is being explained."""
    tight: bool = False
    """One blank between entries instead of two: there is little room, and no mark to make."""
    shading: Shading = "numbers"
    sight: Sight = field(default_factory=Sight)
    """Which slice is seen; the window and the cursor are given when it is drawn."""

    drawn: dict[tuple[int, ...], Line] = field(default_factory=dict, init=False)
    """Rows that were drawn, without a cursor in them, by number and window."""
    dresses: dict[object, Grid] = field(default_factory=dict, init=False)
    """The same array as it was last looked at."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The array's own shape."""
        return self.array.shape

    @cached_property
    def plane(self) -> Array:
        """The rows and columns that are seen."""
        return plane_of(self.array, self.sight)

    @property
    def rows(self) -> int:
        """How many rows the slice has."""
        return int(self.plane.shape[0])

    @property
    def columns(self) -> int:
        """How many columns the slice has."""
        return int(self.plane.shape[1])

    @property
    def largest(self) -> float:
        """The size of the largest finite entry."""
        finite = [abs(float(value)) for value in self.format.extremes if math.isfinite(value)]
        return max(finite, default=1.0)

    @property
    def entry_width(self) -> int:
        """Cells that an entry itself takes."""
        if self.shading == "heat":
            return PATCH + (1 if -math.inf in self.format.extremes else 0)
        return self.format.width + (1 if self.shading == "both" else 0)

    @property
    def cell_width(self) -> int:
        """Cells from one entry to the next."""
        return self.entry_width + (1 if self.tight else GAP)

    @property
    def heading(self) -> str:
        """``[2,·,·] of 3`` over a slice, else nothing."""
        return heading(self.sight, self.shape)

    @property
    def width(self) -> int:
        """Cells needed to show every column."""
        return max(self.columns * self.cell_width, len(self.heading))

    @property
    def height(self) -> int:
        """Lines needed to show every row, and the heading."""
        return self.rows + (1 if self.heading else 0)

    @property
    def gutter(self) -> int:
        """Cells that the row numbers of a window take."""
        return len(str(max(self.rows - 1, 0))) + 1 if self.rows > 1 else 0


def grid_of(value: Any, before: Any = None) -> Grid:
    """`value` as a grid; entries that differ from `before`, if only some do, are its changes."""
    array = np.asarray(value)
    changed = None
    if isinstance(before, np.ndarray) and before.shape == array.shape and array.ndim:
        differs = before != array
        if array.dtype.kind in "fc" and before.dtype.kind in "fc":
            differs &= ~(np.isnan(before) & np.isnan(array))
        if not differs.all():
            changed = differs
    return Grid(array, choose_format(array), changed)


def dressed(grid: Grid, sight: Sight, manner: Manner, lit: Array | None = None) -> Grid:
    """`grid` as it is looked at: its slice, its digits, its shades, and what is pointed out."""
    key = sight.slice, sight.axes, manner
    if lit is None and key in grid.dresses:
        return grid.dresses[key]
    format = grid.format.finer(manner.digits)
    found = replace(grid, format=format, shading=manner.shading, sight=sight, lit=lit)
    if lit is None:
        grid.dresses.clear()
        grid.dresses[key] = found
    return found


def plane_of(array: Array, sight: Sight) -> Array:
    """The slice of an array that a sight shows, with two axes; a vector is one row."""
    if array.ndim <= 2:
        return array.reshape((1, 1, *array.shape)[-2:])
    others = other_axes(sight, array.ndim)
    place: list[int | slice] = [slice(None)] * array.ndim
    for axis, index in zip(others, sight.slice or (0,) * len(others), strict=True):
        place[axis] = min(index, max(array.shape[axis] - 1, 0))
    if not array.size:
        return np.empty((0, 0), array.dtype)
    return np.asarray(array[tuple(place)])
