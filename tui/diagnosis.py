"""Why a gradient is not exact: in words, and both values side by side.

wrong: the transpose is missing …
worst at [2,0]: -0.0676, should be 0.1123
  dE_dw (3,1)     ∂E/∂w (3,1)
  -0.2514         -0.2514
   0.0023     ≠    0.0023
 ▌-0.0676▐        ▌0.1123▐
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tui.ascii import ascii_line
from tui.expression import lay_out
from tui.lines import Line, wrap
from tui.numbers import scalar_text
from tui.sight import Sight, sight_of
from tui.term import Piece, at_slice, term_of
from tui.verdict import verdict_role

if TYPE_CHECKING:
    from stepnet.session.views import Diagnosis, Operand

BEFORE = 1
"""Rows and columns that are seen before the worst entry, where not all are."""


def reason_lines(verdict: str, told: Diagnosis, width: int, *, ascii_only: bool) -> list[Line]:
    """The verdict with its reason, and how far off the worst entry is."""
    role = verdict_role(verdict)
    text = f"{verdict}: {told.reason}" if told.reason else verdict
    lines = wrap(ascii_line(text) if ascii_only else text, max(width - 3, 1))
    shown: list[Line] = [((f"  {line}", role),) for line in lines]
    if told.worst is not None and verdict == "wrong":
        claimed, true = (_entry(part, told.worst) for part in (told.claimed, told.true))
        place = f"[{','.join(map(str, told.worst))}] " if told.worst else ""
        shown.append(((f"  worst: {place}is {claimed}, should be {true}"[:width], role),))
    return shown


def _entry(operand: Operand, place: tuple[int, ...]) -> str:
    return scalar_text(np.asarray(operand.value)[place])


def value_lines(verdict: str, told: Diagnosis, width: int, height: int) -> list[Line]:
    """The claimed and the true value side by side, the worst entry of both marked."""
    between = "≈" if verdict == "approximate" else "≠"
    pieces = [
        Piece(before, term_of(part.text, part.shape, part.value, _but_one(part, told.worst)))
        for before, part in (("", told.claimed), (between, told.true))
    ]
    sight = sight_of(told.worst or (), Sight())
    sight = replace(sight, top=max(sight.row - BEFORE, 0), left=max(sight.column - BEFORE, 0))
    pieces = [replace(piece, term=at_slice(piece.term, sight)) for piece in pieces]
    return list(lay_out(pieces, width, height, [sight] * 2, -1).lines)


def _but_one(operand: Operand, place: tuple[int, ...] | None) -> object:
    """The same array with another number in one entry, which will be marked as the change."""
    if place is None or not isinstance(operand.value, np.ndarray) or not operand.value.ndim:
        return None
    other = operand.value.astype(float, copy=True)
    other[place] = 0.0 if other[place] else 1.0
    return other
