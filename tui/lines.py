"""Text with roles: what a pane shows, before anybody knows colours or widgets.

A *run* is a piece of text and its role (``"number"``, ``"dim"``, ``"changed"`` …); a *line* is a
tuple of runs. Lines are plain tuples, so two of them are compared in a moment, and only rows that
differ are painted again. :mod:`tui.theme` says what a role looks like.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size

Run = tuple[str, str]
Line = tuple[Run, ...]

ELLIPSIS = "…"


def plain(line: Line) -> str:
    """The text of a line."""
    return "".join(text for text, _ in line)


def width_of(line: Line) -> int:
    """How many terminal cells a line takes."""
    cells = 0
    for text, _ in line:
        cells += len(text) if text.isascii() else cell_len(text)
    return cells


def cell_count(text: str) -> int:
    """How many terminal cells a text takes; most text is ASCII, where that is quick to say."""
    return len(text) if text.isascii() else cell_len(text)


def cut_text(text: str, width: int) -> str:
    """`text` in at most `width` cells; what is cut ends in an ellipsis."""
    if cell_count(text) <= width:
        return text
    return set_cell_size(text, width - 1) + ELLIPSIS if width > 0 else ""


def cut_middle(text: str, width: int) -> str:
    """`text` in at most `width` cells, its start and its end kept: names differ at their ends."""
    if cell_count(text) <= width or width < 4:
        return cut_text(text, width)
    tail = text[-((width - 1) // 2) :]
    return set_cell_size(text, width - 1 - cell_count(tail)) + ELLIPSIS + tail


def fit(line: Line, width: int) -> Line:
    """`line` in exactly `width` cells: padded, or cut with an ellipsis."""
    used = width_of(line)
    if used == width:
        return line
    if used < width:
        return (*line, (" " * (width - used), ""))
    if width <= 0:
        return ()
    kept: list[Run] = []
    left = width - 1
    for text, role in line:
        size = cell_count(text)
        if size > left:
            kept.append((set_cell_size(text, left) + ELLIPSIS, role))
            break
        kept.append((text, role))
        left -= size
    return tuple(kept)


def skip(line: Line, cells: int) -> Line:
    """`line` without its first `cells` cells: how it looks when scrolled sideways."""
    if cells <= 0:
        return line
    kept: list[Run] = []
    for text, role in line:
        size = cell_count(text)
        if cells >= size:
            cells -= size
            continue
        if cells:
            head = set_cell_size(text, cells).rstrip(" ")
            text = text[len(head) + (cells - cell_len(head)) :]
            cells = 0
        kept.append((text, role))
    return tuple(kept)


def both_ends(left: Line, right: Line, width: int) -> Line:
    """`left` at the left edge and `right` at the right edge; `left` gives way."""
    room = width - width_of(right)
    if room <= 0:
        return fit(right, width)
    return (*fit(left, room), *right)


def with_role(line: Line, role: str) -> Line:
    """`line` with `role` added to every run, as a cursor adds its bar to a row."""
    return tuple((text, f"{own} {role}".strip()) for text, own in line)


def wrap(text: str, width: int) -> list[str]:
    """`text` broken between words into lines of at most `width` cells."""
    lines: list[str] = []
    width = max(width, 1)
    for paragraph in text.splitlines() or [""]:
        indent = paragraph[: len(paragraph) - len(paragraph.lstrip())]
        current = ""
        for word in paragraph.split():
            joined = f"{current} {word}" if current.strip() else indent + word
            if cell_count(joined) <= width:
                current = joined
                continue
            if current.strip():
                lines.append(current)
            while cell_count(word) > width:
                lines.append(set_cell_size(word, width))
                word = word[width:]
            current = word
        lines.append(current)
    return lines


def folded(text: str, width: int) -> list[str]:
    """`text` cut into pieces of at most `width` cells, all of it kept, blanks too."""
    width = max(width, 2)
    if cell_count(text) <= width:
        return [text]
    parts, part, used = [], "", 0
    for letter in text:
        size = cell_count(letter)
        if used + size > width:
            parts.append(part)
            part, used = "", 0
        part += letter
        used += size
    return [*parts, part]


def joined(lines: Iterable[Line], separator: str = "\n") -> str:
    """The text of several lines."""
    return separator.join(plain(line).rstrip() for line in lines)
