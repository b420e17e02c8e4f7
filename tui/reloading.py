"""Offering to open a script again that was changed on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stepnet.session.reload import Stamp, stamp

if TYPE_CHECKING:
    from tui.screens.debugger import Debugger

EVERY = 1.0
"""Seconds between two looks at the files."""


class FileWatch:
    """Looks at the files of the script that a screen shows, and says when they change."""

    def __init__(self, screen: Debugger) -> None:
        self.screen = screen
        self._offered: Stamp = ()

    def look(self) -> None:
        """Offer to reload, once for each change."""
        session = self.screen.session
        found = stamp(session.script)
        if self.screen.is_current and found not in (session.stamp, self._offered):
            self._offered = found
            self.screen.say(f"{session.script.path.name} has changed on the disk: r reloads it")
