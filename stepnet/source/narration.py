"""What a script says about itself: comments, and the phases that ``# %%`` markers name."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass

MARKER = re.compile(r"#\s*%%\s*(?P<phase>[\w-]*)[\s:]*(?P<rest>.*)")
SEPARATOR = re.compile(r"# ── .* ──$")
"""What stands in front of a cell of a notebook and of a file that is imported."""
PHASES = frozenset("data parameters functions forward loss backward update evaluate".split())
"""Words behind ``%%`` that name a phase; any other marker only separates cells."""
CLAIM = re.compile(r"#:\s*(\S.*?)\s*$")


@dataclass(frozen=True)
class Comment:
    """One comment in the source."""

    line: int
    column: int
    text: str
    """Without ``#`` and the blanks around."""
    alone: bool
    """Nothing but white space stands before it on its line."""


@dataclass(frozen=True)
class Marker:
    """A ``# %% phase`` line: where a phase begins."""

    line: int
    column: int
    phase: str
    """The word behind ``%%`` in lower case: ``forward``, ``backward``, …"""
    sentence: str
    """What follows the word, e.g. the chain rule in symbols."""


@dataclass(frozen=True)
class Narration:
    """All comments and markers of a script, by line."""

    comments: dict[int, Comment]
    markers: dict[int, Marker]
    claims: dict[int, str]
    """``#: dL/dW1`` behind a statement: which derivative its value claims to be."""
    columns: dict[int, int]
    """Where on its line each comment of any kind begins."""

    def beside(self, first: int, last: int) -> tuple[str, ...]:
        """Comments on the statement that spans these lines, above it first."""
        above: list[str] = []
        line = first - 1
        while (note := self.comments.get(line)) is not None and note.alone:
            above.insert(0, note.text)
            line -= 1
        spanned = (self.comments.get(line) for line in range(first, last + 1))
        return tuple(filter(None, above)) + tuple(note.text for note in spanned if note)

    def bare(self, number: int, line: str) -> str:
        """A line of the source without the comment behind it."""
        column = self.columns.get(number)
        return line if column is None else line[:column].rstrip()

    def claim(self, first: int, last: int) -> str:
        """The claim written behind a statement that spans these lines, or ``""``."""
        return next((self.claims[n] for n in range(first, last + 1) if n in self.claims), "")

    def phase(self, line: int, column: int) -> str:
        """The phase that a statement at this place belongs to; ``""`` before any marker.

        A marker that is indented deeper than the statement belongs to a block that has ended.
        """
        for place in sorted(self.markers, reverse=True):
            marker = self.markers[place]
            if place < line and marker.column <= column:
                return marker.phase
        return ""


def narration(text: str) -> Narration:
    """Read the comments of a script that parses."""
    comments: dict[int, Comment] = {}
    claims: dict[int, str] = {}
    columns: dict[int, int] = {}
    markers: dict[int, Marker] = {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, column = token.start
        columns[line] = column
        alone = not token.line[:column].strip()
        found = MARKER.match(token.string) if alone else None
        claim = CLAIM.match(token.string)
        if claim:
            claims[line] = claim[1]
            continue
        if found and found["phase"].lower() in PHASES:
            markers[line] = Marker(line, column, found["phase"].lower(), found["rest"].strip())
        elif not (found or (alone and SEPARATOR.match(token.string))):
            comments[line] = Comment(line, column, token.string.lstrip("#").strip(), alone)
    return Narration(comments, markers, claims, columns)
