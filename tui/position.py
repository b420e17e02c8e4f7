"""The position as text: the parts of the header, and how far a long run has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.curve import sparkline
from tui.lines import Line, Run
from tui.numbers import scalar_text

if TYPE_CHECKING:
    from stepnet.session.command import Command
    from stepnet.session.views import PositionView, Progress, TimelineView

LOSS_DIGITS = 4


def iteration_text(iteration: tuple[int, ...], totals: tuple[int | None, ...]) -> str:
    """``iteration 3/1000``; ``iteration 2/200 · 5/5`` in nested loops."""
    parts = [
        f"{number}/{total}" if total else str(number)
        for number, total in zip(iteration, totals, strict=True)
    ]
    return "iteration " + " · ".join(parts) if parts else ""


def position_lines(
    name: str, position: PositionView, timeline: TimelineView
) -> tuple[Line, Line, Line]:
    """Left, middle and right part of the header."""
    left: Line = ((" stepnet · ", "dim"), (name, "title"))
    words: list[Run] = []
    for text, role in (
        (iteration_text(position.iteration, position.totals), ""),
        (position.phase, "marker"),
        (f"in {position.frame}" if position.frame else "", "dim"),
        (position.address if position.tick else "at the start", "current"),
    ):
        if text:
            words += [(" · ", "dim")] if words else [(" ", "")]
            words.append((text, role))
    if position.fault:
        words.append((" ERROR ", "alert"))
    elif position.ending:
        words += [(" · ", "dim"), (position.ending, "")]
    right: Line = ()
    if position.loss is not None:
        loss = f"{position.loss_name} {scalar_text(position.loss, LOSS_DIGITS)} "
        right = ((loss, "strong"), (sparkline(timeline.losses) + " ", "curve"))
    return left, tuple(words), right


def progress_line(progress: Progress, loss_name: str, waiting: int) -> Line:
    """The header during a long run."""
    words = [f"running to {progress.target}" if progress.target else "running"]
    words += [iteration_text(progress.iteration, progress.totals)] if progress.iteration else []
    words.append(f"@{progress.tick}")
    if progress.loss is not None:
        words.append(f"{loss_name} {scalar_text(progress.loss, LOSS_DIGITS)}")
    words += [f"{waiting} more typed ahead"] if waiting else []
    words.append("Escape interrupts")
    return ((" " + " · ".join(words) + " ", "busy"),)


def why_not(command: Command, position: PositionView) -> str:
    """What to tell when a command does not apply now."""
    if command.needs == "back":
        return f"{command.label}: at the start, nothing has run yet"
    if position.fault:
        return f"{command.label}: the next statement raises an error; S steps back"
    return f"{command.label}: at the end of the program; S steps back, R restarts"
