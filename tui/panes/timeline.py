"""The Timeline pane: the loss over the iterations, and where the program stands in it.

│   0.62 █▆▃                          │
│      E ███▇▄▂                       │
│   0.01 ███████▇▆▅▄▃▃▂▂▁▁▁           │
│           ▲ 300                     │   the iteration the program stands in
│ iteration 300 of 1000, reached 800  │
│ 4 checkpoints, 1.2 MiB; undo 3 KiB  │
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from stepnet.session.panes import timeline_view
from tui.curve import area, is_logarithmic
from tui.lines import Line
from tui.numbers import scalar_text
from tui.pane import Pane

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import TimelineView

POINTS = 240
"""Losses asked for: two to a cell on the widest pane."""
LABEL = 10
"""Cells at the left for the numbers of the axis."""


class TimelinePane(Pane):
    """The run as a whole."""

    TITLE = "Timeline"
    ABOUT = (
        "The loss of every iteration so far, ▲ where the program stands, how far it ever got, and "
        "what remembering the past costs.\ny copies the losses as NumPy text."
    )

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.view: TimelineView | None = None
        self._loss_name = ""
        self._content: list[Line] = []

    def read(self, session: Session) -> None:
        self.view = timeline_view(session, POINTS)
        self._loss_name = session.position.loss_name
        self.laid_out()

    def laid_out(self) -> None:
        if self.view is not None:
            self._content = timeline_lines(
                self.view, self._loss_name, self.inner_width, self.inner_height
            )

    def glance(self, session: Session) -> bool:
        self.read(session)
        return True

    def line_count(self) -> int:
        return len(self._content)

    def line(self, index: int, width: int) -> Line:
        return self._content[index]

    def copied(self) -> tuple[str, str]:
        losses = self.view.losses if self.view else ()
        text = ", ".join("np.nan" if math.isnan(loss) else repr(loss) for loss in losses)
        return f"{len(losses)} losses", f"np.array([{text}])"


def timeline_lines(view: TimelineView, loss_name: str, width: int, height: int) -> list[Line]:
    """Curve, axis and figures in `width` × `height` cells; the curve takes what is left."""
    of = f" of {view.total}" if view.total else ""
    if view.current:
        where = f"iteration {view.current}{of}, reached {view.reached}"
    elif view.reached:
        where = f"outside the loop, reached iteration {view.reached}{of}"
    else:
        where = "before the first iteration" + of
    cost = (
        f"{view.checkpoints} checkpoint{'' if view.checkpoints == 1 else 's'}, "
        f"{size_text(view.checkpoint_bytes)}; undo {size_text(view.undo_bytes)}"
    )
    figures: list[Line] = [((f" {where}", ""),), ((f" {cost}", "dim"),)]
    finite = [loss for loss in view.losses if math.isfinite(loss)]
    room = height - len(figures) - 1
    if not finite or room < 1:
        missing: list[Line] = [((" No loss is known yet.", "dim"),)] if not finite else []
        return missing + figures
    last = max(view.iterations[-1], view.reached, view.current)
    first = min(view.iterations[0], view.current or view.iterations[0])
    span = max(last - first, 1)
    across = max(width - LABEL - 2, 4)
    places = [(iteration - first) / span for iteration in view.iterations]
    drawn = area(places, view.losses, across, room)
    high, low = scalar_text(max(finite), 4), scalar_text(min(finite), 4)
    high = "" if high == low else high
    lines: list[Line] = []
    for row, text in enumerate(drawn):
        label = high if row == 0 else low if row == room - 1 else ""
        if row == 1 and room > 2:
            label = loss_name + (" log" if is_logarithmic(view.losses) else "")
        lines.append(((f" {label[:LABEL].rjust(LABEL)} ", "dim"), (text, "curve")))
    lines.append(_axis(view.current, first, span, across))
    return lines + figures


def _axis(current: int, first: int, span: int, across: int) -> Line:
    """The marker below the curve, with the iteration's number beside it."""
    if not current:
        return ()
    place = round((current - first) / span * (across - 1))
    number = str(current)
    if place + 2 + len(number) > across:
        return ((" " * (LABEL + 2 + place - len(number) - 1) + number + " ▲", "current"),)
    return ((" " * (LABEL + 2 + place) + f"▲ {number}", "current"),)


def size_text(size: int) -> str:
    """``3.4 KiB``."""
    amount = float(size)
    for unit in ("B", "KiB", "MiB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GiB"
