"""What the patterns of a ``match`` ask of their subject, as Python asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stepnet.machine.reflection import ask, has
from stepnet.source.matching import HAS_PLACES, MAPPING, PLACE, REST, SEQUENCE

_THEMSELVES = (
    bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple,
)  # fmt: skip
"""Classes whose objects are what stands in the first place of their pattern."""


def _is_sequence(subject: object, length: int, exactly: bool) -> bool:
    if not isinstance(subject, Sequence) or isinstance(subject, str | bytes | bytearray):
        return False
    return len(subject) == length if exactly else len(subject) >= length


def _without(subject: Any, keys: tuple[object, ...]) -> dict[object, object]:
    return {key: value for key, value in subject.items() if key not in keys}


def _has_places(subject: object, kind: Any, count: int) -> bool:
    """Raises TypeError, in Python's words, for more places than the class has."""
    itself = kind in _THEMSELVES
    names = ("",) if itself else getattr(kind, "__match_args__", ())
    if count > len(names):
        said = "sub-pattern" if len(names) == 1 else "sub-patterns"
        raise TypeError(f"{kind.__name__}() accepts {len(names)} positional {said} ({count} given)")
    return itself or all(has(subject, name) for name in names[:count])


def _place(subject: object, kind: Any, number: int) -> object:
    if kind in _THEMSELVES:
        return subject
    return ask(subject, kind.__match_args__[number])


MATCHING: dict[str, object] = {
    SEQUENCE: _is_sequence,
    MAPPING: lambda subject: isinstance(subject, Mapping),
    REST: _without,
    HAS_PLACES: _has_places,
    PLACE: _place,
}
"""By the names under which cases that are written out find them."""
