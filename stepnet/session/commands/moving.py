"""Commands that go somewhere else in the run."""

from __future__ import annotations

from stepnet.session import moves
from stepnet.session.command import Command
from stepnet.session.stops import met
from stepnet.session.stops.met import minding

MOVING: tuple[Command, ...] = (
    Command(
        "next-iteration",
        ("]",),
        "next iteration",
        "The same statement in the next iteration.",
        "moving",
        "[COUNT]",
        needs="forward",
        does=minding(moves.next_iteration),
    ),
    Command(
        "previous-iteration",
        ("[",),
        "previous iteration",
        "The same statement in the previous iteration.",
        "moving",
        "[COUNT]",
        needs="back",
        does=minding(moves.previous_iteration),
    ),
    Command(
        "next-epoch",
        ("}",),
        "next epoch",
        "The same statement in the next turn of the outermost loop.",
        "moving",
        "[COUNT]",
        needs="forward",
        does=minding(moves.next_epoch),
    ),
    Command(
        "previous-epoch",
        ("{",),
        "previous epoch",
        "The same statement in the previous turn of the outermost loop.",
        "moving",
        "[COUNT]",
        needs="back",
        does=minding(moves.previous_epoch),
    ),
    Command(
        "until",
        ("t",),
        "to cursor",
        "Run forward until a line, a name's statement or another place has run.",
        "moving",
        "PLACE",
        needs="forward",
        does=met.until,
    ),
    Command(
        "until-back",
        ("T",),
        "back to cursor",
        "Go back until right after a place had run.",
        "moving",
        "PLACE",
        needs="back",
        does=met.until_back,
    ),
    Command(
        "goto",
        ("g",),
        "go to",
        "Go to an address: 3/dE_dw, 2.5/d_b3, /12, @417, 1000, end.",
        "moving",
        "ADDRESS",
        does=moves.goto,
    ),
    Command(
        "end",
        ("G",),
        "end",
        "Run to the end of the program.",
        "moving",
        needs="forward",
        does=moves.to_the_end,
    ),
    Command(
        "restart",
        ("R",),
        "restart",
        "Go back to the start: nothing has run.",
        "moving",
        needs="back",
        does=moves.restart,
    ),
    Command(
        "search",
        ("/",),
        "search",
        "Move the cursor to the next line that holds a text.",
        "moving",
        "TEXT",
        screen=True,
    ),
)
