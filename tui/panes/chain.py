"""The Chain rule pane: the gradient statements of this iteration, and whether they are right.

╭ Chain rule ──────────────────────── 3 exact ╮
│ ∂E/∂w = ∂E/∂ŷ · ∂ŷ/∂s · ∂s/∂w               │   from the loss to the current name
│ ├ ∂E/∂ŷ  dE_dyhat  (4,1)  exact             │   the current one is computed from it
│ • ∂E/∂c  dE_dc     (1,1)  exact             │   done, but on another way
│ ▶ ∂E/∂w  dE_dw     (3,1)  exact             │   has just run
│ · ∂E/∂b  dE_db                              │   still ahead in this iteration
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from stepnet.session.panes import chain_formula, chain_rows
from stepnet.session.verdicts import NOT_YET
from tui.columns import Table
from tui.lines import Line, cut_middle, fit, width_of, with_role, wrap
from tui.pane import ListPane
from tui.verdict import tally, verdict_role

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import ChainRow

MARKS = {
    "current": ("▶", "current"),
    "leading": ("├", "strong"),
    "done": ("•", "dim"),
    "ahead": ("·", "off"),
}


class ChainPane(ListPane):
    """The chain rule, link by link."""

    TITLE = "Chain rule"
    ABOUT = (
        "How the current gradient follows from the loss, and the gradient statements of this "
        "iteration: ▶ just run, ├ it is computed from these, • done, · ahead. "
        "Each is compared with the true derivative as soon as there is time, or when you ask.\n"
        "Up Down move, Enter goes to the statement in this iteration."
    )

    class Visited(Message):
        """Somebody asked to go to a gradient statement."""

        def __init__(self, address: str) -> None:
            super().__init__()
            self.address = address

    def __init__(self, name: str, check_key: str) -> None:
        super().__init__(name)
        self.rows: tuple[ChainRow, ...] = ()
        self._check_key = check_key
        self._formula: tuple[str, ...] = ()
        self._above: list[str] = []
        """The formula as it fits above the rows."""
        self._table = Table((), gives_way=(1,))

    def read(self, session: Session) -> None:
        chosen = self.cursor - len(self._above)
        self.rows = chain_rows(session)
        self._formula = chain_formula(session)
        self._table = Table(
            [
                (
                    row.claim or row.name,
                    row.name if row.claim else "",
                    row.shape,
                    "" if row.verdict == NOT_YET else row.verdict,
                    row.value,
                )
                for row in self.rows
            ],
            gives_way=(1, 4),
            cut=cut_middle,
        )
        current = next((i for i, row in enumerate(self.rows) if row.state == "current"), None)
        self._fill(chosen if current is None else current)
        if current is not None:
            self.scroll_to_line(self.cursor, margin=1)

    def laid_out(self) -> None:
        self._fill(self.cursor - len(self._above))

    def _fill(self, chosen: int) -> None:
        """Put the formula above the rows, where there is room, and the cursor on a row."""
        height = self.inner_height
        self._above = []
        for text in (in_full(self._formula), in_short(self._formula)):
            lines = wrap(text, max(self.inner_width - 2, 1)) if text else []
            if len(lines) <= 2 and (len(lines) == 1 or len(lines) + len(self.rows) <= height):
                self._above = lines
                break
        self.cursor = len(self._above) + max(chosen, 0)
        if self.cursor < height:
            self.top = 0

    def heading(self) -> tuple[Line, Line]:
        room = self.inner_width - len(self.TITLE) - 5
        right = next((line for line in self._rights() if width_of(line) <= room), ())
        return ((self.TITLE, "title"),), right

    def _rights(self) -> tuple[Line, ...]:
        """What was found, in words that take less and less room."""
        verdicts = [row.verdict for row in self.rows]
        if NOT_YET not in verdicts:
            counts = tally(verdicts)
            return counts, counts[:1]
        if all(row.state == "ahead" for row in self.rows):
            return ()
        keys = (f"{NOT_YET}, {self._check_key} checks", NOT_YET, f"{self._check_key} checks")
        return tuple(((text, "dim"),) for text in keys)

    def line_count(self) -> int:
        return (
            len(self._above) + len(self.rows) if self.rows else len(self._nothing(self.inner_width))
        )

    def _nothing(self, width: int) -> list[str]:
        return wrap("No gradient statements in this script.", max(width - 2, 1))

    def line(self, index: int, width: int) -> Line:
        if not self.rows:
            told = self._nothing(width)
            return ((f" {told[index]}", "dim"),) if index < len(told) else ()
        if index < len(self._above):
            return ((f" {self._above[index]}", "claim"),)
        row = self.rows[index - len(self._above)]
        leading = row.leads_here and row.state == "done"
        mark, mark_role = MARKS["leading" if leading else row.state]
        role = {"current": "strong", "ahead": "off"}.get(row.state, "")
        roles = ("claim", role, "shape", verdict_role(row.verdict) or "dim", role)
        cells = self._table.line(index - len(self._above), roles, width - 3)
        if row.state == "ahead":
            cells = tuple((text, "off") for text, _ in cells)
        line = fit(((f" {mark} ", mark_role), *cells), width)
        return with_role(line, "cursor") if self.has_focus and index == self.cursor else line

    def move_cursor(self, index: int) -> None:
        super().move_cursor(max(index, len(self._above)))
        if self.cursor == len(self._above):
            self.top = 0
            self.redraw()

    def enter(self) -> bool:
        if self.rows:
            self.post_message(self.Visited(self._chosen.address))
        return bool(self.rows)

    @property
    def _chosen(self) -> ChainRow:
        place = self.cursor - len(self._above)
        return self.rows[max(0, min(place, len(self.rows) - 1))]

    def copied(self) -> tuple[str, str]:
        row = self._chosen if self.rows else None
        return (row.name, row.value) if row else ("", "")


def in_full(formula: tuple[str, ...]) -> str:
    """``∂E/∂w = ∂E/∂ŷ · ∂ŷ/∂s · ∂s/∂w``."""
    return f"{formula[0]} = {' · '.join(formula[1:])}" if formula else ""


def in_short(formula: tuple[str, ...]) -> str:
    """``E ← ŷ ← s ← w``: through which values the loss depends on the current one."""
    if not formula:
        return ""
    loss = formula[1].removeprefix("∂").partition("/∂")[0]
    return " ← ".join([loss, *(factor.rpartition("/∂")[2] for factor in formula[1:])])
