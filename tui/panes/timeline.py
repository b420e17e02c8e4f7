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

from textual import events
from textual.message import Message

from stepnet.session.panes import timeline_view
from tui.curve import Scale, area, rows_of, scale_of
from tui.lines import Line
from tui.numbers import scalar_text
from tui.pane import Pane

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from stepnet.session.views import TimelineView

POINTS = 240
"""Losses asked for: two to a cell on the widest pane."""
MARKS = "ox+*%@&$"
"""What other branches are drawn with; one a branch, for as many as there are."""
LABEL = 10
"""Cells at the left for the numbers of the axis."""


class TimelinePane(Pane):
    """The run as a whole."""

    TITLE = "Timeline"
    ABOUT = (
        "The loss of every iteration so far, or what :plot has asked for, ▲ where the program "
        "stands, how far it ever got, and what remembering the past costs; other branches are "
        "drawn upon it.\nA click goes to an iteration; y copies the figures as NumPy text."
    )

    class Visited(Message):
        """Somebody asked to go to an iteration."""

        def __init__(self, iteration: int) -> None:
            super().__init__()
            self.iteration = iteration

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.view: TimelineView | None = None
        self._content: list[Line] = []

    def read(self, session: Session) -> None:
        self.view = timeline_view(session, POINTS)
        self.laid_out()

    def laid_out(self) -> None:
        if self.view is not None:
            self._content = timeline_lines(self.view, self.inner_width, self.inner_height)

    def glance(self, session: Session) -> bool:
        self.read(session)
        return True

    def on_click(self, event: events.Click) -> None:
        """Go to the iteration that was clicked."""
        if self.view is None or not self.view.iterations:
            return
        across = max(self.inner_width - LABEL - 2, 4)
        first, span = reach(self.view)
        place = event.x - 1 - (LABEL + 2)
        if 0 <= place < across:
            iteration = first + round(place / (across - 1) * span)
            self.post_message(self.Visited(max(1, iteration)))

    def line_count(self) -> int:
        return len(self._content)

    def line(self, index: int, width: int) -> Line:
        return self._content[index]

    def copied(self) -> tuple[str, str]:
        losses = self.view.losses if self.view else ()
        text = ", ".join("np.nan" if math.isnan(loss) else repr(loss) for loss in losses)
        return f"{len(losses)} losses", f"np.array([{text}])"


def timeline_lines(view: TimelineView, width: int, height: int) -> list[Line]:
    """Curve, axis and figures in `width` × `height` cells; the curve takes what is left."""
    figures = _figures(view)
    finite = [loss for loss in view.losses if math.isfinite(loss)]
    room = height - len(figures) - 1
    if not finite or room < 1:
        return (_missing(view) if not finite else []) + figures
    across = max(width - LABEL - 2, 4)
    first, span = reach(view)
    every = [*view.losses, *(value for other in view.others for value in other.values)]
    scale = scale_of(every)
    places = [(iteration - first) / span for iteration in view.iterations]
    drawn = area(places, view.losses, across, room, scale)
    finite = [value for value in every if math.isfinite(value)]
    high, low = scalar_text(max(finite), 4), scalar_text(min(finite), 4)
    high = "" if high == low else high
    overlaid = _overlaid(view, across, room, scale)
    lines: list[Line] = []
    for row, text in enumerate(drawn):
        label = high if row == 0 else low if row == room - 1 else ""
        if row == 1 and room > 2:
            label = view.name + (" log" if scale.logarithmic else "")
        cells = _row(
            text, {column: mark for (line, column), mark in overlaid.items() if line == row}
        )
        lines.append(((f" {label[:LABEL].rjust(LABEL)} ", "dim"), *cells))
    lines.append(_axis(view.current, first, span, across))
    return lines + figures


def _missing(view: TimelineView) -> list[Line]:
    """Why there is no curve, and what gives one."""
    if view.name:
        return [((f" No value of {view.name} is known yet.", "dim"),)]
    told = (" The script computes no loss;", " :plot EXPRESSION shows a number.")
    return [((text, "dim"),) for text in told]


def _figures(view: TimelineView) -> list[Line]:
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
    if len(view.name) > LABEL:
        figures.insert(0, ((f" {view.name}", "curve"),))
    if view.others:
        told = [f"{mark} {other.branch}" for mark, other in zip(MARKS, view.others, strict=False)]
        figures.insert(0, ((f" █ {view.branch}  ", "curve"), ("  ".join(told), "marker")))
    return figures


def reach(view: TimelineView) -> tuple[int, int]:
    """The iteration at the left edge, and how many there are to the right one."""
    ends = [other.iterations[-1] for other in view.others if other.iterations]
    last = max([view.reached, view.iterations[-1], *ends])
    first = min(view.iterations[0], view.current or view.iterations[0])
    return first, max(max(last, view.current) - first, 1)


def _overlaid(
    view: TimelineView, across: int, room: int, scale: Scale
) -> dict[tuple[int, int], str]:
    """Where the other branches lie, by row and column."""
    first, span = reach(view)
    found: dict[tuple[int, int], str] = {}
    for mark, other in zip(MARKS, view.others, strict=False):
        places = [(iteration - first) / span for iteration in other.iterations]
        for column, row in enumerate(rows_of(places, other.values, across, room, scale)):
            if row is not None:
                found[row, column] = mark
    return found


def _row(text: str, marks: dict[int, str]) -> Line:
    """A row of the curve with the marks of other branches upon it."""
    if not marks:
        return ((text, "curve"),)
    cells = list(text.ljust(max(marks) + 1))
    runs: list[tuple[str, str]] = []
    for column, cell in enumerate(cells):
        role = "marker" if column in marks else "curve"
        cell = marks.get(column, cell)
        if runs and runs[-1][1] == role:
            runs[-1] = (runs[-1][0] + cell, role)
        else:
            runs.append((cell, role))
    return tuple(runs)


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
