"""Comparing two values as a ``.steps`` script asks for it, and saying how far off they are.

A single number on the right is compared with every entry of an array on the left; two arrays must
have the same shape.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.explain.plain import plain
from stepnet.session.steps.expectation import FLOAT_ADVICE

ORDERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
SHOWN = 200
"""Characters of a value that are told."""


class NotComparable(Exception):
    """Two values that cannot be compared as asked; with advice."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


@dataclass(frozen=True)
class Difference:
    """Why two values do not compare as expected."""

    found: str
    off: str
    """How far off they are, in words; ``""`` where that means nothing."""
    entry: tuple[int, ...] | None = None
    """The entry that is furthest off, in an array."""


def near(left: object, right: object, tolerance: float, *, relative: bool) -> Difference | None:
    """None where every entry is within the tolerance of what is expected.

    Raises NotComparable for what are no numbers, or for shapes that differ.
    """
    found, wanted = fitted(_numbers(left, "left"), _numbers(right, "right"))
    with np.errstate(all="ignore"):
        distance = np.abs(found - wanted)
        allowed = tolerance * np.abs(wanted) if relative else np.full(distance.shape, tolerance)
        holds = (found == wanted) | (distance <= allowed)
        if bool(holds.all()):
            return None
        excess = np.where(holds, -1.0, np.where(np.isnan(distance), np.inf, distance - allowed))
        place = _place(excess)
        off = f"off by {distance[place]:.3g}"
        if np.isfinite(distance[place]) and allowed[place] > 0:
            off += f", {_times(distance[place] / allowed[place])} the tolerance"
    return _told(found, wanted, place, holds, off)


def same_bits(left: object, right: object) -> Difference | None:
    """None where every entry is the very same number; any NaN is the same as any other."""
    found, wanted = fitted(_numbers(left, "left"), _numbers(right, "right"))
    both = np.result_type(found, wanted)
    first, second = found.astype(both), wanted.astype(both)
    same = (first == second) & (np.signbit(first.real) == np.signbit(second.real))
    holds = same | ((first != first) & (second != second))
    if bool(holds.all()):
        return None
    place = _place(np.where(holds, -1.0, 1.0))
    with np.errstate(all="ignore"):
        off = f"off by {np.abs(first[place] - second[place]):.3g}"
    return _told(found, wanted, place, holds, off)


def ordered(left: object, sign: str, right: object) -> Difference | None:
    """None where ``left sign right`` holds, for every entry of arrays.

    Raises NotComparable, also for floats compared with ``==``.
    """
    if sign == "==" and (has_float(left) or has_float(right)):
        raise NotComparable("floats are not compared with ==", FLOAT_ADVICE)
    if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
        found, wanted = fitted(np.asarray(left), np.asarray(right), loose=sign == "!=")
        if found.shape != wanted.shape:
            return None
        holds = np.asarray(ORDERS[sign](found, wanted), dtype=bool)
        if bool(holds.any() if sign == "!=" else holds.all()):
            return None
        return _told(found, wanted, _place(np.where(holds, -1.0, 1.0)), holds, "")
    try:
        if bool(ORDERS[sign](left, right)):
            return None
    except (TypeError, ValueError) as error:
        raise NotComparable(str(error)) from None
    off = ""
    if isinstance(left, int | float | np.number) and isinstance(right, int | float | np.number):
        off = f"off by {abs(left - right):.3g}"
    return Difference(shown(left), off)


def fitted(
    found: np.ndarray, wanted: np.ndarray, *, loose: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Both with the same shape: a single number stands for every entry."""
    if wanted.ndim == 0:
        wanted = np.broadcast_to(wanted, found.shape)
    if found.shape != wanted.shape and not loose:
        raise NotComparable(
            f"its shape is {found.shape}, and {wanted.shape} is expected",
            "A single number is compared with every entry; an array needs the same shape.",
        )
    return found, wanted


def has_float(value: object) -> bool:
    """Is there a float in a value?"""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "fc"
    if isinstance(value, list | tuple | set | frozenset):
        return any(has_float(part) for part in value)
    if isinstance(value, dict):
        return any(has_float(part) for part in value.values())
    return isinstance(value, float | complex)


def shown(value: object) -> str:
    """A value on one line, with all of its digits; long ones are cut."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        text = " ".join(np.array2string(value, separator=", ", threshold=60).split())
    else:
        text = " ".join(plain(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _numbers(value: object, side: str) -> np.ndarray:
    try:
        numbers = np.asarray(value)
    except ValueError:
        numbers = np.asarray(None)
    if numbers.dtype.kind not in "fciub":
        raise NotComparable(f"the {side} side is no number: {shown(value)}")
    return numbers if numbers.dtype.kind in "fc" else numbers.astype(float)


def _place(excess: np.ndarray) -> tuple[int, ...]:
    """Where it is worst."""
    return tuple(int(part) for part in np.unravel_index(int(np.argmax(excess)), excess.shape))


def _told(
    found: np.ndarray, wanted: np.ndarray, place: tuple[int, ...], holds: np.ndarray, off: str
) -> Difference:
    if found.ndim == 0:
        return Difference(shown(found[()]), off)
    where = ",".join(map(str, place))
    count = int(holds.size - np.count_nonzero(holds))
    parts = [f"[{where}] is {shown(found[place])}, not {shown(wanted[place])}", off]
    if holds.size > 1:
        parts.append(f"{count} of {holds.size} entries do not hold")
    return Difference(shown(found), "; ".join(part for part in parts if part), place)


def _times(share: float) -> str:
    return f"{share:.3g} times"
