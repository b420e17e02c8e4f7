"""How often each breakpoint had been hit by certain moments of the run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from stepnet.session.stops.record import Stopper

if TYPE_CHECKING:
    from stepnet.session.stops.probe import Probe

MOST = 4096
"""Moments that are remembered for each breakpoint."""


class Tallies:
    """Counts that need not be counted again: the run is the same every time."""

    def __init__(self) -> None:
        self._kept: dict[Stopper, tuple[list[int], list[int]]] = {}

    def known(self, stopper: Stopper, tick: int) -> tuple[int, int]:
        """The last moment not after `tick` for which the count is known, and the count."""
        ticks, counts = self._kept.get(stopper, ([0], [0]))
        place = bisect_right(ticks, tick) - 1
        return ticks[place], counts[place]

    def keep(self, probes: Iterable[Probe], tick: int) -> None:
        """Remember what the probes have counted by a tick."""
        for probe in probes:
            if probe.count is None:
                continue
            ticks, counts = self._kept.setdefault(probe.stopper, ([0], [0]))
            place = bisect_right(ticks, tick)
            if ticks[place - 1] != tick and len(ticks) < MOST:
                ticks.insert(place, tick)
                counts.insert(place, probe.count)
