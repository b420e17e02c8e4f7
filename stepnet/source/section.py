"""A part of a script's text that is known by another name: a cell, or a file that is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Section:
    """A part of a text; it goes on to the next one."""

    name: str
    """``cell 3``, or a file's name."""
    first: int
    """Its first line, counted from 1."""
    module: str = ""
    """For a file, what it is imported as: ``layers.dense``."""


def place(name: str, sections: Sequence[Section], line: int) -> str:
    """A line as people find it: ``net.py:12``, ``net.ipynb, cell 3, line 2``, ``layers.py:4``."""
    found = [section for section in sections if section.first <= line]
    if not found:
        return f"{name}:{line}"
    section = found[-1]
    own = line - section.first + 1
    return f"{section.name}:{own}" if section.module else f"{name}, {section.name}, line {own}"


def moved(sections: Sequence[Section], behind: int, lines: int) -> tuple[Section, ...]:
    """The sections of a text into which some lines were put behind a line."""
    return tuple(
        replace(part, first=part.first + lines) if part.first > behind else part
        for part in sections
    )
