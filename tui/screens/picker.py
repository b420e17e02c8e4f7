"""The scenario picker: what there is to step through, with its introduction.

╭ Scenarios ────────────────────────────────────────────────────────╮
│ relu_net       A ReLU network …                   40 statements   │
│ trask_neuron   Trask's sigmoid neuron             24 statements   │
╰───────────────────────────────────────────────────────────────────╯
╭ Trask's sigmoid neuron ───────────────────────────────────────────╮
│ Four rows, three inputs, one weight each. …                       │
╰───────────────────────────────────────────────────────────────────╯
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from tui.bars import Bar
from tui.columns import Table
from tui.lines import Line, fit, with_role, wrap
from tui.opening import OpenAsked
from tui.pane import ListPane, Pane

if TYPE_CHECKING:
    from stepnet.source.builtin import Scenario

FOOT: Line = (
    (" Enter ", "key"),
    ("open   ", ""),
    ("Up Down ", "key"),
    ("choose   ", ""),
    ("PgUp PgDn ", "key"),
    ("read on   ", ""),
    ("Escape ", "key"),
    ("back   ", ""),
    ("q ", "key"),
    ("quit", ""),
)


class ScenarioList(ListPane):
    """The scenarios, one a line."""

    TITLE = "Scenarios"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", show=False)]

    class Moved(Message):
        """The cursor is on another scenario."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        super().__init__("scenarios")
        self.scenarios = scenarios
        self._table = Table(
            [(s.name, s.title, f"{s.statements} statements") for s in scenarios], gives_way=(1,)
        )

    def line_count(self) -> int:
        return len(self.scenarios)

    def line(self, index: int, width: int) -> Line:
        row = self._table.line(index, ("strong", "", "dim"), width - 3)
        chosen = index == self.cursor
        line = fit(((" ▶ " if chosen else "   ", "current"), *row), width)
        return with_role(line, "cursor") if chosen else line

    def move_cursor(self, index: int) -> None:
        super().move_cursor(index)
        self.post_message(self.Moved(self.cursor))

    def action_choose(self) -> None:
        """Ask for the chosen scenario to be opened."""
        if self.scenarios:
            self.post_message(OpenAsked(self.scenarios[self.cursor].name))


class About(Pane):
    """What a scenario is about, or why it cannot be opened."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__("about")
        self.scenario: Scenario | None = None
        self.error = ""
        self._content: list[Line] = []

    def show(self, scenario: Scenario | None, error: str = "") -> None:
        """Tell about a scenario, or of what is wrong with it."""
        self.scenario = scenario
        self.error = error
        self.top = 0
        self.laid_out()
        self.redraw()

    def heading(self) -> tuple[Line, Line]:
        scenario = self.scenario
        if scenario is None:
            return (), ()
        return ((scenario.title, "title"),), ((scenario.name, "dim"),)

    def laid_out(self) -> None:
        self._content = []
        width = self.inner_width - 3
        if self.error:
            for text in self.error.splitlines():
                self._content.append(((f" {text}", "bad"),))
            self._content.append(())
        if self.scenario is None:
            return
        for paragraph in self.scenario.introduction.split("\n\n"):
            text = " ".join(paragraph.split())
            self._content += [((f" {part}", ""),) for part in wrap(text, width)]
            self._content.append(())
        facts = f"{self.scenario.statements} statements in {self.scenario.lines} lines"
        for text in (f"From: {self.scenario.source}" if self.scenario.source else "", facts):
            self._content += [((f" {part}", "dim"),) for part in wrap(text, width) if part]

    def line_count(self) -> int:
        return len(self._content)

    def line(self, index: int, width: int) -> Line:
        return self._content[index]


class Picker(Screen[None]):
    """Choose a scenario."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("q", "app.quit", show=False),
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("pagedown,space", "read(1)", show=False, priority=True),
    ]
    AUTO_FOCUS: ClassVar[str] = "#scenarios"
    DEFAULT_CSS = """
    Picker #scenarios { max-height: 50%; }
    Picker #about { height: 1fr; }
    """

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        super().__init__()
        self.scenarios = scenarios

    def compose(self) -> ComposeResult:
        yield Bar("head", "bar")
        scenarios = ScenarioList(self.scenarios)
        scenarios.styles.height = len(self.scenarios) + 2  # the rest is for reading
        yield scenarios
        yield About()
        yield Bar("foot", "bar")

    def on_mount(self) -> None:
        head: Line = ((" stepnet · ", "dim"), ("choose a network to step through", "title"))
        self.query_one("#head", Bar).show(head)
        self.query_one("#foot", Bar).show(FOOT)
        self.show(0)

    def show(self, index: int, error: str = "") -> None:
        """Show what scenario `index` is about."""
        if self.scenarios:
            self.query_one(About).show(self.scenarios[index], error)

    def show_error(self, error: str) -> None:
        """Show why the chosen scenario cannot be opened."""
        self.show(self.query_one(ScenarioList).cursor, error)

    def on_scenario_list_moved(self, message: ScenarioList.Moved) -> None:
        self.show(message.index)

    def action_read(self, pages: int) -> None:
        """Scroll what is said about the chosen scenario."""
        self.query_one(About).action_page(pages)

    def action_leave(self) -> None:
        """Back to the session that was open, if there was one."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()
