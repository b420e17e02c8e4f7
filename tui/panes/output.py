"""The Output pane: what the script has printed so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stepnet.session.panes import output_lines
from tui.lines import Line, folded
from tui.pane import Pane

if TYPE_CHECKING:
    from stepnet.session.session import Session


class OutputPane(Pane):
    """Printed text; follows its end unless it was scrolled up."""

    TITLE = "Output"
    ABOUT = (
        "What the script has printed. It follows the end until you scroll up; End follows again; "
        "long lines are folded.\ny copies the text."
    )

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.printed: tuple[str, ...] = ()
        self._folded: list[str] = []
        """The lines as they fit into the pane."""

    def read(self, session: Session) -> None:
        following = self.at_end
        self.printed = output_lines(session)
        self._fold()
        if following:
            self._follow()

    @property
    def at_end(self) -> bool:
        """Is the last line on the screen, so that it follows what is printed?"""
        return self.top + self.inner_height >= len(self._folded)

    def laid_out(self) -> None:
        self._fold()
        self._follow()

    def _fold(self) -> None:
        room = max(self.inner_width - 1, 1)
        self._folded = [part for text in self.printed for part in folded(text, room)]

    def _follow(self) -> None:
        self.top = max(0, len(self._folded) - self.inner_height)

    def glance(self, session: Session) -> bool:
        self.read(session)
        return True

    def line_count(self) -> int:
        return max(len(self._folded), 1)

    def line(self, index: int, width: int) -> Line:
        if not self._folded:
            return ((" Nothing has been printed yet.", "dim"),)
        return ((" " + self._folded[index], ""),)

    def copied(self) -> tuple[str, str]:
        return f"{len(self.printed)} lines of output", "\n".join(self.printed)
