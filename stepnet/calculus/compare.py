"""Is one array the derivative that another one says it is?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

ABSOLUTE, RELATIVE = 1e-8, 1e-6
"""Each entry may differ by ABSOLUTE + RELATIVE · the larger of the two."""
ROUGH = 0.05
"""Norm-relative error up to which a finite difference is called approximate."""


@dataclass(frozen=True)
class Verdict:
    """What a comparison says."""

    word: str
    """``exact``, ``scaled``, ``approximate``, ``wrong``, ``unclaimed`` or ``not comparable``."""
    error: float
    """Norm of the difference by the norm of the truth."""
    factor: Fraction | None = None
    """For ``scaled``: the claim is this many times the truth."""
    reason: str = ""


def compared(claimed: Any, true: Any, *, rough: bool = False) -> Verdict:
    """Compare a claimed derivative with the true one, entry by entry.

    `rough` allows the error of a finite difference. Shapes that differ only by axes of length 1,
    or by a transposition of a row and a column, are compared by their entries.
    """
    claim, truth = np.asarray(claimed, dtype=float), np.asarray(true, dtype=float)
    if claim.shape != truth.shape:
        if claim.size != truth.size or not _same_line(claim, truth):
            return Verdict("wrong", float("inf"), reason=_shapes(claim, truth))
        claim = claim.reshape(truth.shape)
    error = relative_error(claim, truth)
    if agree(claim, truth):
        return Verdict("exact", error)
    if rough and error <= ROUGH:
        return Verdict("approximate", error)
    factor = common_factor(claim, truth)
    if factor is not None and factor > 0:
        return Verdict("scaled", error, factor)
    return Verdict("wrong", error, factor)


def agree(claim: np.ndarray, truth: np.ndarray) -> bool:
    """Does every entry agree within the thresholds?"""
    if not (np.isfinite(claim).all() and np.isfinite(truth).all()):
        return np.array_equal(claim, truth, equal_nan=True)
    allowed = ABSOLUTE + RELATIVE * np.maximum(np.abs(claim), np.abs(truth))
    return bool((np.abs(claim - truth) <= allowed).all())


def relative_error(claim: np.ndarray, truth: np.ndarray) -> float:
    """Norm of the difference by the norm of the truth."""
    size = float(np.linalg.norm(truth))
    difference = float(np.linalg.norm(claim - truth))
    return difference / size if size else difference


def common_factor(claim: np.ndarray, truth: np.ndarray) -> Fraction | None:
    """The simple number that the claim is a multiple of the truth by, if there is one."""
    size = float(np.sum(truth * truth))
    if not size or not np.isfinite(claim).all() or not np.isfinite(truth).all():
        return None
    factor = float(np.sum(claim * truth)) / size
    if factor == 0 or relative_error(claim, factor * truth) > RELATIVE:
        return None
    simple = Fraction(factor).limit_denominator(10_000)
    if simple == 0 or abs(float(simple) - factor) > 1e-6 * abs(factor):
        return None
    if np.count_nonzero(truth) < 2 and not _is_usual(simple, factor):
        return None
    return None if simple == 1 else simple


def _is_usual(simple: Fraction, factor: float) -> bool:
    """Any number is a multiple of any other: for a single one only 2, N, 1/N and 2/N count."""
    near = abs(float(simple) - factor) <= 1e-9 * abs(factor)
    return near and (simple.denominator == 1 or abs(simple.numerator) <= 2)


def _same_line(claim: np.ndarray, truth: np.ndarray) -> bool:
    """Are both the same row or column, written differently?"""
    return [n for n in claim.shape if n != 1] == [n for n in truth.shape if n != 1]


def _shapes(claim: np.ndarray, truth: np.ndarray) -> str:
    return f"its shape is {claim.shape}, that of the derivative {truth.shape}"
