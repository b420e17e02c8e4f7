"""The values of a statement on the screen: how each is looked at, and which has the cursor.

X.T (3,4)        dE_ds (4,1)     dE_dw (3,1)
 0  1  1  0        0.0715         [-0.2514]       the cursor is in the result at first
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tui.expression import FEWEST_ROWS, lay_out
from tui.grid import Manner, dressed
from tui.numbers import Array
from tui.sight import Sight, fits, other_axes, sight_of
from tui.term import Layout, Piece, Spot

Lit = Callable[[int], Array | None]
"""For the number of a piece which of its entries take part in what is explained."""


class Figure:
    """Pieces, a sight for each, and the one that has the cursor."""

    def __init__(self) -> None:
        self.pieces: tuple[Piece, ...] = ()
        self.sights: list[Sight] = []
        self.selected = 0
        """The piece that has the cursor."""
        self.layout = Layout(())

    def show(self, pieces: tuple[Piece, ...], *, anew: bool) -> None:
        """Show other values; `anew` forgets how the ones before were looked at."""
        self.pieces = pieces
        if anew or len(self.sights) != len(pieces):
            self.sights = [Sight()] * len(pieces)
            self.selected = len(pieces) - 1
        for index, piece in enumerate(pieces):
            grid = piece.term.grid
            if grid is None or not fits(self.sights[index], grid.shape):
                self.sights[index] = Sight()

    @property
    def piece(self) -> Piece | None:
        """The piece that has the cursor."""
        return self.pieces[self.selected] if 0 <= self.selected < len(self.pieces) else None

    @property
    def label(self) -> str:
        """Its text."""
        return self.piece.term.label if self.piece else ""

    @property
    def sight(self) -> Sight:
        """How it is looked at."""
        return self.sights[self.selected] if self.piece else Sight()

    @sight.setter
    def sight(self, sight: Sight) -> None:
        self.sights[self.selected] = sight

    def choose(self, direction: int) -> None:
        """Give the cursor to the previous or next matrix."""
        places = [spot.piece for spot in self.layout.spots]
        if places:
            now = places.index(self.selected) if self.selected in places else -1
            self.selected = places[(now + direction) % len(places)]

    def choose_at(self, cell: int, line: int) -> bool:
        """Give the cursor to the matrix that is drawn there, if one is."""
        spot = self.layout.spot_at(cell, line)
        if spot is not None:
            self.selected = spot.piece
        return spot is not None

    def spot(self) -> Spot | None:
        """Where the matrix is drawn that has the cursor."""
        return self.layout.spot(self.selected)

    def bring(self, lit: Lit) -> None:
        """Scroll every other matrix to the first of its entries that take part."""
        for number in range(len(self.pieces)):
            entries = lit(number)
            if entries is not None and number != self.selected:
                first = sight_of(
                    tuple(int(axis[0]) for axis in entries.nonzero()), self.sights[number]
                )
                self.sights[number] = replace(first, top=first.row, left=first.column)

    def follow(self) -> None:
        """Cut the other tensors of as many axes where the one is cut that has the cursor."""
        chosen, own = self.piece, self.sight
        if chosen is None or chosen.term.grid is None:
            return
        dimensions = chosen.term.grid.array.ndim
        for number, piece in enumerate(self.pieces):
            grid = piece.term.grid
            if grid is not None and grid.array.ndim == dimensions > 2:
                others = (grid.shape[axis] for axis in other_axes(own, dimensions))
                places = tuple(
                    min(at, size - 1) for at, size in zip(own.slice, others, strict=False)
                )
                self.sights[number] = replace(self.sights[number], axes=own.axes, slice=places)

    def draw(
        self,
        width: int,
        room: int,
        manner: Manner,
        lit: Lit,
        *,
        active: bool,
        fewest: int = FEWEST_ROWS,
    ) -> None:
        """Lay the values out, and keep what is really seen of each.

        The result keeps the `fewest` lines even where the operands then show nothing.
        """
        pieces = [
            _looked_at(piece, self.sights[number], manner, lit(number))
            for number, piece in enumerate(self.pieces)
        ]
        selected = self.selected if active else -1
        self.layout = lay_out(pieces, width, room, self.sights, selected, fewest)
        for spot in self.layout.spots:
            seen = spot.picture
            sight = self.sights[spot.piece]
            self.sights[spot.piece] = replace(sight, top=seen.top, left=seen.left)


def _looked_at(piece: Piece, sight: Sight, manner: Manner, lit: Array | None) -> Piece:
    """The piece with its slice, its digits and its marks."""
    grid = piece.term.grid
    if grid is None:
        return piece
    return replace(piece, term=replace(piece.term, grid=dressed(grid, sight, manner, lit)))
