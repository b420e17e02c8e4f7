"""A value as it was: kept so that it can be compared bit for bit, and told of, later."""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Collection
from types import ModuleType

import numpy as np

from stepnet.explain.plain import is_own, plain
from stepnet.explain.portrait import number, summary
from stepnet.explain.shapes import written

DEEPEST = 6
"""Levels of lists within lists that are looked into."""
SHORTEST = 4
"""Entries of a list that is written out."""
LONGEST = 32
"""Characters of a value that are shown."""


class Unset:
    """The value of what has no value."""


UNSET = Unset()

Frozen = object
"""Equal to another one if and only if every bit of the values was."""


def frozen(value: object, depth: int = DEEPEST) -> Frozen:
    """What a value is now, whatever becomes of the object that holds it."""
    if isinstance(value, np.ndarray):
        if value.dtype.hasobject:
            return ("object array", frozen(value.tolist(), depth - 1))
        return (value.dtype.str, value.shape, value.tobytes())
    if isinstance(value, bool | int | str | bytes | type(None) | Unset):
        return (type(value).__name__, value)
    if isinstance(value, float):
        return ("float", struct.pack("d", value))
    if isinstance(value, np.generic):
        return (value.dtype.str, (), value.tobytes())
    if depth <= 0 or isinstance(value, ModuleType | type):
        return ("object", id(value))
    if callable(value) and not is_own(value):
        return ("object", id(value))
    if isinstance(value, list | tuple | deque):
        return (type(value).__name__, *(frozen(part, depth - 1) for part in value))
    if isinstance(value, dict):
        pairs = ((frozen(k, 1), frozen(part, depth - 1)) for k, part in value.items())
        return ("dict", *pairs)
    if isinstance(value, set | frozenset):
        return ("set", frozenset(frozen(part, depth - 1) for part in value))
    parts = getattr(value, "__dict__", None)
    if isinstance(parts, dict):
        return (id(value), frozen(parts, depth - 1))
    return ("object", plain(value))


def array_of(kept: Frozen) -> np.ndarray | None:
    """The array that was kept; None for what was none, or has no numbers."""
    match kept:
        case (str() as kind, tuple() as shape, bytes() as data):
            return np.frombuffer(data, np.dtype(kind)).reshape(shape)
        case ("float", bytes() as data):
            return np.array(struct.unpack("d", data)[0])
        case _:
            return None


def short(value: object) -> str:
    """A value in a few characters, precise enough that a change can be seen."""
    if isinstance(value, Unset):
        return "no value"
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.reshape(-1)[0]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return repr(value) if len(repr(value)) <= 10 else f"{value:.8g}"
    if isinstance(value, np.ndarray):
        return f"{written(value.shape)} {summary(value)}"
    if isinstance(value, list | tuple | dict | set | deque) and not _is_small(value):
        return f"{type(value).__name__} of {len(value)}"
    if callable(value) and not is_own(value):
        return f"function {getattr(value, '__name__', '')}".strip()
    text = " ".join(plain(value).split())
    if " at 0x" in text.lower():
        return type(value).__name__
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _is_small(value: Collection[object]) -> bool:
    """A few plain numbers or texts, which can be written out."""
    plain = bool | int | float | str
    return len(value) <= SHORTEST and all(isinstance(part, plain) for part in value)


def change(text: str, old: Frozen, old_short: str, value: object) -> tuple[str, str, str]:
    """What changed, from what, to what: of an array, one entry stands for all.

    Returns the place, e.g. ``W1[0,2]``, the old value and the new one.
    """
    before = array_of(old)
    if not isinstance(value, np.ndarray) or before is None or before.shape != value.shape:
        return text, old_short, short(value)
    if value.size == 1:
        return text, short(before), short(value)
    differs = _differs(before, value)
    count = int(differs.sum())
    if not count:
        return text, str(before.dtype), str(value.dtype)
    first = tuple(int(part) for part in np.argwhere(differs)[0])
    index = ",".join(map(str, first))
    plain = text if text.isidentifier() or text.endswith((")", "]")) else f"({text})"
    where = f"{plain}[{index}]"
    if count > 1:
        where = f"{count} of {value.size} entries of {plain}, {where}"
    return where, short(before[first]), short(value[first])


def _differs(before: np.ndarray, value: np.ndarray) -> np.ndarray:
    same = (before == value) | ((before != before) & (value != value))
    zeros = (before == 0) & (value == 0)
    if value.dtype.kind == "f":
        same &= ~(zeros & (np.signbit(before) != np.signbit(value)))
    return np.asarray(~same)


__all__ = ["UNSET", "Frozen", "array_of", "change", "frozen", "number", "short"]
