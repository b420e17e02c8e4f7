"""Hearing Escape while a statement runs: in the thread that reads the terminal.

    terminal ──► driver's thread ──► event loop, which waits for the statement
                      │
                      └── Escape, Ctrl+C: heard() ──► the statement is broken off

Everything else happens in the event loop; only this key cannot wait for it.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.driver import Driver
from textual.message import Message

INTERRUPTS = ("escape", "ctrl+c")


def listening(kind: type[Driver], heard: Callable[[], None]) -> type[Driver]:
    """A driver that calls `heard`, in its own thread, before it hands such a key on."""

    class Listening(kind):  # type: ignore[misc,valid-type]  # whichever driver this system has
        def process_message(self, message: Message) -> None:
            if isinstance(message, events.Key) and message.key in INTERRUPTS:
                heard()
            super().process_message(message)

    return Listening
