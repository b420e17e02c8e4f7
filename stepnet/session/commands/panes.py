"""Commands of the screen: where to look."""

from __future__ import annotations

from stepnet.session.command import Command

PANES: tuple[Command, ...] = (
    Command(
        "look",
        ("Enter",),
        "look",
        "Explain the entry under the cursor, show a name's value whole, or go to a gradient.",
        "panes",
        screen=True,
    ),
    Command(
        "inspect",
        ("z",),
        "inspect",
        "Show the value under the cursor, or a name's, over the whole screen.",
        "panes",
        "[NAME]",
        screen=True,
    ),
    Command(
        "maximise",
        ("=",),
        "maximise",
        "Give the focused pane the whole screen, or give it back.",
        "panes",
        screen=True,
    ),
    Command(
        "focus-next",
        ("Tab",),
        "next pane",
        "Move the focus to the next pane.",
        "panes",
        screen=True,
    ),
    Command(
        "focus-previous",
        ("Shift+Tab",),
        "previous pane",
        "Move the focus to the previous pane.",
        "panes",
        screen=True,
    ),
    Command("program", ("F2",), "program", "Focus the Program pane.", "panes", screen=True),
    Command("values", ("F3",), "step pane", "Focus the Step pane.", "panes", screen=True),
    Command("chain", ("F4",), "chain rule", "Focus the Chain rule pane.", "panes", screen=True),
    Command("names", ("F6",), "names", "Focus the Names pane.", "panes", screen=True),
    Command("watches-pane", ("F12",), "watches", "Focus the Watches pane.", "panes", screen=True),
    Command("output", ("F7",), "output", "Focus the Output pane.", "panes", screen=True),
    Command("timeline", ("F8",), "timeline", "Focus the Timeline pane.", "panes", screen=True),
)
