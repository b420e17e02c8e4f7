"""A statement as its values: operands, operators and results, side by side or stacked.

Side by side, where it fits:

    X.T (3,4)        dE_ds (4,1)     dE_dw (3,1)      labels
     0  1  1  0        0.0715          -0.2514
     0  1  0  1   @   -0.1101     =     0.0023        values, operators at their middle
     1  1  1  1       -0.1413          -0.0676

Stacked, where it does not; large matrices are windows that can be scrolled:

      X.T (784,32)
         0 …
    @ d (32,128)
         0 …
    = dW (784,128)
         0 …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tui.lines import Line, cut_text, fit, width_of
from tui.matrix import Grid, Picture, grid_of, picture
from tui.numbers import scalar_text

MARGIN = 2
FEWEST_COLUMNS = 3
"""A window with fewer columns than this is not worth having: stack the matrices instead."""
FEWEST_ROWS = 3
"""Lines a window keeps, even where the pane then has to scroll."""
WORTH_SCROLLING_FOR = 6
"""A matrix of so many rows is shown whole, even where the comment below it then has to scroll."""
LONGEST_VALUE = 40
"""A value that is not an array is cut to this many characters beside its operator."""


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


def lay_out(
    pieces: Sequence[Piece],
    width: int,
    height: int,
    windows: Sequence[Window],
    selected: int,
) -> Layout:
    """`pieces` in a pane of `width` cells with `height` lines to spare for them."""
    if not pieces:
        return Layout((), ())
    room = width - MARGIN - 1
    tight = [replace(piece, term=_tightened(piece.term)) for piece in pieces]
    for labels in ("one line", "two lines", "cut"):
        for spaced in (pieces, tight):
            widths = [_natural(piece.term, labels) for piece in spaced]
            if sum(widths) + _between(spaced) <= room:
                return _side_by_side(spaced, widths, height, windows, selected, labels)
    shared = _shared_widths(tight, room)
    if shared is not None and not _fits_stacked(pieces, width, height):
        return _side_by_side(tight, shared, height, windows, selected, "cut")
    return _stacked(pieces, width, height, windows, selected)


def _label(term: Term) -> str:
    return f"{term.label} {term.shape}".strip()


def _is_literal(term: Term) -> bool:
    """A number written in the statement needs no label over it."""
    if term.grid is not None:
        return False
    written = term.label == term.text or term.label.endswith(f"={term.text}")
    return written or (not term.shape and term.text in term.label)


def _short(term: Term) -> str:
    return cut_text(term.label if _is_literal(term) else term.text, LONGEST_VALUE)


def _natural(term: Term, labels: str) -> int:
    """The width at which a term shows everything."""
    content = term.grid.width if term.grid else len(_short(term))
    if _is_literal(term):
        return content
    if labels == "one line":
        return max(content, len(_label(term)))
    if labels == "two lines":
        return max(content, len(term.label), len(term.shape))
    return max(content, min(len(term.label), 8), len(term.shape))


def _operator(text: str) -> str:
    return f" {text} " if text and not text.endswith("(") else text


def _between(pieces: Sequence[Piece]) -> int:
    """Cells that operators and brackets take."""
    return sum(len(_operator(piece.before)) + len(piece.after) for piece in pieces)


def _shared_widths(pieces: Sequence[Piece], room: int) -> list[int] | None:
    """Widths for matrices that are too wide: what is left over is shared among those; or None."""
    wanted = [_natural(piece.term, "cut") for piece in pieces]
    left = room - _between(pieces)
    open_ones = set(range(len(pieces)))
    while open_ones:
        share = left // len(open_ones)
        small = {index for index in open_ones if wanted[index] <= share}
        if not small:
            break
        left -= sum(wanted[index] for index in small)
        open_ones -= small
    for index in open_ones:
        grid = pieces[index].term.grid
        if grid is None:
            return None
        share = left // len(open_ones)
        gutter = len(str(grid.values.shape[1])) + 1
        if share < FEWEST_COLUMNS * grid.cell_width + gutter:
            return None
        wanted[index] = share
    return wanted


def _tightened(term: Term) -> Term:
    """The term with its columns closer together, where no marks stand between them."""
    if term.grid is None or term.grid.changed is not None:
        return term
    return replace(term, grid=replace(term.grid, tight=True))


def _fits_stacked(pieces: Sequence[Piece], width: int, height: int) -> bool:
    """Would every matrix be seen whole, one above the other?"""
    grids = [piece.term.grid for piece in pieces if piece.term.grid]
    room = width - MARGIN - max(len(piece.before) for piece in pieces) - 1
    lines = len(pieces) + sum(grid.height for grid in grids)
    return lines <= height and all(grid.width <= room for grid in grids)


def _side_by_side(
    pieces: Sequence[Piece],
    widths: Sequence[int],
    height: int,
    windows: Sequence[Window],
    selected: int,
    labels: str,
) -> Layout:
    heads = 1 if labels == "one line" else 2
    if all(_is_literal(piece.term) for piece in pieces):
        heads = 0
    tallest = max((piece.term.grid.height for piece in pieces if piece.term.grid), default=1)
    rows = max(height - heads, min(tallest, WORTH_SCROLLING_FOR))
    if tallest > rows:
        rows = max(rows - 1, FEWEST_ROWS)  # a line for what part is seen
    pictures = [
        picture(piece.term.grid, size, rows, window.top, window.left) if piece.term.grid else None
        for piece, size, window in zip(pieces, widths, windows, strict=True)
    ]
    body = max((len(drawn.lines) for drawn in pictures if drawn), default=1)
    notes = any(drawn.note for drawn in pictures if drawn)
    middle = heads + (min(body, rows) - 1) // 2
    lines: list[list[Line]] = []
    for row in range(heads + body + (1 if notes else 0)):
        line: list[Line] = [((" " * MARGIN, ""),)]
        for index, (piece, size, drawn) in enumerate(zip(pieces, widths, pictures, strict=True)):
            operator = _operator(piece.before)
            at_middle = row == middle
            line.append(((operator if at_middle else " " * len(operator), "operator"),))
            cell = _cell(piece.term, drawn, row, heads, body, at_middle, index == selected)
            after: Line = ((piece.after if at_middle else " " * len(piece.after), "operator"),)
            if drawn is None:
                line.append(fit((*cell, *after), size + len(piece.after)))
            else:
                line += [fit(cell, size), after]
        lines.append(line)
    flat = tuple(tuple(run for part in line for run in part) for line in lines)
    seen = tuple((index, drawn) for index, drawn in enumerate(pictures) if drawn and drawn.note)
    return Layout(flat, seen)


def _cell(
    term: Term, drawn: Picture | None, row: int, heads: int, body: int, middle: bool, selected: bool
) -> Line:
    """What a term shows in one row of the side-by-side picture."""
    if row < heads:
        if _is_literal(term):
            return ()
        role = "current" if selected and drawn and drawn.note else "title"
        label: Line = ((term.label, role),)
        shape: Line = ((term.shape, "shape"),)
        if heads == 1:
            return (*label, (" ", ""), *shape) if term.shape else label
        return label if row == 0 else shape
    if drawn is None:
        return ((_short(term), "number"),) if middle else ()
    row -= heads
    if row < len(drawn.lines):
        return drawn.lines[row]
    if row == body and drawn.note:
        return ((_brief(drawn.note), "dim"),)
    return ()


def _brief(note: str) -> str:
    return note.replace("rows ", "").replace("columns ", "").replace(", ", " × ")


def _stacked(
    pieces: Sequence[Piece],
    width: int,
    height: int,
    windows: Sequence[Window],
    selected: int,
) -> Layout:
    indent = max(len(piece.before) for piece in pieces) + 1
    heights = _shared_heights(pieces, height - len(pieces))
    lines: list[Line] = []
    seen: list[tuple[int, Picture]] = []
    for index, (piece, rows, window) in enumerate(zip(pieces, heights, windows, strict=True)):
        term = piece.term
        head: Line = ((" " + piece.before.rjust(indent - 1) + " ", "operator"),)
        if term.grid is None:
            value = f"{term.label} {term.shape} " if not _is_literal(term) else ""
            rest = cut_text(_short(term), max(width - width_of(head) - len(value), 8))
            lines.append((*head, (value, "title"), (rest, "number"), (piece.after, "operator")))
            continue
        drawn = picture(term.grid, width - indent - MARGIN, rows, window.top, window.left)
        role = "current" if index == selected and drawn.note else "title"
        lines.append(
            (
                *head,
                (term.label, role),
                (f" {term.shape}", "shape"),
                (piece.after, "operator"),
                (f"  {drawn.note}" if drawn.note else "", "dim"),
            )
        )
        lines += [((" " * indent, ""), *line) for line in drawn.lines]
        if drawn.note:
            seen.append((index, drawn))
    return Layout(tuple(lines), tuple(seen))


def _shared_heights(pieces: Sequence[Piece], room: int) -> list[int]:
    """Lines for every matrix: small ones whole, the others share, the last (the result) most."""
    wanted = [piece.term.grid.height if piece.term.grid else 0 for piece in pieces]
    shares = [1 if size else 0 for size in wanted]
    shares[-1] *= 2
    left = room
    open_ones = {index for index, size in enumerate(wanted) if size}
    while open_ones:
        unit = left / max(sum(shares[index] for index in open_ones), 1)
        small = {index for index in open_ones if wanted[index] <= unit * shares[index]}
        if not small:
            for index in sorted(open_ones):
                last = index == max(open_ones)
                wanted[index] = max(int(left if last else unit * shares[index]), FEWEST_ROWS)
                left -= wanted[index]
            break
        left -= sum(wanted[index] for index in small)
        open_ones -= small
    return wanted


def scrolled(window: Window, drawn: Picture, down: int, right: int) -> Window:
    """`window` moved, starting from what is really seen."""
    return replace(window, top=max(drawn.top + down, 0), left=max(drawn.left + right, 0))
