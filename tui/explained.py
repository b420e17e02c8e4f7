"""An entry explained: the symbolic sum, the numbers put in, and the products with their total.

dE_dw[0,0] = Σₙ X[n,0]·dE_ds[n,0]
           = 0·0.07147 + 1·(−0.1101) + 1·(−0.1413) + 0·0.1123
           = −0.2514

term                    numbers       value    total
X[0,0]·dE_ds[0,0]     0·0.07147           0        0
X[1,0]·dE_ds[1,0]    1·(−0.1101)    −0.1101  −0.1101     of a long sum the largest terms first
…                        24 more  −0.004179  −0.2514     and the others in one line
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from stepnet.explain.portrait import number_text
from stepnet.session.entry_views import EntryView, OperandView, TermView
from stepnet.session.errors import CommandError
from tui.lines import Line, cell_count, cut_text, wrap
from tui.numbers import Array
from tui.pieces import BEFORE

if TYPE_CHECKING:
    from stepnet.session.session import Session

FEW = 6
"""Terms whose numbers stand in the formula; more only stand in the table."""
MEASURED = 200
"""So many terms say how wide the columns of the table are."""
HEAD = ("term", "numbers", "value", "total")
ROLES = ("", "number", "number", "strong")


def explained(
    session: Session,
    text: str,
    index: tuple[int, ...],
    piece: int | None = None,
    *,
    result: bool = True,
    full: bool = False,
) -> Explained:
    """An entry of a name, or of a piece of the current statement, explained.

    `text` is what is written over the value; what is neither a `result` of the statement nor a
    name is looked for among the statement's pieces. Raises CommandError where there is no such
    entry.
    """
    # The rule table is large: it is loaded when somebody asks.
    from stepnet.session.explaining import entry_view, piece_entry_view, tree_view

    if text.endswith(BEFORE):
        raise CommandError(f"{text} the statement: S goes back to it")
    if piece is None and not result and not text.isidentifier():
        numbers = (found.number for found in tree_view(session).pieces if found.text == text)
        piece = next(numbers, None)
    if piece is not None:
        return Explained(piece_entry_view(session, piece, index, full=full), True, full)
    view = entry_view(session, text, index, full=full)
    return Explained(view, view.line == session.position.line, full)


@dataclass(frozen=True, eq=False)
class Explained:
    """What is shown of one entry."""

    view: EntryView
    here: bool
    """Was it made by the statement that is shown?"""
    full: bool
    """Are all of its terms shown, in the order of the sum?"""

    def lines(self, width: int, *, roomy: bool) -> list[Line]:
        """Everything above the table."""
        view = self.view
        lines: list[Line] = []
        if not self.here and view.statement:
            where = f"made at {view.address}: {view.statement}"
            lines += [((f"  {part}", "dim"),) for part in wrap(where, width - 3)]
        lines += _formula(view, width)
        lines += [((f"  {part}", "warn"),) for part in wrap(view.note, width - 3) if part]
        return [*lines, ()] if roomy and self.table_count else lines

    @property
    def table_count(self) -> int:
        """Lines of the table."""
        view = self.view
        return len(view.terms) + 1 + (1 if view.rest_count else 0) if view.count > 1 else 0

    def table_line(self, index: int, width: int) -> Line:
        """One line of the table: heads, a term, or what is left."""
        if index == 0:
            return self._row(HEAD, ("dim",) * 4, width)
        if index <= len(self.view.terms):
            return self._row(_cells(self.view.terms[index - 1]), ROLES, width)
        view = self.view
        rest = ("…", f"{view.rest_count} more", number_text(view.rest_sum), number_text(view.total))
        return self._row(rest, ROLES, width)

    @cached_property
    def _widths(self) -> list[int]:
        rows = [HEAD, *(_cells(term) for term in islice(self.view.terms, MEASURED))]
        rows.append(("", "", number_text(self.view.rest_sum), number_text(self.view.total)))
        return [max(map(cell_count, column)) for column in zip(*rows, strict=True)]

    def _row(self, cells: tuple[str, ...], roles: tuple[str, ...], width: int) -> Line:
        """The cells in their columns; where it is narrow, all but the total give way."""
        widths = list(self._widths)
        for place in (0, 1, 2):
            over = sum(widths) + 2 * 4 - width
            if over > 0:
                widths[place] = widths[place] - over if widths[place] - over >= 8 else 0
        line: list[tuple[str, str]] = []
        for place, (cell, role, size) in enumerate(zip(cells, roles, widths, strict=True)):
            if size:
                text = cut_text(cell, size)
                blanks = " " * (size - cell_count(text))
                line.append((f"  {text}{blanks}" if place == 0 else f"  {blanks}{text}", role))
        return tuple(line)


def _cells(term: TermView) -> tuple[str, ...]:
    return term.text, term.numbers, number_text(term.value), number_text(term.total)


def _formula(view: EntryView, width: int) -> list[Line]:
    """The symbolic sum, and beneath its equals sign what it comes to."""
    text, value = view.text, number_text(view.value) if view.value is not None else ""
    if not view.formula:
        return [((f"  {text} = {value}", "strong"),)] if value else []
    left, _, right = view.formula.partition(" = ")
    indent = len(left) if len(left) <= width // 3 else 2
    lines = _equal(left, right, indent, width, "claim")
    numbers = view.numbers if view.count <= FEW else (f"{value}, the sum of {view.count} terms",)
    for number, told in enumerate(numbers):
        last = number == len(numbers) - 1
        lines += _equal("", told, indent, width, "strong" if last else "number")
    return lines


def _equal(left: str, right: str, indent: int, width: int, role: str) -> list[Line]:
    """``left = right``, the right side wrapped behind the equals sign."""
    parts = wrap(right, max(width - indent - 6, 8))
    heads = [f"  {left.ljust(indent)} = ", *[" " * (indent + 5)] * (len(parts) - 1)]
    return [((head, "title"), (part, role)) for head, part in zip(heads, parts, strict=True)]


def lit_entries(label: str, shape: tuple[int, ...], view: EntryView) -> Array | None:
    """Which entries of an operand take part, or None: it is found by its text."""
    for operand in (*view.operands, *view.sources):
        if operand.text == label and len(operand.block) == len(shape) and operand.block:
            return _block(operand, shape)
    return None


def _block(operand: OperandView, shape: tuple[int, ...]) -> Array:
    lit = np.zeros(shape, dtype=bool)
    lit[tuple(slice(start, end) for start, end in operand.block)] = True
    return lit
