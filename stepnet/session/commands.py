"""Every command of stepnet, declared once."""

from __future__ import annotations

from stepnet.session import moves
from stepnet.session.command import Command

COMMANDS: tuple[Command, ...] = (
    Command("help", ("?",), "help", "Show every command and key.", "session", screen=True, footer=True),
    Command("step", ("s", "F11"), "step", "Run the next statement, into functions.", "stepping", "[COUNT]", footer=True, needs="forward", does=moves.step),
    Command("back", ("S",), "back", "Undo the last statement, into functions.", "stepping", "[COUNT]", footer=True, needs="back", does=moves.step_back),
    Command("over", ("n", "F10"), "over", "Run the next statement, functions it calls included.", "stepping", "[COUNT]", footer=True, needs="forward", does=moves.over),
    Command("over-back", ("N",), "over back", "Undo the last statement, functions it called included.", "stepping", "[COUNT]", needs="back", does=moves.over_back),
    Command("finish", ("f",), "finish", "Run to the end of this phase, or of this function.", "stepping", "[COUNT]", needs="forward", does=moves.finish),
    Command("finish-back", ("F",), "finish back", "Go back to the start of this phase, or of this function.", "stepping", "[COUNT]", needs="back", does=moves.finish_back),
    Command("continue", ("c", "F5"), "continue", "Run until something stops it, or to the end.", "stepping", footer=True, needs="forward", does=moves.run_on),
    Command("reverse-continue", ("C",), "reverse", "Go back until something stops it, or to the start.", "stepping", needs="back", does=moves.run_back),
    Command("next-iteration", ("]",), "next iteration", "The same statement in the next iteration.", "moving", "[COUNT]", needs="forward", does=moves.next_iteration),
    Command("previous-iteration", ("[",), "previous iteration", "The same statement in the previous iteration.", "moving", "[COUNT]", needs="back", does=moves.previous_iteration),
    Command("next-epoch", ("}",), "next epoch", "The same statement in the next turn of the outermost loop.", "moving", "[COUNT]", needs="forward", does=moves.next_epoch),
    Command("previous-epoch", ("{",), "previous epoch", "The same statement in the previous turn of the outermost loop.", "moving", "[COUNT]", needs="back", does=moves.previous_epoch),
    Command("until", ("t",), "to cursor", "Run forward until a line or a name's statement has run.", "moving", "TARGET", needs="forward", does=moves.until),
    Command("goto", ("g",), "go to", "Go to an address: 3/dE_dw, 2.5/d_b3, /12, @417, 1000, end.", "moving", "ADDRESS", does=moves.goto),
    Command("end", ("G",), "end", "Run to the end of the program.", "moving", needs="forward", does=moves.run_on),
    Command("restart", ("R",), "restart", "Go back to the start: nothing has run.", "moving", needs="back", does=moves.restart),
    Command("search", ("/",), "search", "Move the cursor to the next line that holds a text.", "moving", "TEXT", screen=True),
    Command("command", (":",), "command", "Type a command.", "session", screen=True, footer=True),
    Command("copy", ("y",), "copy", "Copy the focused pane's matrix as NumPy text.", "session", screen=True),
    Command("maximise", ("=",), "maximise", "Give the focused pane the whole screen, or give it back.", "panes", screen=True),
    Command("focus-next", ("Tab",), "next pane", "Move the focus to the next pane.", "panes", screen=True),
    Command("focus-previous", ("Shift+Tab",), "previous pane", "Move the focus to the previous pane.", "panes", screen=True),
    Command("program", ("F2",), "program", "Focus the Program pane.", "panes", screen=True),
    Command("values", ("F3",), "step pane", "Focus the Step pane.", "panes", screen=True),
    Command("chain", ("F4",), "chain rule", "Focus the Chain rule pane.", "panes", screen=True),
    Command("names", ("F6",), "names", "Focus the Names pane.", "panes", screen=True),
    Command("output", ("F7",), "output", "Focus the Output pane.", "panes", screen=True),
    Command("timeline", ("F8",), "timeline", "Focus the Timeline pane.", "panes", screen=True),
    Command("open", ("O",), "open", "Choose another scenario.", "session", "[TARGET]", screen=True),
    Command("quit", ("q",), "quit", "Leave stepnet.", "session", screen=True),
)  # fmt: skip
