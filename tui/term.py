"""The values of a statement as the Step pane lays them out, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tui.lines import Line
from tui.matrix import Grid, Picture, grid_of
from tui.numbers import scalar_text


@dataclass(frozen=True, eq=False)
class Term:
    """One value of the expression."""

    label: str
    shape: str
    grid: Grid | None
    """How it is drawn, if it is an array with entries to see."""
    text: str
    """The value on one line, if it is not."""
    value: object


@dataclass(frozen=True, eq=False)
class Piece:
    """A term and what stands before it: ``@``, ``=``, ``np.dot(`` …"""

    before: str
    term: Term
    after: str = ""


@dataclass(frozen=True)
class Window:
    """How far one matrix is scrolled."""

    top: int = 0
    left: int = 0


@dataclass(frozen=True)
class Layout:
    """The laid out expression and what can be scrolled in it."""

    lines: tuple[Line, ...]
    windows: tuple[tuple[int, Picture], ...]
    """For each piece that shows a part of its matrix only: its number and that part."""


def term_of(label: str, shape: str, value: Any, before: Any = None) -> Term:
    """A value with its label; `before` is what an in-place statement found there."""
    if isinstance(value, np.ndarray) and value.ndim and value.size:
        return Term(label, shape, grid_of(value, before), "", value)
    return Term(label, shape, None, scalar_text(value), value)
