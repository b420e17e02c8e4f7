"""Numbers and lists as they stand in a sentence."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

import numpy as np

from stepnet.explain.portrait import number
from stepnet.explain.shapes import shape_of

MOST = 5
"""Numbers of a list that are told."""


def shape(value: object) -> str:
    """``(3,4)``; ``()`` for a number."""
    return shape_of(value)


def num(value: Any) -> str:
    """Four significant digits."""
    return number(float(np.asarray(value, dtype=float).reshape(-1)[0]))


def counted(count: int, thing: str, things: str = "") -> str:
    """``1 row``, ``32 rows``."""
    return f"{count} {thing if count == 1 else things or thing + 's'}"


def listed(numbers: Sequence[int]) -> str:
    """``1``, ``1 and 5``, ``0, 2, 3, 5, 7 and 4 more``."""
    told = [str(part) for part in numbers[:MOST]]
    if len(numbers) > MOST:
        return f"{', '.join(told)} and {len(numbers) - MOST} more"
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def be(count: int) -> str:
    """``1 … is``, ``2 … are``."""
    return "is" if count == 1 else "are"


def written(node: ast.expr) -> str:
    """An expression as it can be indexed: a sum in brackets."""
    text = ast.unparse(node)
    plain = isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call)
    return text if plain else f"({text})"


def norm(value: Any) -> float:
    """The Euclidean length of all entries."""
    # Summed here and not by a matrix routine, whose threads cost more than so small a sum.
    return float(np.sqrt(np.sum(np.square(np.asarray(value, dtype=float)))))


def spread(value: Any) -> str:
    """``-0.73 … 0.22``."""
    array = np.asarray(value)
    if array.size == 1:
        return num(array)
    return f"{num(array.min())} … {num(array.max())}"
