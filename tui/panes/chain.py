"""The Chain rule pane: the gradient statements of this iteration.

│ • ∂E/∂ŷ  dE_dyhat  (4,1)  -0.61 … 0.55  │   done: it has a value
│ ▶ ∂E/∂w  dE_dw     (3,1)  -0.25 … 0.00  │   has just run
│ · ∂E/∂b  dE_db                          │   still ahead in this iteration
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from stepnet.session.panes import chain_rows
from tui.columns import Table
from tui.lines import Line, fit, with_role
from tui.pane import ListPane

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import ChainRow

MARKS = {"current": ("▶", "current"), "done": ("•", "good"), "ahead": ("·", "off")}


class ChainPane(ListPane):
    """The chain rule, link by link."""

    TITLE = "Chain rule"
    ABOUT = (
        "The gradient statements of this iteration: • done, ▶ just run, · ahead.\n"
        "Up Down move, Enter goes to the statement in this iteration."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "visit", "go there", show=False)]

    class Visited(Message):
        """Somebody asked to go to a gradient statement."""

        def __init__(self, address: str) -> None:
            super().__init__()
            self.address = address

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.rows: tuple[ChainRow, ...] = ()
        self._table = Table((), gives_way=(1,))

    def read(self, session: Session) -> None:
        self.rows = chain_rows(session)
        self._table = Table(
            [
                (
                    row.claim or row.name,
                    row.name if row.claim else "",
                    row.shape,
                    row.value,
                    row.verdict,
                )
                for row in self.rows
            ],
            # What a check has found is worth more room than the values; that there was none, less.
            gives_way=(1, 3) if any(verdict_role(row.verdict) for row in self.rows) else (1, 4),
        )
        current = next((i for i, row in enumerate(self.rows) if row.state == "current"), None)
        if current is not None:
            self.cursor = current
            self.scroll_to_line(current, margin=1)

    def line_count(self) -> int:
        return max(len(self.rows), 1)

    def line(self, index: int, width: int) -> Line:
        if not self.rows:
            return ((" No gradient statements in this script.", "dim"),)
        row = self.rows[index]
        mark, mark_role = MARKS[row.state]
        role = {"current": "strong", "ahead": "off"}.get(row.state, "")
        verdict = verdict_role(row.verdict) or "dim"
        cells = self._table.line(index, ("claim", role, "shape", role, verdict), width - 3)
        if row.state == "ahead":
            cells = tuple((text, "off") for text, _ in cells)
        line = fit(((f" {mark} ", mark_role), *cells), width)
        return with_role(line, "cursor") if self.has_focus and index == self.cursor else line

    def action_visit(self) -> None:
        if self.rows:
            self.post_message(self.Visited(self.rows[self.cursor].address))

    def copied(self) -> tuple[str, str]:
        row = self.rows[self.cursor] if self.rows else None
        return (row.name, row.value) if row else ("", "")


def verdict_role(verdict: str) -> str:
    """How a verdict looks; nothing for one that says nothing yet."""
    roles = {"exact": "good", "scaled": "warn", "wrong": "bad"}
    return roles.get(verdict.split(" ", 1)[0].rstrip(":,"), "")
