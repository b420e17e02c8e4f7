"""Explanations as plain text: for the ``:`` prompt, scripts and ``stepnet explain``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from stepnet.explain.portrait import number_text, summary
from stepnet.session.entry_views import (
    EntryView,
    OperandView,
    OriginView,
    PieceView,
    TreeView,
    UseView,
)

Block = tuple[tuple[int, int], ...]


def entry_text(view: EntryView) -> Iterator[str]:
    """An entry: where it was made, its sum, its numbers, its terms with the running total."""
    yield f"{view.text} = {_entry_value(view.value)}" + (f"   {view.address}" if view.line else "")
    if view.line:
        yield f"  {view.at}: {view.statement}"
    if view.formula:
        yield ""
        yield from _formula(view)
    if view.count > 1:
        yield ""
        yield from _table(view)
    if view.sources:
        yield ""
        yield from _aligned([_operand(part) for part in view.sources])
    if view.note:
        yield ""
        yield f"  {view.note}"


def _entry_value(value: object) -> str:
    return "unknown" if value is None else number_text(value)


def _formula(view: EntryView) -> Iterator[str]:
    yield f"  {view.formula}"
    for line in view.numbers:
        yield f"  {' ' * len(view.text)} = {line}"


def _table(view: EntryView) -> Iterator[str]:
    rows = [("term", "numbers", "value", "total")]
    for term in view.terms:
        numbers = number_text(term.value), number_text(term.total)
        rows.append((term.text, term.numbers, *numbers))
    if view.rest_count:
        more = f"{view.rest_count} more"
        rows.append((more, "", number_text(view.rest_sum), number_text(view.total)))
    yield from _aligned(rows, right=2)


def _operand(part: OperandView) -> tuple[str, str, str]:
    return part.text, part.shape, block_text(part.block, np.asarray(part.value).shape)


def block_text(block: Block, shape: tuple[int, ...]) -> str:
    """``row 4``, ``column 0``, ``[0:3,4]``, ``all of it``; ``""`` for a number."""
    if not block:
        return ""
    whole = [(0, length) == part for part, length in zip(block, shape, strict=True)]
    if all(whole):
        return "all of it"
    single = [stop - start == 1 for start, stop in block]
    if len(block) == 2 and whole[1] and single[0]:
        return f"row {block[0][0]}"
    if len(block) == 2 and whole[0] and single[1]:
        return f"column {block[1][0]}"
    parts = [
        str(start) if one else ":" if every else f"{start}:{stop}"
        for (start, stop), one, every in zip(block, single, whole, strict=True)
    ]
    return f"[{','.join(parts)}]"


def tree_text(view: TreeView) -> Iterator[str]:
    """A statement's expression, inside out: each piece with its shape and its value."""
    yield view.statement + (f"   {view.address}" if view.line else "")
    yield from _aligned([_piece(piece) for piece in view.pieces])
    if view.note:
        yield f"  {view.note}"


def _piece(piece: PieceView) -> tuple[str, str, str, str]:
    text = "  " * piece.depth + piece.text
    value = "" if piece.note else summary(piece.value)
    return text, piece.shape, value, piece.note or piece.arithmetic


def origin_text(view: OriginView, level: int = 0) -> Iterator[str]:
    """An entry and what it came from, as a tree of addresses; one line an entry."""
    yield from _aligned(list(_origin(view, 0)), indent="")


def _origin(view: OriginView, level: int) -> Iterator[tuple[str, str, str, str]]:
    entry = f"{view.text} = {_entry_value(view.value)}"
    told = f"({view.note})" if view.note else ""
    yield "  " * level + entry, view.address, view.statement, told
    for part in view.origins:
        yield from _origin(part, level + 1)
    if view.rest:
        yield "  " * (level + 1) + f"{view.rest} more terms", "", "", ""


def uses_text(text: str, views: Sequence[UseView]) -> Iterator[str]:
    """What an entry fed, a line a value."""
    if not views:
        yield f"nothing later in this iteration was computed from {text}"
        return
    yield f"{text} fed:"
    yield from _aligned([_use(view) for view in views])


def _use(view: UseView) -> tuple[str, str, str, str]:
    some = f"{view.entries} of {view.size}" if view.size > 1 else ""
    return view.address, view.name + view.shape, some, view.statement


def _aligned(rows: Sequence[tuple[str, ...]], right: int = 0, indent: str = "  ") -> Iterator[str]:
    """Rows as columns; the last `right` of them set to the right."""
    if not rows:
        return
    columns = len(rows[0])
    widths = [max(len(row[column]) for row in rows) for column in range(columns)]
    for row in rows:
        cells = [
            cell.rjust(width) if column >= columns - right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield indent + "  ".join(cells).rstrip()
