"""The panes and their places: what is seen, and which pane has the focus.

┌ Program ─┐┌ Step ────────────┐
│          ││                  │     the arrangement is tui.layout's, the geometry is CSS
│          │└──────────────────┘
│          │┌ Chain ─┐┌ Names ─┐     a place may be shared; focusing a pane shows it
└──────────┘└────────┘└────────┘
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.containers import Container
from textual.geometry import Size

from tui.layout import MATRIX, PANES, Places
from tui.pane import Pane
from tui.panes.chain import ChainPane
from tui.panes.matrix import MatrixPane
from tui.panes.names import NamesPane
from tui.panes.output import OutputPane
from tui.panes.program import ProgramPane
from tui.panes.step import StepPane
from tui.panes.timeline import TimelinePane
from tui.panes.watches import WatchesPane

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from tui.bindings import Keys

FOCUS_COMMANDS = {"values": "step", "watches-pane": "watches"} | {
    name: name for name in PANES if name not in ("step", "watches")
}
"""The commands that focus a pane, and which."""
NEW = "*"
"""Behind the name of a pane that is hidden: it has something new."""


class Stage(Container):
    """Every pane of the debugger, of which some are seen."""

    def __init__(self, size: Size, keys: Keys) -> None:
        self.places = Places("step")
        self._output_seen = 0
        """Pieces of output that have been on the screen."""
        self._output_is_new = False
        self.program = ProgramPane("program")
        self.step = StepPane("step")
        self.matrix = MatrixPane(MATRIX)
        self.step = StepPane("step")
        self.panes: dict[str, Pane] = {
            "program": self.program,
            "step": self.step,
            "chain": ChainPane("chain", keys["check"][0]),
            "names": NamesPane("names"),
            "watches": WatchesPane("watches", keys["watch"][0]),
            "output": OutputPane("output"),
            "timeline": TimelinePane("timeline"),
            MATRIX: self.matrix,
        }
        self._keys_of = {pane: keys[command][0] for command, pane in FOCUS_COMMANDS.items()}
        order = (*self.places.arranged(*size).order, MATRIX)
        super().__init__(*(self.panes[name] for name in order), id="stage")
        self.arranged_for = size
        """The size of the screen that the panes are arranged for."""
        self.place(size)

    @property
    def focused_pane(self) -> Pane:
        """The pane that has the focus, or had it before a prompt or a screen came."""
        return self.panes[self.places.focused]

    @property
    def chosen_name(self) -> str:
        """The name under the cursor of the focused pane; ``""`` where there is none."""
        chosen = self.focused_pane.chosen()
        return chosen.label if chosen is not None and chosen.label.isidentifier() else ""

    def place(self, size: Size) -> None:
        """Decide which panes are seen on a screen of a size."""
        self.arranged_for = size
        arranged = self.places.arranged(*size)
        seen = self.places.seen(arranged)
        self.set_classes(arranged.name)
        if self.children:
            order = (*arranged.order, MATRIX)
            self.sort_children(key=lambda pane: order.index(pane.id or ""))
        for name, pane in self.panes.items():
            pane.display = name in seen
        self._share()

    def _share(self) -> None:
        """Tell the panes that are seen which others share their place."""
        seen = self.places.seen(self.places.arranged(*self.arranged_for))
        for name, pane in self.panes.items():
            alone = self.places.maximised or name == MATRIX
            place = () if alone else seen.get(name, ())
            pane.share(tuple(self._mate(other) for other in place if other != name))

    def _mate(self, name: str) -> tuple[str, str]:
        new = NEW if name == "output" and self._output_is_new else ""
        return self._keys_of[name] + new, self.panes[name].TITLE + new

    def read(self, session: Session) -> None:
        """Let every pane that is seen show what the session says now."""
        for pane in self.panes.values():
            if pane.display:
                pane.read(session)
                pane.redraw()
        self.mark_output(session)

    def glance(self, session: Session) -> None:
        """In the middle of a long run: what can be told without asking what has just happened."""
        for pane in self.panes.values():
            if pane.display and pane.glance(session):
                pane.redraw()
        self.mark_output(session)

    def mark_output(self, session: Session) -> None:
        """Mark the Output pane's name where it is hidden and something new was printed."""
        size = len(session.machine.world.output)
        if self.panes["output"].display:
            self._output_seen = size
        self._output_seen = min(self._output_seen, size)
        is_new = size > self._output_seen
        if is_new != self._output_is_new:
            self._output_is_new = is_new
            self._share()
            self.redraw()

    def redraw(self) -> None:
        """Paint what is seen again, from what was read before."""
        for pane in self.panes.values():
            pane.redraw()

    def forget(self) -> None:
        """Another session comes: scroll everything back."""
        for pane in self.panes.values():
            pane.top = pane.left = 0
        self._output_seen = 0

    def focus_pane(self, name: str) -> bool:
        """Give a pane the focus; True if that changed what is seen."""
        self.places.focus(name)
        hidden = not self.panes[name].display
        if hidden:
            self.place(self.arranged_for)
        self.screen.set_focus(self.panes[name])
        return hidden

    def maximise(self, on: bool) -> None:
        """Give the focused pane the whole screen, or give the screen back."""
        self.places.maximised = on
        self.place(self.arranged_for)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, Pane) and event.widget.id:
            self.places.focus(event.widget.id)
