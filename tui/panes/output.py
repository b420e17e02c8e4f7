"""The Output pane: what the script has printed so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stepnet.session.panes import output_lines
from tui.lines import Line, skip
from tui.pane import Pane

if TYPE_CHECKING:
    from stepnet.session.session import Session


class OutputPane(Pane):
    """Printed text; follows its end unless it was scrolled up."""

    TITLE = "Output"
    ABOUT = (
        "What the script has printed. It follows the end until you scroll up; End follows again.\n"
        "Left Right show long lines, y copies the text."
    )

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.printed: tuple[str, ...] = ()

    def read(self, session: Session) -> None:
        following = self.at_end
        self.printed = output_lines(session)
        if following:
            self.laid_out()

    @property
    def at_end(self) -> bool:
        """Is the last line on the screen, so that it follows what is printed?"""
        return self.top + self.inner_height >= len(self.printed)

    def laid_out(self) -> None:
        self.top = max(0, len(self.printed) - self.inner_height)

    def line_count(self) -> int:
        return max(len(self.printed), 1)

    def line(self, index: int, width: int) -> Line:
        if not self.printed:
            return ((" Nothing has been printed yet.", "dim"),)
        return skip(((" " + self.printed[index], ""),), self.left)

    def copied(self) -> tuple[str, str]:
        return f"{len(self.printed)} lines of output", "\n".join(self.printed)
