"""One line of text being typed: keys in, text and cursor out."""

from __future__ import annotations

SPECIAL = {
    "enter": "enter",
    "escape": "leave",
    "ctrl+c": "leave",
    "up": "earlier",
    "down": "later",
    "tab": "complete",
}
"""Keys that mean something to whoever asked for the line."""


class LineEditor:
    """Text with a cursor and a memory of earlier lines."""

    def __init__(self) -> None:
        self.text = ""
        self.cursor = 0
        self._past: dict[str, list[str]] = {}
        self._kind = ""
        self._place = 0

    def start(self, kind: str, text: str) -> None:
        """Begin a line of a kind; each kind remembers its own lines."""
        self._kind = kind
        self._place = len(self._past.get(kind, []))
        self.replace(text)

    def replace(self, text: str) -> None:
        """Set the whole text, the cursor behind it."""
        self.text = text
        self.cursor = len(text)

    def insert(self, text: str) -> None:
        """Type or paste; a line has no line breaks."""
        text = " ".join(text.splitlines())
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)

    def remember(self) -> None:
        """Keep the line for Up, unless it is empty or the last one again."""
        past = self._past.setdefault(self._kind, [])
        if self.text.strip() and past[-1:] != [self.text]:
            past.append(self.text)

    def recall(self, direction: int) -> None:
        """Show an earlier (-1) or later (1) line."""
        past = self._past.get(self._kind, [])
        self._place = max(0, min(self._place + direction, len(past)))
        self.replace(past[self._place] if self._place < len(past) else "")

    def press(self, key: str, character: str | None) -> str:
        """Take a key. Returns what a special key means, ``changed``, or ``""``."""
        if key in SPECIAL:
            return SPECIAL[key]
        before = self.text
        if key in ("left", "right"):
            self.cursor += -1 if key == "left" else 1
        elif key in ("home", "ctrl+a"):
            self.cursor = 0
        elif key in ("end", "ctrl+e"):
            self.cursor = len(self.text)
        elif key in ("backspace", "ctrl+h"):
            self._delete(self.cursor - 1, self.cursor)
        elif key == "delete":
            self._delete(self.cursor, self.cursor + 1)
        elif key == "ctrl+u":
            self._delete(0, self.cursor)
        elif key == "ctrl+w":
            head = self.text[: self.cursor].rstrip()
            self._delete(head.rfind(" ") + 1, self.cursor)
        elif character and character.isprintable():
            self.insert(character)
        self.cursor = max(0, min(self.cursor, len(self.text)))
        return "changed" if self.text != before else ""

    def _delete(self, start: int, end: int) -> None:
        start = max(start, 0)
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start
