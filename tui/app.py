"""The application: which screen is open, the theme, and the last step before the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Generator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.command import Provider
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import Worker

from stepnet.session.session import Session
from stepnet.source.builtin import builtin_scenarios
from stepnet.source.refusal import SourceError
from stepnet.source.script import NoSuchScript
from tui.answering import opened
from tui.ascii_filter import AsciiFilter
from tui.bindings import keymap
from tui.listening import listening
from tui.opening import OpenAsked, ReloadAsked
from tui.palette import CommandProvider
from tui.pane import Pane
from tui.screens.debugger import Debugger
from tui.screens.picker import Picker
from tui.settings import Settings
from tui.theme import THEMES

if TYPE_CHECKING:
    from stepnet.session.session import Stop
    from stepnet.session.views import Progress


class StepnetApp(App[None]):
    """stepnet in a terminal."""

    CSS_PATH = "stepnet.tcss"
    TITLE = "stepnet"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandProvider}
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        session: Session | None,
        settings: Settings,
        *,
        theme: str = "dark",
        ascii_only: bool = False,
        begun: Generator[Progress, None, Stop] | None = None,
        seed: int | None = None,
        plays: Callable[[StepnetApp], Coroutine[None, None, None]] | None = None,
    ) -> None:
        """`begun` is a run that has started already; `plays` is who presses the keys, if nobody
        does."""
        # With NO_COLOR the terminal's own colours are left alone: Textual would paint greys.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        for own in THEMES:
            self.register_theme(own)
        self.theme = theme
        self.settings = settings
        self.session = session
        self._begun = begun
        self._seed = seed
        self._plays = plays
        self._playing: Worker[None] | None = None
        self.ascii_only = ascii_only
        self._ascii = (AsciiFilter(),) if ascii_only else ()
        self.set_keymap(keymap(settings.keys))

    def get_default_screen(self) -> Screen[None]:
        if self.session is None:
            return Picker(builtin_scenarios())
        return Debugger(self.session, self.settings.keys, self._begun)

    def get_driver_class(self) -> type[Driver]:
        return listening(super().get_driver_class(), self._heard)

    def _heard(self) -> None:
        """Escape was pressed, perhaps in the middle of a statement; called in another thread."""
        debugger = self.debugger
        if debugger is not None:
            debugger.runs.heard()

    def on_ready(self) -> None:
        if self._plays is not None:
            self._playing = self.run_worker(self._plays(self), name="plays")

    def _stop_playing(self) -> bool:
        """Escape stops a script that is being played; False if there is none."""
        playing = self._playing
        if playing is None or not playing.is_running:
            return False
        playing.cancel()
        if self.debugger is not None:
            self.debugger.runs.interrupt()
            self.debugger.say("the replay was stopped; the rest is yours")
        return True

    async def on_event(self, event: events.Event) -> None:
        """Give keys to an open prompt at once, in the order in which they were typed."""
        if isinstance(event, events.Key) and event.key == "escape" and self._stop_playing():
            return
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, Debugger):
                screen.await_idle()
            if isinstance(screen, Debugger) and screen.prompt.is_open:
                if isinstance(event, events.Key):
                    screen.prompt.press(event)
                else:
                    screen.prompt.paste(event.text)
                return
        await super().on_event(event)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return (*super().get_line_filters(), *self._ascii)

    def watch_theme(self) -> None:
        """The panes colour their own text."""
        if self.is_running:
            for pane in self.screen.query(Pane):
                pane.restyle()

    def on_open_asked(self, message: OpenAsked) -> None:
        if not message.target:
            self.push_screen(Picker(builtin_scenarios()))
            return
        try:
            session = opened(message.target, self._seed, headless=False)
        except (SourceError, NoSuchScript) as error:
            screen = self.screen
            if isinstance(screen, Picker):
                screen.show_error(str(error))
            elif isinstance(screen, Debugger):
                self._refuse(screen, message.target, str(error))
            return
        self.show(session)

    def on_reload_asked(self, message: ReloadAsked) -> None:
        debugger = self.debugger
        if debugger is None:
            return
        from stepnet.session.reload import address_now, reloaded

        old = debugger.session
        try:
            session, lost = reloaded(old)
        except (SourceError, NoSuchScript) as error:
            self._refuse(debugger, old.script.name, str(error))
            return
        address = address_now(session, old.position.address)
        self.show(session)
        if address != session.position.address:
            debugger.runs.submit(f"goto {address}")
        if lost:
            from tui.screens.message import MessageScreen

            self.push_screen(MessageScreen("Not in the script any more", "\n".join(lost)))

    def _refuse(self, screen: Debugger, target: str, error: str) -> None:
        """Say why a script is not opened: in the footer, or where that is too short."""
        if "\n" not in error and len(error) < self.size.width:
            screen.say(error)
            return
        from tui.screens.message import MessageScreen

        self.push_screen(MessageScreen(f"{target} is not opened", error))

    @property
    def debugger(self) -> Debugger | None:
        """The debugger's screen, whatever lies over it; None before one was opened."""
        return next((s for s in self.screen_stack if isinstance(s, Debugger)), None)

    def show(self, session: Session) -> None:
        """Step through `session`, in the debugger that is there or else in a new one."""
        debugger = self.debugger
        if debugger is not None and debugger.session.recording is not None:
            debugger.session.recording.opened(session)
        if debugger is None:
            self.push_screen(Debugger(session, self.settings.keys))
            return
        while self.screen is not debugger:
            self.pop_screen()
        debugger.take(session)
