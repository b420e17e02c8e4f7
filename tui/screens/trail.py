"""Where an entry came from, or what it fed: moments of the run to go to.

╭ Where dE_dw[1,0] came from ─────────────────────────── Escape closes ╮
│ dE_dw[1,0] = Σₙ X[n,1]·dE_ds[n,0] = 0.002255                          │
│   dE_ds[3,0]     0.1123  1·0.1123       3/dE_ds  dE_ds = dE_dyhat *…  │
│     dE_dyhat[…]  0.4533  0.4533·0.2478  3/dE_dy… dE_dyhat = y_hat - y │
╰──────────────────────── Enter goes there, O comes back ──────────────╯
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from stepnet.explain.portrait import number_text
from tui.columns import Table
from tui.lines import Line, cut_middle, fit, with_role, wrap
from tui.pane import ListPane

if TYPE_CHECKING:
    from stepnet.session.entry_views import OriginView, UseView

ROLES = ("strong", "number", "number", "shape", "")


@dataclass(frozen=True)
class Moment:
    """A moment on the way of an entry."""

    cells: tuple[str, ...]
    """Entry, value, how it takes part, address, statement."""
    name: str
    index: tuple[int, ...]
    """What gets the cursor there."""
    tick: int


def origin_moments(view: OriginView) -> tuple[Moment, ...]:
    """What an entry came from, and what that came from, indented."""
    return tuple(_followed(view, 0))


def _followed(view: OriginView, depth: int) -> Iterator[Moment]:
    indent = "  " * (depth - 1)
    for origin in view.origins:
        value = number_text(origin.value) if origin.value is not None else ""
        told = origin.statement or origin.note
        cells = (f"{'  ' * depth}{origin.text}", value, origin.how, origin.address, told)
        yield Moment(cells, origin.name, origin.index, origin.tick)
        yield from _followed(origin, depth + 1)
    if view.rest:
        cells = (f"{indent}  … {view.rest} more", "", "", "", "")
        yield Moment(cells, "", (), -1)


def use_moments(views: Sequence[UseView]) -> tuple[Moment, ...]:
    """What an entry fed, in the order of the program."""
    return tuple(_used(view) for view in views)


def _used(view: UseView) -> Moment:
    first = tuple(start for start, _ in view.block)
    share = f"{view.entries} of {view.size} entries" if view.size > 1 else ""
    cells = (f"{view.name} {view.shape}", share, "", view.address, view.statement)
    return Moment(cells, view.name, first, view.tick)


class TrailPane(ListPane):
    """The moments, one a line."""

    TITLE = "Trail"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go", show=False)]

    def __init__(self, title: str, told: str, moments: Sequence[Moment]) -> None:
        super().__init__("trail")
        self._title_text = title
        self._told = told
        self._above: list[str] = []
        self.moments = moments
        self._table = Table([moment.cells for moment in moments], (4, 2), cut_middle)

    def laid_out(self) -> None:
        chosen = self.cursor - len(self._above)
        self._above = wrap(self._told, self.inner_width - 2)
        self.cursor = len(self._above) + max(chosen, 0)
        super().laid_out()

    def heading(self) -> tuple[Line, Line]:
        return ((self._title_text, "title"),), (("Escape closes", "dim"),)

    def footing(self) -> str:
        return "Enter goes there, O comes back" if self.moments else ""

    def line_count(self) -> int:
        return len(self._above) + len(self.moments)

    def line(self, index: int, width: int) -> Line:
        if index < len(self._above):
            return ((f" {self._above[index]}", "claim"),)
        row = self._table.line(index - len(self._above), ROLES, width - 2)
        line = fit(((" ", ""), *row), width)
        return with_role(line, "cursor") if index == self.cursor else line

    def move_cursor(self, index: int) -> None:
        super().move_cursor(max(index, len(self._above)))

    def action_go(self) -> None:
        """Go to the moment under the cursor."""
        place = self.cursor - len(self._above)
        moment = self.moments[place] if 0 <= place < len(self.moments) else None
        if moment is not None and moment.tick > 0:
            self.screen.dismiss(moment)


class TrailScreen(Screen[Moment | None]):
    """Moments to choose from; dismissed with the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", show=False)]
    AUTO_FOCUS: ClassVar[str] = "#trail"

    def __init__(self, title: str, told: str, moments: Sequence[Moment]) -> None:
        super().__init__()
        self._pane = TrailPane(title, told, moments)

    def compose(self) -> ComposeResult:
        yield self._pane

    def action_leave(self) -> None:
        """Back without going anywhere."""
        self.dismiss(None)
