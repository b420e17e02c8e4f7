"""Keys that ask about the entry under the cursor: why, from where, what for.

With an entry typed behind their names these commands are the session's and answer with a text;
given by a key they mean the entry under the cursor, and the screen shows the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stepnet.explain.portrait import number_text
from stepnet.session.errors import CommandError
from tui.screens.trail import Moment, TrailScreen, origin_moments, use_moments

if TYPE_CHECKING:
    from tui.screens.debugger import Debugger

DEPTH = 2
"""How far back an entry is followed at once; going there follows it further."""
NOTHING = "no entry under the cursor; {name} ENTRY asks about one, such as W1[0,2]"


def explain(screen: Debugger, entry: str) -> None:
    """Explain the entry under the Step pane's cursor."""
    screen.focus_pane("step")
    screen.stage.step.enter()


def inside(screen: Debugger, entry: str) -> None:
    """Take the statement that has just run apart in the Step pane."""
    error = screen.stage.step.look_inside(screen.session)
    if error:
        screen.say(error)
    else:
        screen.focus_pane("step")


def origin(screen: Debugger, entry: str) -> None:
    """List what an entry came from."""
    from stepnet.session.explaining import origin_view

    view = origin_view(screen.session, entry, depth=DEPTH)
    told = (
        f"{view.text} = {view.formula} = {number_text(view.value)}" if view.formula else view.note
    )
    if view.address:
        told = f"{told}\nmade at {view.address}: {view.statement}"
    moments = origin_moments(view)
    if view.tick > 0 and view.tick != screen.session.machine.tick:
        own = Moment((view.text, number_text(view.value), "", view.address, view.statement),
                    view.name, view.index, view.tick)  # fmt: skip
        moments = (own, *moments)
    _show_trail(screen, TrailScreen(f"Where {entry} came from", told, moments))


def uses(screen: Debugger, entry: str) -> None:
    """List what an entry fed in this iteration."""
    from stepnet.session.explaining import use_views

    moments = use_moments(use_views(screen.session, entry))
    told = f"{len(moments)} values of this iteration were computed from {entry}."
    if not moments:
        told = f"Nothing in this iteration was computed from {entry}."
    _show_trail(screen, TrailScreen(f"What {entry} fed", told, moments))


def _show_trail(screen: Debugger, trail: TrailScreen) -> None:
    """Show moments of the run, and go to the one that is chosen."""

    def go_along(moment: Moment | None) -> None:
        if moment is not None:
            screen.session.returns.append(screen.session.machine.tick)
            screen.stage.step.want(moment.name, moment.index)
            screen.runs.submit(f"goto @{moment.tick}")
            screen.focus_pane("step")

    screen.app.push_screen(trail, go_along)


EXPLORING: dict[str, Callable[[Debugger, str], None]] = {
    "explain": explain,
    "inside": inside,
    "origin": origin,
    "uses": uses,
}
"""For each command how the screen answers it."""


def explored(name: str, screen: Debugger) -> None:
    """Answer a key that asks about the entry under the cursor."""
    entry = screen.stage.focused_pane.entry or screen.stage.step.entry
    if screen.runs.working:
        screen.say("the program is running; Escape stops it")
    elif not entry and name != "inside":
        screen.say(NOTHING.format(name=f":{name}"))
    else:
        try:
            EXPLORING[name](screen, entry)
        except CommandError as error:
            screen.say(str(error).splitlines()[0])


def look_into_line(screen: Debugger, line: int) -> None:
    """Look inside the statement on a line of the program, if it is the one that has just run."""
    statement = screen.session.listing.statements.get(line)
    if statement is not None and statement.line == screen.session.position.line:
        explored("inside", screen)
    else:
        until = screen.keys["until"][0]
        at = screen.session.program.at(line)
        screen.say(f"{until} runs to {at}; Enter looks inside what has just run")
