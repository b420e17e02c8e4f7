"""The ``?`` screen: the focused pane's own keys, then every command, grouped as declared."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from stepnet.session.commands import COMMANDS
from tui.bindings import Keys
from tui.lines import Line, fit, wrap
from tui.screens.text import TextPane

KEYS_WIDTH = 16
GENERAL = (
    ("0–9", "Digits before a stepping key are a count: 10s steps ten times."),
    ("Escape", "Unwinds one layer: a run, a count, a prompt, a maximised pane, this screen."),
    ("Ctrl+P", "The command palette: every command by name."),
    (
        "Mouse",
        "The wheel scrolls, a click chooses an entry, line or key; two clicks are Enter.",
    ),
)


class HelpScreen(Screen[None]):
    """Every key and command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", show=False)
    ]
    AUTO_FOCUS: ClassVar[str] = "#help"

    def __init__(self, keys: Keys, title: str, about: str) -> None:
        super().__init__()
        self._keys = keys
        self._about = (title, about)

    def compose(self) -> ComposeResult:
        yield TextPane("help", "Help", self.lines)

    def lines(self, width: int) -> list[Line]:
        """The whole text for a width."""
        title, about = self._about
        text: list[Line] = [((f" The {title} pane, which has the focus", "marker"),)]
        for paragraph in about.splitlines():
            text += [((f"   {part}", ""),) for part in wrap(paragraph, width - 4)]
        for group in dict.fromkeys(("stepping", *(command.group for command in COMMANDS))):
            text += [(), ((f" {group.capitalize()}", "marker"),)]
            for command in COMMANDS:
                if command.group == group:
                    keys = " ".join(self._keys[command.name])
                    name = f"{command.name} {command.argument}".strip()
                    text += entry(keys, command.help, f":{name}", width)
        text += [(), ((" Everywhere", "marker"),)]
        for key, what in GENERAL:
            text += entry(key, what, "", width)
        return text


def entry(keys: str, what: str, name: str, width: int) -> list[Line]:
    """A key, what it does, and the name to type, wrapped where there is no room for them."""
    names = 30 if width >= 90 else 0
    lines: list[Line] = []
    parts = wrap(what, max(width - KEYS_WIDTH - names - 3, 12))
    if name and not names:
        parts += wrap(name, max(width - KEYS_WIDTH - 3, 12))
    for index, part in enumerate(parts):
        key: Line = fit(((f"   {keys if index == 0 else ''}", "key"),), KEYS_WIDTH)
        role = "dim" if part.startswith(":") else ""
        middle: Line = ((f" {part}", role),)
        if names:
            middle = fit(middle, width - KEYS_WIDTH - names)
            middle = (*middle, (name if index == 0 else "", "dim"))
        lines.append((*key, *middle))
    return lines
