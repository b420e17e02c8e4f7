"""A value as NumPy text that can be pasted into Python and gives the same bits."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

_NOT_FINITE = re.compile(r"(?<!np\.)\b(nan|inf)\b")


def numpy_text(value: Any) -> str:
    """``np.array([[0.1, 0.2], [0.3, 0.4]])``; a scalar or anything else as Python writes it."""
    if isinstance(value, np.generic):
        return _NOT_FINITE.sub(r"np.\1", str(value))
    if not isinstance(value, np.ndarray):
        return repr(value)
    usual = value.dtype in (np.dtype(float), np.dtype(int), np.dtype(bool))
    dtype = "" if usual else f", dtype=np.{value.dtype.name}"
    if value.size == 0:
        return f"np.empty({value.shape}, dtype=np.{value.dtype.name})"
    text = _nested(value, len("np.array("))
    return "np.array(" + _NOT_FINITE.sub(r"np.\1", text) + dtype + ")"


def _nested(array: Any, indent: int) -> str:
    """The entries as nested lists, a row a line."""
    if array.ndim == 0:
        return str(array[()])
    if array.ndim == 1:
        return "[" + ", ".join(_entries(array)) + "]"
    separator = ",\n" + " " * (indent + 1)
    return "[" + separator.join(_nested(part, indent + 1) for part in array) + "]"


def _entries(row: Any) -> list[str]:
    if row.dtype == np.float64 or row.dtype.kind in "iub":
        return [repr(entry) for entry in row.tolist()]
    if row.dtype.kind == "f":
        return [str(entry) for entry in row]
    return [repr(entry) for entry in row.tolist()]
