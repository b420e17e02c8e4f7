"""The command palette (Ctrl+P), filled from the declaration of commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from stepnet.session.commands import COMMANDS
from tui.screens.debugger import Debugger


def titled(label: str, keys: tuple[str, ...]) -> str:
    """A command as the palette names it, with its keys if it has any."""
    return f"{label}  ({' '.join(keys)})" if keys else label


class CommandProvider(Provider):
    """Every command that applies now."""

    def _entries(self) -> list[tuple[str, str, Callable[[], None]]]:
        screen = self.screen
        if not isinstance(screen, Debugger):
            return []
        other = "light" if screen.app.theme == "dark" else "dark"
        theme = (f"theme: {other}", "Change the colours.", self._change_theme)
        return [
            *(
                (
                    titled(command.label, screen.keys[command.name]),
                    f":{command.name}  {command.help}",
                    partial(screen.carry_out, command.name),
                )
                for command in COMMANDS
                if screen.check_action("command", (command.name,))
            ),
            theme,
        ]

    def _change_theme(self) -> None:
        self.app.theme = "light" if self.app.theme == "dark" else "dark"

    async def discover(self) -> Hits:
        for title, about, act in self._entries():
            yield DiscoveryHit(title, act, title, about)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for title, about, act in self._entries():
            score = max(matcher.match(title), matcher.match(about))
            if score > 0:
                yield Hit(score, matcher.highlight(title), act, title, about)
