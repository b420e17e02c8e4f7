"""A statement's expression, taken apart: its pieces inside out, and the values of one of them.

1    X            (4,3)
2  ▶ X.T          (3,4)      the chosen piece, whose operands and value are shown below
3    dE_ds        (4,1)
4  X.T @ dE_ds    (3,1)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.lines import Line, both_ends, cut_middle, with_role
from tui.term import Piece, term_of

if TYPE_CHECKING:
    from stepnet.session.entry_views import PieceView, TreeView
    from stepnet.session.session import Session

ALWAYS = 3
"""Lines of the tree that are shown even where there is little room."""


def look_inside(session: Session, number: int) -> Inside | None:
    """The statement that has just run, at one of its pieces; None if it has no expression."""
    from stepnet.session.explaining import tree_view

    tree = tree_view(session)
    return Inside(tree, min(number, len(tree.pieces) - 1)) if tree.pieces else None


@dataclass(frozen=True, eq=False)
class Inside:
    """A statement that is looked into, at one of its pieces."""

    tree: TreeView
    number: int
    """The chosen piece, in the order of evaluation."""

    @property
    def piece(self) -> PieceView:
        """The chosen piece."""
        return self.tree.pieces[self.number]

    def moved(self, by: int) -> Inside:
        """At the piece that is evaluated later, or earlier."""
        last = len(self.tree.pieces) - 1
        return replace(self, number=max(0, min(self.number + by, last)))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The pieces whose values are shown: what the chosen one is made of, and itself."""
        return *self.piece.parts, self.number

    def pieces(self) -> tuple[Piece, ...]:
        """Their values, laid out as a statement is."""
        shown: list[Piece] = []
        for number in self.numbers:
            piece = self.tree.pieces[number]
            mark = "" if not shown else "→" if number == self.number else ","
            shown.append(Piece(mark, term_of(piece.text, piece.shape, piece.value)))
        return tuple(shown)

    def lines(self, width: int, room: int) -> list[Line]:
        """The pieces, as many around the chosen one as there is room for."""
        count = len(self.tree.pieces)
        seen = min(count, max(room, ALWAYS))
        first = max(0, min(self.number - seen // 2, count - seen))
        return [self._line(number, width) for number in range(first, first + seen)]

    def _line(self, number: int, width: int) -> Line:
        piece = self.tree.pieces[number]
        chosen = number == self.number
        indent = "  " * piece.depth
        told = piece.note or piece.shape
        room = max(width - len(indent) - len(told) - 9, 8)
        left: Line = (
            (f" {number + 1:2d} ", "dim"),
            ("▶ " if chosen else "  ", "current"),
            (indent + cut_middle(piece.text, room), "strong" if chosen else ""),
        )
        line = both_ends(left, ((f"{told} ", "warn" if piece.note else "shape"),), width)
        return with_role(line, "cursor") if chosen else line
