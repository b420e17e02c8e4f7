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

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.lines import Line, cut_middle, cut_text, fit, width_of, wrap
from tui.matrix import Picture, picture
from tui.sight import Sight
from tui.term import Layout, Piece, Spot, Term

MARGIN = 2
FEWEST_COLUMNS = 3
"""A window with fewer columns than this is not worth having: stack the matrices instead."""
FEWEST_ROWS = 3
"""Lines that a window of the result keeps, unless it is told otherwise."""
WORTH_SCROLLING_FOR = 6
"""A matrix of so many rows is shown whole, even where the comment below it then has to scroll."""
LONGEST_VALUE = 40
"""A value that is not an array is cut to this many characters where others need the room."""
SIGNS = frozenset("+ - * / ** // % @ ~".split())
"""Behind these a negative number stands in parentheses."""


def lay_out(
    pieces: Sequence[Piece],
    width: int,
    height: int,
    sights: Sequence[Sight],
    selected: int,
    fewest: int = FEWEST_ROWS,
) -> Layout:
    """`pieces` in a pane of `width` cells with `height` lines to spare for them.

    `selected` is the number of the piece that has the cursor, -1 if none shows it; `fewest` are the
    lines that the result keeps, even where the operands then show nothing.
    """
    if not pieces:
        return Layout((), ())
    pieces = _bracketed(pieces)
    room = width - MARGIN - 1
    tight = [replace(piece, term=_tightened(piece.term)) for piece in pieces]
    for labels in ("one line", "two lines", "cut"):
        for spaced in (pieces, tight):
            widths = [_natural(piece.term, labels) for piece in spaced]
            spare = room - sum(widths) - _between(spaced)
            if spare < 0:
                continue
            if sum(_hidden(piece.term) for piece in spaced) > spare:
                return _stacked(pieces, width, height, sights, selected, fewest)
            return _side_by_side(spaced, widths, spare, height, sights, selected, labels)
    shared = _shared_widths(tight, room)
    if shared is not None and not _fits_stacked(pieces, width, height):
        return _side_by_side(tight, shared, 0, height, sights, selected, "cut")
    return _stacked(pieces, width, height, sights, selected, fewest)


def _bracketed(pieces: Sequence[Piece]) -> list[Piece]:
    """Negative numbers behind a sign in parentheses: ``a - (-0.5)``."""
    done = []
    for index, piece in enumerate(pieces):
        term = piece.term
        power = index + 1 < len(pieces) and pieces[index + 1].before == "**"
        if term.grid is None and term.text.startswith("-") and (piece.before in SIGNS or power):
            label = f"({term.label})" if _is_literal(term) else term.label
            piece = replace(piece, term=replace(term, label=label, text=f"({term.text})"))
        done.append(piece)
    return done


def _label(term: Term) -> str:
    return f"{term.label} {term.shape}".strip()


def _is_literal(term: Term) -> bool:
    """A number written in the statement needs no label over it."""
    if term.grid is not None:
        return False
    label, text = term.label.replace(" ", ""), term.text.replace(" ", "")
    written = label == text or label.endswith(f"={text}")
    return written or (not term.shape and term.text in term.label)


def _whole(term: Term) -> str:
    """What a term that is not an array shows, if there is room."""
    return term.label if _is_literal(term) else term.text


def _hidden(term: Term) -> int:
    """Characters that are cut off a value that is not an array."""
    return 0 if term.grid else max(len(_whole(term)) - LONGEST_VALUE, 0)


def _natural(term: Term, labels: str) -> int:
    """The width at which a term shows everything."""
    content = term.grid.width if term.grid else min(len(_whole(term)), LONGEST_VALUE)
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
        if share < FEWEST_COLUMNS * grid.cell_width + grid.gutter:
            return None
        wanted[index] = share
    return wanted


def _tightened(term: Term) -> Term:
    """The term with its columns closer together, where no marks stand between them."""
    if term.grid is None or term.grid.changed is not None or term.grid.lit is not None:
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
    spare: int,
    height: int,
    sights: Sequence[Sight],
    selected: int,
    labels: str,
) -> Layout:
    """The terms in `widths`; `spare` cells are left over for what is not needed but good."""
    heads = 1 if labels == "one line" else 2
    if all(_is_literal(piece.term) for piece in pieces):
        heads = 0
    tallest = max((piece.term.grid.height for piece in pieces if piece.term.grid), default=1)
    rows = max(height - heads, min(tallest, WORTH_SCROLLING_FOR))
    if tallest > rows:
        rows = max(rows - 1, FEWEST_ROWS)  # a line for what part is seen
    widths = _grown(pieces, widths, spare, rows)
    pictures = [
        picture(grid, size, rows, sights[index], active=index == selected)
        if (grid := piece.term.grid)
        else None
        for index, (piece, size) in enumerate(zip(pieces, widths, strict=True))
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
            cell = _cell(piece.term, size, drawn, row, heads, body, at_middle, index == selected)
            after: Line = ((piece.after if at_middle else " " * len(piece.after), "operator"),)
            if drawn is None:
                line.append(fit((*cell, *after), size + len(piece.after)))
            else:
                line += [fit(cell, size), after]
        lines.append(line)
    flat = tuple(tuple(run for part in line for run in part) for line in lines)
    return Layout(flat, tuple(_spots(pieces, widths, pictures, heads)))


def _spots(
    pieces: Sequence[Piece],
    widths: Sequence[int],
    pictures: Sequence[Picture | None],
    line: int,
) -> Iterator[Spot]:
    """Where the matrices stand that are side by side."""
    cell = MARGIN
    for index, (piece, size, drawn) in enumerate(zip(pieces, widths, pictures, strict=True)):
        cell += len(_operator(piece.before))
        if drawn is not None:
            yield Spot(index, line, cell, drawn)
        cell += size + len(piece.after)


def _grown(pieces: Sequence[Piece], widths: Sequence[int], spare: int, rows: int) -> Sequence[int]:
    """`widths` with the spare cells: for row numbers, for the line beneath, for whole names."""
    grown = list(widths)
    seen_in_part = [
        (index, piece.term.grid)
        for index, piece in enumerate(pieces)
        if piece.term.grid and piece.term.grid.height > rows
    ]
    gutters = sum(grid.gutter for _, grid in seen_in_part)
    if gutters <= spare:
        spare -= gutters
        for index, grid in seen_in_part:
            grown[index] += grid.gutter
    wishes = [(index, len(f"0–{grid.height} of {grid.height}")) for index, grid in seen_in_part]
    for index, piece in enumerate(pieces):
        wishes.append((index, 0 if piece.term.grid else len(_whole(piece.term))))
    for index, piece in enumerate(pieces):
        wishes.append((index, 0 if _is_literal(piece.term) else len(piece.term.label)))
    for index, wish in wishes:
        more = min(max(wish - grown[index], 0), spare)
        grown[index] += more
        spare -= more
    return grown


def _cell(
    term: Term,
    size: int,
    drawn: Picture | None,
    row: int,
    heads: int,
    body: int,
    middle: bool,
    selected: bool,
) -> Line:
    """What a term shows in one row of the side-by-side picture."""
    if row < heads:
        if _is_literal(term):
            return ()
        role = "current" if selected else "title"
        shape: Line = ((term.shape, "shape"),)
        room = size if heads == 2 else size - len(f" {term.shape}".rstrip())
        label: Line = ((cut_middle(term.label, room), role),)
        if heads == 1:
            return (*label, (" ", ""), *shape) if term.shape else label
        return label if row == 0 else shape
    if drawn is None:
        return ((cut_text(_whole(term), size), "number"),) if middle else ()
    row -= heads
    if row < len(drawn.lines):
        return drawn.lines[row]
    if row == body and drawn.note:
        return ((_brief(drawn.note), "dim"),)
    return ()


def _brief(note: str) -> str:
    for word in ("rows ", "row ", "columns ", "column ", "lines ", "line "):
        note = note.replace(word, "")
    return note.replace(", ", " × ")


def _stacked(
    pieces: Sequence[Piece],
    width: int,
    height: int,
    sights: Sequence[Sight],
    selected: int,
    fewest: int,
) -> Layout:
    indent = max(len(piece.before) for piece in pieces) + 1
    lines: list[Line] = []
    spots: list[Spot] = []
    result = pieces[-1].term.grid
    needed = len(pieces) + (min(result.height, fewest) if result else 0)
    first = len(pieces) - 1 if height < needed and len(pieces) > 2 else 0
    if first:
        lines.append(_in_one_line(pieces[:first], width))
    heights = _shared_heights(pieces[first:], height - len(lines) - len(pieces) + first, fewest)
    for index, rows in enumerate(heights, start=first):
        piece = pieces[index]
        term = piece.term
        head: Line = ((" " + piece.before.rjust(indent - 1) + " ", "operator"),)
        after: Line = ((piece.after, "operator"),)
        room = width - width_of(head) - len(piece.after) - 1
        if term.grid is None:
            label = "" if _is_literal(term) else f"{_titled(term, room // 2)} "
            lines += _written(term, (*head, (label, "title")), after, width, height)
            continue
        active = index == selected
        drawn = picture(
            term.grid, width - indent - MARGIN, rows, sights[index], active=active and rows > 0
        )
        if not rows:
            drawn = replace(drawn, lines=())
        role = "current" if active else "title"
        note = f"  {drawn.note}" if drawn.note and rows else ""
        if len(term.label) + len(term.shape) + len(note) + 1 > room:
            note = _brief(note)
        name = cut_middle(term.label, max(room - len(term.shape) - len(note) - 1, 8))
        shape: Line = ((f" {term.shape}", "shape"),)
        lines.append((*head, (name, role), *after, *shape, (note, "dim")))
        if rows:
            spots.append(Spot(index, len(lines), indent, drawn))
        lines += [((" " * indent, ""), *line) for line in drawn.lines]
    return Layout(tuple(lines), tuple(spots))


def _titled(term: Term, room: int) -> str:
    """Name and shape; the name gives way."""
    return f"{cut_middle(term.label, max(room - len(term.shape) - 1, 8))} {term.shape}".strip()


def _written(term: Term, head: Line, after: Line, width: int, height: int) -> list[Line]:
    """A value that is no array behind its name, over as many lines as may be."""
    left = width_of(head)
    room = max(width - left - width_of(after) - 1, 8)
    parts = wrap(_whole(term), room)
    most = max(height // 2, 1)
    if len(parts) > most:
        parts = [*parts[: most - 1], cut_text(" ".join(parts[most - 1 :]), room)]
    lines: list[Line] = [((" " * left, ""), (part, "number")) for part in parts]
    lines[0] = (*head, (parts[0], "number"))
    lines[-1] = (*lines[-1], *after)
    return lines


def _in_one_line(pieces: Sequence[Piece], width: int) -> Line:
    """Operands of which no entry can be shown: their names and shapes."""
    runs: list[tuple[str, str]] = [(" ", "")]
    share = max(width // len(pieces) - 4, 8)
    for piece in pieces:
        text = _whole(piece.term) if piece.term.grid is None else _titled(piece.term, share)
        runs += [(_operator(piece.before), "operator"), (text, "title"), (piece.after, "operator")]
    return fit(tuple(runs), width)


def _shared_heights(pieces: Sequence[Piece], room: int, fewest: int) -> list[int]:
    """Lines for every matrix: small ones whole, the others share, the last (the result) most.

    Where there is very little room, the result keeps a few lines and the others may get none.
    """
    wanted = [piece.term.grid.height if piece.term.grid else 0 for piece in pieces]
    fewest = min(wanted[-1], fewest)
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
                wanted[index] = max(left if last else round(unit * shares[index]), 1)
                left -= wanted[index]
            break
        left -= sum(wanted[index] for index in small)
        open_ones -= small
    if fewest:
        wanted[-1] = max(wanted[-1], fewest)
    while sum(wanted) > room and any(wanted[:-1]):
        wanted[wanted.index(max(wanted[:-1]))] -= 1
    return wanted
