"""An array in one line: ``dE_dw (3,1) f8  -0.2514 … 0.0023  mean -0.1056  sd 0.1069``.

What is wrong with it (NaN, Inf, ALL ZERO) comes first and is in capitals.
"""

from __future__ import annotations

import numpy as np

from stepnet.explain.portrait import kind_of, moments, summary, troubles
from tui.lines import Line, fit, width_of
from tui.term import Term


def portrait_line(term: Term, width: int, *, in_full: bool = True) -> list[Line]:
    """The line, as much of it as fits; not `in_full`, only if something is wrong."""
    value = term.value
    if not isinstance(value, np.ndarray) or not value.size:
        return []
    low_high, spread, wrong = _told(term)
    if not (in_full or wrong):
        return []
    head: Line = ((f"  {term.label} ", "title"), (f"{term.shape} {kind_of(value)}", "shape"))
    warning: Line = ((f"  {wrong}", "bad"),) if wrong else ()
    for text in (f"  {low_high}  {spread}".rstrip(), f"  {low_high}", ""):
        line = (*head, *warning, (text, "number"))
        if width_of(line) <= width:
            return [line]
    return [fit((*warning, *head), width)]


def _told(term: Term) -> tuple[str, str, str]:
    """Range, spread and what is wrong: of a large array that takes long, so it is kept."""
    if not term.portrait:
        value = term.value
        term.portrait.extend((summary(value), moments(value), troubles(value)))
    low_high, spread, wrong = term.portrait
    return low_high, spread, wrong
