"""The Names pane: every name with its shape, type, role and range.

│ X       (4,3)  i8  data       0 … 1         │
│ w       (3,1)  f8  parameter -0.73 … 0.22   │
│ dE_dw   (3,1)  f8            -0.25 … 0.00  Δ│   set by the statement that has just run

Inside a function its own names come first, under a line that says whose they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stepnet.session.panes import name_rows
from tui.columns import Table
from tui.copying import numpy_text
from tui.lines import Line, both_ends, cut_middle, fit, with_role
from tui.pane import Chosen, ListPane

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import NameRow


class NamesPane(ListPane):
    """The names that exist now."""

    TITLE = "Names"
    ABOUT = (
        "Every name: shape, type, role, range. Δ was set by the statement that has just run.\n"
        "Up Down move, Enter shows the value under the cursor whole, h what became of it over the "
        "run, y copies it as NumPy text."
    )

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.rows: tuple[NameRow, ...] = ()
        self._shown: list[int | str] = []
        """For each line the number of its row, or the heading of a function."""
        self._table = Table((), gives_way=(3, 2), cut=cut_middle)

    def read(self, session: Session) -> None:
        self.rows = name_rows(session)
        self._table = Table(
            [(row.name, row.shape, row.dtype, row.role, _told(row)) for row in self.rows],
            gives_way=(3, 2),
            cut=cut_middle,
        )
        self._shown = []
        before = ""
        for index, row in enumerate(self.rows):
            if row.frame != before:
                self._shown.append(f"in {row.frame}" if row.frame else "outside of functions")
                before = row.frame
            self._shown.append(index)
        changed = next((i for i, row in enumerate(self.rows) if row.changed), None)
        if changed is not None:
            self.cursor = self._shown.index(changed)
            self.laid_out()

    def glance(self, session: Session) -> bool:
        self.read(session)
        return True

    def line_count(self) -> int:
        return max(len(self._shown), 1)

    def line(self, index: int, width: int) -> Line:
        if not self._shown:
            return ((" No names yet.", "dim"),)
        number = self._shown[index]
        chosen = self.has_focus and index == self.cursor
        if isinstance(number, str):
            heading = fit(((f" {number}", "marker"),), width)
            return with_role(heading, "cursor") if chosen else heading
        row = self.rows[number]
        role = "strong" if row.changed else ""
        roles = (role, "shape", "dim", "dim", "bad" if row.trouble else role or "number")
        cells = self._table.line(number, roles, width - 3)
        mark: Line = ((" Δ", "changed"),) if row.changed else (("  ", ""),)
        line = both_ends(((" ", ""), *fit(cells, width - 3)), mark, width)
        return with_role(line, "cursor") if chosen else line

    @property
    def _row(self) -> NameRow | None:
        """The row under the cursor, if it is not a heading."""
        number = self._shown[min(self.cursor, len(self._shown) - 1)] if self._shown else ""
        return None if isinstance(number, str) else self.rows[number]

    def copied(self) -> tuple[str, str]:
        row = self._row
        return (f"{row.name} {row.shape}".strip(), numpy_text(row.value)) if row else ("", "")

    @property
    def entry(self) -> str:
        row = self._row
        if row is None:
            return ""
        first = ",".join("0" * np.ndim(row.value)) if isinstance(row.value, np.ndarray) else ""
        return f"{row.name}[{first}]" if first else row.name

    def chosen(self) -> Chosen | None:
        row = self._row
        return Chosen(row.name, row.value) if row else None


def _told(row: NameRow) -> str:
    """Trouble and summary; of a number that is NaN both say the same."""
    return row.summary if row.trouble == row.summary else f"{row.trouble} {row.summary}".strip()
