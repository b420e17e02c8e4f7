"""Entries as shades: how large a number is, seen at a glance, without colour too.

    ░░   -▓▓    ▒▒        four steps from zero, which is blank, to the largest size in the matrix
     .    -*     :   #    the same with --ascii

The sign is told by − and, where there are colours, by a tint as well.
"""

from __future__ import annotations

import math
from typing import Any, Literal

Shading = Literal["numbers", "heat", "both"]

TURNS: dict[Shading, Shading] = {"numbers": "heat", "heat": "both", "both": "numbers"}
"""What comes after what when the shading is switched."""
GLYPHS = " ░▒▓█"
STEPS = len(GLYPHS) - 1


def step_of(value: Any, largest: float) -> int:
    """0 for zero, else 1 to 4: the size of an entry as part of the largest."""
    if isinstance(value, bool):
        return STEPS if value else 0
    if not isinstance(value, (int, float)) or not math.isfinite(value) or not value:
        return 0
    return max(1, min(math.ceil(abs(value) / largest * STEPS), STEPS)) if largest else STEPS


def patch(value: Any, largest: float, width: int) -> str:
    """An entry as a sign and its shade; what is no number, or gone wrong, in letters."""
    if isinstance(value, float) and not math.isfinite(value):
        text = "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
        return text.rjust(width)
    negative = not isinstance(value, bool) and isinstance(value, (int, float)) and value < 0
    glyph = GLYPHS[step_of(value, largest)]
    return ("-" if negative else " ") + glyph * (width - 1)


def tint(value: Any, largest: float) -> str:
    """The role that colours an entry: ``up1`` … ``up4``, ``down1`` …, or ``""``."""
    step = step_of(value, largest)
    if not step:
        return ""
    return f"{'down' if value < 0 else 'up'}{step}"
