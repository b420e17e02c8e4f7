"""A value made into something that later changes cannot reach, to compare with."""

from __future__ import annotations

import numpy as np

from stepnet.machine.objects import is_instance

NOTHING = object()
"""Of a name that has no value."""


DEEPEST = 6
"""Levels of objects within objects that are looked into."""


def frozen(value: object, depth: int = 0) -> object:
    """Equals that of another value only if both are the same, bit for bit."""
    if isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        return value.dtype.str, value.shape, value.tobytes()
    if depth == DEEPEST:
        return type(value)
    if isinstance(value, list | tuple):
        return type(value), tuple(frozen(part, depth + 1) for part in value)
    if isinstance(value, dict):
        return dict, tuple((repr(key), frozen(part, depth + 1)) for key, part in value.items())
    if is_instance(value):
        return type(value).__name__, frozen(vars(value), depth + 1)
    return type(value), repr(value)
