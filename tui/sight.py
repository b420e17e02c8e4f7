"""How one matrix is looked at: which slice, which window of it, where the cursor is.

A sight is a value: every key makes a new one, and what is really seen (a :class:`~tui.matrix.
Picture`) puts it right again where it went past an edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

Place = tuple[int, int]
"""A row and a column."""


@dataclass(frozen=True)
class Sight:
    """Window, cursor, selection and slice of one matrix."""

    top: int = 0
    left: int = 0
    """First row and column of the window."""
    row: int = 0
    column: int = 0
    """Where the cursor is."""
    anchor: Place | None = None
    """The corner of the selection that is not the cursor; None if nothing is selected."""
    slice: tuple[int, ...] = ()
    """Of an array with more than two axes: the index on each axis that is not shown."""
    axes: Place | None = None
    """The axes that are rows and columns; None for the last two."""

    @property
    def cursor(self) -> Place:
        """Row and column of the cursor."""
        return self.row, self.column

    @property
    def selected(self) -> tuple[range, range] | None:
        """Rows and columns that are selected, or None."""
        if self.anchor is None:
            return None
        rows, columns = sorted((self.row, self.anchor[0])), sorted((self.column, self.anchor[1]))
        return range(rows[0], rows[1] + 1), range(columns[0], columns[1] + 1)


def moved(sight: Sight, place: Place, size: Place, *, selecting: bool = False) -> Sight:
    """The cursor at `place`, kept inside a matrix of `size`; `selecting` from where it was."""
    row = max(0, min(place[0], size[0] - 1))
    column = max(0, min(place[1], size[1] - 1))
    anchor = (sight.anchor or sight.cursor) if selecting else None
    return replace(sight, row=row, column=column, anchor=anchor)


def scrolled(sight: Sight, rows: int, seen: tuple[range, range]) -> Sight:
    """The window moved by `rows` from what is seen now, and the cursor taken along with it."""
    top = max(seen[0].start + rows, 0)
    row = max(top, min(sight.row, top + len(seen[0]) - 1))
    return replace(sight, top=top, left=seen[1].start, row=row)


def shown_axes(sight: Sight, dimensions: int) -> Place:
    """The axes that are rows and columns of an array with two or more."""
    return sight.axes or (dimensions - 2, dimensions - 1)


def other_axes(sight: Sight, dimensions: int) -> tuple[int, ...]:
    """The axes along which the array is cut."""
    shown = shown_axes(sight, dimensions)
    return tuple(axis for axis in range(dimensions) if axis not in shown)


def sliced(sight: Sight, shape: tuple[int, ...], which: int, by: int) -> Sight:
    """The next or previous slice along the last (`which` 0) or an earlier one of the other axes."""
    others = other_axes(sight, len(shape)) if len(shape) > 2 else ()
    if which >= len(others):
        return sight
    place = list(sight.slice or (0,) * len(others))
    at = len(others) - 1 - which
    place[at] = max(0, min(place[at] + by, shape[others[at]] - 1))
    return replace(sight, slice=tuple(place))


def turned(sight: Sight, dimensions: int) -> Sight:
    """Other axes as rows and columns: the pair before the present one, beginning with the last."""
    if dimensions < 3:
        return sight
    pairs = list(combinations(range(dimensions), 2))
    now = pairs.index(shown_axes(sight, dimensions))
    return Sight(axes=pairs[now - 1])


def index_of(sight: Sight, place: Place, dimensions: int) -> tuple[int, ...]:
    """The array's own index of the entry in a row and a column of the slice."""
    if dimensions < 2:
        return (place[1],) * dimensions
    rest = iter(sight.slice or (0,) * (dimensions - 2))
    shown = dict(zip(shown_axes(sight, dimensions), place, strict=True))
    return tuple(shown[axis] if axis in shown else next(rest) for axis in range(dimensions))


def sight_of(index: tuple[int, ...], sight: Sight) -> Sight:
    """The cursor on an entry given by the array's own index, in its slice."""
    dimensions = len(index)
    if dimensions < 2:
        return replace(sight, row=0, column=index[0] if index else 0, anchor=None)
    row, column = (index[axis] for axis in shown_axes(sight, dimensions))
    rest = tuple(index[axis] for axis in other_axes(sight, dimensions))
    return replace(sight, row=row, column=column, slice=rest, anchor=None)


def heading(sight: Sight, shape: tuple[int, ...]) -> str:
    """``[2,·,·] of 3``: which slice this is; ``""`` if there is but one."""
    if len(shape) < 3:
        return ""
    return f"[{','.join(_marks(sight, shape))}] of " + "×".join(
        str(shape[axis]) for axis in other_axes(sight, len(shape))
    )


def _marks(sight: Sight, shape: tuple[int, ...]) -> Iterator[str]:
    others = other_axes(sight, len(shape))
    rest = iter(sight.slice or (0,) * len(others))
    for axis in range(len(shape)):
        yield str(next(rest)) if axis in others else "·"


def fits(sight: Sight, shape: tuple[int, ...]) -> bool:
    """Is there an entry under the cursor in an array of this shape?"""
    dimensions = len(shape)
    if (sight.axes and max(sight.axes) >= dimensions) or len(sight.slice) > max(dimensions - 2, 0):
        return False
    index = index_of(sight, sight.cursor, dimensions)
    return all(0 <= at < size for at, size in zip(index, shape, strict=True))
