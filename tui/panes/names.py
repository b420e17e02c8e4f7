"""The Names pane: every name with its shape, type, role and range.

│ X       (4,3)  i8  data       0 … 1         │
│ w       (3,1)  f8  parameter -0.73 … 0.22   │
│ dE_dw   (3,1)  f8            -0.25 … 0.00  Δ│   set by the statement that has just run
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stepnet.session.panes import name_rows
from tui.columns import Table
from tui.copying import numpy_text
from tui.lines import Line, both_ends, fit, with_role
from tui.pane import ListPane

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import NameRow


class NamesPane(ListPane):
    """The names that exist now."""

    TITLE = "Names"
    ABOUT = (
        "Every name: shape, type, role, range. Δ was set by the statement that has just run.\n"
        "Up Down move, y copies the value under the cursor as NumPy text."
    )

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.rows: tuple[NameRow, ...] = ()
        self._table = Table((), gives_way=(3, 2))

    def read(self, session: Session) -> None:
        self.rows = name_rows(session)
        self._table = Table(
            [
                (_name(row), row.shape, row.dtype, row.role, f"{row.trouble} {row.summary}".strip())
                for row in self.rows
            ],
            gives_way=(3, 2),
        )
        changed = next((i for i, row in enumerate(self.rows) if row.changed), None)
        if changed is not None:
            self.cursor = changed
            self.scroll_to_line(changed, margin=1)

    def line_count(self) -> int:
        return max(len(self.rows), 1)

    def line(self, index: int, width: int) -> Line:
        if not self.rows:
            return ((" No names yet: nothing has run.", "dim"),)
        row = self.rows[index]
        role = "strong" if row.changed else ""
        roles = (role, "shape", "dim", "dim", "bad" if row.trouble else role or "number")
        cells = self._table.line(index, roles, width - 3)
        mark: Line = ((" Δ", "changed"),) if row.changed else (("  ", ""),)
        line = both_ends(((" ", ""), *fit(cells, width - 3)), mark, width)
        return with_role(line, "cursor") if self.has_focus and index == self.cursor else line

    def copied(self) -> tuple[str, str]:
        if not self.rows:
            return "", ""
        row = self.rows[min(self.cursor, len(self.rows) - 1)]
        return f"{row.name} {row.shape}".strip(), numpy_text(row.value)


def _name(row: NameRow) -> str:
    return f"{row.frame}.{row.name}" if row.frame else row.name
