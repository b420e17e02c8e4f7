"""A pane with a cursor on an entry of a matrix: keys and mouse, the same wherever a matrix is.

    arrows PgUp PgDn Home End Ctrl+Home Ctrl+End   move the cursor; with Shift they select
    click, drag, double click, wheel               the same with the mouse

Slices, digits and shades are commands (:mod:`stepnet.session.commands.matrices`). What the matrix
is and where it is drawn is the pane's own business; here is only how it is looked at, which is a
:class:`~tui.sight.Sight`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from tui.copying import numpy_text
from tui.grid import Grid, Manner
from tui.heat import TURNS
from tui.matrix import Picture
from tui.numbers import scalar_text
from tui.pane import WHEEL, Pane
from tui.sight import Sight, index_of, moved, scrolled, sliced, turned
from tui.term import Spot

FAR = 1 << 40
"""Further than any matrix goes."""
KEYS = (
    "Arrows, PgUp PgDn, Home End and the mouse move the cursor, Shift selects, y copies the "
    "selection or the whole as NumPy text."
)
"""How a matrix is explored, for the help screen; digits, shades and slices are commands."""


class GridPane(Pane):
    """A pane that shows matrices and has its cursor in one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "entry(-1, 0)", show=False),
        Binding("down", "entry(1, 0)", show=False),
        Binding("left", "entry(0, -1)", show=False),
        Binding("right", "entry(0, 1)", show=False),
        Binding("shift+up", "entry(-1, 0, True)", show=False),
        Binding("shift+down", "entry(1, 0, True)", show=False),
        Binding("shift+left", "entry(0, -1, True)", show=False),
        Binding("shift+right", "entry(0, 1, True)", show=False),
        Binding("shift+home", f"entry(0, -{FAR}, True)", show=False),
        Binding("shift+end", f"entry(0, {FAR}, True)", show=False),
        Binding("ctrl+home", f"entry(-{FAR}, -{FAR})", show=False),
        Binding("ctrl+end", f"entry({FAR}, {FAR})", show=False),
        Binding("j", "text(1)", show=False),
        Binding("k", "text(-1)", show=False),
        Binding("space", "text_page(1)", show=False),
    ]

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.manner = Manner()
        self._dragging = False

    # What a pane of this kind says about itself.

    @property
    def grid(self) -> Grid | None:
        """The matrix that has the cursor."""
        raise NotImplementedError

    @property
    def spot(self) -> Spot | None:
        """Where it is drawn, in lines and cells of the pane's content."""
        raise NotImplementedError

    @property
    def sight(self) -> Sight:
        """How it is looked at."""
        raise NotImplementedError

    @property
    def label(self) -> str:
        """Its name."""
        raise NotImplementedError

    def see(self, sight: Sight) -> None:
        """Look at it so from now on."""
        raise NotImplementedError

    def choose_at(self, cell: int, line: int) -> Spot | None:
        """Give the cursor to the matrix that is drawn there; where that is, if one is."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Make the content anew for what has changed in the way it is looked at."""
        raise NotImplementedError

    # What is under the cursor.

    @property
    def index(self) -> tuple[int, ...]:
        """The index of the entry under the cursor in its array."""
        grid = self.grid
        return index_of(self.sight, self.sight.cursor, grid.array.ndim) if grid else ()

    def told(self) -> str:
        """``dE_dw[0,0] = -0.25137426``: the entry under the cursor with eight digits."""
        grid = self.grid
        if grid is None or not grid.plane.size:
            return ""
        chosen = self.sight.selected
        if chosen is not None:
            return f"{self.label}: {len(chosen[0])}×{len(chosen[1])} selected"
        where = ",".join(map(str, self.index))
        label = f"{self.label}[{where}]" if where else self.label
        return f"{label} = {scalar_text(grid.array[self.index])}"

    def copied(self) -> tuple[str, str]:
        grid = self.grid
        if grid is None:
            return "", ""
        chosen = self.sight.selected
        if chosen is None:
            shape = f"({','.join(map(str, grid.shape))}{',' if len(grid.shape) == 1 else ''})"
            return f"{self.label} {shape}", numpy_text(grid.array)
        rows, columns = (slice(part.start, part.stop) for part in chosen)
        what = f"{len(chosen[0])}×{len(chosen[1])} entries of {self.label}"
        return what, numpy_text(grid.plane[rows, columns])

    # Keys.

    def settle(self) -> None:
        """The cursor, or the way of looking, is another: show that."""
        self.lay_out()
        spot = self.spot
        if spot is not None:
            drawn = spot.picture
            self.scroll_to_line(spot.line + drawn.head + self.sight.row - drawn.top)
        self.redraw()

    def action_entry(self, down: int, right: int, selecting: bool = False) -> None:
        """Move the cursor; where it cannot go further, scroll the text."""
        grid = self.grid
        if grid is None or not grid.plane.size or self.spot is None:
            self.action_text(max(-1, min(down, 1)))
            return
        before = self.sight
        place = before.row + down, before.column + right
        self.see(moved(before, place, (grid.rows, grid.columns), selecting=selecting))
        if down and self.sight == before:
            self.action_text(max(-1, min(down, 1)))
            return
        self.settle()

    def action_page(self, pages: int) -> None:
        spot = self.spot
        if spot is None or not spot.picture.note:
            super().action_page(pages)
        else:
            self.action_entry(pages * max(spot.picture.rows - 1, 1), 0)

    def action_edge(self, end: int) -> None:
        """To the first or last column; from there to the first or last row."""
        before = self.sight.cursor
        self.action_entry(0, end * FAR)
        if self.sight.cursor == before and self.grid is not None:
            self.action_entry(end * FAR, 0)

    def action_text(self, lines: int) -> None:
        """Scroll the pane and not a matrix in it."""
        self.top += lines
        self.redraw()

    def action_text_page(self, pages: int) -> None:
        """Scroll the pane by pages."""
        self.action_text(pages * max(self.inner_height - 1, 1))

    def show_digits(self, more: int) -> None:
        """Show more digits, or fewer."""
        self.manner = replace(self.manner, digits=max(-16, min(self.manner.digits + more, 16)))
        self.settle()

    def show_shades(self) -> None:
        """Numbers, then shades, then both."""
        self.manner = replace(self.manner, shading=TURNS[self.manner.shading])
        self.settle()

    def show_slice(self, which: int, by: int) -> None:
        """Another slice of a tensor, along the last or an earlier one of the other axes."""
        if self.grid is not None:
            self.see(sliced(self.sight, self.grid.shape, which, by))
            self.settle()

    def show_other_axes(self) -> None:
        """Other axes of a tensor as rows and columns."""
        if self.grid is not None:
            self.see(turned(self.sight, len(self.grid.shape)))
            self.settle()

    # Mouse.

    def _place(self, event: events.MouseEvent) -> tuple[int, int]:
        """Cell and line of the content under the mouse."""
        return event.x - 1, event.y - 1 + self.top

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1 or not 0 < event.y <= self.inner_height:
            return
        cell, line = self._place(event)
        spot = self.choose_at(cell, line)
        if spot is None:
            return
        place = spot.picture.entry_at(cell - spot.cell, line - spot.line, nearest=True)
        grid = self.grid
        if place is not None and grid is not None:
            self.see(moved(self.sight, place, (grid.rows, grid.columns), selecting=event.shift))
            self._dragging = True
            self.capture_mouse()
            self.settle()

    def on_click(self, event: events.Click) -> None:
        if event.chain == 2 and self.choose_at(*self._place(event)) is not None:
            self.enter()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        grid, spot = self.grid, self.spot
        if not self._dragging or grid is None or spot is None:
            return
        cell, line = self._place(event)
        place = spot.picture.entry_at(cell - spot.cell, line - spot.line, nearest=True)
        if place is not None and place != self.sight.cursor:
            self.see(moved(self.sight, place, (grid.rows, grid.columns), selecting=True))
            self.settle()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        """Scroll the matrix under the mouse, or the text where it is not in a window."""
        spot = self.choose_at(*self._place(event))
        if spot is None or not _can_scroll(spot.picture, lines, self.grid):
            self.action_text(lines)
            return
        self.see(scrolled(self.sight, lines, spot.picture.seen))
        self.lay_out()
        self.redraw()

    def refocused(self) -> None:
        self.lay_out()  # the cursor is shown where the keys go
        self.redraw()


def _can_scroll(drawn: Picture, lines: int, grid: Grid | None) -> bool:
    """Are there rows beyond the window, that way?"""
    if grid is None:
        return False
    return drawn.top > 0 if lines < 0 else drawn.top + drawn.rows < grid.rows
