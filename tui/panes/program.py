"""The Program pane: the script, where it stands, and the shape of every result.

│    %% backward                          │   phases as headings
│    dE_ds = dE_dyhat * dyhat_ds   (4,1)  │   shapes at the right edge
│  ▶ dE_dw = X.T @ dE_ds           (3,1)  │   has just run
│    %% update                            │
│  ▷ w -= dE_dw                    (3,1)  │   runs next
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from stepnet.session.panes import program_rows

from tui.highlight import python_line
from tui.lines import Line, Run, both_ends, cut_text, fit, skip, width_of, with_role
from tui.pane import ListPane

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import ProgramRow

MARKS = {"current": ("▶", "current"), "next": ("▷", "next")}
NUMBERS_FROM = 56
"""Line numbers are shown from this inner width on."""
COMMENT_AT_LEAST = 20
"""Comments beside the code are shown where this many cells are left for them."""


class ProgramPane(ListPane):
    """The source of the script."""

    TITLE = "Program"
    ABOUT = (
        "The script. ▶ has just run, ▷ runs next; at the right the shape that a statement made.\n"
        "Up Down j k PgUp PgDn Home End move the cursor, t runs to it, / searches, "
        "Left Right show long lines."
    )

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.rows: tuple[ProgramRow, ...] = ()
        self.found = ""
        self._current = -1
        self._comments_at = 0

    def read(self, session: Session) -> None:
        self.rows = program_rows(session)
        position = session.position
        current = (position.line or position.next_line) - 1
        code = (cell_len(row.text) for row in self.rows if row.comment)
        self._comments_at = max(code, default=0) + 2
        if current != self._current and 0 <= current < len(self.rows):
            self._current = self.cursor = current
            if position.line and position.next_line > position.line:
                self.scroll_to_line(position.next_line - 1, margin=1)
            self.scroll_to_line(current, margin=2)

    def laid_out(self) -> None:
        self.scroll_to_line(self.cursor, margin=2)

    def line_count(self) -> int:
        return len(self.rows)

    @property
    def shows_cursor(self) -> bool:
        return self.has_focus or self.cursor != self._current

    def footing(self) -> str:
        if self.shows_cursor and self.rows:
            return f"line {self.cursor + 1} of {len(self.rows)}"
        return super().footing()

    def line(self, index: int, width: int) -> Line:
        row = self.rows[index]
        mark, role = MARKS.get(row.mark, (" ", ""))
        head: Line = ((f" {mark} ", role),)
        if width >= NUMBERS_FROM:
            head = ((f"{index + 1:4d}", "dim"), *head)
        tail: Line = ((f" {row.shape} ", "shape"),) if row.shape else ((" ", ""),)
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

    def _code(self, row: ProgramRow) -> Line:
        if row.kind == "marker":
            indent = row.text[: len(row.text) - len(row.text.lstrip())]
            return ((indent + row.text.strip().lstrip("# "), "marker"),)
        if row.kind in ("comment", "docstring"):
            return ((row.text, "comment"),)
        if row.mark == "current":
            return ((row.text, "strong"),)
        return python_line(row.text)

    def search(self, text: str) -> str:
        """Move the cursor to the next line that holds `text`, or the text of the last search.

        Returns what to tell about it.
        """
        text = text or self.found
        if not text:
            return "nothing to search for"
        self.found = text
        matches = self.matches(text)
        if not matches:
            self.redraw()
            return f"{text!r} is nowhere in the program"
        place = next((line for line in matches if line > self.cursor), matches[0])
        self.move_cursor(place)
        number = matches.index(place) + 1
        return f"match {number} of {len(matches)}; / Enter finds the next, t runs to it"

    def highlight(self, text: str) -> None:
        """Mark `text` wherever it stands, while it is being typed."""
        self.found = text
        self.redraw()

    def forget_search(self) -> None:
        """Mark nothing any more."""
        if self.found:
            self.highlight("")

    def matches(self, text: str) -> list[int]:
        """The lines that hold `text`, whatever its case."""
        wanted = text.lower()
        return [index for index, row in enumerate(self.rows) if wanted in row.text.lower()]

    def copied(self) -> tuple[str, str]:
        return f"line {self.cursor + 1}", self.rows[self.cursor].text.strip()


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
