"""Lists of numbers as the vectors and matrices that they stand for.

Networks are also written on lists and floats. A list of numbers is looked at as a vector, a list of
such lists of one length as a matrix; what is computed with stays the list.
"""

from __future__ import annotations

from typing import Any

import numpy as np

LARGEST = 10_000
"""Entries of a list that is looked at; a longer one is told by its length."""


class Listed(np.ndarray):
    """The entries of a list."""


def list_shape(value: list[Any]) -> tuple[int, ...] | None:
    """The shape of a list of numbers or of lists of numbers; None of any other list."""
    if not value or len(value) > LARGEST:
        return None
    if all(type(part) is float or type(part) is int for part in value):
        return (len(value),)
    if not all(type(part) is list for part in value):
        return None
    shapes = {list_shape(part) for part in value}
    shape = shapes.pop()
    is_even = not shapes and shape is not None and len(shape) == 1
    return (len(value), *shape) if is_even and shape is not None else None


def seen(value: object) -> object:
    """What is shown of a value: of a list of numbers its entries as an array."""
    if type(value) is not list:
        return value
    shape = list_shape(value)
    if shape is None or np.prod(shape) > LARGEST:
        return value
    try:
        return np.array(value).view(Listed)
    except OverflowError:
        return value
