"""The prompt above the footer: a command, an address, or a text to search for.

    no statement assigns 'dE_dx'       what was wrong with the line, until it is changed
    goto ADDRESS – Go to an address …  the grammar of what is being typed
    : goto 3/dE_dx█                    the line itself

Keys reach an open prompt straight from the application, before any widget's queue, so a line that
is typed or pasted faster than the screen repaints never spills into the commands behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.completion import complete, hint
from tui.editing import LineEditor
from tui.lines import Line, fit, skip, width_of
from tui.pane import painted

LABELS = {"command": ":", "goto": "go to", "search": "/"}
PLACEHOLDERS = {
    "command": "a command; Tab completes, Up is the last one, Escape leaves",
    "goto": "3/dE_dw  2.5/d_b3  /12  @417  1000  end",
    "search": "a text in the program; Enter again finds the next",
    "predict": "Enter answers, Escape skips",
}
TALLEST = 8
"""Lines that an error may take."""


class Prompt(Widget):
    """One line to type in, closed most of the time."""

    class Typed(Message):
        """The line has changed."""

        def __init__(self, kind: str, text: str) -> None:
            super().__init__()
            self.kind = kind
            self.text = text

    class Left(Message):
        """The prompt was left without a line."""

    def __init__(
        self, names: Callable[[], Sequence[str]], entered: Callable[[str, str], None]
    ) -> None:
        """`entered` is called with kind and text of a line, before the next key is read."""
        super().__init__(id="prompt")
        self.kind = ""
        """``command``, ``goto``, ``search``, or ``""`` while closed."""
        self._names = names
        self._entered = entered
        self._editor = LineEditor()
        self._error: list[str] = []
        self._hint = ""
        self._asked = ""
        """The question that is answered, in the place of the label."""
        self._known: tuple[str, ...] = ()
        """What is known for it, a line each."""

    @property
    def is_open(self) -> bool:
        """Is something being typed?"""
        return bool(self.kind)

    def open(self, kind: str, text: str = "", error: str = "") -> None:
        """Open for a kind of line, with `text` already typed and what was wrong with it."""
        self.kind = kind
        self._editor.start(kind, text)
        self._error = error.rstrip().splitlines()[:TALLEST]
        self._hint = ""
        self._show()

    def ask(self, question: str, known: tuple[str, ...], error: str = "") -> None:
        """Open for the answer to a question; Enter on an empty line, or Escape, skips it."""
        self._asked, self._known = question, known
        self.open("predict", error=error)

    def close(self) -> None:
        """Leave the screen."""
        self.kind = ""
        self._show()

    def press(self, event: events.Key) -> None:
        """Take a key while open."""
        meaning = self._editor.press(event.key, event.character)
        if meaning == "enter":
            kind, text = self.kind, self._editor.text.strip()
            self._editor.remember()
            self.close()
            self._entered(kind, text)
            return
        if meaning == "leave":
            self.close()
            self.post_message(self.Left())
        elif meaning == "complete":
            self._complete()
        elif meaning in ("earlier", "later"):
            self._editor.recall(-1 if meaning == "earlier" else 1)
            self._changed()
        elif meaning == "changed":
            self._changed()
        self._show()

    def paste(self, text: str) -> None:
        """Insert a pasted text."""
        self._editor.insert(text)
        self._changed()
        self._show()

    def _changed(self) -> None:
        text = self._editor.text
        self._error = []
        self._hint = hint(text) if self.kind == "command" else ""
        self.post_message(self.Typed(self.kind, text))

    def _complete(self) -> None:
        prefix = "" if self.kind == "command" else f"{self.kind} "
        text, candidates = complete(prefix + self._editor.text, self._names())
        self._editor.replace(text[len(prefix) :])
        self._changed()
        if candidates:
            self._hint = "  ".join(candidates)

    def _show(self) -> None:
        self.display = self.is_open
        rows = len(self._error) + 1 + (self.kind == "command" and not self._error)
        rows += len(self._known) if self.kind == "predict" else 0
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows
        self.refresh()

    def _lines(self) -> list[Line]:
        lines: list[Line] = [((f" {text}", "bad"),) for text in self._error]
        if self.kind == "command" and not self._error:
            lines.append(((f" {self._hint}", "dim"),))
        if self.kind == "predict":
            lines += [((f" {text}", ""),) for text in self._known]
        editor = self._editor
        label: Line = ((f" {LABELS.get(self.kind, self._asked)} ", "key"),)
        under = editor.text[editor.cursor : editor.cursor + 1] or " "
        typed: Line = (
            (editor.text[: editor.cursor], ""),
            (under, "caret"),
            (editor.text[editor.cursor + 1 :], ""),
        )
        if not editor.text:
            typed = (*typed, (PLACEHOLDERS.get(self.kind, ""), "dim"))
        room = self.size.width - width_of(label) - 1
        behind = width_of(((editor.text[: editor.cursor] + under, ""),)) - room
        lines.append((*label, *skip(typed, max(behind, 0))))
        return lines

    def render_line(self, y: int) -> Strip:
        look = "plain" if self.app.no_color else self.app.theme
        lines = self._lines()
        line = fit(lines[y] if y < len(lines) else (), self.size.width)
        return painted(tuple((text, f"bar {role}") for text, role in line), look)
