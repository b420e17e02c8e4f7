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

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from stepnet.session.errors import CommandError
from stepnet.session.panes import step_view
from tui.copying import numpy_text
from tui.diagnosis import reason_lines, value_lines
from tui.explained import Explained, explained, lit_entries
from tui.expression import lay_out
from tui.grid import Grid, Manner, dressed
from tui.grid_pane import KEYS, GridPane
from tui.lines import Line, cut_text, wrap
from tui.numbers import Array
from tui.pane import Chosen
from tui.pieces import pieces_of
from tui.portrait import portrait_line
from tui.sight import Sight, fits, sight_of
from tui.term import Layout, Piece, Spot
from tui.verdict import verdict_role
from tui.welcome import fault_lines, welcome_lines

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import StepView

ONLY_A_SHAPE = re.compile(r"\s*[(\[][\d\s,x×]*[)\]][.\s]*")
"""A comment that says no more than the shape, which is shown anyway."""
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
        f"< and > choose a matrix. {KEYS}\n"
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
        self._pieces: tuple[Piece, ...] = ()
        self._sights: list[Sight] = []
        self._selected = 0
        self._layout = Layout(())
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
        self.fault = session.position.fault
        self.view = step_view(session)
        script = session.script
        notes = "\n".join(note for note in (*session.notes, session.seed_note) if note)
        self._welcome = (script.title, script.introduction, notes)
        self._pieces = pieces_of(self.view)
        if (
            before is None
            or before.line != self.view.line
            or len(self._sights) != len(self._pieces)
        ):
            self._sights = [Sight()] * len(self._pieces)
            self._selected = len(self._pieces) - 1
            self._asking = self._full = False
        self._keep_inside()
        self.top = 0
        self._explain(session)
        self.lay_out()

    def _keep_inside(self) -> None:
        """Forget how an array was looked at that now has another number of axes, or less rows."""
        for index, piece in enumerate(self._pieces):
            sight, grid = self._sights[index], piece.term.grid
            if grid is None or not fits(sight, grid.shape):
                self._sights[index] = Sight()

    def answer(self, session: Session) -> str:
        """Explain the entry under the cursor; returns why that cannot be done, or ``""``."""
        error = self._explain(session)
        super().settle()
        return error

    def _explain(self, session: Session) -> str:
        """Find out what the entry under the cursor was made of, if that is asked for."""
        self._answer = None
        if not self._asking or not self._pieces:
            return ""
        try:
            self._answer = explained(session, self.label, self.index, full=self._full)
        except CommandError as error:
            self._asking = False
            return str(error)
        for number, piece in enumerate(self._pieces):
            lit = self._lit(number)
            if lit is not None and number != self._selected and piece.term.grid:
                self._sights[number] = around(self._sights[number], lit)
        return ""

    def _lit(self, number: int) -> Array | None:
        """Which entries of a piece take part in what is explained."""
        grid = self._pieces[number].term.grid
        if self._answer is None or grid is None:
            return None
        if number == self._selected:
            lit = np.zeros(grid.shape, dtype=bool)
            lit[self.index] = True
            return lit
        if not self._answer.here:
            return None
        label = self._pieces[number].term.label.removesuffix(" before")
        return lit_entries(label, grid.shape, self._answer.view)

    def enter(self) -> None:
        """Explain the entry under the cursor; again, with all of its terms."""
        if not self._pieces:
            return
        if self._answer is not None:
            self._full = not self._full
        self._asking = True
        self.post_message(self.Asked())

    def settle(self) -> None:
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
        statement, right, _ = self._title_parts(view)
        role = verdict_role(view.verdict) if view.verdict in right else ""
        return ((statement, "title"),), ((right, role or "claim"),) if right else ()

    def _title_parts(self, view: StepView) -> tuple[str, str, bool]:
        """Statement and claim as they fit into the title, and whether the statement was cut.

        The verdict gives way first and the claim next: both stand in the Chain rule pane too.
        """
        rights = [" ".join(word for word in (view.claim, view.verdict) if word), view.claim, ""]
        room = self.inner_width - 8
        for right in rights:
            if cell_len(view.statement) + cell_len(right) <= room:
                return view.statement, right, False
        right = view.claim if room >= 3 * cell_len(view.claim) else ""
        return cut_text(view.statement, max(room - cell_len(right), 8)), right, True

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
        if not 0 <= self._selected < len(self._pieces):
            return None
        grid = self._pieces[self._selected].term.grid
        return dressed(grid, self.sight, self.manner) if grid else None

    @property
    def spot(self) -> Spot | None:
        spot = self._layout.spot(self._selected)
        return replace(spot, line=spot.line + self._values_at) if spot else None

    @property
    def sight(self) -> Sight:
        return self._sights[self._selected]

    @property
    def label(self) -> str:
        return self._pieces[self._selected].term.label

    def see(self, sight: Sight) -> None:
        self._sights[self._selected] = sight

    def choose_at(self, cell: int, line: int) -> Spot | None:
        spot = self._layout.spot_at(cell, line - self._values_at)
        if spot is not None:
            self._selected = spot.piece
        return self.spot if spot else None

    def chosen(self) -> Chosen | None:
        if not self._pieces:
            return None
        term = self._pieces[self._selected].term
        return Chosen(term.label, term.value, self.sight)

    def action_choose(self, direction: int) -> None:
        """Give the cursor to the previous or next matrix."""
        places = [spot.piece for spot in self._layout.spots]
        if not places:
            return
        now = places.index(self._selected) if self._selected in places else -1
        self._selected = places[(now + direction) % len(places)]
        self.settle()

    def unwind(self) -> bool:
        """Escape: a selection, then the explanation."""
        if self.grid is not None and self.sight.anchor is not None:
            self.see(replace(self.sight, anchor=None))
        elif self._asking:
            self._asking = self._full = False
            self._answer = None
            self.top = 0
        else:
            return False
        self.lay_out()
        self.redraw()
        return True

    def copied(self) -> tuple[str, str]:
        if not self._pieces or self.grid is not None:
            return super().copied()
        term = self._pieces[self._selected].term
        return f"{term.label} {term.shape}".strip(), numpy_text(term.value)

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
        told, verdict = view.diagnosis, view.verdict
        if told is not None:
            above += reason_lines(verdict, told, width, ascii_only=self.ascii_only)
        if self._answer is not None:
            below = self._answer.lines(width, roomy=roomy)
        else:
            below = self._below(view, width, roomy=roomy)
        blank: list[Line] = [()] if roomy else []
        if told is not None and verdict == "wrong":
            above += [*blank, *value_lines(verdict, told, width, height // 3)]
        room = height - len(above) - len(below) - 2 * len(blank)
        fewest = max(VALUES_FIRST, height * 2 // 3)
        if self._answer is not None:
            fewest = max(min(height // 2, room - self._answer.table_count), FEWEST_EXPLAINED)
            room = min(room, fewest)
        room = max(room, min(height - len(above) - len(blank), fewest))
        self._draw(width, room)
        if told is not None and verdict != "wrong":
            values = [*blank, *value_lines(verdict, told, width, height // 3)]
            used = len(above) + len(self._layout.lines) + len(below) + 2 * len(blank)
            above += values if used + len(values) <= height else []
        self._values_at = len(above) + len(blank)
        self._content = [*above, *blank, *self._layout.lines, *blank, *below]

    def _below(self, view: StepView, width: int, *, roomy: bool) -> list[Line]:
        """What is said of the values: portrait, shapes, what changed, the comment."""
        below: list[Line] = []
        if self._pieces:
            term = self._pieces[-1].term
            below += portrait_line(term.label, term.value, width, in_full=roomy)
        below += [
            ((f"  {text}", "shape"),)
            for operation in view.arithmetic
            for text in wrap(operation, width - 3)
        ]
        if view.changed:
            below.append(((f"  {view.changed}", "changed"),))
        comments = [text for text in view.narration if not ONLY_A_SHAPE.fullmatch(text)]
        if comments:
            below += [()] if roomy and below else []
            for comment in comments:
                below += [((f"  {text}", "narration"),) for text in wrap(comment, width - 3)]
        if view.why:
            below += [()] if roomy and below else []
            for sentence in view.why:
                below += [((f"  {text}", ""),) for text in wrap(sentence, width - 3)]
        return below

    def _draw(self, width: int, room: int) -> None:
        """Lay the values out, and keep what is really seen of each."""
        pieces = [
            at_sight(piece, sight, self.manner, self._lit(number))
            for number, (piece, sight) in enumerate(zip(self._pieces, self._sights, strict=True))
        ]
        selected = self._selected if self.has_focus else -1
        self._layout = lay_out(pieces, width, room, self._sights, selected)
        for spot in self._layout.spots:
            seen = spot.picture
            self._sights[spot.piece] = replace(
                self._sights[spot.piece], top=seen.top, left=seen.left
            )


def at_sight(piece: Piece, sight: Sight, manner: Manner, lit: Array | None) -> Piece:
    """The piece as it is looked at."""
    grid = piece.term.grid
    if grid is None:
        return piece
    return replace(piece, term=replace(piece.term, grid=dressed(grid, sight, manner, lit)))


def around(sight: Sight, lit: Array) -> Sight:
    """The window on the first of the entries that take part, unless one of them is in it."""
    first = sight_of(tuple(int(axis[0]) for axis in lit.nonzero()), sight)
    return replace(sight, top=first.row, left=first.column, slice=first.slice)
