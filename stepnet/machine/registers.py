"""The few things besides names that say where a run stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from stepnet.machine.frame import Frame

Tally = dict[str, int]


class Moment(NamedTuple):
    """Which iteration it is."""

    iteration: tuple[int, ...] = ()
    """Counted from 1, outermost first; empty outside the training loops."""
    turns: int = 0
    """How many iterations of the outermost training loop have begun."""
    tallies: tuple[Tally, ...] = ()
    """How often each statement has run in the iteration around, a level each.

    The innermost iteration has none: what ran in it is counted from the undo log when asked for.
    """

    def copied(self) -> Moment:
        """The same, with tallies of its own."""
        return Moment(self.iteration, self.turns, tuple(dict(tally) for tally in self.tallies))


@dataclass(eq=False, slots=True)
class Registers:
    """Where a run stands. Changed only by the machine."""

    frame: Frame
    moment: Moment

    def copied(self) -> Registers:
        """The same, with tallies of its own."""
        return Registers(self.frame, self.moment.copied())
