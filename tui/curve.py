"""Pictures of a series of numbers, drawn with blocks, which every terminal font has.

0.62 █▆▃
     ███▇▄▂
0.01 ███████▇▆▅▄▃▃▂▂▁▁▁
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

BLOCKS = "▁▂▃▄▅▆▇█"
LOGARITHMIC_FROM = 50.0
"""A curve whose largest value is this many times its smallest is drawn on a log scale."""


def sparkline(values: Sequence[float]) -> str:
    """A block for each value, low to high; a blank where there is none."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return ""
    low, high = min(finite), max(finite)
    span = high - low
    blocks = []
    for value in values:
        if not math.isfinite(value):
            blocks.append(" ")
            continue
        level = int((value - low) / span * (len(BLOCKS) - 1) + 0.5) if span > 0 else 0
        blocks.append(BLOCKS[level])
    return "".join(blocks)


def is_logarithmic(values: Sequence[float]) -> bool:
    """True if a linear axis would flatten the smaller values into nothing."""
    finite = [value for value in values if math.isfinite(value)]
    low = min(finite, default=0.0)
    return low > 0 and max(finite) / low >= LOGARITHMIC_FROM


@dataclass(frozen=True)
class Scale:
    """What is low and what is high, for curves that are drawn over each other."""

    low: float
    span: float
    logarithmic: bool

    def levels(
        self, places: Sequence[float], values: Sequence[float], width: int, steps: int
    ) -> list[int | None]:
        """How high a curve is in each column, from 1 to `steps`; None where there is none.

        Places are fractions of the width, 0 to 1, in rising order; between two of them the curve
        is a straight line, and where a value is missing there is a gap.
        """
        points = [
            (place * (width - 1), self._scaled(value))
            for place, value in zip(places, values, strict=True)
        ]
        return [
            None
            if value is None
            else 1 + round((value - self.low) / self.span * (steps - 1))
            if self.span
            else 1
            for value in _sampled(points, width)
        ]

    def _scaled(self, value: float) -> float:
        if not math.isfinite(value) or (self.logarithmic and value <= 0):
            return math.nan
        return math.log(value) if self.logarithmic else value


def scale_of(values: Sequence[float]) -> Scale:
    """A scale on which all of these can be drawn."""
    logarithmic = is_logarithmic(values)
    finite = [value for value in values if math.isfinite(value)]
    shown = [math.log(value) for value in finite] if logarithmic else finite
    low = min(shown, default=0.0)
    return Scale(low, max(shown, default=0.0) - low, logarithmic)


def area(
    places: Sequence[float],
    values: Sequence[float],
    width: int,
    height: int,
    scale: Scale | None = None,
) -> tuple[str, ...]:
    """The area under a curve through (`places`, `values`) in `width` × `height` cells."""
    if not any(map(math.isfinite, values)):
        return ("",) * height
    steps = height * len(BLOCKS)
    levels = (scale or scale_of(values)).levels(places, values, width, steps)
    rows = []
    for row in range(height):
        floor = (height - 1 - row) * len(BLOCKS)
        cells = (
            " " if level is None or level <= floor else BLOCKS[min(level - floor, len(BLOCKS)) - 1]
            for level in levels
        )
        rows.append("".join(cells).rstrip())
    return tuple(rows)


def rows_of(
    places: Sequence[float], values: Sequence[float], width: int, height: int, scale: Scale
) -> list[int | None]:
    """The row in which a curve lies in each column, from the top; None where there is none."""
    levels = scale.levels(places, values, width, height)
    return [None if level is None else height - level for level in levels]


def _sampled(points: Sequence[tuple[float, float]], width: int) -> list[float | None]:
    """The curve at every column; None before, behind and between what is known."""
    columns: list[float | None] = [None] * width
    for (start, first), (end, last) in zip(points, [*points[1:], points[-1]], strict=True):
        for column in range(math.ceil(start), math.floor(end) + 1):
            share = (column - start) / (end - start) if end > start else 0.0
            value = first + (last - first) * share
            columns[column] = value if math.isfinite(value) else None
    for place, value in points:  # a value that falls between two columns is not lost
        if math.isfinite(value) and columns[round(place)] is None:
            columns[round(place)] = value
    return columns
