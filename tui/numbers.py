"""How numbers are written: one format a matrix, aligned on the decimal point.

    -0.2514        0        1.235e-05       True
     0.0023        0.5000   -4.000e-07      False

A float matrix gets as many decimals as its largest entry needs for four significant digits, fewer
where fewer are exact, and more or fewer where somebody asks for them. An exact zero is a bare
``0``, so that it cannot be taken for a small number that was rounded. NaN and INF are in capitals.
Of a large array the least and the greatest entry decide, and a sample of the others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stepnet.explain.plain import plain

Array = NDArray[Any]

LARGEST_FIXED = 1e6
"""From here on numbers are written with an exponent."""
SMALLEST_FIXED = 1e-3
"""A matrix whose largest entry is smaller than this is written with an exponent."""
LAST_ENTRIES = 4
"""Of a longer list only so many entries are written."""
ROUNDING_NOISE = 1e-12
"""2.8000000000000003 is written 2.8."""
TEXT_WIDTH = 24
"""Entries that are not numbers are cut to this many characters."""
SAMPLE = 4096
"""So many entries of a larger array say how many decimals are exact."""
MOST_DECIMALS = 16
"""A float64 has no more digits than that behind the point."""


@dataclass(frozen=True)
class Format:
    """How every entry of one matrix is written."""

    kind: str
    """``whole``, ``fixed``, ``scientific`` or ``text``."""
    decimals: int
    width: int
    """Characters an entry takes, so that decimal points stand below each other."""
    extremes: tuple[float, ...] = ()
    """The entries that decide the width of a matrix of floats."""

    def cell(self, value: Any) -> str:
        """One entry, right-aligned to `width`."""
        text = write(value, self.kind, self.decimals).rjust(self.width)
        return text if len(text) == self.width else text.rstrip().rjust(self.width)

    def finer(self, digits: int) -> Format:
        """The same with so many decimals more, or fewer; whole numbers stay as they are."""
        if not digits or self.kind not in ("fixed", "scientific") or self.decimals < 0:
            return self
        decimals = max(1, min(self.decimals + digits, MOST_DECIMALS))
        width = max(len(write(value, self.kind, decimals)) for value in self.extremes)
        return replace(self, decimals=decimals, width=width)


def write(value: Any, kind: str, decimals: int) -> str:
    """One entry, with blanks after the decimal point's place where it has no decimals."""
    if kind == "text":
        text = value if isinstance(value, str) else plain(value)
        return text if len(text) <= TEXT_WIDTH else text[: TEXT_WIDTH - 1] + "…"
    if kind == "whole":
        return str(value)
    number = float(value)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "INF" if number > 0 else "-INF"
    if kind == "scientific":
        return f"{number:.{decimals}e}" if number else "0" + " " * (decimals + 5)
    if number:
        return f"{number:.{decimals}f}"
    return ("-0" if math.copysign(1.0, number) < 0 else "0") + " " * (decimals + 1)


def choose_format(values: Array) -> Format:
    """The format in which every entry of `values` is written."""
    if values.dtype.kind in "bOSUV" or values.dtype.kind == "c":
        entries = values.ravel()[:SAMPLE]
        kind = "whole" if values.dtype.kind == "b" else "text"
        return Format(kind, 0, max((len(write(v, kind, 0)) for v in entries), default=1))
    if values.size == 0:
        return Format("whole", 0, 1)
    if values.dtype.kind in "iu":
        ends = int(values.min()), int(values.max())
        return Format("whole", 0, max(len(str(end)) for end in ends), ends)
    sample = sampled(values)
    low, high, gone_wrong = _range(values)
    kind, decimals = _precision(sample, max(abs(low), abs(high)))
    extremes = [low, high, *gone_wrong]
    extremes += [-0.0] if bool(((sample == 0) & np.signbit(sample)).any()) else []
    if kind == "scientific":
        extremes += _smallest(sample)
    return Format(
        kind, decimals, max(len(write(v, kind, decimals)) for v in extremes), tuple(extremes)
    )


def sampled(values: Array) -> Array:
    """Every entry, or of a large array entries at equal distances; one axis."""
    if values.size <= SAMPLE:
        return values.reshape(-1)
    return np.asarray(values.flat[:: values.size // SAMPLE + 1])


def scalar_text(value: Any, digits: int = 8) -> str:
    """A number on its own: `digits` significant digits; anything else as Python writes it."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, (float, np.floating)):
        number = float(value)
        if math.isnan(number):
            return "NaN"
        if math.isinf(number):
            return "INF" if number > 0 else "-INF"
        return f"{number:.{digits}g}"
    if isinstance(value, np.ndarray):
        return f"array{value.shape}".replace(" ", "")
    if isinstance(value, np.generic):
        return str(value)
    if isinstance(value, (list, tuple)):
        return _sequence_text(value, digits)
    return " ".join(plain(value).split())


def _sequence_text(values: list[Any] | tuple[Any, ...], digits: int) -> str:
    """``[0.5, 0.75, 1]``; of a long one the last entries, the newest, and how many there are."""
    opening, closing = "[]" if isinstance(values, list) else "()"
    shown = [scalar_text(entry, digits) for entry in values[-LAST_ENTRIES:]]
    if len(values) > LAST_ENTRIES:
        shown.insert(0, "…")
        closing += f" ({len(values)} entries)"
    return opening + ", ".join(shown) + closing


def _range(values: Array) -> tuple[float, float, tuple[float, ...]]:
    """The least and the greatest finite entry, and what else is among them: NaN and infinities."""
    with np.errstate(all="ignore"):
        low, high = float(values.min()), float(values.max())
    if math.isfinite(low) and math.isfinite(high):
        return low, high, ()
    kinds = (
        (math.nan, np.isnan(values)),
        (-math.inf, np.isneginf(values)),
        (math.inf, np.isposinf(values)),
    )
    gone_wrong = tuple(value for value, where in kinds if where.any())
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    return low, high, gone_wrong


def _smallest(sample: Array) -> list[float]:
    """The entry next to zero, whose exponent may be the longest."""
    sizes = sample[np.isfinite(sample) & (sample != 0)]
    return [float(sizes[np.abs(sizes).argmin()])] if sizes.size else []


def _precision(sample: Array, largest: float) -> tuple[str, int]:
    """Fixed or scientific, and how many decimals."""
    if largest == 0.0:
        return "fixed", -1
    if largest >= LARGEST_FIXED or largest < SMALLEST_FIXED:
        return "scientific", 3
    most = 4 if largest >= 0.1 else 5 if largest >= 0.01 else 6
    if largest >= 1000:
        most = 2
    for decimals in range(1, most):
        if _is_exact(sample[:64], decimals) and _is_exact(sample, decimals):
            return "fixed", decimals
    return "fixed", most


def _is_exact(values: Array, decimals: int) -> bool:
    """True if no entry loses more than rounding noise when written with so many decimals."""
    with np.errstate(all="ignore"):
        lost = np.abs(np.round(values, decimals) - values)
    return not bool((lost > ROUNDING_NOISE).any())
