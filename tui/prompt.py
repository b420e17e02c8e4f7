"""The prompt above the footer: a command, an address, or a text to search for.

  goto 3/dE_dx                     what was wrong with the last line, with its caret
       ^^^^^^^
  no statement assigns 'dE_dx'
: goto 3/dE_d█                     the line itself
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.completion import complete, hint

LABELS = {"command": ":", "goto": "go to", "search": "/"}
PLACEHOLDERS = {
    "command": "a command; Tab completes, Up is the last one, Escape leaves",
    "goto": "3/dE_dw  2.5/d_b3  /12  @417  1000  end",
    "search": "text in the program; Enter again finds the next",
}


class Line(Input):
    """The text being typed."""

    BINDINGS: ClassVar = [
        Binding("up", "earlier", show=False),
        Binding("down", "later", show=False),
        Binding("tab", "complete", show=False, priority=True),
    ]

    class Asked(Message):
        """A key that the prompt answers: ``earlier``, ``later``, ``complete`` or ``leave``."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def action_earlier(self) -> None:
        self.post_message(self.Asked("earlier"))

    def action_later(self) -> None:
        self.post_message(self.Asked("later"))

    def action_complete(self) -> None:
        self.post_message(self.Asked("complete"))

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+c"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Asked("leave"))


class Prompt(Widget):
    """One line to type in, closed most of the time."""

    DEFAULT_CSS = """
    Prompt { background: $surface; padding: 0 1; }
    Prompt Horizontal { height: 1; }
    Prompt #prompt-label { width: auto; padding: 0 1 0 0; text-style: bold; color: $primary; }
    Prompt Line, Prompt Line:focus {
        border: none; height: 1; padding: 0; background: $surface; width: 1fr;
    }
    Prompt #prompt-error { color: $error; text-style: bold; display: none; height: auto; }
    Prompt #prompt-hint { color: $foreground 70%; height: auto; max-height: 2; display: none; }
    """

    class Entered(Message):
        """A line was typed and Enter pressed."""

        def __init__(self, kind: str, text: str) -> None:
            super().__init__()
            self.kind = kind
            self.text = text

    class Typed(Message):
        """The line has changed."""

        def __init__(self, kind: str, text: str) -> None:
            super().__init__()
            self.kind = kind
            self.text = text

    class Left(Message):
        """The prompt was left without a line."""

    def __init__(self, names: Callable[[], Sequence[str]]) -> None:
        super().__init__(id="prompt")
        self.kind = ""
        """``command``, ``goto``, ``search``, or ``""`` while closed."""
        self._names = names
        self._history: dict[str, list[str]] = {}
        self._place = 0

    def compose(self) -> ComposeResult:
        yield Static(id="prompt-error", markup=False)
        yield Static(id="prompt-hint", markup=False)
        with Horizontal():
            yield Static(id="prompt-label", markup=False)
            yield Line(compact=True, select_on_focus=False)

    def open(self, kind: str, text: str = "", error: str = "") -> None:
        """Open for a kind of line, with `text` already typed and what was wrong with it."""
        self.kind = kind
        self._place = len(self._history.get(kind, []))
        self.query_one("#prompt-label", Static).update(LABELS[kind])
        line = self.query_one(Line)
        line.placeholder = PLACEHOLDERS[kind]
        with line.prevent(Input.Changed):
            line.value = text
        line.cursor_position = len(text)
        self._show("#prompt-error", error.rstrip())
        self._show("#prompt-hint", "")
        self.add_class("open")
        line.focus()

    def close(self) -> None:
        """Leave the screen."""
        self.kind = ""
        self.remove_class("open")

    def _show(self, selector: str, text: str) -> None:
        target = self.query_one(selector, Static)
        target.update(text)
        target.display = bool(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show("#prompt-error", "")
        self._show("#prompt-hint", hint(event.value) if self.kind == "command" else "")
        self.post_message(self.Typed(self.kind, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        past = self._history.setdefault(self.kind, [])
        text = event.value.strip()
        if text and past[-1:] != [text]:
            past.append(text)
        self._place = len(past)
        self.post_message(self.Entered(self.kind, text))

    def on_line_asked(self, event: Line.Asked) -> None:
        event.stop()
        line = self.query_one(Line)
        if event.what == "leave":
            self.post_message(self.Left())
        elif event.what == "complete":
            self._complete(line)
        else:
            past = self._history.get(self.kind, [])
            self._place += -1 if event.what == "earlier" else 1
            self._place = max(0, min(self._place, len(past)))
            line.value = past[self._place] if self._place < len(past) else ""
            line.cursor_position = len(line.value)

    def _complete(self, line: Input) -> None:
        prefix = "" if self.kind == "command" else f"{self.kind} "
        text, candidates = complete(prefix + line.value, self._names())
        with line.prevent(Input.Changed):
            line.value = text[len(prefix) :]
        line.cursor_position = len(line.value)
        if candidates:
            self._show("#prompt-hint", "  ".join(candidates))
