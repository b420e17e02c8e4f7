"""Commands about the session as a whole."""

from __future__ import annotations

from stepnet.session import checking, printing
from stepnet.session.command import Command

GENERAL: tuple[Command, ...] = (
    Command(
        "check",
        ("v",),
        "check",
        "Compare this iteration's gradients with the true derivatives.",
        "session",
        does=checking.check,
    ),
    Command(
        "portrait",
        ("h",),
        "portrait",
        "What became of a name over the run, who writes and who reads it.",
        "session",
        "[NAME]",
        does=printing.portray,
    ),
    Command(
        "predict",
        ("p",),
        "predict",
        "Hide each result until you have predicted it; again to stop.",
        "session",
        screen=True,
    ),
    Command("command", (":",), "command", "Type a command.", "session", screen=True, footer=True),
    Command(
        "copy",
        ("y",),
        "copy",
        "Copy the focused pane's matrix as NumPy text.",
        "session",
        screen=True,
    ),
    Command("open", ("L",), "open", "Choose another scenario.", "session", "[TARGET]", screen=True),
    Command(
        "print",
        (),
        "print",
        "Show the value of an expression over the names in reach here.",
        "session",
        "EXPR",
        does=printing.print_value,
    ),
    Command(
        "reload",
        ("r",),
        "reload",
        "Open the script again as it is on the disk now, at the same address.",
        "session",
        screen=True,
    ),
    Command("quit", ("q",), "quit", "Leave stepnet.", "session", screen=True),
)
