"""Python's text for a value, without running anything that the script wrote.

``repr`` of an object runs its class's ``__repr__``, which may print, change the object or never
return; whoever only looks at a value must not cause that.
"""

from __future__ import annotations

from collections.abc import Collection

DEEPEST = 6
"""Containers in containers that are written out."""
_BRACKETS: dict[type, tuple[str, str]] = {list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}")}


def is_own(value: object) -> bool:
    """Is a value an object of one of the script's classes?"""
    return type(value).__module__ == "__main__"


def plain(value: object, depth: int = DEEPEST) -> str:
    """As ``repr`` has it, except that an object of the script is told by its class alone."""
    if is_own(value):
        return f"{type(value).__name__} object"
    kind = type(value)
    if kind is dict and value:
        assert isinstance(value, dict)
        inner = (f"{plain(k, 1)}: {_part(part, depth)}" for k, part in value.items())
        return f"{{{', '.join(inner)}}}"
    if kind in _BRACKETS and value:
        assert isinstance(value, Collection)
        before, after = _BRACKETS[kind]
        comma = "," if kind is tuple and len(value) == 1 else ""
        return f"{before}{', '.join(_part(part, depth) for part in value)}{comma}{after}"
    return repr(value)


def _part(value: object, depth: int) -> str:
    return plain(value, depth - 1) if depth > 1 or not isinstance(value, Collection) else "…"
