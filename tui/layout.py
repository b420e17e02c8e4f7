"""Where the panes go: which of them share a place, by the size of the screen.

    single  (smaller than 60×16)      one pane at a time
    stacked (80×24)                   Step across the top; Program and one other pane beneath
    beside  (120×36)                  Program at the left; Step, then two places beneath it
    spread  (200×60)                  every pane has its own place

The geometry itself is CSS, keyed by the name of the arrangement; here is only who shares a place.
"""

from __future__ import annotations

from dataclasses import dataclass

PANES = ("program", "step", "chain", "names", "output", "timeline")
"""Every pane, in the order in which Tab visits them."""


@dataclass(frozen=True)
class Arrangement:
    """Which panes share a place; of each group one is shown."""

    name: str
    places: tuple[tuple[str, ...], ...]


SINGLE = Arrangement("single", (("step", "program", "chain", "names", "output", "timeline"),))
STACKED = Arrangement(
    "stacked", (("step",), ("program",), ("chain", "names", "output", "timeline"))
)
BESIDE = Arrangement(
    "beside", (("program",), ("step",), ("chain", "output"), ("names", "timeline"))
)
SPREAD = Arrangement("spread", tuple((pane,) for pane in PANES))


def arrangement(width: int, height: int) -> Arrangement:
    """The arrangement for a screen of `width` × `height` cells."""
    if width < 60 or height < 16:
        return SINGLE
    if width < 100:
        return STACKED
    if width < 160 or height < 45:
        return BESIDE
    return SPREAD


def shown(place: tuple[str, ...], recent: tuple[str, ...]) -> str:
    """The pane of a place that is seen: the one that was focused last, or else its first."""
    return next((pane for pane in recent if pane in place), place[0])
