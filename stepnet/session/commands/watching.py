"""Commands that keep an eye on values, and a finger in moments."""

from __future__ import annotations

from stepnet.session import marks, watches
from stepnet.session.command import Command

WATCHING: tuple[Command, ...] = (
    Command(
        "watch",
        ("w",),
        "watch",
        "Show the value of an expression at every stop, with the last few values.",
        "watching",
        "EXPR",
        does=watches.add,
    ),
    Command(
        "unwatch",
        (),
        "unwatch",
        "Watch something no longer: its number, the expression, or all.",
        "watching",
        "NUMBER",
        does=watches.remove,
    ),
    Command(
        "watches",
        (),
        "list watches",
        "List what is watched, with the values of the last stops.",
        "watching",
        does=watches.listed,
    ),
    Command(
        "mark",
        ("m",),
        "mark",
        "Remember this moment under a letter or a name.",
        "watching",
        "[NAME]",
        does=marks.mark,
    ),
    Command(
        "to-mark",
        ("'",),
        "to mark",
        "Go to a mark; without a name, back to where the last jump to one began.",
        "watching",
        "[NAME]",
        does=marks.to_mark,
    ),
    Command(
        "marks",
        (),
        "list marks",
        "List the marks, in the order of the run.",
        "watching",
        does=marks.listed,
    ),
)
