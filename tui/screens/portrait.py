"""The portrait of a name over the whole screen, until Escape.

╭ w (3,1) f8 parameter ──────────────────────────── Escape closes ╮
│  -2.742 … 5.923  mean 0.9874  sd 3.639                           │
│        6.531 ▂▃▄▅▅▆▆▇▇▇████                                      │   the norm over the run
│              ███████████████                                     │
│  update ratio ‖Δ‖/‖·‖ 0.00066 in iteration 299 …                 │
│  Written by                                      last at 299/w   │
│    52  w -= learning_rate * dE_dw                                │
╰──────────────────────────────────────────────────────────────────╯
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from stepnet.explain.portrait import number
from stepnet.session.portrait import LineView, PortraitView, history_text
from tui.curve import area, is_logarithmic
from tui.lines import Line, cut_text, wrap
from tui.screens.text import TextPane

if TYPE_CHECKING:
    from collections.abc import Sequence

LABEL = 12
"""Cells at the left of the curve, for its numbers."""
TALL = 8
"""Lines of the curve; a third of them on a small screen."""


class PortraitScreen(Screen[str]):
    """What became of a name; leaves with an address to go to, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", show=False),
        Binding("enter", "written", show=False),
    ]
    AUTO_FOCUS: ClassVar[str] = "#portrait"

    def __init__(self, view: PortraitView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        view = self._view
        title = " ".join(part for part in (view.name, view.shape, view.dtype, view.role) if part)
        yield TextPane("portrait", title, self.lines)

    def action_written(self) -> None:
        """Go to where it was last written."""
        self.dismiss(self._view.written)

    def lines(self, width: int) -> list[Line]:
        """The whole text for a width."""
        view = self._view
        numbers = "  ".join(part for part in (view.range, view.moments) if part)
        wrong: Line = ((f"  {view.trouble}", "bad"),) if view.trouble else ()
        lines: list[Line] = [
            (),
            (*wrong, (f"  {numbers}", "number"), (f"  at {view.address}", "dim")),
        ]
        if view.claim:
            lines.append(((f"  {view.claim} {view.verdict}", "claim"),))
        lines += self._history(width)
        if view.is_place:
            last = f"last at {view.written}, Enter goes there" if view.written else ""
            lines += [(), *_listed("Written by", view.writers, last, width)]
            lines += [(), *_listed("Read by", view.readers, "", width)]
        return lines

    def _history(self, width: int) -> list[Line]:
        """The curve, and what it comes to in words."""
        view = self._view
        known = [sample for sample in view.samples if not math.isnan(sample.low)]
        if len(known) < 2:
            return [(), (("  No two iterations have ended yet: no history.", "dim"),)]
        whole = view.shape == "()"
        values = [sample.low if whole else sample.norm for sample in known]
        height = TALL if self.app.size.height >= 36 else TALL // 2
        lines: list[Line] = [(), *_curve([s.iteration for s in known], values, width, height)]
        lines[1:1] = [((f"  {'value' if whole else 'norm'} over the run{_log(values)}", "marker"),)]
        for text in history_text(view):
            role = "bad" if text.upper() != text and any(w in text for w in LOUD) else ""
            lines += [((f"  {part}", role),) for part in wrap(text, width - 3)]
        return lines


LOUD = ("NOT FINITE", "DOES NOT MOVE", "LARGE", "SMALL")


def _log(values: Sequence[float]) -> str:
    return " (log)" if is_logarithmic(values) else ""


def _curve(
    iterations: Sequence[int], values: Sequence[float], width: int, height: int
) -> list[Line]:
    """The curve with the numbers of its two axes."""
    first, last = iterations[0], iterations[-1]
    across = max(width - LABEL - 3, 8)
    places = [(iteration - first) / max(last - first, 1) for iteration in iterations]
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return []
    drawn = area(places, values, across, height)
    lines: list[Line] = []
    for row, text in enumerate(drawn):
        label = (
            number(max(finite)) if row == 0 else number(min(finite)) if row == height - 1 else ""
        )
        lines.append(((f"{label:>{LABEL}} ", "dim"), (text, "curve")))
    gap = max(across - len(str(first)) - len(str(last)), 1)
    lines.append(((" " * (LABEL + 1) + str(first) + " " * gap + str(last), "dim"),))
    return lines


def _listed(title: str, lines: Sequence[LineView], beside: str, width: int) -> list[Line]:
    if not lines:
        return [((f"  {title} nothing in the script", "dim"),)]
    told: list[Line] = [((f"  {title}", "marker"), (f"   {beside}", "dim"))]
    for part in lines:
        where = f"  in {part.unit}" if part.unit else ""
        room = width - 10 - len(where)
        told.append(
            ((f"  {part.spot:>5}  ", "dim"), (cut_text(part.statement, room), ""), (where, "dim"))
        )
    return told
