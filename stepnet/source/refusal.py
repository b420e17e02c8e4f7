"""Errors in a script that are found before anything runs."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from stepnet.source.section import Section, place


@dataclass(frozen=True)
class Refusal:
    """One thing in a script that cannot be opened."""

    line: int
    """Counted from 1."""
    column: int
    """Counted from 0, in characters."""
    end_column: int
    """One past the last character on that line."""
    message: str
    """What is wrong."""
    advice: str
    """What to write instead."""


def refuse(node: ast.AST, message: str, advice: str) -> Refusal:
    """What is wrong at a node of the syntax tree; columns in bytes, as Python counts them."""
    line = getattr(node, "lineno", 1)
    column = getattr(node, "col_offset", 0)
    end = getattr(node, "end_col_offset", column + 1)
    same = getattr(node, "end_lineno", line) == line
    return Refusal(line, column, end if same else column + 1, message, advice)


class SourceError(Exception):
    """A script that cannot be opened: every refusal at once, each with place and advice."""

    def __init__(
        self, name: str, text: str, refusals: Sequence[Refusal], sections: Sequence[Section] = ()
    ) -> None:
        self.name = name
        self.refusals = tuple(refusals)
        lines = text.split("\n")
        self.texts = tuple(render(name, lines, part, sections) for part in self.refusals)
        """Each refusal as it is shown."""
        super().__init__("\n".join(self.texts))


def render(
    name: str, lines: Sequence[str], refusal: Refusal, sections: Sequence[Section] = ()
) -> str:
    """A refusal as a compiler prints it: place, line, caret, what to do."""
    found = place(name, sections, refusal.line)
    column = f"{refusal.column + 1}"
    at = f"{found}, column {column}" if ", " in found else f"{found}:{column}"
    shown = [f"{at}: {refusal.message}"]
    if 0 < refusal.line <= len(lines) and lines[refusal.line - 1].strip():
        source = lines[refusal.line - 1]
        width = max(1, refusal.end_column - refusal.column)
        lead = "".join("\t" if mark == "\t" else " " for mark in source[: refusal.column])
        shown += [f"    {source}", f"    {lead}{'^' * width}"]
    if refusal.advice:
        shown.append(f"  {refusal.advice}")
    return "\n".join(shown)
