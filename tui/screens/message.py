"""A text over the whole screen until Escape: what is too long for the footer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.lines import Line, wrap
from tui.screens.text import TextPane


class MessageScreen(Screen[None]):
    """Why something was not done."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", show=False)]
    AUTO_FOCUS: ClassVar[str] = "#message"

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        yield TextPane("message", self._title, self.lines)

    def lines(self, width: int) -> list[Line]:
        """The text for a width; code and the caret beneath it keep their columns."""
        lines: list[Line] = []
        for text in self._text.splitlines():
            if text.startswith("    "):
                lines.append(((f" {text}", "strong"),))
                continue
            indent = text[: len(text) - len(text.lstrip())]
            role = "" if indent else "bad"
            lines += [((f" {indent}{part}", role),) for part in wrap(text.strip(), width - 4)]
        return lines
