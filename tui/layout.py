"""Where the panes go: which of them share a place, by the size of the screen.

    single  (smaller than 60×16)      one pane at a time; also a maximised pane
    stacked (80×24)                   Step across the top; Program and one other pane beneath
    beside  (120×36)                  Program at the left; Step, then two places beneath it
    spread  (200×60)                  every pane has its own place

The geometry itself is CSS, keyed by the name of the arrangement; here is only who shares a place.
"""

from __future__ import annotations

from dataclasses import dataclass

PANES = ("program", "step", "chain", "names", "watches", "output", "timeline")
"""Every pane of the screen, in the order in which Tab visits them."""
MATRIX = "matrix"
"""The pane that shows one value whole: it covers the others while it has the focus."""

Place = tuple[str, ...]
"""The panes that share one spot of the screen; one of them is seen."""


@dataclass(frozen=True)
class Arrangement:
    """Which panes share a place."""

    name: str
    places: tuple[Place, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """The panes in the order in which the places of the screen are filled."""
        return tuple(pane for place in self.places for pane in place)


SINGLE = Arrangement("single", (("step", "program", *PANES[2:]),))
COVERED = Arrangement("single", ((MATRIX, *PANES),))
STACKED = Arrangement("stacked", (("step",), ("program",), PANES[2:]))
BESIDE = Arrangement(
    "beside", (("program",), ("step",), ("chain", "output"), ("names", "watches", "timeline"))
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


class Places:
    """What is seen, following the focus: of panes that share a place, the one used last."""

    def __init__(self, focused: str) -> None:
        self.maximised = False
        self._recent: tuple[str, ...] = (focused, "step")

    @property
    def focused(self) -> str:
        """The pane that has the focus, or had it last."""
        return self._recent[0]

    def focus(self, name: str) -> None:
        """`name` was used just now."""
        self._recent = (name, *(other for other in self._recent if other != name))

    @property
    def before(self) -> str:
        """The pane that had the focus before the one that covers the others."""
        return next(name for name in self._recent if name != MATRIX)

    def beside(self, direction: int) -> str:
        """The pane that Tab visits after (1) or before (-1) the focused one."""
        here = "step" if self.focused == MATRIX else self.focused
        return PANES[(PANES.index(here) + direction) % len(PANES)]

    def arranged(self, width: int, height: int) -> Arrangement:
        """The arrangement for a screen, or the single one while a pane is maximised."""
        if self.focused == MATRIX:
            return COVERED
        return SINGLE if self.maximised else arrangement(width, height)

    def seen(self, arranged: Arrangement) -> dict[str, Place]:
        """The panes that are seen, each with those that share its place."""
        return {self._shown(place): place for place in arranged.places}

    def _shown(self, place: Place) -> str:
        return next((pane for pane in self._recent if pane in place), place[0])
