"""What is Python 2 in a script, with the Python 3 for it.

A script of that time does not parse. It is read with each such place written anew, so that all of
them are told at once, and with them whatever else cannot be opened.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from tokenize import TokenInfo

from stepnet.source.refusal import Refusal

_RENAMED = {"xrange": "range", "raw_input": "input", "unicode": "str", "long": "int"}
_METHODS = {"iteritems": "items", "iterkeys": "keys", "itervalues": "values"}

_HEADERS = frozenset("if elif else for while try except finally with def class".split())
_ASIDE = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE)


@dataclass(frozen=True)
class _Found:
    """A place that is Python 2."""

    first: TokenInfo
    last: TokenInfo
    message: str
    advice: str
    written: str = ""
    """What replaces it, where Python 3 could not read on otherwise."""

    @property
    def refusal(self) -> Refusal:
        line, column = self.first.start
        last, end = self.last.end
        return Refusal(line, column, end if last == line else column + 1, self.message, self.advice)


def modernised(text: str) -> tuple[str, list[Refusal]]:
    """The text as Python 3 can read it, and a refusal for each place that is Python 2."""
    found = [place for statement in _statements(text) for place in _found(text, statement)]
    lines = text.split("\n")
    for place in reversed([place for place in found if place.written]):
        (first, start), (last, end) = place.first.start, place.last.end
        whole = lines[first - 1][:start] + place.written + lines[last - 1][end:]
        lines[first - 1 : last] = whole.split("\n")
    return "\n".join(lines), [place.refusal for place in found]


def _statements(text: str) -> Iterator[list[TokenInfo]]:
    """The tokens of each simple statement or header, up to where Python cannot read on."""
    found: list[TokenInfo] = []
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            depth += _deeper(token)
            ends = token.type == tokenize.NEWLINE or (depth == 0 and token.string == ";")
            if token.type not in _ASIDE and not ends:
                found.append(token)
            opens = depth == 0 and token.string == ":" and found[0].string in _HEADERS
            if (ends or opens) and found:
                yield found
                found = []
    except (tokenize.TokenError, SyntaxError):
        return


def _deeper(token: TokenInfo) -> int:
    return (token.string in ("(", "[", "{")) - (token.string in (")", "]", "}"))


def _found(text: str, statement: list[TokenInfo]) -> Iterator[_Found]:
    head = statement[0].string
    if head == "print" and _is_command(statement):
        yield _printed(text, statement)
    elif head == "except" and len(statement) > 3 and statement[-3].string == ",":
        written = f"except {_between(text, statement[1:-3])} as {statement[-2].string}"
        message = "a comma in except is Python 2"
        yield _Found(statement[0], statement[-2], message, f"Write {written}.", written)
    for before, token in pairwise(statement):
        new = (_METHODS if before.string == "." else _RENAMED).get(token.string)
        if new is not None:
            yield _Found(token, token, f"{token.string} is Python 2", f"Write {new}.")


def _is_command(statement: list[TokenInfo]) -> bool:
    """``print x``, and ``print (x) + y``, which calls print too early."""
    following = statement[1] if len(statement) > 1 else None
    if following is None:
        return False
    if following.string == "(":
        depth = 0
        for index, token in enumerate(statement[1:], 1):
            depth += _deeper(token)
            if depth == 0:
                return index < len(statement) - 1
        return False
    named = following.type in (tokenize.NAME, tokenize.NUMBER, tokenize.STRING)
    return named or following.string in (">>", "[", "{", "-", "~")


def _printed(text: str, statement: list[TokenInfo]) -> _Found:
    parts, named = statement[1:], []
    if parts[-1].string == ",":
        parts, named = parts[:-1], ['end=" "']
    if parts[0].string == ">>":
        comma = next((i for i, part in enumerate(parts) if part.string == ","), len(parts))
        named.append(f"file={_between(text, parts[1:comma])}")
        parts = parts[comma + 1 :]
    written = f"print({', '.join([_between(text, parts), *named] if parts else named)})"
    advice = "Write print(...)." if "\n" in written else f"Write {written}."
    message = "print without brackets is Python 2"
    return _Found(statement[0], statement[-1], message, advice, written)


def _between(text: str, tokens: list[TokenInfo]) -> str:
    (first, start), (last, end) = tokens[0].start, tokens[-1].end
    lines = text.split("\n")[first - 1 : last]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][start:]
    return "\n".join(lines)
