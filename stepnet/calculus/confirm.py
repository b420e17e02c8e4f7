"""Central differences: the second opinion on every derivative, and the only one without a rule.

The operations behind a variable are evaluated again with the variable moved a little to both
sides. Where the slope to the one side is not the slope to the other, a kink was crossed (a ReLU's
mask flipped), and no difference says what the derivative is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.calculus.tape import Tape, Variable

STEP = 1e-5
"""How far a variable is moved, in float64."""
DIRECTIONS = 4
"""Random directions that are tried where a variable has more entries than that."""
MANY = 500
"""Entries from which on a gradient is not worked out entry by entry."""
AGREE = 1e-7
"""Norm-relative difference up to which a derivative is confirmed."""
KINK = 1e-3
"""Relative difference of the slopes to both sides that no smooth function shows."""


@dataclass(frozen=True)
class Slope:
    """How fast the loss changes in one direction."""

    central: float
    is_kinked: bool
    sides: tuple[float, float]
    """The slopes to both sides, the smaller first."""

    @property
    def size(self) -> float:
        """The larger of the slopes to both sides."""
        return max(map(abs, self.sides))


RETRIES = (0.01, 0.1, 10, 100)
"""How much less or more a variable is moved where the first try disagrees: less, where it may have
crossed the kinks of some ReLUs of many; more, where the rounding of a saturated loss drowns it."""
LENIENT = 100
"""How much more a retry may differ."""


def slope(
    tape: Tape, root: Variable, variable: Variable, direction: np.ndarray, step: float = STEP
) -> Slope:
    """The slope of `root` as `variable` moves along a direction."""
    entries = list(tape.after(variable))
    there, here, back = (
        _moved(entries, root, variable, sign * step * direction) for sign in (1, 0, -1)
    )
    forward, backward = (there - here) / step, (here - back) / step
    size = max(abs(forward), abs(backward))
    noise = 1e-9 * max(abs(here), 1.0) / step
    kinked = abs(forward - backward) > KINK * size + noise
    sides = min(forward, backward), max(forward, backward)
    return Slope((there - back) / (2 * step), kinked, sides)


def _moved(entries: list[Any], root: Variable, variable: Variable, step: np.ndarray) -> float:
    values: dict[Variable, Any] = {variable: np.asarray(variable.value, dtype=float) + step}
    for entry in entries:
        values[entry.output] = entry.again(values)
    return float(np.sum(values.get(root, root.value)))


def objection(tape: Tape, root: Variable, variable: Variable, true: np.ndarray) -> str:
    """What central differences say against a derivative; ``""`` where they confirm it."""
    size = float(np.linalg.norm(true))
    for direction in _directions(variable.shape):
        found = slope(tape, root, variable, direction)
        if found.is_kinked:
            continue
        expected = float(np.sum(true * direction))
        scale = max(size * float(np.linalg.norm(direction)), found.size)
        allowed = 1e-8 + AGREE * scale
        if abs(found.central - expected) > allowed:
            others = (slope(tape, root, variable, direction, STEP * f) for f in RETRIES)
            if _is_between(found, expected) or any(
                abs(other.central - expected) <= LENIENT * allowed or _is_between(other, expected)
                for other in others
            ):
                continue
            told = f"{found.central:.6g} where the rules give {expected:.6g}"
            return f"central differences give {told}"
    return ""


def _is_between(found: Slope, expected: float) -> bool:
    """Does it stand exactly at a kink, where every slope between those to both sides is right?"""
    low, high = found.sides
    return low <= expected <= high and high - low > KINK * found.size


def numeric(tape: Tape, root: Variable, variable: Variable) -> tuple[np.ndarray, np.ndarray] | None:
    """The gradient entry by entry, and where a kink makes it meaningless; None if it is large."""
    if int(np.prod(variable.shape)) > MANY:
        return None
    gradient, kinks = np.zeros(variable.shape), np.zeros(variable.shape, dtype=bool)
    for place in np.ndindex(*variable.shape):
        direction = np.zeros(variable.shape)
        direction[place] = 1.0
        found = slope(tape, root, variable, direction)
        gradient[place], kinks[place] = found.central, found.is_kinked
    return gradient, kinks


def _directions(shape: tuple[int, ...]) -> Iterator[np.ndarray]:
    """Each axis where there are few, else random ones, the same every time."""
    size = int(np.prod(shape))
    if size <= DIRECTIONS:
        for place in np.ndindex(*shape):
            direction = np.zeros(shape)
            direction[place] = 1.0
            yield direction
        return
    generator = np.random.default_rng(size)
    for _ in range(DIRECTIONS):
        yield generator.choice([-1.0, 1.0], size=shape)
