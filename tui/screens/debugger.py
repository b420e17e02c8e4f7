"""The debugger's screen: panes, header, footer and prompt around one session.

    ┌ head: name, position, loss ───────────────────────┐
    │ stage: the panes                                  │
    │ prompt, while something is typed                  │
    └ foot: the most useful keys, or a message ─────────┘

Commands go down to :mod:`tui.runs`; what happened comes back up as messages, and then every pane
that is seen reads the session afresh. No pane knows another.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Generator
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker

from stepnet.session.commands import COMMANDS
from stepnet.session.panes import name_rows, timeline_view
from tui.bars import Bar, Footer, header_line
from tui.bindings import BY_NAME, Keys, command_bindings, command_of_key
from tui.layout import MATRIX
from tui.pane import Chosen, Pane
from tui.panes.chain import ChainPane
from tui.panes.matrix import MatrixPane
from tui.panes.program import ProgramPane
from tui.panes.step import StepPane
from tui.panes.timeline import TimelinePane
from tui.position import position_lines, progress_line, why_not
from tui.predicting import Predicting
from tui.prompt import Prompt
from tui.reloading import EVERY, FileWatch
from tui.runs import Advanced, Idled, Pondered, Refused, Runs, Stopped
from tui.screens.actions import ACTIONS, AT_CURSOR, search
from tui.screens.exploring import look_into_line
from tui.stage import Stage

if TYPE_CHECKING:
    from stepnet.session.portrait import PortraitView
    from stepnet.session.session import Session, Stop
    from stepnet.session.views import Progress

IDLE = 0.2
"""Seconds without a key after which there is time to check the gradients."""
GLANCE_EVERY = 1.0
"""Seconds between two looks at a long run."""
GLANCE_SHARE = 20
"""A look that takes long comes more seldom: so many times what it took."""
SPARKS = 8
"""Blocks in the header's picture of the loss."""


class Debugger(Screen[None]):
    """One session, stepped through."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *command_bindings(),
        *(Binding(digit, f"digit('{digit}')", show=False, priority=True) for digit in "0123456789"),
        Binding("escape", "unwind", show=False, priority=True),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
    ]
    AUTO_FOCUS: ClassVar[str] = "#step"

    def __init__(
        self, session: Session, keys: Keys, begun: Generator[Progress, None, Stop] | None = None
    ) -> None:
        super().__init__()
        self._session = session
        self.keys = keys
        self.runs = Runs(session, self.post_message)
        self.count = ""
        """Digits typed so far."""
        self._notice = ""
        self._loss_name = ""
        self._glance_due = 0.0
        self._begun = begun
        self._serving: Worker[None] | None = None
        self._idling: asyncio.TimerHandle | None = None
        self.head = Bar("head", "bar")
        self.foot = Footer("foot")
        self.prompt: Prompt = Prompt(self._names, self._entered)
        self.predicting: Predicting = Predicting(self)

    @property
    def session(self) -> Session:
        """The session; what is thought about it in between is left, for it may stand elsewhere."""
        self.runs.leave()
        return self._session

    def compose(self) -> ComposeResult:
        self.stage = Stage(self.app.size, self.keys)
        self.show_all()  # before anything is mounted: the first frame is then the right one
        yield self.head
        yield self.stage
        yield self.prompt
        yield self.foot

    def on_mount(self) -> None:
        self.files = FileWatch(self)
        self.set_interval(EVERY, self.files.look)
        self._serving = self.run_worker(self.runs.serve(self._begun), name="runs")
        self.call_after_refresh(self._greet)

    def _greet(self) -> None:
        """Say what was done to the script, and look at it when there is time."""
        if self.session.notes:
            self.say(" ".join(self.session.notes))
        self.await_idle()

    def take(self, session: Session) -> None:
        """Step through another session from here on."""
        if self._serving is not None:
            self._serving.cancel()
        self._session = session
        self.runs.leave()
        self.runs = Runs(session, self.post_message)
        self.stage.forget()
        self.predicting = Predicting(self)
        self._serving = self.run_worker(self.runs.serve(), name="runs")
        self.show_all()
        self._greet()

    # When there is time.

    def await_idle(self) -> None:
        """Somebody is busy: begin to wait anew until nobody is."""
        if self._idling is not None:
            self._idling.cancel()
        loop = asyncio.get_running_loop()
        self._idling = loop.call_later(IDLE, self.post_message, Idled())

    def on_idled(self) -> None:
        """Check the gradients of this iteration, unless that takes long: then `check` does."""
        # The rule table is loaded now, so that the first step does not have to wait for it.
        import stepnet.explain.narrate.table  # noqa: F401  # loaded now, used by the first step

        if self.is_current and self.runs.idle:
            self.runs.ponder(self.session.pondering())

    def on_pondered(self, message: Pondered) -> None:
        """Show what was found out, or begin again when there is time."""
        if message.is_done:
            self.show_all()
        else:
            self.await_idle()

    def on_unmount(self) -> None:
        if self._idling is not None:
            self._idling.cancel()

    # What is shown.

    def on_resize(self, event: events.Resize) -> None:
        if self.stage.arranged_for != self.app.size:
            with self.app.batch_update():
                self.stage.place(self.app.size)
                self.show_all()

    def show_all(self) -> None:
        """Bring everything that is seen up to date, unless a run is in the middle of something."""
        if self.runs.working:
            self.stage.redraw()
            return
        position = self.session.position
        self._glance_due = time.monotonic() + GLANCE_EVERY
        timeline = timeline_view(self.session, SPARKS, loss_only=True)
        self._loss_name = position.loss_name
        with self.app.batch_update():
            self.stage.read(self.session)
            name = self.session.script.name
            name += " (backward derived)" if self.session.is_derived else ""
            name += f" [{branch}]" if (branch := self.session.branches.told) else ""
            parts = position_lines(name, position, timeline)
            self.head.show(header_line(*parts, self.app.size.width))
            self.show_footer()

    def show_footer(self) -> None:
        """The keys that apply now, a pending count, or a message."""
        if self._notice:
            self.foot.say(self._notice)
        elif self.count:
            self.foot.say(f"{self.count}  a stepping key repeats so often; Escape forgets it")
        else:
            self.foot.offer(
                tuple(
                    (c.name, self.keys[c.name][0], c.label, self.session.applies(c))
                    for c in COMMANDS
                    if c.footer
                )
            )

    def say(self, text: str) -> None:
        """Show a message in the footer until the next key."""
        self._notice = text
        self.show_footer()

    # What happened.

    def on_stopped(self, message: Stopped) -> None:
        outcome = message.outcome
        if outcome is None or outcome.reason == "pause":
            self._notice = f"interrupted at {self.session.position.address}"
        elif self.session.portrait is not None:
            self._show_portrait(self.session.portrait)
        elif outcome.text and outcome.reason != "exception":
            self._tell(outcome.text)
        self.predicting.stopped()
        self.show_all()
        self.predicting.ask()
        self.await_idle()

    def _tell(self, text: str) -> None:
        """Say what a command has answered: in the footer, or where that is too short."""
        if "\n" not in text and len(text) < self.app.size.width:
            self._notice = text
            return
        from tui.screens.message import MessageScreen

        fits = self.app.size.width - 8  # the rest is prose, and goes on in the next line
        kept = "\n".join(f"{'  ' * (1 + (len(x) < fits))}{x}" for x in text.splitlines())
        self.app.push_screen(MessageScreen("Answer", kept))

    def _show_portrait(self, view: PortraitView) -> None:
        """Show what became of a name; Enter there goes to where it was last written."""
        from tui.screens.portrait import PortraitScreen

        def left(address: str | None) -> None:
            if address:
                self.runs.submit(f"goto {address}")

        self.session.portrait = None
        self.app.push_screen(PortraitScreen(view), left)

    def on_advanced(self, message: Advanced) -> None:
        if self.runs.working:
            waiting = self.runs.waiting
            self.head.show(progress_line(message.progress, self._loss_name, waiting))
            self._glance()

    def _glance(self) -> None:
        """Now and then in a long run, show what it has come to."""
        begun = time.monotonic()
        if begun < self._glance_due:
            return
        with self.app.batch_update():
            self.stage.glance(self.session)
        done = time.monotonic()
        self._glance_due = done + max(GLANCE_EVERY, GLANCE_SHARE * (done - begun))

    def on_refused(self, message: Refused) -> None:
        self.show_all()
        if message.prompt:
            line = message.line
            typed = line if message.prompt == "command" else line.partition(" ")[2]
            self.prompt.open(message.prompt, typed, message.error)
        else:
            self.say("  ".join(line.strip() for line in message.error.splitlines() if line.strip()))

    def on_timeline_pane_visited(self, message: TimelinePane.Visited) -> None:
        self.runs.submit(f"goto {message.iteration}")

    def on_chain_pane_visited(self, message: ChainPane.Visited) -> None:
        self.runs.submit(f"goto {message.address}")

    def on_step_pane_asked(self, message: StepPane.Asked) -> None:
        if not self.runs.working:
            self.say(self.stage.step.answer(self.session))

    def on_program_pane_looked_into(self, message: ProgramPane.LookedInto) -> None:
        look_into_line(self, message.line)

    def on_matrix_pane_asked(self, message: MatrixPane.Asked) -> None:
        self.runs.submit(f"explain {self.stage.matrix.entry}")

    def on_pane_inspected(self, message: Pane.Inspected) -> None:
        self.inspect(message.chosen)

    def on_footer_chosen(self, message: Footer.Chosen) -> None:
        self.carry_out(message.command)

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """A key that is no command, or one that does not apply now."""
        self._forget()
        command = command_of_key(event.key, event.character or "", self.keys)
        if not command and event.is_printable and event.key not in self.active_bindings:
            self.say(f"{event.character} is not bound; {self.keys['help'][0]} lists the keys")
        if command and self.runs.idle and not self.session.applies(BY_NAME[command]):
            self.say(why_not(BY_NAME[command], self.session.position))

    def _forget(self) -> str:
        """A key was pressed: the message and the count have had their time; returns the count."""
        count, self.count = self.count, ""
        if self._notice or count:
            self._notice = ""
            self.show_footer()
        return count

    def action_digit(self, digit: str) -> None:
        """A digit of a count; a zero only behind another."""
        count = self._forget()
        if count or digit != "0":
            self.count = (count + digit)[:9]
            self.show_footer()

    def action_unwind(self) -> None:
        """Escape: undo one layer of what was begun."""
        if self.runs.interrupt() or self._forget() or self.stage.focused_pane.unwind():
            return
        if self.stage.places.focused == MATRIX:
            self.focus_pane(self.stage.places.before)
        elif self.stage.places.maximised:
            self.maximise(False)
        else:
            self.stage.program.forget_search()

    def action_interrupt(self) -> None:
        """Ctrl+C: stop a run, like Escape; it does not leave, for it is pressed by reflex."""
        if not self.runs.interrupt():
            self.say(f"{self.keys['quit'][0]} leaves stepnet")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out (None) what cannot be done now."""
        if action != "command" or not parameters:
            return True
        command = BY_NAME[str(parameters[0])]
        if command.screen:
            return True
        return True if not self.runs.idle or self.session.applies(command) else None

    def action_command(self, name: str) -> None:
        """Carry out a command whose key was pressed, as often as was typed before it."""
        self.carry_out(name, self._forget())

    def carry_out(self, name: str, count: str = "") -> None:
        """Do what a key, a click or the palette asks for."""
        command = BY_NAME[name]
        if command.screen:
            self._on_screen(name, "")
        elif name in AT_CURSOR:
            AT_CURSOR[name](self)
        elif command.argument in ("", "[COUNT]"):
            self.runs.submit(f"{name} {count}" if count and command.argument else name)
        else:
            self.prompt.open(*(("goto", count) if name == "goto" else ("command", f"{name} ")))

    # The prompt.

    def _names(self) -> list[str]:
        return [] if self.runs.working else [row.name for row in name_rows(self.session)]

    def _entered(self, kind: str, text: str) -> None:
        if kind == "search":
            search(self, text)
        elif kind == "predict":
            self.predicting.answer(text)
        elif text:
            line = f"goto {text}" if kind == "goto" else text
            name, _, argument = line.partition(" ")
            if name in BY_NAME and BY_NAME[name].screen:
                self._on_screen(name, argument.strip())
            else:
                self.runs.submit(line, kind)

    def on_prompt_typed(self, message: Prompt.Typed) -> None:
        if message.kind == "search":
            self.stage.program.highlight(message.text)

    def on_prompt_left(self, message: Prompt.Left) -> None:
        self.stage.program.forget_search()
        self.predicting.skip()

    def _on_screen(self, name: str, argument: str) -> None:
        ACTIONS[name](self, argument)

    def focus_pane(self, name: str) -> None:
        """Show a pane if it is hidden, and give it the focus."""
        with self.app.batch_update():
            if self.stage.focus_pane(name):
                self.show_all()

    def inspect(self, chosen: Chosen) -> None:
        """Show one value whole, over everything else, until Escape."""
        if not self.runs.working:
            self.stage.matrix.look_at(chosen, self.session)
            self.focus_pane(MATRIX)

    def maximise(self, on: bool) -> None:
        """Give the focused pane the whole screen, or give the screen back."""
        with self.app.batch_update():
            self.stage.maximise(on)
            self.show_all()
