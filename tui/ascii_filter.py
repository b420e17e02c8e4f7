"""The ASCII table as Textual's last step before the terminal."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.ascii import ascii_text


class AsciiFilter(LineFilter):
    """Every segment of every widget, frames and scroll bars included, in ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.control else Segment(ascii_text(segment.text), segment.style)
            for segment in segments
        ]
