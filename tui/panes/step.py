"""The Step pane: the statement that has just run, with every value and every shape.

╭ dE_dw = X.T @ dE_ds ─────────────────────────── ∂E/∂w ╮
│  X.T (3,4)        dE_ds (4,1)     dE_dw (3,1)          │   the values, and a cursor in one
│   …                                                   │
│  dE_dw  -0.25 … 0.0023  mean -0.1056  sd 0.1069        │   the result in a line
│  (3,4) @ (4,1) → (3,1)                                │   how the shapes meet
│  3 of 3 entries changed                               │   what an in-place statement did
│  wrong: the transpose is missing                      │   of a gradient that is not exact
│  Each weight meets every sample once …                │   the script's own comment
│  dE_dw[i,j] = Σₙ X[n,i]·dE_ds[n,j]: the sum runs …    │   why it is what it is
╰─────────────────────────── dE_dw[0,0] = -0.25137426 ──╯
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from textual.binding import Binding, BindingType
from textual.message import Message

from stepnet.session.errors import CommandError
from stepnet.session.panes import step_view
from stepnet.session.position import fault_text
from tui.copying import numpy_text
from tui.diagnosis import reason_lines, value_lines
from tui.explained import Explained, explained, lit_entries
from tui.expression import FEWEST_ROWS
from tui.figure import Figure
from tui.grid import Grid, dressed
from tui.grid_pane import KEYS, GridPane
from tui.inside import ALWAYS, Inside, look_inside
from tui.lines import Line, cut_text, wrap
from tui.numbers import Array
from tui.pane import Chosen
from tui.pieces import BEFORE, pieces_of
from tui.sight import Sight, sight_of
from tui.step_lines import said_below, title_parts
from tui.term import Spot
from tui.verdict import verdict_role
from tui.welcome import fault_lines, welcome_lines

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import StepView

FEWEST_EXPLAINED = 6
"""Lines for the values that an explained entry was made of."""
VALUES_FIRST = 8
"""Lines for the values, or two thirds of the pane, even where the comment then has to scroll."""


class StepPane(GridPane):
    """The values of the statement that has just run."""

    TITLE = "Step"
    ABOUT = (
        "The statement that has just run: its operands and result with their shapes, how the "
        "shapes meet, the script's comment, and why it is what it is. ▌Entries▐ between marks were "
        "changed.\n"
        "Enter explains the entry under the cursor, Enter again shows all of its terms; what takes "
        "part stands between ‹ and ›, Escape closes that.\n"
        f"< and > choose a matrix, or a piece of the statement that is looked into. {KEYS}\n"
        "j, k and Space scroll the text."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign", "choose(-1)", "previous matrix", show=False),
        Binding("greater_than_sign", "choose(1)", "next matrix", show=False),
    ]

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.view: StepView | None = None
        self.fault = ""
        self._under_way = False
        """The program has run for a while and has not stopped yet."""
        self.remark: tuple[str, str] = ("", "")
        """What is said about a prediction, and its role."""
        self._welcome: tuple[str, ...] = ()
        self.figure = Figure()
        self._inside: Inside | None = None
        """The piece of the statement that is looked into."""
        self._wanted: tuple[str, tuple[int, ...]] = ("", ())
        """A name and the entry of it that will get the cursor at the next stop."""
        self._values_at = 0
        """The line of the content on which the values begin."""
        self._content: list[Line] = []
        self._asking = False
        """Is the entry under the cursor explained?"""
        self._full = False
        """With all of its terms?"""
        self._answer: Explained | None = None

    class Asked(Message):
        """The entry under the cursor wants to be explained."""

    def read(self, session: Session) -> None:
        before = self.view
        self._under_way = False
        self.fault = fault_text(session)
        self.view = step_view(session)
        script = session.script
        notes = "\n".join(note for note in (*session.notes, session.seed_note) if note)
        self._welcome = (script.title, script.introduction, notes)
        anew = before is None or before.line != self.view.line
        if anew:
            self._asking = self._full = False
            self._inside = None
        elif self._inside is not None:
            self._inside = look_inside(session, self._inside.number)
        self._show(anew=anew)
        self._take_wanted()
        self.top = 0
        self._explain(session)
        self.lay_out()

    def _show(self, *, anew: bool) -> None:
        """Show the statement's values, or those of the piece that is looked into."""
        if self._inside is not None:
            self.figure.show(self._inside.pieces(), anew=anew)
        elif self.view is not None:
            self.figure.show(pieces_of(self.view), anew=anew)

    def want(self, name: str, index: tuple[int, ...]) -> None:
        """Put the cursor on this entry when the program has stopped where it was made."""
        self._wanted = name, index

    def _take_wanted(self) -> None:
        name, index = self._wanted
        self._wanted = "", ()
        figure = self.figure
        for number, piece in enumerate(figure.pieces):
            grid = piece.term.grid
            if piece.term.label == name and grid is not None and grid.array.ndim == len(index):
                figure.selected, figure.sight = number, sight_of(index, Sight())

    def look_inside(self, session: Session) -> str:
        """Take the statement apart; returns why that cannot be done, or ``""``."""
        inside = look_inside(session, 0)
        if inside is None:
            return "this statement has no expression to look into"
        self._inside = inside
        self._asking = self._full = False
        self._answer = None
        self.top = 0
        self._show(anew=True)
        super().settle()
        return ""

    def answer(self, session: Session) -> str:
        """Explain the entry under the cursor; returns why that cannot be done, or ``""``."""
        error = self._explain(session)
        super().settle()
        return error

    def _explain(self, session: Session) -> str:
        """Find out what the entry under the cursor was made of, if that is asked for."""
        self._answer = None
        figure = self.figure
        if not self._asking or figure.piece is None:
            return ""
        number = self._inside.numbers[figure.selected] if self._inside else None
        made_here = self.view is not None and figure.label in (o.text for o in self.view.results)
        try:
            self._answer = explained(
                session, figure.label, self.index, number, result=made_here, full=self._full
            )
        except CommandError as error:
            self._asking = False
            return str(error)
        figure.bring(self._lit)
        return ""

    def _lit(self, number: int) -> Array | None:
        """Which entries of a piece take part in what is explained."""
        term = self.figure.pieces[number].term
        if self._answer is None or term.grid is None:
            return None
        if number == self.figure.selected:
            lit = np.zeros(term.grid.shape, dtype=bool)
            lit[self.index] = True
            return lit
        if not self._answer.here:
            return None
        return lit_entries(term.label.removesuffix(BEFORE), term.grid.shape, self._answer.view)

    def enter(self) -> bool:
        """Explain the entry under the cursor; again, with all of its terms."""
        if self.figure.piece is None:
            return False
        if self._answer is not None:
            self._full = not self._full
        self._asking = True
        self.post_message(self.Asked())
        return True

    def settle(self) -> None:
        self.figure.follow()
        if self._asking:
            self.post_message(self.Asked())
        else:
            super().settle()

    def glance(self, session: Session) -> bool:
        """The statement changes too often to be shown: what stands here is not now."""
        if self.view is None or self.view.kind != "nothing":
            return False
        self._under_way = True
        self.lay_out()
        return True

    def laid_out(self) -> None:
        self.lay_out()

    def heading(self) -> tuple[Line, Line]:
        view = self.view
        if view is None or view.kind == "nothing":
            return (("Running" if self._under_way else "Nothing has run yet", "title"),), ()
        if self._inside is not None:
            where = f"{self._inside.number + 1} of {len(self._inside.tree.pieces)}"
            statement = cut_text(view.statement, max(self.inner_width - 22, 8))
            return ((f"Inside {statement}", "title"),), ((f"{where}, < >", "dim"),)
        statement, right, _ = self._title_parts(view)
        role = verdict_role(view.verdict) if view.verdict in right else ""
        return ((statement, "title"),), ((right, role or "claim"),) if right else ()

    def _title_parts(self, view: StepView) -> tuple[str, str, bool]:
        return title_parts(view, self.inner_width - 8)

    def line_count(self) -> int:
        return len(self._content) + (self._answer.table_count if self._answer else 0)

    def line(self, index: int, width: int) -> Line:
        if index < len(self._content) or self._answer is None:
            return self._content[index]
        return self._answer.table_line(index - len(self._content), width)

    def footing(self) -> str:
        told = self.told() if self.has_focus else ""
        answer = self._answer
        if answer is not None and answer.full:
            told = f"{told}  Enter: the largest terms"
        elif answer is not None and answer.view.rest_count:
            told = f"{told}  Enter: all {answer.view.count} terms"
        return " ".join(part for part in (told, super().footing()) if part)

    # The matrix that has the cursor.

    @property
    def grid(self) -> Grid | None:
        piece = self.figure.piece
        grid = piece.term.grid if piece else None
        return dressed(grid, self.sight, self.manner) if grid else None

    @property
    def spot(self) -> Spot | None:
        spot = self.figure.spot()
        return replace(spot, line=spot.line + self._values_at) if spot else None

    @property
    def sight(self) -> Sight:
        return self.figure.sight

    @property
    def label(self) -> str:
        return self.figure.label

    @property
    def entry(self) -> str:
        piece = self.figure.piece
        where = ",".join(map(str, self.index))
        label = self.label.removesuffix(BEFORE)
        return (f"{label}[{where}]" if where else label) if piece else ""

    def see(self, sight: Sight) -> None:
        self.figure.sight = sight

    def choose_at(self, cell: int, line: int) -> Spot | None:
        return self.spot if self.figure.choose_at(cell, line - self._values_at) else None

    def chosen(self) -> Chosen | None:
        piece = self.figure.piece
        return Chosen(piece.term.label, piece.term.value, self.sight) if piece else None

    def action_choose(self, direction: int) -> None:
        """Give the cursor to the previous or next matrix; inside a statement, to another piece."""
        if self._inside is None:
            self.figure.choose(direction)
        else:
            self._inside = self._inside.moved(direction)
            self._show(anew=True)
        self.settle()

    def unwind(self) -> bool:
        """Escape: a selection, then the explanation, then the look inside."""
        if self.grid is not None and self.sight.anchor is not None:
            self.see(replace(self.sight, anchor=None))
        elif self._asking:
            self._asking = self._full = False
            self._answer = None
            self.top = 0
        elif self._inside is not None:
            self._inside = None
            self._show(anew=True)
            self.top = 0
        else:
            return False
        self.lay_out()
        self.redraw()
        return True

    def copied(self) -> tuple[str, str]:
        piece = self.figure.piece
        if piece is None or self.grid is not None:
            return super().copied()
        return f"{piece.term.label} {piece.term.shape}".strip(), numpy_text(piece.term.value)

    # Content.

    def lay_out(self) -> None:
        """Lay the content out for the present size."""
        width, height = self.inner_width, self.inner_height
        view = self.view
        if view is None or width <= 0:
            return
        roomy = height >= 12
        above: list[Line] = []
        if self.fault:
            above += fault_lines(self.fault, width)
        if view.kind == "nothing":
            self._content = above + welcome_lines(self._welcome, width)
            if self._under_way:
                self._content[-1] = (("  Escape stops here and shows the statement.", "dim"),)
            return
        if self._title_parts(view)[2]:
            above += [((f" {text}", "strong"),) for text in wrap(view.statement, width - 2)]
        remark, role = self.remark
        above += [((f"  {text}", role),) for text in wrap(remark, width - 3) if remark]
        asked = self._inside is not None or self._answer is not None
        told, verdict = (None if asked else view.diagnosis), view.verdict
        if told is not None:
            above += reason_lines(verdict, told, width, ascii_only=self.ascii_only)
        below = self._below(view, width, roomy=roomy)
        blank: list[Line] = [()] if roomy else []
        if told is not None and verdict == "wrong":
            above += [*blank, *value_lines(verdict, told, width, height // 3)]
        room = height - len(above) - len(below) - 2 * len(blank)
        if self._inside is not None:
            room -= ALWAYS
        fewest = max(VALUES_FIRST, height * 2 // 3)
        if self._answer is not None:
            room = max(room - self._answer.table_count, FEWEST_EXPLAINED)
            fewest = FEWEST_EXPLAINED
        room = max(room, min(height - len(above) - len(blank), fewest))
        if self._inside is not None:
            room = min(room, height - ALWAYS)
        rows = FEWEST_ROWS if self._answer is None else 1
        self.figure.draw(width, room, self.manner, self._lit, active=self.has_focus, fewest=rows)
        values = self.figure.layout.lines
        if told is not None and verdict != "wrong":
            more = [*blank, *value_lines(verdict, told, width, height // 3)]
            used = len(above) + len(values) + len(below) + 2 * len(blank)
            above += more if used + len(more) <= height else []
        if self._inside is not None:
            left = height - len(above) - len(values) - len(below) - 2 * len(blank)
            above += self._inside.lines(width, left)
        self._values_at = len(above) + len(blank)
        self._content = [*above, *blank, *values, *blank, *below]

    def _below(self, view: StepView, width: int, *, roomy: bool) -> list[Line]:
        """What is said of the values: an explanation, a piece's shapes, or the statement's."""
        if self._answer is not None:
            return self._answer.lines(width, roomy=roomy)
        if self._inside is not None:
            told = self._inside.piece.arithmetic
            return [((f"  {text}", "shape"),) for text in wrap(told, width - 3) if text]
        last = self.figure.pieces[-1].term if self.figure.pieces else None
        return said_below(view, last, width, roomy=roomy)
