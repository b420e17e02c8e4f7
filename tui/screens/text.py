"""A pane over the whole screen with text to read: the base of help."""

from __future__ import annotations

from collections.abc import Callable

from tui.lines import Line
from tui.pane import Pane


class TextPane(Pane):
    """Lines made for the width there is."""

    def __init__(self, name: str, title: str, make: Callable[[int], list[Line]]) -> None:
        super().__init__(name)
        self._title_text = title
        self._make = make
        self._content: list[Line] = []

    def laid_out(self) -> None:
        self._content = self._make(self.inner_width)

    def heading(self) -> tuple[Line, Line]:
        return ((self._title_text, "title"),), (("Escape closes", "dim"),)

    def line_count(self) -> int:
        return len(self._content)

    def line(self, index: int, width: int) -> Line:
        return self._content[index]
