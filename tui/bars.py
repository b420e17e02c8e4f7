"""The line at the top and the line at the bottom of the debugger."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.lines import Line, fit, plain, width_of
from tui.pane import painted


class Bar(Widget):
    """One line of text over the whole width."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__(id=name)
        self._line: Line = ()
        self._role = role

    def show(self, line: Line) -> None:
        """Show another line; nothing is painted if it is the same."""
        if line != self._line:
            self._line = line
            self.refresh()

    def render_line(self, y: int) -> Strip:
        look = "plain" if self.app.no_color else self.app.theme
        whole = fit(self._line, self.size.width)
        return painted(tuple((text, f"{self._role} {role}") for text, role in whole), look)

    @property
    def text(self) -> str:
        """What the line says, without its colours."""
        return plain(self._line)


class Footer(Bar):
    """The most useful keys; a click on one does what the key does."""

    class Chosen(Message):
        """A command in the footer was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, name: str) -> None:
        super().__init__(name, "bar")
        self._places: tuple[tuple[int, str], ...] = ()

    def offer(self, commands: tuple[tuple[str, str, str, bool], ...]) -> None:
        """Show (name, key, label, applies) of each command; what does not apply is grey."""
        line: list[tuple[str, str]] = []
        places: list[tuple[int, str]] = []
        at = 0
        for name, key, label, applies in commands:
            text = f" {key} {label} "
            line += [
                (f" {key} ", "key" if applies else "off"),
                (label + "  ", "" if applies else "off"),
            ]
            at += cell_len(text) + 1
            places.append((at, name))
        self._places = tuple(places)
        self.show(tuple(line))

    def say(self, text: str, role: str = "strong") -> None:
        """Show a message in place of the keys."""
        self._places = ()
        self.show(((f" {text}", role),))

    def on_click(self, event: events.Click) -> None:
        name = next((name for end, name in self._places if event.x < end), None)
        if name is not None:
            self.post_message(self.Chosen(name))


def header_line(left: Line, middle: Line, right: Line, width: int) -> Line:
    """Three parts over `width` cells: what does not fit goes from the left part first."""
    for parts in ((left, middle, right), ((), middle, right), ((), middle, ())):
        used = sum(width_of(part) for part in parts)
        gaps = 2 if used + 4 <= width else 1
        if used + gaps <= width:
            spare = width - used
            before = min(6, spare // 2) if parts[0] else 0
            return (
                *parts[0],
                (" " * before, ""),
                *parts[1],
                (" " * (spare - before), ""),
                *parts[2],
            )
    return fit(middle, width)
