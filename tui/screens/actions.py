"""Commands that the screen carries out itself, by their names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from stepnet.session.panes import name_rows
from tui.grid_pane import GridPane
from tui.layout import MATRIX
from tui.opening import OpenAsked, ReloadAsked
from tui.pane import Chosen
from tui.screens.exploring import EXPLORING, explored
from tui.stage import FOCUS_COMMANDS

if TYPE_CHECKING:
    from tui.screens.debugger import Debugger

Action = Callable[["Debugger", str], object]
"""Carries a command out on the screen, given what was written behind its name."""


def search(screen: Debugger, text: str) -> None:
    """Move the Program pane's cursor to the next line that holds a text."""
    screen.focus_pane("program")
    screen.say(screen.stage.program.search(text))


def _search(screen: Debugger, text: str) -> None:
    if text:
        search(screen, text)
    else:
        screen.prompt.open("search")


def _copy(screen: Debugger, _: str) -> None:
    what, text = screen.stage.focused_pane.copied()
    if not text:
        screen.say("nothing to copy here")
        return
    screen.app.copy_to_clipboard(text)
    screen.say(f"copied {what}: {len(text)} characters, through the terminal's clipboard")


def _help(screen: Debugger, _: str) -> None:
    from tui.screens.help import HelpScreen

    pane = screen.stage.focused_pane
    screen.app.push_screen(HelpScreen(screen.keys, pane.TITLE, pane.ABOUT))


def _maximise(screen: Debugger, _: str) -> None:
    screen.maximise(not screen.stage.places.maximised)


def _matrix(show: Callable[[GridPane], None], screen: Debugger, _: str) -> None:
    focused = screen.stage.focused_pane
    show(focused if isinstance(focused, GridPane) else screen.stage.step)


MATRIX_ACTIONS: dict[str, Callable[[GridPane], None]] = {
    "more-digits": lambda pane: pane.show_digits(1),
    "fewer-digits": lambda pane: pane.show_digits(-1),
    "shades": lambda pane: pane.show_shades(),
    "next-slice": lambda pane: pane.show_slice(0, 1),
    "previous-slice": lambda pane: pane.show_slice(0, -1),
    "next-outer": lambda pane: pane.show_slice(1, 1),
    "previous-outer": lambda pane: pane.show_slice(1, -1),
    "other-axes": lambda pane: pane.show_other_axes(),
}
"""What the commands about a matrix do to the pane that shows it."""


def _look(screen: Debugger, _: str) -> None:
    if not screen.stage.focused_pane.enter():
        screen.say("nothing to open here")


def _inspect(screen: Debugger, name: str) -> None:
    chosen = None
    if not name:
        chosen = screen.stage.focused_pane.chosen()
    elif not screen.runs.working:
        rows = (row for row in name_rows(screen.session) if row.name == name)
        chosen = next((Chosen(name, row.value) for row in rows), None)
    if chosen is not None:
        screen.inspect(chosen)
    elif name:
        screen.say(f"{name} is not a name here")
    else:
        screen.say("no value under the cursor; :inspect NAME shows a name's")


def _focus(pane: str, screen: Debugger, _: str) -> None:
    screen.focus_pane(pane)


def _focus_beside(step: int, screen: Debugger, _: str) -> None:
    screen.focus_pane(screen.stage.places.beside(step))


def _until(name: str, screen: Debugger) -> None:
    spot = screen.session.program.spot(screen.stage.program.cursor_line)
    screen.runs.submit(f"{name} /{spot}")


def _toggle_breakpoint(screen: Debugger) -> None:
    """Set a breakpoint at the cursor, or take away those that stand there."""
    line = screen.stage.program.cursor_line
    here = [str(part.number) for part in screen.session.stoppers if line in part.lines]
    screen.runs.submit(f"unbreak {' '.join(here)}" if here else f"break {line}")


def _edit_breakpoint(screen: Debugger) -> None:
    """Open the prompt with the breakpoint at the cursor, or with a new one."""
    line = screen.stage.program.cursor_line
    here = [part for part in screen.session.stoppers if line in part.lines]
    told = f"edit-break {here[0].number} {here[0].argument}" if here else f"break {line} when "
    screen.prompt.open("command", told)


def _portray(screen: Debugger) -> None:
    screen.runs.submit(f"portrait {screen.stage.chosen_name}".strip())


def _edit(screen: Debugger) -> None:
    """Open the prompt with the entry or the name under the cursor, for its new value."""
    target = screen.stage.focused_pane.entry or screen.stage.chosen_name
    screen.prompt.open("command", f"set {target} = " if target else "set ")


def _ask_about(name: str, screen: Debugger) -> None:
    """Open the prompt, with the name under the Names pane's cursor, or the entry of a matrix."""
    pane = screen.stage.focused_pane
    about = {"names": screen.stage.chosen_name, MATRIX: pane.entry}.get(pane.id or "", "")
    screen.prompt.open("command", f"{name} {about}")


AT_CURSOR: dict[str, Callable[[Debugger], None]] = {
    "until": partial(_until, "until"),
    "until-back": partial(_until, "until-back"),
    "break": _toggle_breakpoint,
    "edit-break": _edit_breakpoint,
    "watch": partial(_ask_about, "watch"),
    "on-change": partial(_ask_about, "on-change"),
    "portrait": _portray,
    "set": _edit,
    **{name: partial(explored, name) for name in EXPLORING},
}
"""What a key does that means the line under the Program pane's cursor, or the name or entry under
another's.
"""

ACTIONS: dict[str, Action] = {
    "help": _help,
    "command": lambda screen, _: screen.prompt.open("command"),
    "search": _search,
    "copy": _copy,
    "predict": lambda screen, _: screen.predicting.toggle(),
    "maximise": _maximise,
    **{name: partial(_matrix, show) for name, show in MATRIX_ACTIONS.items()},
    "look": _look,
    "inspect": _inspect,
    "focus-next": partial(_focus_beside, 1),
    "focus-previous": partial(_focus_beside, -1),
    "reload": lambda screen, _: screen.app.post_message(ReloadAsked()),
    "open": lambda screen, target: screen.app.post_message(OpenAsked(target)),
    "quit": lambda screen, _: screen.app.exit(),
    **{command: partial(_focus, pane) for command, pane in FOCUS_COMMANDS.items()},
}
