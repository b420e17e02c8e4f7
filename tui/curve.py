"""A curve drawn with braille dots: two columns and four rows of dots to a cell.

0.62 ┤⣇
     │⠈⢆⡀
     │  ⠈⠉⠒⠒⠤⠤⣀⣀⣀⣀
0.01 ┤
"""

from __future__ import annotations

import math
from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille cell, by row and column of dots."""
LOGARITHMIC_FROM = 500.0
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


def braille(
    places: Sequence[float], values: Sequence[float], width: int, height: int
) -> tuple[str, ...]:
    """The curve through (`places`, `values`) in `width` × `height` cells.

    Places are fractions of the width, 0 to 1, in rising order.
    """
    cells = [[0] * width for _ in range(height)]
    logarithmic = is_logarithmic(values)
    points: list[tuple[int, float]] = []
    for place, value in zip(places, values, strict=True):
        if math.isfinite(value):
            scaled = math.log(value) if logarithmic else value
            points.append((round(place * (2 * width - 1)), scaled))
    if not points:
        return ("",) * height
    low, high = min(y for _, y in points), max(y for _, y in points)
    span = high - low

    def row(value: float) -> int:
        share = (value - low) / span if span > 0 and math.isfinite(span) else 0.0
        return round((1 - share) * (4 * height - 1))

    previous: tuple[int, int] | None = None
    for x, value in points:
        y = row(value)
        for px, py in _line(previous or (x, y), (x, y)):
            cells[py // 4][px // 2] |= DOTS[py % 4][px % 2]
        previous = (x, y)
    return tuple(
        "".join(chr(0x2800 + bits) if bits else " " for bits in line).rstrip() for line in cells
    )


def _line(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """The dots from `start` to `end`."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    return [
        (
            round(start[0] + (end[0] - start[0]) * step / steps),
            round(start[1] + (end[1] - start[1]) * step / steps),
        )
        for step in range(steps + 1)
    ]
