"""What can be wrong with a tensor: each question makes a sentence, or ``""``, of values."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from stepnet.explain.portrait import number

NEAR_LIMIT = 0.01
"""How near its limit an activation is saturated."""


def not_finite(value: np.ndarray, bound: float) -> str:
    """An entry is NaN or infinite."""
    if value.dtype.kind == "f" and math.isfinite(np.add.reduce(value, axis=None)):
        return ""  # the quick way: what is not finite makes no sum that is
    wrong = ~np.isfinite(value)
    count = int(wrong.sum())
    if not count:
        return ""
    first = tuple(int(part) for part in np.argwhere(wrong)[0])
    what = number(float(np.real(value[first])))
    if value.ndim == 0:
        return f"it is {what}"
    return f"{_share(count, value.size)} not finite, [{','.join(map(str, first))}] is {what}"


def all_zero(value: np.ndarray, bound: float) -> str:
    """Every entry is zero."""
    return f"all {value.size} entries are 0" if value.size > 1 and not value.any() else ""


def vanishing(value: np.ndarray, bound: float) -> str:
    """The largest entry is hardly more than zero."""
    largest = float(np.abs(value).max()) if value.size else math.inf
    return f"its largest entry is {number(largest)}" if largest < bound else ""


def exploding(value: np.ndarray, bound: float) -> str:
    """The norm is larger than it should be."""
    size = float(np.linalg.norm(value))
    return f"its norm is {number(size)}" if not size <= bound else ""


def dead(value: np.ndarray, bound: float) -> str:
    """A unit is zero for every sample; rows are samples."""
    if value.ndim != 2 or value.shape[0] < 2:
        return ""
    units = np.flatnonzero(~value.any(axis=0))
    if not len(units):
        return ""
    told = ", ".join(map(str, units[:4])) + (", …" if len(units) > 4 else "")
    return f"unit{'s' if len(units) > 1 else ''} {told} of {value.shape[1]}: 0 for every sample"


def saturated_sigmoid(value: np.ndarray, bound: float) -> str:
    """Most entries of a sigmoid are near 0 or 1."""
    return _saturated((value < NEAR_LIMIT) | (value > 1 - NEAR_LIMIT), bound)


def saturated_tanh(value: np.ndarray, bound: float) -> str:
    """Most entries of a tanh are near -1 or 1."""
    return _saturated(np.abs(value) > 1 - NEAR_LIMIT, bound)


def _saturated(near: np.ndarray, bound: float) -> str:
    share = float(near.mean()) if near.size else 0.0
    if share <= bound:
        return ""
    return f"{share:.0%} of its entries are within {NEAR_LIMIT} of a limit"


def unchanged(before: np.ndarray, after: np.ndarray, bound: float) -> str:
    """An update has left every entry as it was."""
    return "its update changed no entry" if np.array_equal(before, after) else ""


def ratio(before: np.ndarray, after: np.ndarray) -> float:
    """How large a change is beside what it changes; NaN where that is zero."""
    size = float(np.linalg.norm(before))
    return float(np.linalg.norm(after - before)) / size if size else math.nan


def ratio_above(before: np.ndarray, after: np.ndarray, bound: float) -> str:
    """An update is large beside the weights."""
    found = ratio(before, after)
    return f"the update is {number(found)} of its size" if found > bound else ""


def ratio_below(before: np.ndarray, after: np.ndarray, bound: float) -> str:
    """An update is small beside the weights."""
    found = ratio(before, after)
    return f"the update is {number(found)} of its size" if found < bound else ""


def rose(losses: Sequence[float], done: int, best: int, bound: float) -> str:
    """The loss at the end of an iteration is larger than at the end of the one before."""
    if done < 2:
        return ""
    before, now = losses[done - 2], losses[done - 1]
    if not now > before + bound:
        return ""
    return f"it rose in iteration {done}: {number(before)} → {number(now)}"


def stalled(losses: Sequence[float], done: int, best: int, bound: float) -> str:
    """The loss has had no new minimum for so many iterations; `best` is where that was."""
    patience = max(1, int(bound))
    since = done - 1 - best
    if since < patience or since % patience:
        return ""
    return f"it has not fallen below {number(losses[best])} for {since} iterations"


def _share(count: int, size: int) -> str:
    return f"{count} of {size} entries {'is' if count == 1 else 'are'}"
