"""Playing the application: press keys, wait until it stands still, read the screen.

The one place in the tests that touches what Textual keeps to itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from textual.events import MouseScrollDown
from textual.pilot import Pilot

from stepnet.session.session import Session
from tui.app import StepnetApp
from tui.bindings import default_keys
from tui.screens import debugger
from tui.screens.debugger import Debugger
from tui.settings import Settings

NAMED = {
    "Enter": "enter",
    "Escape": "escape",
    "Tab": "tab",
    "BTab": "shift+tab",
    "Space": "space",
    "Up": "up",
    "Down": "down",
    "Left": "left",
    "Right": "right",
    "Home": "home",
    "End": "end",
    "PgUp": "pageup",
    "PgDn": "pagedown",
    "BSpace": "backspace",
    **{f"F{number}": f"f{number}" for number in range(1, 13)},
}


@dataclass
class Player:
    """The running application and its pilot."""

    app: StepnetApp
    pilot: Pilot[None]

    @property
    def debugger(self) -> Debugger:
        screen = self.app.screen
        assert isinstance(screen, Debugger)
        return screen

    @property
    def address(self) -> str:
        return self.debugger.session.position.address

    async def press(self, keys: str) -> None:
        """Press keys separated by blanks, a text in 'quotes' letter by letter; then wait."""
        for word in keys.split():
            if word.startswith("'"):
                await self.pilot.press(*(spelled(letter) for letter in word.strip("'")))
            else:
                await self.pilot.press(NAMED.get(word) or spelled(word))
        await self.settle()

    async def go(self, line: str) -> None:
        """Carry out a command line without typing it, which is quicker."""
        self.debugger.runs.submit(line)
        await self.settle()

    async def choose(self, query: str) -> None:
        """Find a command in the palette and carry it out."""
        await self.pilot.press("ctrl+p", *(spelled(letter) for letter in query.replace(" ", "")))
        await self.pilot.pause(0.3)
        await self.pilot.press("enter")
        await self.settle()

    async def wheel(self, column: int, row: int) -> None:
        """Turn the mouse wheel one notch down over a cell of the screen."""
        await self.pilot._post_mouse_events([MouseScrollDown], None, (column, row))
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing runs and everything is painted."""
        await self.pilot.pause()
        while isinstance(self.app.screen, Debugger) and not self.app.screen.runs.idle:
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    def text(self) -> str:
        """The screen as text."""
        size = self.app.size
        strips = self.app.screen._compositor.render_strips(size)
        return "\n".join(strip.text.rstrip() for strip in strips)

    def lines(self) -> list[str]:
        return self.text().splitlines()

    def styles(self) -> str:
        """Everything that would be sent to the terminal for this screen."""
        console = self.app.console
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return "\n".join(strip.render(console) for strip in strips)


def spelled(key: str) -> str:
    """A key as the pilot wants it."""
    if len(key) == 1 and not key.isalnum():
        from textual.keys import _character_to_key

        return _character_to_key(key)
    return key


def play(
    script: Callable[[Player], Awaitable[None]],
    target: str | Path | None = "trask_neuron",
    size: tuple[int, int] = (120, 36),
    *,
    theme: str = "dark",
    ascii_only: bool = False,
    keys: dict[str, tuple[str, ...]] | None = None,
    begin: str = "",
    idle: float = 3600.0,
) -> None:
    """Open a target in the application and let `script` play it.

    `idle` is after how many seconds without a key the gradients are checked: never, unless a test
    is about that.
    """
    debugger.IDLE = idle

    async def run() -> None:
        session = Session.open(str(target)) if target is not None else None
        settings = Settings({**default_keys(), **(keys or {})})
        begun = session.perform(begin) if session and begin else None
        app = StepnetApp(session, settings, theme=theme, ascii_only=ascii_only, begun=begun)
        async with app.run_test(size=size) as pilot:
            player = Player(app, pilot)
            await player.settle()
            await script(player)

    asyncio.run(run())
