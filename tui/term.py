"""The values of a statement as the Step pane lays them out, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tui.grid import Grid, grid_of
from tui.lines import Line
from tui.matrix import Picture
from tui.numbers import scalar_text
from tui.sight import Sight


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
    portrait: list[str] = field(default_factory=list)
    """What :mod:`tui.portrait` has found out about it; empty until it is asked for."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A term and what stands before it: ``@``, ``=``, ``np.dot(`` …"""

    before: str
    term: Term
    after: str = ""


@dataclass(frozen=True)
class Spot:
    """Where a matrix is drawn."""

    piece: int
    """The number of the piece it belongs to."""
    line: int
    cell: int
    """The upper left corner of its picture, from that of the layout."""
    picture: Picture


@dataclass(frozen=True)
class Layout:
    """The laid out expression and the matrices in it."""

    lines: tuple[Line, ...]
    spots: tuple[Spot, ...] = ()

    def spot(self, piece: int) -> Spot | None:
        """Where a piece's matrix is drawn, if it is."""
        return next((spot for spot in self.spots if spot.piece == piece), None)

    def spot_at(self, cell: int, line: int) -> Spot | None:
        """The matrix that is drawn at a place, if there is one."""
        for spot in self.spots:
            inside = 0 <= line - spot.line < len(spot.picture.lines)
            if inside and 0 <= cell - spot.cell < spot.picture.width:
                return spot
        return None


def term_of(label: str, shape: str, value: Any, before: Any = None) -> Term:
    """A value with its label; `before` is what an in-place statement found there."""
    if isinstance(value, np.ndarray) and value.ndim and value.size:
        return Term(label, shape, grid_of(value, before), "", value)
    return Term(label, shape, None, scalar_text(value), value)


def at_slice(term: Term, sight: Sight) -> Term:
    """The term with its tensor cut where a sight says."""
    return replace(term, grid=replace(term.grid, sight=sight)) if term.grid else term
