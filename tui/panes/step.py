"""The Step pane: the statement that has just run, with every value and every shape.

╭ dE_dw = X.T @ dE_ds ─────────────────────────── ∂E/∂w ╮
│  X.T (3,4)        dE_ds (4,1)     dE_dw (3,1)          │   the values
│   …                                                   │
│  (3,4) @ (4,1) → (3,1)                                │   how the shapes meet
│  3 of 3 entries changed                               │   what an in-place statement did
│  wrong: the transpose is missing                      │   of a gradient that is not exact
│  Each weight meets every sample once …                │   the script's own comment
│  dE_dw[i,j] = Σₙ X[n,i]·dE_ds[n,j]: the sum runs …    │   why it is what it is
╰───────────────────────────────────────────────────────╯
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from stepnet.session.panes import step_view
from tui.copying import numpy_text
from tui.diagnosis import reason_lines, value_lines
from tui.expression import lay_out, scrolled
from tui.lines import Line, cut_text, wrap
from tui.pane import Pane
from tui.term import Layout, Piece, Window, term_of
from tui.verdict import verdict_role

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import StepView

LONGEST_KEY = 24
"""An index that is longer is cut: the whole of it is in the title."""
ONLY_A_SHAPE = re.compile(r"\s*[(\[][\d\s,x×]*[)\]][.\s]*")
"""A comment that says no more than the shape, which is shown anyway."""
VALUES_FIRST = 8
"""Lines for the values, or two thirds of the pane, even where the comment then has to scroll."""


class StepPane(Pane):
    """The values of the statement that has just run."""

    TITLE = "Step"
    ABOUT = (
        "The statement that has just run: its operands and result with their shapes, how the "
        "shapes meet, the script's comment, and why it is what it is. ▌Entries▐ between marks were "
        "changed.\n"
        "Arrows, PgUp PgDn, Home End scroll a matrix that is larger than its window; < and > "
        "choose which one. y copies it as NumPy text. Shift+Up and Shift+Down scroll the pane."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign", "choose(-1)", "previous matrix", show=False),
        Binding("greater_than_sign", "choose(1)", "next matrix", show=False),
        Binding("shift+up", "scroll_pane(-1)", "pane up", show=False),
        Binding("shift+down", "scroll_pane(1)", "pane down", show=False),
    ]

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.view: StepView | None = None
        self.fault = ""
        self._under_way = False
        """The program has run for a while and has not stopped yet."""
        self._welcome: tuple[str, ...] = ()
        self._pieces: tuple[Piece, ...] = ()
        self._windows: list[Window] = []
        self._selected = 0
        self._layout = Layout((), ())
        self._content: list[Line] = []

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
            or len(self._windows) != len(self._pieces)
        ):
            self._windows = [Window()] * len(self._pieces)
            self._selected = len(self._pieces) - 1
        self.top = 0
        self._fill()

    def glance(self, session: Session) -> bool:
        """The statement changes too often to be shown: what stands here is not now."""
        if self.view is None or self.view.kind != "nothing":
            return False
        self._under_way = True
        self._fill()
        return True

    def laid_out(self) -> None:
        self._fill()

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
        return len(self._content)

    def line(self, index: int, width: int) -> Line:
        return self._content[index]

    def footing(self) -> str:
        seen = dict(self._layout.windows)
        if self.has_focus and self._selected in seen:
            which = f"arrows scroll {self._pieces[self._selected].term.label}"
            return " ".join(part for part in (which, super().footing()) if part)
        return super().footing()

    def copied(self) -> tuple[str, str]:
        if not self._pieces:
            return "", ""
        term = self._pieces[self._selected].term
        return f"{term.label} {term.shape}".strip(), numpy_text(term.value)

    # Content.

    def _fill(self) -> None:
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
        told, verdict = view.diagnosis, view.verdict
        if told is not None:
            above += reason_lines(verdict, told, width, ascii_only=self.ascii_only)
        below: list[Line] = [
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
        blank: list[Line] = [()] if roomy else []
        if told is not None and verdict == "wrong":
            above += [*blank, *value_lines(verdict, told, width, height // 3)]
        room = height - len(above) - len(below) - 2 * len(blank)
        fewest = max(VALUES_FIRST, height * 2 // 3)
        room = max(room, min(height - len(above) - len(blank), fewest))
        self._layout = lay_out(self._pieces, width, room, self._windows, self._shown_selection())
        if told is not None and verdict != "wrong":
            values = [*blank, *value_lines(verdict, told, width, height // 3)]
            used = len(above) + len(self._layout.lines) + len(below) + 2 * len(blank)
            above += values if used + len(values) <= height else []
        self._content = [*above, *blank, *self._layout.lines, *blank, *below]

    def _shown_selection(self) -> int:
        return self._selected if self.has_focus else -1

    # Moving.

    def _scroll_matrix(self, down: int, right: int) -> bool:
        drawn = dict(self._layout.windows).get(self._selected)
        if drawn is None:
            return False
        self._windows[self._selected] = scrolled(self._windows[self._selected], drawn, down, right)
        self._fill()
        self.redraw()
        return True

    def action_move(self, lines: int) -> None:
        if not self._scroll_matrix(lines, 0):
            super().action_move(lines)

    def action_page(self, pages: int) -> None:
        drawn = dict(self._layout.windows).get(self._selected)
        if drawn is None or not self._scroll_matrix(pages * max(drawn.rows - 1, 1), 0):
            super().action_page(pages)

    def action_edge(self, end: int) -> None:
        far = 1 << 40
        if not self._scroll_matrix(end * far, end * far):
            super().action_edge(end)

    def action_sideways(self, cells: int) -> None:
        self._scroll_matrix(0, 1 if cells > 0 else -1)

    def action_scroll_pane(self, lines: int) -> None:
        """Scroll the pane and not a matrix in it."""
        super().action_move(lines)

    def action_choose(self, direction: int) -> None:
        """Choose the previous or next matrix that is larger than its window."""
        places = [index for index, _ in self._layout.windows] or list(range(len(self._pieces)))
        if not places:
            return
        now = places.index(self._selected) if self._selected in places else -1
        self._selected = places[(now + direction) % len(places)]
        self._fill()
        self.redraw()

    def on_focus(self) -> None:
        self._fill()
        self.redraw()

    def on_blur(self) -> None:
        self._fill()
        self.redraw()


def pieces_of(view: StepView) -> tuple[Piece, ...]:
    """The statement as operands and results with what stands between them."""
    before = {operand.text: operand.value for operand in view.before}
    pieces: list[Piece] = []
    last = len(view.operands) - 1
    opening, behind_first, closing = brackets(view.function, last)
    for index, operand in enumerate(view.operands):
        start = opening if index == 0 else view.operators[index - 1]
        if index == 1 and behind_first:
            start = ""
        end = (behind_first if index == 0 else "") + (closing if index == last else "")
        label = f"{operand.text} before" if operand.text in before else operand.text
        pieces.append(Piece(start, term_of(label, operand.shape, operand.value), end))
    if before and not any(operand.text in before for operand in view.operands):
        pieces = [
            Piece("", term_of(f"{old.text} before", old.shape, old.value)) for old in view.before
        ]
    for index, result in enumerate(view.results):
        start = "" if not pieces else "=" if index == 0 else ","
        if start == "=" and before and not view.operators:
            start = "→"
        old = before.get(result.text)
        pieces.append(Piece(start, term_of(result.text, result.shape, result.value, old)))
    return tuple(pieces)


def brackets(function: str, last: int) -> tuple[str, str, str]:
    """What stands before the first operand, behind it, and behind the last one.

    ``np.dot`` is called with the operands; ``.sum()`` on the first of them; ``.T`` and ``[0]``
    stand behind it; anything that is no name, such as ``-``, before it.
    """
    if not function:
        return "", "", ""
    if function.startswith(".") and function.endswith("()"):
        return "", function[:-1], ")"
    if function.startswith((".", "[")):
        return "", cut_text(function, LONGEST_KEY), ""
    if function[-1].isidentifier() or function[-1].isdigit():
        return f"{function}(", "", ")"
    return function, "", ""


def fault_lines(fault: str, width: int) -> list[Line]:
    """The script's own error, where nobody can miss it; code and caret keep their columns."""
    lines: list[Line] = [((" ✗ The script raised an error ".ljust(width), "alert"),)]
    for text in fault.splitlines():
        parts = [text] if text.startswith("    ") else wrap(text, width - 3)
        lines += [(("▌ ", "bad"), (part, "bad")) for part in parts]
    lines.append(())
    return lines


def welcome_lines(welcome: tuple[str, ...], width: int) -> list[Line]:
    """What is shown before anything ran: the script's own introduction."""
    title, introduction, notes = welcome
    lines: list[Line] = [(), ((f"  {title}", "strong"),), ()]
    for paragraph in introduction.split("\n\n"):
        text = " ".join(paragraph.split())
        lines += [((f"  {part}", ""),) for part in wrap(text, width - 4)]
        lines.append(())
    for note in notes.splitlines():
        lines += [*(((f"  {part}", "dim"),) for part in wrap(note, width - 4)), ()]
    lines.append((("  s runs the first statement, ? shows every key.", "dim"),))
    return lines
