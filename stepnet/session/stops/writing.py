"""Reading what is written behind ``break``, ``on-change`` and ``stop-on``.

PLACE [when EXPR] [hits N | every N] [log "TEXT {EXPR}"]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stepnet.session.asking import Question, Vocabulary, question
from stepnet.session.errors import CommandError

_CLAUSE = re.compile(r"(when)(?:\s|$)|(hits|every)\s+(?=\S)|(log)\s+(?=[\"'])")
_OPENING, _CLOSING, _QUOTES = "([{", ")]}", "\"'"
ORDER = 'It is written: PLACE when EXPR hits N log "TEXT {EXPR}".'


@dataclass(frozen=True, eq=False)
class Written:
    """A breakpoint's line, taken apart."""

    target: str
    column: int
    """Where the target begins in the line."""
    when: Question | None = None
    hits: int = 0
    every: bool = False
    log: Question | None = None


def taken_apart(line: str, vocabulary: Vocabulary) -> Written:
    """Read a line.

    Raises CommandError for a clause that is wrong, or written twice.
    """
    places = list(_clauses(line))
    first = places[0][1] if places else len(line)
    target = line[:first]
    found: dict[str, tuple[str, int]] = {}
    for n, (word, begin, inner) in enumerate(places):
        end = places[n + 1][1] if n + 1 < len(places) else len(line)
        kind = "hits" if word == "every" else word
        if kind in found:
            raise CommandError(f"{word} is written twice", line, begin, ORDER)
        found[kind] = (line[inner:end], inner)
    when = (
        question(found["when"][0], vocabulary, line, found["when"][1]) if "when" in found else None
    )
    hits, every = 0, any(word == "every" for word, _, _ in places)
    if "hits" in found:
        text, column = found["hits"]
        if not text.strip().isdecimal() or int(text) == 0:
            shown = f"{text.strip()!r} is not a count"
            raise CommandError(shown, line, column, "Write a number from 1 on.")
        hits = int(text)
    log = _message(*found["log"], line, vocabulary) if "log" in found else None
    lead = len(target) - len(target.lstrip())
    return Written(target.strip(), lead, when, hits, every, log)


def _message(text: str, column: int, line: str, vocabulary: Vocabulary) -> Question:
    text = text.strip()
    if len(text) < 2 or text[-1] != text[0]:
        raise CommandError("the message has no closing quote", line, column)
    return question(f"f{text}", vocabulary, line, max(0, column - 1))


def _clauses(line: str) -> list[tuple[str, int, int]]:
    """The clauses' words, where each begins, and where what follows it does."""
    found: list[tuple[str, int, int]] = []
    depth, quote = 0, ""
    for place, mark in enumerate(line):
        if quote:
            quote = "" if mark == quote else quote
            continue
        if mark in _QUOTES:
            quote = mark
        depth += (mark in _OPENING) - (mark in _CLOSING)
        starts = place == 0 or line[place - 1].isspace()
        match = _CLAUSE.match(line, place) if starts and not depth else None
        if match:
            word = next(filter(None, match.groups()))
            found.append((word, place, match.end()))
    return found
