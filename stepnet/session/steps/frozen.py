"""A value made into something that later changes cannot reach, to compare with."""

from __future__ import annotations

import numpy as np

NOTHING = object()
"""Of a name that has no value."""


def frozen(value: object) -> object:
    """Equals that of another value only if both are the same, bit for bit."""
    if isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, list | tuple):
        return type(value), tuple(map(frozen, value))
    return type(value), repr(value)
