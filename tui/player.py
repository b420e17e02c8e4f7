"""Playing ``.steps`` scripts in the real application, a line at a time, for people to watch.

    Player ── a line ──► the screen's runs ──► Session.perform
       ▲                        │
       └────── Outcome ◄────────┘

A failure is shown over the whole screen; what became of everything is written when the
application has been left.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stepnet.session.steps.replay import Outcome, carried_out, opened
from stepnet.session.steps.script import Do, Open, Step
from stepnet.session.steps.told import closing_line, failure_text
from stepnet.source.refusal import SourceError
from stepnet.source.script import NoSuchScript
from tui.answering import settings
from tui.screens.actions import ACTIONS
from tui.screens.debugger import Debugger
from tui.screens.message import MessageScreen
from tui.tally import Tally

if TYPE_CHECKING:
    from stepnet.session.session import Session, Stop
    from stepnet.session.views import Progress
    from tui.app import StepnetApp


@dataclass
class Player:
    """Scripts to be played, and what became of them so far."""

    scripts: Sequence[tuple[str, Sequence[Step]]]
    """Each file's name and lines."""
    tally: Tally
    pause: float
    """Seconds between two lines."""
    quits: bool
    """Leave the application at the end, and go on to the next file after a failure."""
    outcomes: list[Outcome] = field(default_factory=list)
    is_done: bool = False
    """Everything was played that was to be."""

    async def play(self, app: StepnetApp) -> None:
        """Play every script; the application has opened the first one's program already."""
        for number, (name, steps) in enumerate(self.scripts):
            before = (self.tally.passed, self.tally.failed)
            goes_on = await self._play(app, steps, is_open=number == 0)
            self.tally.file_ended(name, *before)
            if not goes_on and not self.quits:
                break
        self.is_done = True
        if self.quits:
            app.exit()
        else:
            self._show(app)

    async def _play(self, app: StepnetApp, steps: Sequence[Step], *, is_open: bool) -> bool:
        """Play one script; False if it was ended by a failure."""
        for number, step in enumerate(steps):
            if number or not is_open:
                await asyncio.sleep(self.pause)
            if isinstance(step.does, Open):
                if (number or not is_open) and not self._open(app, step.does):
                    return False
                continue
            screen = app.debugger
            if screen is None:
                return False
            while app.screen is not screen:
                app.pop_screen()  # an answer that nobody closes
            screen.say(f"{step.source.name}:{step.line}  {step.text}")
            try:
                outcome = await self._carry_out(screen, step, steps[number + 1 : number + 2])
            except asyncio.CancelledError:
                screen.say(f"the replay was interrupted at line {step.line}")
                raise
            self.outcomes.append(outcome)
            self.tally.count(outcome)
            self.tally.tell(outcome)
            if outcome.ends:
                return False
        return True

    def _open(self, app: StepnetApp, what: Open) -> bool:
        try:
            app.show(opened(what))
        except (SourceError, NoSuchScript) as error:
            self.tally.unusable(str(error))
            return False
        return True

    async def _carry_out(self, screen: Debugger, step: Step, following: Sequence[Step]) -> Outcome:
        if isinstance(step.does, Do) and step.does.command.does is None:
            ACTIONS[step.does.command.name](screen, step.does.argument)
            return Outcome(step, "done")
        come: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        screen.runs.follow(_followed(screen.session, step, following, come))
        return await come

    def _show(self, app: StepnetApp) -> None:
        """Say on the screen what came of it."""
        failed = [failure_text(made) for made in self.outcomes if made.word == "failed"]
        if failed:
            app.push_screen(MessageScreen("What does not hold", "\n".join(failed)))
        elif app.debugger is not None:
            app.debugger.say(closing_line(self.tally.passed, self.tally.failed))


def _followed(
    session: Session, step: Step, following: Sequence[Step], come: asyncio.Future[Outcome]
) -> Generator[Progress, None, Stop]:
    """A line as a run that the screen can show; its outcome comes on the side."""
    try:
        outcome = yield from carried_out(session, step, following)
        come.set_result(outcome)
    finally:
        if not come.done():
            come.cancel()
    return session.stop


def watch(
    scripts: Sequence[tuple[str, Sequence[Step]]],
    tally: Tally,
    *,
    ascii_only: bool,
    pause: float,
    quits: bool,
) -> bool:
    """Run the application on some scripts; False if it was left before they were played.

    Raises SourceError, NoSuchScript for the first program if it cannot be opened.
    """
    from tui.app import StepnetApp

    first = scripts[0][1][0].does
    assert isinstance(first, Open), "a script that was read begins with what it opens"
    player = Player(scripts, tally, pause, quits)
    app = StepnetApp(
        opened(first), settings(), ascii_only=ascii_only, plays=player.play, seed=first.seed
    )
    app.run()
    return player.is_done
