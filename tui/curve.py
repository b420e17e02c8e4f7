"""Pictures of a series of numbers, drawn with blocks, which every terminal font has.

0.62 █▆▃
     ███▇▄▂
0.01 ███████▇▆▅▄▃▃▂▂▁▁▁
"""

from __future__ import annotations

import math
from collections.abc import Sequence

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


def area(
    places: Sequence[float], values: Sequence[float], width: int, height: int
) -> tuple[str, ...]:
    """The area under a curve through (`places`, `values`) in `width` × `height` cells.

    Places are fractions of the width, 0 to 1, in rising order; between two of them the curve is a
    straight line, and where a value is missing there is a gap.
    """
    logarithmic = is_logarithmic(values)
    points = [
        (place * (width - 1), (math.log(value) if logarithmic else value) if known else math.nan)
        for place, value in zip(places, values, strict=True)
        for known in (math.isfinite(value),)
    ]
    finite = [value for _, value in points if math.isfinite(value)]
    if not finite:
        return ("",) * height
    low, span = min(finite), max(finite) - min(finite)
    steps = height * len(BLOCKS)
    levels = [
        None if value is None else 1 + round((value - low) / span * (steps - 1)) if span else 1
        for value in _sampled(points, width)
    ]
    rows = []
    for row in range(height):
        floor = (height - 1 - row) * len(BLOCKS)
        cells = (
            " " if level is None or level <= floor else BLOCKS[min(level - floor, len(BLOCKS)) - 1]
            for level in levels
        )
        rows.append("".join(cells).rstrip())
    return tuple(rows)


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
