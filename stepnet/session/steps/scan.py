"""Reading a line of a ``.steps`` script without being fooled by brackets and quotes."""

from __future__ import annotations

import re

OPENING, CLOSING, QUOTES = "([{", ")]}", "'\""
OPERATORS = ("bits ==", "~=", "==", "!=", "<=", ">=", "<<", ">>", "<", ">")
"""Longest first: what may stand between two values; a shift is one too many to compare by."""
COMPARISONS = frozenset(OPERATORS) - {"<<", ">>"}
LOGIC = re.compile(r"\b(?:and|or|not|if|in|is|lambda)\b")


def outside(text: str) -> str:
    """The text with everything inside brackets and quotes blanked out, and as long as before."""
    shown, depth, quote, skip = [], 0, "", False
    for mark in text:
        inside = bool(depth or quote)
        if skip:
            skip = False
        elif quote:
            skip = mark == "\\"
            quote = "" if mark == quote else quote
        elif mark in QUOTES:
            quote, inside = mark, True
        elif mark in OPENING:
            depth += 1
            inside = True
        elif mark in CLOSING:
            depth, inside = max(0, depth - 1), True
        shown.append("\0" if inside else mark)
    return "".join(shown)


def without_comment(line: str) -> str:
    """A line up to its comment: a ``#`` at its start or behind a blank, outside of quotes."""
    quote, before = "", " "
    for place, mark in enumerate(line):
        if quote:
            quote = "" if mark == quote and before != "\\" else quote
        elif mark in QUOTES:
            quote = mark
        elif mark == "#" and before.isspace():
            return line[:place]
        before = mark
    return line


def comparisons(text: str) -> list[tuple[int, str]]:
    """Where a text compares, outside of brackets and quotes, and by what."""
    shown, found, place = outside(text), [], 0
    while place < len(shown):
        operator = next((one for one in OPERATORS if shown.startswith(one, place)), "")
        if operator in COMPARISONS and _stands_alone(shown, place, operator):
            found.append((place, operator))
        place += len(operator) or 1
    return found


def _stands_alone(shown: str, place: int, operator: str) -> bool:
    """``bits`` is a word of its own, not the end of a name."""
    return operator != "bits ==" or place == 0 or not (shown[place - 1].isalnum())


def assigns(text: str) -> int:
    """Where a single ``=`` stands outside of brackets and quotes; -1 if there is none."""
    found = re.search(r"(?<![=<>!~:+\-*/@%&|^])=(?!=)", outside(text))
    return found.start() if found else -1


def is_logical(text: str) -> bool:
    """Does a text join conditions, outside of brackets and quotes?"""
    return LOGIC.search(outside(text)) is not None


def last_outside(text: str, mark: str) -> int:
    """Where `mark` stands last, outside of brackets and quotes; -1 if it does not."""
    return outside(text).rfind(mark)
