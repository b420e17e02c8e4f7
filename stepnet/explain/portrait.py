"""A value in a few words: its range, and what is wrong with it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from stepnet.explain.listed import Listed
from stepnet.explain.plain import is_own, plain

SHORT = 40
"""Characters of a text or a list that are shown."""


def summary(value: object) -> str:
    """``-0.73 … 0.22`` for an array, the number itself for a scalar, a short text for the rest."""
    if is_own(value):
        return plain(value)
    if isinstance(value, np.ndarray):
        return _range(value)
    if isinstance(value, bool | np.bool_ | int):
        return str(value)
    if isinstance(value, float | np.floating):
        return number(float(value))
    if isinstance(value, list | tuple | dict | set):
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    if callable(value):
        return "function"
    text = (value if isinstance(value, str) else plain(value)).replace("\n", " ")
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def number(value: float) -> str:
    """Four significant digits, in the shortest notation."""
    text = f"{value:.4g}"
    return text.replace("nan", "NaN").replace("inf", "Inf")


def number_text(value: Any) -> str:
    """Four significant digits, with a true minus sign; integers and booleans as they are."""
    value = np.asarray(value)[()]
    if isinstance(value, np.bool_ | np.integer):
        return str(value).replace("-", "−")
    if isinstance(value, complex | np.complexfloating):
        return f"{value:.4g}".replace("-", "−")
    text = f"{float(value):.4g}"
    return text.replace("-", "−").replace("nan", "NaN").replace("inf", "Inf")


def trouble(value: object) -> str:
    """``NaN``, ``Inf`` or ``ALL ZERO``; ``""`` where nothing is wrong."""
    if not isinstance(value, np.ndarray | np.floating | float):
        return ""
    array = np.asarray(value)
    if array.dtype.kind not in "fc" or array.size == 0:
        return ""
    parts = np.array((array.real, array.imag)) if array.dtype.kind == "c" else array
    low, high = parts.min(), parts.max()  # NaN where there is one anywhere
    if np.isfinite(low) and np.isfinite(high):
        return "ALL ZERO" if array.size > 1 and low == high == 0 else ""
    return "NaN" if np.isnan(parts).any() else "Inf"


def kind_of(value: object) -> str:
    """``f8``, ``i8``, ``b1`` for NumPy's types, else the name of Python's."""
    if isinstance(value, Listed):
        return "list"
    if isinstance(value, np.ndarray | np.generic):
        dtype = value.dtype
        return f"{dtype.kind}{dtype.itemsize}" if dtype.kind in "fiubc" else dtype.name
    return type(value).__name__


def _range(array: np.ndarray) -> str:
    if array.size == 0:
        return "empty"
    if array.dtype.kind == "b":
        return f"{int(array.sum())} of {array.size} true"
    if array.dtype.kind not in "fiu":
        return array.dtype.name
    if array.size == 1:
        return number(float(array.reshape(-1)[0]))
    low, high = float(array.min()), float(array.max())
    if not (math.isfinite(low) and math.isfinite(high)):
        finite = array[np.isfinite(array)]
        if finite.size == 0:
            return "nothing finite"
        low, high = float(finite.min()), float(finite.max())
    return f"{number(low)} … {number(high)}"


def moments(value: object) -> str:
    """``mean 0.012  sd 0.29`` of what is finite; ``""`` where that says nothing."""
    if not isinstance(value, np.ndarray) or value.size < 2 or value.dtype.kind not in "fiu":
        return ""
    finite = value[np.isfinite(value)] if value.dtype.kind == "f" else value
    if finite.size == 0:
        return ""
    with np.errstate(all="ignore"):
        return f"mean {number(float(finite.mean()))}  sd {number(float(finite.std()))}"


def troubles(value: object) -> str:
    """``3 NaN, 1 Inf of 12`` or ``ALL ZERO``; ``""`` where nothing is wrong."""
    wrong = trouble(value)
    if wrong in ("", "ALL ZERO") or not isinstance(value, np.ndarray):
        return wrong
    counts = (("NaN", int(np.isnan(value).sum())), ("Inf", int(np.isinf(value).sum())))
    return ", ".join(f"{count} {name}" for name, count in counts if count) + f" of {value.size}"
