"""The Watches pane: expressions, what they are now, and what they were at the last stops.

│ 1 w[0,0]      -0.25144   -0.21133  -0.16596   │   the latest first
│ 2 dE_dw.sum() Δ 0.0841    0.1102              │   Δ: another value than at the stop before
│ 3 W9[3]       IndexError: index 3 is out of … │   an error stays in its row
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.lines import Line, cut_text, fit, width_of, with_role
from tui.pane import ListPane

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.watches import Watch

WIDEST = 24
"""Cells that an expression may take where values stand beside it."""


class WatchesPane(ListPane):
    """What is watched."""

    TITLE = "Watches"
    ABOUT = (
        "Expressions, their values now, and to the right those at the last stops. Δ is another "
        "value than at the stop before; an error stands in its own row.\n"
        "w adds one, :unwatch N takes it away, y copies the values."
    )

    def __init__(self, name: str, key: str) -> None:
        super().__init__(name)
        self._key = key
        self._watches: tuple[Watch, ...] = ()

    def read(self, session: Session) -> None:
        self._watches = session.watches
        self.cursor = min(self.cursor, max(len(self._watches) - 1, 0))

    def line_count(self) -> int:
        return max(len(self._watches), 1)

    def line(self, index: int, width: int) -> Line:
        if not self._watches:
            return ((f" Nothing is watched; {self._key} adds it.", "dim"),)
        watch = self._watches[index]
        line = self._row(watch, width)
        chosen = self.has_focus and index == self.cursor
        return with_role(fit(line, width), "cursor") if chosen else line

    def _row(self, watch: Watch, width: int) -> Line:
        numbers = max(len(str(part.number)) for part in self._watches)
        room = min(WIDEST, max(width // 3, 8))
        texts = min(room, max(len(part.text) for part in self._watches))
        head: Line = (
            (f" {watch.number:>{numbers}} ", "dim"),
            *fit(((cut_text(watch.text, texts), "strong"),), texts),
            (" Δ " if watch.has_changed else "   ", "changed"),
        )
        now = watch.seen[0]
        if now.is_error:
            return (*head, (cut_text(now.text, width - width_of(head)), "bad"))
        shown = [part.seen[0].text for part in self._watches if not part.seen[0].is_error]
        values = min(max(map(len, shown)), width - width_of(head))
        line = (*head, *fit(((cut_text(now.text, values), "number"),), values))
        for seen in watch.seen[1:]:
            text = f"  {seen.text if not seen.is_error else '-'}"
            if width_of(line) + len(text) > width:
                break
            line = (*line, (text, "dim"))
        return line

    def copied(self) -> tuple[str, str]:
        lines = [f"{watch.text} = {watch.seen[0].text}" for watch in self._watches]
        return f"{len(lines)} watches", "\n".join(lines)
