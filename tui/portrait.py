"""An array in one line: ``dE_dw (3,1) f8  -0.2514 … 0.0023  mean -0.1056  sd 0.1069``.

What is wrong with it (NaN, Inf, ALL ZERO) comes first and is in capitals.
"""

from __future__ import annotations

import numpy as np

from stepnet.explain.portrait import kind_of, moments, summary, troubles
from stepnet.explain.shapes import shape_of
from tui.lines import Line, fit, width_of


def portrait_line(label: str, value: object, width: int, *, in_full: bool = True) -> list[Line]:
    """The line, as much of it as fits; not `in_full`, only if something is wrong."""
    wrong = troubles(value)
    if not isinstance(value, np.ndarray) or not value.size or not (in_full or wrong):
        return []
    head: Line = ((f"  {label} ", "title"), (f"{shape_of(value)} {kind_of(value)}", "shape"))
    warning: Line = ((f"  {wrong}", "bad"),) if wrong else ()
    low_high, spread = f"  {summary(value)}", moments(value)
    for text in (f"{low_high}  {spread}" if spread else low_high, low_high, ""):
        line = (*head, *warning, (text, "number"))
        if width_of(line) <= width:
            return [line]
    return [fit((*warning, *head), width)]
