"""How a verdict on a gradient looks: a mark, a word and a role, never colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tui.lines import Line

ROLES = {"exact": "good", "scaled": "warn", "approximate": "warn", "wrong": "bad"}
MARKS = {
    "exact": "✓",
    "scaled": "scaled",
    "approximate": "≈",
    "wrong": "✗ wrong",
    "not comparable": "?",
}
ASCII_MARKS = {
    "exact": "ok",
    "scaled": "scaled",
    "approximate": "approx",
    "wrong": "WRONG",
    "not comparable": "?",
}
WORST_FIRST = ("wrong", "scaled", "approximate", "not comparable", "exact", "unclaimed")


def verdict_role(verdict: str) -> str:
    """How a verdict looks; nothing for one that says nothing yet."""
    return ROLES.get(verdict, "")


def verdict_mark(verdict: str, factor: str = "", *, ascii_only: bool = False) -> str:
    """A verdict where there is little room: ``✓``, ``½×``, ``✗ wrong``."""
    if verdict == "scaled" and factor and not ascii_only:
        return f"{factor}×"
    return (ASCII_MARKS if ascii_only else MARKS).get(verdict, "")


def tally(verdicts: Iterable[str]) -> Line:
    """``1 wrong  3 exact``: how many there are of each, the worst first."""
    counts = Counter(verdicts)
    parts = [(f"{counts[word]} {word}", verdict_role(word)) for word in WORST_FIRST if counts[word]]
    line: Line = ()
    for part in parts:
        line = (*line, ("  ", ""), part) if line else (part,)
    return line
