"""The Matrix pane: one array as large as the screen allows, at every step as it is then.

╭ W1 (784,128) f8 parameter ───────────────── 1/d_W1 ╮
│  W1 (784,128) f8  -0.04 … 0.04  mean 1e-05  sd 0.01 │
│           0        1        2        3        4     │
│    0  -0.0251   0.0110   0.0071  -0.0141   0.0012   │
╰─────────────────────────── W1[0,0] = -0.02513742 ──╯
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from textual.message import Message

from stepnet.explain.shapes import shape_of
from stepnet.session.panes import name_rows, step_view
from tui.grid import Grid, dressed, grid_of
from tui.grid_pane import KEYS, GridPane
from tui.lines import Line, folded, wrap
from tui.matrix import picture
from tui.pane import Chosen
from tui.portrait import portrait_line
from tui.sight import Sight, fits
from tui.term import Spot, Term, term_of

if TYPE_CHECKING:
    from stepnet.session.session import Session

INDENT = 1


class MatrixPane(GridPane):
    """One name's value, whole."""

    TITLE = "Matrix"
    ABOUT = (
        "One name's value as large as the screen allows; it follows the program while you step. "
        "▌entries▐ between marks were changed by the statement that has just run. Enter says what "
        f"the entry under the cursor was made of, o where it came from, u what it fed.\n{KEYS}"
    )

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._shown = Chosen("", None)
        self._tick = 0
        """When it was chosen."""
        self._missing = ""
        self._term: Term | None = None
        self._role = ""
        self._sight = Sight()
        self._spot: Spot | None = None
        self._content: list[Line] = []

    def look_at(self, chosen: Chosen, session: Session) -> None:
        """Show another value from now on: a name's, or what was seen at this moment."""
        self._shown, self._sight = chosen, chosen.sight
        self._tick = session.position.tick
        self.read(session)

    def read(self, session: Session) -> None:
        self._term, self._role = None, ""
        position = session.position
        row = next((row for row in name_rows(session) if row.name == self._shown.label), None)
        if row is not None:
            before = [old.value for old in step_view(session).before if old.text == row.name]
            self._show(row.value, row.shape, before[0] if before else None)
            self._role = row.role
        elif position.tick == self._tick:
            self._show(self._shown.value, shape_of(self._shown.value), None)
        self._missing = f"{self._shown.label} is not a name at {position.address}."
        self.lay_out()

    def _show(self, value: object, shape: str, before: object) -> None:
        label = self._shown.label
        if isinstance(value, np.generic | int | float):
            value = np.asarray(value)  # a number is a matrix of one entry here
        if not isinstance(value, np.ndarray):
            self._term = term_of(label, shape, value)
            return
        grid = grid_of(value, before)
        self._term = Term(label, shape, grid, "", value)
        if not fits(self._sight, grid.shape):
            self._sight = Sight()

    def heading(self) -> tuple[Line, Line]:
        shape = self._term.shape if self._term else ""
        left: Line = ((self.label, "title"), (f" {shape}".rstrip(), "shape"))
        return left, ((self._role, "dim"),) if self._role else ()

    def footing(self) -> str:
        note = self._spot.picture.note if self._spot else ""
        return "  ".join(part for part in (self.told() if self.has_focus else "", note) if part)

    def line_count(self) -> int:
        return len(self._content)

    def line(self, index: int, width: int) -> Line:
        return self._content[index]

    @property
    def grid(self) -> Grid | None:
        grid = self._term.grid if self._term else None
        return dressed(grid, self._sight, self.manner) if grid else None

    @property
    def spot(self) -> Spot | None:
        return self._spot

    @property
    def sight(self) -> Sight:
        return self._sight

    @property
    def label(self) -> str:
        return self._shown.label

    @property
    def entry(self) -> str:
        where = ",".join(map(str, self.index))
        return f"{self.label}[{where}]" if where else self.label

    class Asked(Message):
        """The entry under the cursor wants to be explained."""

    def enter(self) -> bool:
        """Explain the entry under the cursor."""
        if self.grid is not None:
            self.post_message(self.Asked())
        return self.grid is not None

    def see(self, sight: Sight) -> None:
        self._sight = sight

    def choose_at(self, cell: int, line: int) -> Spot | None:
        spot = self._spot
        return spot if spot and 0 <= line - spot.line < len(spot.picture.lines) else None

    def unwind(self) -> bool:
        if self._sight.anchor is None:
            return False
        self._sight = replace(self._sight, anchor=None)
        self.lay_out()
        self.redraw()
        return True

    def laid_out(self) -> None:
        self.lay_out()

    def lay_out(self) -> None:
        width, height = self.inner_width, self.inner_height
        self._spot, self._content = None, []
        term, grid = self._term, self.grid
        if width <= 0:
            return
        if term is None:
            told = wrap(f"{self._missing} Escape goes back.", width - 2)
            self._content = [((f" {part}", "dim"),) for part in told]
            return
        if grid is None:
            self._content = [((f" {part}", ""),) for part in folded(term.text, width - 2)]
            return
        above = portrait_line(term, width, in_full=height > 3)
        room = max(height - len(above), 1)
        drawn = picture(
            grid, width - INDENT, room, self._sight, active=self.has_focus, numbered=True
        )
        self._sight = replace(self._sight, top=drawn.top, left=drawn.left)
        self._spot = Spot(0, len(above), INDENT, drawn)
        self._content = [*above, *(((" " * INDENT, ""), *line) for line in drawn.lines)]
