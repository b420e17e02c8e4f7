"""Commands that run the program a little, either way."""

from __future__ import annotations

from stepnet.session import moves
from stepnet.session.command import Command
from stepnet.session.stops import met
from stepnet.session.stops.met import minding

STEPPING: tuple[Command, ...] = (
    Command(
        "step",
        ("s", "F11"),
        "step",
        "Run the next statement, into functions.",
        "stepping",
        "[COUNT]",
        footer=True,
        needs="forward",
        does=minding(moves.step),
    ),
    Command(
        "back",
        ("S",),
        "back",
        "Undo the last statement, into functions.",
        "stepping",
        "[COUNT]",
        footer=True,
        needs="back",
        does=minding(moves.step_back),
    ),
    Command(
        "over",
        ("n", "F10"),
        "over",
        "Run the next statement, functions it calls included.",
        "stepping",
        "[COUNT]",
        footer=True,
        needs="forward",
        does=minding(moves.over),
    ),
    Command(
        "over-back",
        ("N",),
        "over back",
        "Undo the last statement, functions it called included.",
        "stepping",
        "[COUNT]",
        needs="back",
        does=minding(moves.over_back),
    ),
    Command(
        "finish",
        ("f",),
        "finish",
        "Run to the end of this phase, or of this function.",
        "stepping",
        "[COUNT]",
        needs="forward",
        does=minding(moves.finish),
    ),
    Command(
        "finish-back",
        ("F",),
        "finish back",
        "Go back to the start of this phase, or of this function.",
        "stepping",
        "[COUNT]",
        needs="back",
        does=minding(moves.finish_back),
    ),
    Command(
        "continue",
        ("c", "F5"),
        "continue",
        "Run to the next breakpoint, or to the end.",
        "stepping",
        footer=True,
        needs="forward",
        does=met.run_on,
    ),
    Command(
        "reverse-continue",
        ("C",),
        "reverse",
        "Go back to the last breakpoint, or to the start.",
        "stepping",
        needs="back",
        does=met.run_back,
    ),
)
