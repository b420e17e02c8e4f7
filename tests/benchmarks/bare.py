"""The smallest Textual application that shows a text and repaints it at a key."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static


class Bare(App[None]):
    """One Static that counts how often `s` was pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "count", show=False)]
    ENABLE_COMMAND_PALETTE = False
    count = 0

    def compose(self) -> ComposeResult:
        yield Static("pressed 0 times")

    def action_count(self) -> None:
        """Repaint the one widget there is."""
        self.count += 1
        self.query_one(Static).update(f"pressed {self.count} times")


if __name__ == "__main__":
    Bare().run()
