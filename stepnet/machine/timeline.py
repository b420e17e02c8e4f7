"""The run so far, iteration by iteration: when each began and what the loss was at its end."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from stepnet.machine.machine import Machine


class Timeline:
    """What is known of every iteration ever reached; going back does not forget it."""

    def __init__(self, levels: int) -> None:
        self.starts = [array("q") for _ in range(levels)]
        """For each level the ticks at which its iterations began, in order."""
        self.losses = array("d")
        """The loss at the end of each iteration of the outermost level."""
        self.furthest = 0
        """The last tick at which an iteration is known to begin or end."""
        self.end: int | None = None
        """The tick at which the program ends, once it is known."""

    def moved(self, machine: Machine, before: tuple[int, ...]) -> None:
        """An iteration began or ended with the last instruction."""
        if machine.tick <= self.furthest:
            return
        self.furthest = machine.tick
        now = machine.registers.moment.iteration
        if before and now[:1] != before[:1] and len(self.losses) < before[0]:
            self.losses.append(_loss(machine))
        level = len(now) - 1
        if level >= 0 and len(now) >= len(before):
            self.starts[level].append(machine.tick)

    def until(self, tick: int, *, outside: bool) -> Timeline:
        """What is known up to a tick, for a run that goes another way from there.

        `outside` tells whether the program stands outside of its iterations at that tick.
        """
        known = Timeline(0)
        known.starts = [starts[: bisect_right(starts, tick)] for starts in self.starts]
        begun = len(known.starts[0]) if known.starts else 0
        known.losses = self.losses[: begun if outside else max(0, begun - 1)]
        known.furthest = min(self.furthest, tick)
        return known

    def last_start(self, tick: int) -> int:
        """The last tick, not after this one, at which any iteration began; 0 if none."""
        return max((self.before(level, tick) for level in range(len(self.starts))), default=0)

    def before(self, level: int, tick: int) -> int:
        """The last start of a level's iteration not after `tick`; 0 if there is none."""
        starts = self.starts[level]
        place = bisect_right(starts, tick)
        return starts[place - 1] if place else 0


def _loss(machine: Machine) -> float:
    name = machine.program.loss
    frame = machine.registers.frame
    value = frame.names.get(name) if name else None
    if isinstance(value, float):
        return value
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.reshape(-1)[0]
    try:
        return float(value)  # type: ignore[arg-type]  # anything else is told as NaN
    except (TypeError, ValueError):
        return math.nan
