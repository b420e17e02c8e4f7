"""A Jupyter notebook as a script: its code cells one after another, its text as comments.

What is no Python, magics and shell commands, is skipped with a note; a cell's output is ignored.
"""

from __future__ import annotations

import ast
import json
import re
import textwrap
from dataclasses import dataclass, field
from typing import Any

from stepnet.source.markdown import plain
from stepnet.source.section import Section

WIDTH = 88
"""Columns in which text is wrapped."""
UNWRAPPED = 100_000
_MAGIC = re.compile(r"^\s*(%{1,2}\w|!|\?\w)|^\s*[\w.]+\?{1,2}\s*$|^\s*\w+\s*=\s*[%!]\w")
_WHOLE = re.compile(r"^\s*%%(?!time|timeit|capture|prun)(\w+)")
"""Cell magics whose cell is no Python."""


class NotANotebook(ValueError):
    """A file that is no notebook, and why."""


@dataclass(eq=False)
class Notebook:
    """A notebook as text, with where its cells begin."""

    title: str = ""
    introduction: str = ""
    lines: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    """What was skipped: the line and its cell."""

    @property
    def text(self) -> str:
        """The whole as a script."""
        return "\n".join(self.lines) + "\n"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was skipped, in a sentence."""
        if not self.skipped:
            return ()
        shown = ", ".join(self.skipped[:3]) + (", …" if len(self.skipped) > 3 else "")
        return (f"Skipped, for it is no Python: {shown}.",)


def read_notebook(contents: str) -> Notebook:
    """A notebook in format 3 or 4.

    Raises NotANotebook for anything else.
    """
    cells = _cells(contents)
    made, told, number = Notebook(lines=_given(cells)), list[str](), 0
    before: list[str] = []
    for cell in cells:
        source = _source(cell)
        if cell["cell_type"] in ("markdown", "heading", "raw"):
            told += plain(source, WIDTH)
            before += plain(source, UNWRAPPED)
        elif cell["cell_type"] == "code":
            number += 1
            if not made.sections and before:
                made.title, made.introduction = before[0], "\n\n".join(before[1:])
            if _add(made, number, source, told):
                told = []
    return made


def _cells(contents: str) -> list[dict[str, Any]]:
    try:
        book = json.loads(contents)
    except (ValueError, RecursionError) as error:
        raise NotANotebook(f"it is not valid JSON: {error}") from None
    if not isinstance(book, dict):
        raise NotANotebook("it holds no cells")
    sheets = book.get("worksheets")
    if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict):
        book = sheets[0]
    cells = book.get("cells")
    if not isinstance(cells, list):
        raise NotANotebook("it holds no cells")
    return [cell for cell in cells if isinstance(cell, dict) and "cell_type" in cell]


def _given(cells: list[dict[str, Any]]) -> list[str]:
    """Imports of what Jupyter gives every notebook, where one uses it without importing it."""
    code = "\n".join(_source(cell) for cell in cells if cell["cell_type"] == "code")
    return [
        f"from {module} import {name}"
        for name, module in (("display", "IPython.display"), ("get_ipython", "IPython"))
        if re.search(rf"(?m)^[^#\n]*\b{name}\(", code)
        and not re.search(rf"\b(import|def)\b[^\n]*\b{name}\b", code)
    ]


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    lines = source if isinstance(source, list) else [source]
    return "".join(part for part in lines if isinstance(part, str))


def _add(made: Notebook, number: int, source: str, told: list[str]) -> bool:
    """Put a cell behind the others, the text in front of it as comments; False for an empty one."""
    lines = textwrap.dedent(source.replace("\r\n", "\n")).split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if made.lines:
        made.lines.append("")
    made.lines += [f"# ── cell {number} ──", ""]
    if lines:
        made.lines += [f"# {line}" for line in told]
    first = len(made.lines) + 1
    made.lines += _python(lines, number, made.skipped)
    made.sections.append(Section(f"cell {number}", first, max(first, len(made.lines))))
    return bool(lines)


def _python(lines: list[str], number: int, skipped: list[str]) -> list[str]:
    """The lines of a cell with what is no Python as comments."""
    try:
        ast.parse("\n".join(lines))
        return lines
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    if lines and _WHOLE.match(lines[0]):
        skipped.append(f"{lines[0].strip()} (cell {number})")
        return [f"# {line}" for line in lines]
    made: list[str] = []
    goes_on = False
    for line in lines:
        begins = _MAGIC.match(line)
        if begins:
            skipped.append(f"{line.strip()} (cell {number})")
        if begins or goes_on:
            goes_on = line.rstrip().endswith("\\")
            indent = line[: len(line) - len(line.lstrip())]
            line = f"{indent}pass  # {line.strip()}" if indent and begins else f"# {line}"
        made.append(line)
    return made
