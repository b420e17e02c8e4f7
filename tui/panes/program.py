"""The Program pane: the script, where it stands, and the shape of every result.

│    %% backward                          │   phases as headings
│    dE_ds = dE_dyhat * dyhat_ds (4,1) ✓  │   shapes at the right edge, verdicts beside
│  ▶ dE_dw = X.T @ dE_ds         (3,1) ✓  │   has just run
│    %% update                            │
│● ▷ w -= dE_dw                  (3,1)    │   runs next; a breakpoint stands here
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message

from stepnet.session.panes import program_rows
from stepnet.session.position import current_lines
from tui.highlight import python_line
from tui.lines import Line, Run, both_ends, cut_text, fit, skip, width_of, with_role
from tui.pane import ListPane
from tui.verdict import verdict_mark, verdict_role

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import ProgramRow

MARKS = {"current": ("▶", "current"), "next": ("▷", "next"), "fault": ("✗", "bad")}
STOPS = {"on": "●", "off": "○", "choosy": "◆"}
"""A breakpoint, one that is disabled, one with a condition, a hit count or a message."""
QUOTES = ('"""', "'''")
NUMBERS_FROM = 56
"""Line numbers are shown from this inner width on."""
COMMENT_AT_LEAST = 20
"""Comments beside the code are shown where this many cells are left for them."""


class ProgramPane(ListPane):
    """The source of the script."""

    TITLE = "Program"
    ABOUT = (
        "The script. ▶ has just run, ▷ runs next; at the right the shape that a statement made, "
        "and of a gradient whether it is right: ✓ exact, ½× scaled, ≈ approximate, ✗ wrong.\n"
        "● is a breakpoint, ○ a disabled one, ◆ one with a condition, a hit count or a message.\n"
        "Up Down j k PgUp PgDn Home End move the cursor, t runs to it, T goes back to it, "
        "b sets a breakpoint at it, B edits that, / searches, Enter looks inside the statement "
        "that has just run, Left Right show long lines."
    )

    class LookedInto(Message):
        """Somebody wants to see how a line's value is put together."""

        def __init__(self, line: int) -> None:
            super().__init__()
            self.line = line

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.found = ""
        self._all: tuple[ProgramRow, ...] = ()
        self._rows: tuple[ProgramRow, ...] = ()
        self._lines_of_script: tuple[str, ...] = ()
        self._at_of: Callable[[int], str] = "line {}".format
        """Where a line stands, in words."""
        self._at = (0, 0)
        self._fault_line = 0
        self._docstring_end = 0
        self._comments_at = 0
        self._mark_width = 0
        """Cells for the verdicts; none before a check."""

    def read(self, session: Session) -> None:
        self._all = program_rows(session)
        self._at_of = session.program.at
        if self._lines_of_script is not session.script.lines:
            self._lines_of_script = session.script.lines
            self._docstring_end = docstring_end(session.script.lines)
            code = (cell_len(row.text) for row in self._all if row.comment)
            self._comments_at = max(code, default=0) + 2
        line, following = current_lines(session.machine)
        self._fault_line = following if session.machine.fault is not None else 0
        here = self.cursor_line
        self._choose_rows()
        at = (line or following, following)
        if at == self._at:
            self.cursor = self._row_of(here)
            return
        self._at = at
        self.cursor = self._row_of(at[0])
        self._show_position()

    def laid_out(self) -> None:
        here = self.cursor_line
        self._choose_rows()
        self.cursor = self._row_of(here)
        self._show_position()

    def _choose_rows(self) -> None:
        """Where there is little room, leave out what the Step pane says anyway: the comments."""
        self._mark_width = max((len(self._mark(row)) for row in self._all), default=0)
        if self.inner_width >= NUMBERS_FROM:
            self._rows = self._all
            return
        rows: list[ProgramRow] = []
        for row in self._all:
            blank_again = row.kind == "blank" and (not rows or rows[-1].kind == "blank")
            said = row.kind in ("comment", "docstring") or row.line <= self._docstring_end
            if not said and not blank_again:
                rows.append(row)
        self._rows = tuple(rows)

    def _show_position(self) -> None:
        """Scroll so that the current statement, and the next one below it, are seen."""
        current, following = self._at
        if following > current:
            self.scroll_to_line(self._row_of(following), margin=1)
        self.scroll_to_line(self.cursor, margin=2)

    def _row_of(self, line: int) -> int:
        """The row that shows a line of the script, or the first one after it."""
        later = (index for index, row in enumerate(self._rows) if row.line >= line)
        return next(later, max(len(self._rows) - 1, 0))

    @property
    def cursor_line(self) -> int:
        """The line of the script under the cursor, counted from 1."""
        if not self._rows:
            return 1
        return self._rows[min(self.cursor, len(self._rows) - 1)].line

    def line_count(self) -> int:
        return len(self._rows)

    @property
    def shows_cursor(self) -> bool:
        return self.has_focus or self.cursor_line != self._at[0]

    def footing(self) -> str:
        if self.shows_cursor and self._rows:
            at = self._at_of(self.cursor_line)
            return at if ", " in at else f"{at} of {len(self._all)}"
        return super().footing()

    def line(self, index: int, width: int) -> Line:
        row = self._rows[index]
        state = "fault" if row.line == self._fault_line else row.mark
        mark, role = MARKS.get(state, (" ", ""))
        head: Line = ((STOPS.get(row.stop, " "), "bad"), (f"{mark} ", role))
        if width >= NUMBERS_FROM:
            head = ((f"{row.number:>4}", "dim"), *head)
        tail = self._tail(row)
        room = width - width_of(head) - width_of(tail)
        body = skip(self._code(row), self.left)
        if row.comment and room - self._comments_at + self.left >= COMMENT_AT_LEAST:
            gap = max(self._comments_at - self.left - width_of(body), 1)
            comment = cut_text("# " + row.comment, room - gap - width_of(body))
            body = (*body, (" " * gap, ""), (comment, "comment"))
        if self.found and self.found.lower() in row.text.lower():
            body = highlighted(body, self.found)
        line = both_ends((*head, *fit(body, room)), tail, width)
        if index == self.cursor and self.shows_cursor:
            return with_role(line, "cursor")
        return with_role(line, "bar") if row.mark == "current" else line

    def _tail(self, row: ProgramRow) -> Line:
        """What a statement made, and whether it is right if it is a gradient."""
        shape: Line = ((f" {row.shape} ", "shape"),) if row.shape else ((" ", ""),)
        if not self._mark_width:
            return shape
        mark = f"{self._mark(row):{self._mark_width}} "
        return (*shape, (mark, verdict_role(row.verdict)))

    def _mark(self, row: ProgramRow) -> str:
        mark = verdict_mark(row.verdict, row.factor, ascii_only=self.ascii_only)
        return mark[:1] if mark.startswith("✗") and self.inner_width < NUMBERS_FROM else mark

    def _code(self, row: ProgramRow) -> Line:
        if row.kind == "part":
            return ((row.text.strip("# "), "marker"),)
        if row.kind in ("marker", "comment", "docstring") or row.line <= self._docstring_end:
            whole = self._lines_of_script[row.line - 1].rstrip()
            if row.kind != "marker":
                return ((whole, "comment"),)
            bare = whole.lstrip()
            return ((whole[: len(whole) - len(bare)], ""), (bare.lstrip("# "), "marker"))
        if row.mark == "current":
            return ((row.text, "strong"),)
        return python_line(row.text)

    def enter(self) -> bool:
        """Look inside the statement under the cursor."""
        self.post_message(self.LookedInto(self.cursor_line))
        return True

    def search(self, text: str) -> str:
        """Move the cursor to the next line that holds `text`, or the text of the last search.

        Returns what to tell about it.
        """
        text = text or self.found
        if not text:
            return "nothing to search for"
        self.found = text
        lines = [row.line for row in self._all if text.lower() in row.text.lower()]
        if not lines:
            self.redraw()
            return f"{text!r} is nowhere in the program"
        line = next((line for line in lines if line > self.cursor_line), lines[0])
        self.move_cursor(self._row_of(line))
        number = lines.index(line) + 1
        return f"match {number} of {len(lines)}; / Enter finds the next, t runs to it"

    def highlight(self, text: str) -> None:
        """Mark `text` wherever it stands, while it is being typed."""
        self.found = text
        self.redraw()

    def forget_search(self) -> None:
        """Mark nothing any more."""
        if self.found:
            self.highlight("")

    def copied(self) -> tuple[str, str]:
        text = self._lines_of_script[self.cursor_line - 1].strip() if self._rows else ""
        return self._at_of(self.cursor_line), text


def highlighted(line: Line, text: str) -> Line:
    """`line` with every place where `text` stands marked, also across runs."""
    whole = "".join(piece for piece, _ in line).lower()
    wanted = text.lower()
    marked: set[int] = set()
    at = whole.find(wanted)
    while at >= 0 and wanted:
        marked.update(range(at, at + len(wanted)))
        at = whole.find(wanted, at + 1)
    runs: list[Run] = []
    position = 0
    for piece, role in line:
        for character in piece:
            here = f"{role} match".strip() if position in marked else role
            if runs and runs[-1][1] == here:
                runs[-1] = (runs[-1][0] + character, here)
            else:
                runs.append((character, here))
            position += 1
    return tuple(runs)


def docstring_end(lines: Sequence[str]) -> int:
    """The last line of the script's docstring, counted from 1; 0 if it has none."""
    for first, line in enumerate(lines, start=1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        quotes = bare.lstrip("rRuU")[:3]
        if quotes not in QUOTES:
            return 0
        if bare.count(quotes) > 1:
            return first
        return next((n for n, later in enumerate(lines[first:], first + 1) if quotes in later), 0)
    return 0
