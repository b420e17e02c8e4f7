"""``re``, for patterns that come to an end.

A repetition inside a repetition, ``(a+)+``, can take for ever on a few dozen letters, and so can a
choice inside one, or a look back at what was found; nobody could interrupt it. So those are closed.
"""

from __future__ import annotations

import re
from re import _constants as constants  # type: ignore[attr-defined]  # not in the stubs
from re import _parser as parser  # type: ignore[attr-defined]  # as above
from typing import Any

_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)
_BACK = (constants.GROUPREF, constants.GROUPREF_EXISTS)
_FEW = 2
"""Times that something may be repeated without counting as a repetition: ``a?``."""


def _check(parsed: Any, inside: bool) -> None:
    for kind, given in parsed:
        if kind in _BACK:
            raise ValueError("a pattern that looks back at a group is not opened")
        repeats = kind in _REPEATS and given[1] > _FEW
        if inside and (repeats or kind is constants.BRANCH):
            raise ValueError(
                "a repetition or a choice inside a repetition may never end: split the text first"
            )
        for part in _parts(given):
            _check(part, inside or repeats)


def _parts(given: Any) -> list[Any]:
    """Patterns inside of a pattern."""
    if isinstance(given, parser.SubPattern):
        return [given]
    if isinstance(given, tuple | list):
        return [part for each in given for part in _parts(each)]
    return []


class Pattern:
    """What ``re.compile`` returns."""

    def __init__(self, pattern: Any, flags: Any = 0) -> None:
        if type(pattern) not in (str, bytes):
            raise TypeError("first argument must be string or compiled pattern")
        _check(parser.parse(pattern, int(flags)), False)
        self._made = re.compile(pattern, flags)
        self.pattern, self.flags = self._made.pattern, self._made.flags
        self.groups = self._made.groups

    def __repr__(self) -> str:
        return repr(self._made)

    def match(self, string: Any, *bounds: int) -> Any:
        """Does the text begin like this?"""
        return self._made.match(string, *bounds)

    def fullmatch(self, string: Any, *bounds: int) -> Any:
        """Is the text like this?"""
        return self._made.fullmatch(string, *bounds)

    def search(self, string: Any, *bounds: int) -> Any:
        """The first place that is like this."""
        return self._made.search(string, *bounds)

    def findall(self, string: Any, *bounds: int) -> list[Any]:
        """All places that are like this."""
        return self._made.findall(string, *bounds)

    def finditer(self, string: Any, *bounds: int) -> list[Any]:
        """The same as matches."""
        return list(self._made.finditer(string, *bounds))

    def split(self, string: Any, maxsplit: int = 0) -> list[Any]:
        """The text between such places."""
        return self._made.split(string, maxsplit)

    def sub(self, repl: Any, string: Any, count: int = 0) -> Any:
        """The text with such places replaced."""
        return self._made.sub(repl, string, count)

    def subn(self, repl: Any, string: Any, count: int = 0) -> Any:
        """The same, and how many there were."""
        return self._made.subn(repl, string, count)


def re_module() -> dict[str, object]:
    """What ``import re`` gives."""

    def compiled(pattern: Any, flags: Any = 0) -> Pattern:
        return pattern if isinstance(pattern, Pattern) else Pattern(pattern, flags)

    def finds(name: str) -> Any:
        def find(pattern: Any, string: Any, flags: Any = 0) -> Any:
            return getattr(compiled(pattern, flags), name)(string)

        return find

    def split(pattern: Any, string: Any, maxsplit: int = 0, flags: Any = 0) -> Any:
        return compiled(pattern, flags).split(string, maxsplit)

    def sub(pattern: Any, repl: Any, string: Any, count: int = 0, flags: Any = 0) -> Any:
        return compiled(pattern, flags).sub(repl, string, count)

    def subn(pattern: Any, repl: Any, string: Any, count: int = 0, flags: Any = 0) -> Any:
        return compiled(pattern, flags).subn(repl, string, count)

    found = ("match", "fullmatch", "search", "findall", "finditer")
    return {
        **{name: finds(name) for name in found},
        "compile": compiled,
        "split": split,
        "sub": sub,
        "subn": subn,
    }
