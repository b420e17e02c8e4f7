"""A part of a script's text that is known by another name: a cell, or a file that is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Section:
    """A part of a text, and what follows it up to the next one."""

    name: str
    """``cell 3``, or a file's name."""
    first: int
    """Its first line, counted from 1."""
    last: int = 0
    """Its last line; 0 where it goes on to the next one."""
    module: str = ""
    """For a file, what it is imported as: ``layers.dense``."""

    @property
    def key(self) -> str:
        """What stands for it in an address: a cell's number, a file's name as it is imported."""
        return self.module or self.name.rpartition(" ")[2]


def section_of(sections: Sequence[Section], line: int) -> Section | None:
    """The part that a line belongs to; None in front of the first one."""
    found = [section for section in sections if section.first <= line]
    return found[-1] if found else None


def place(name: str, sections: Sequence[Section], line: int) -> str:
    """A line as people find it: ``net.py:12``, ``net.ipynb, cell 3, line 2``, ``layers.py:4``."""
    section = section_of(sections, line)
    if section is None:
        return f"{name}:{line}"
    own = line - section.first + 1
    return f"{section.name}:{own}" if section.module else f"{name}, {section.name}, line {own}"


def at(sections: Sequence[Section], line: int) -> str:
    """The same in a sentence: ``line 12``, ``cell 3, line 2``, ``layers.py, line 4``."""
    section = section_of(sections, line)
    if section is None:
        return f"line {line}"
    return f"{section.name}, line {line - section.first + 1}"


def spot(sections: Sequence[Section], line: int) -> str:
    """The same in an address: ``12``, ``3:2`` for the third cell, ``layers:4``."""
    section = section_of(sections, line)
    if section is None:
        return str(line)
    return f"{section.key}:{line - section.first + 1}"


def line_of(sections: Sequence[Section], written: str) -> int | None:
    """The line of the whole text that a spot means; None for what is no spot.

    A spot beyond the end of a cell is the cell's last line.
    """
    key, _, number = written.rpartition(":")
    for section in sections:
        if key == section.key and number.isdigit() and int(number):
            line = section.first + int(number) - 1
            return min(line, section.last) if section.last else line
    return None


def moved(sections: Sequence[Section], behind: int, lines: int) -> tuple[Section, ...]:
    """The sections of a text into which some lines were put behind a line."""
    return tuple(
        replace(
            part,
            first=part.first + lines * (part.first > behind),
            last=part.last + lines * (part.last > behind),
        )
        for part in sections
    )
