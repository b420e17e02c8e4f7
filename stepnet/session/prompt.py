"""Reading a command line: a command's name, or its key, and what follows."""

from __future__ import annotations

import difflib

from stepnet.session.command import Command
from stepnet.session.commands import COMMANDS
from stepnet.session.errors import CommandError

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}


def parsed_line(line: str) -> tuple[Command, str]:
    """The command of a line and the argument behind it.

    Raises CommandError for an unknown command, and where an argument is missing or unwanted.
    """
    word, _, argument = line.strip().partition(" ")
    argument = argument.strip()
    command = BY_NAME.get(word)
    if command is None or command.does is None:
        advice = "" if command else _near(word)
        raise CommandError(_unknown(word, command), line, 0, advice)
    arguments_fit(command, argument, line)
    return command, argument


def arguments_fit(command: Command, argument: str, line: str) -> None:
    """Raise CommandError where a command's argument is missing or unwanted."""
    name = command.name
    if command.argument == "" and argument:
        raise CommandError(f"{name} takes nothing behind it", line, line.index(argument))
    if command.argument and not command.argument.startswith("[") and not argument:
        advice = f"Write {name} {command.argument}."
        raise CommandError(f"{name} needs {command.argument} behind it", line, len(line), advice)


def _unknown(word: str, command: Command | None) -> str:
    if not word:
        return "no command"
    if command is not None:
        how = f"; press {command.keys[0]}" if command.keys else ""
        return f"{word} belongs to the screen{how}"
    return f"no command is called {word!r}"


def _near(word: str) -> str:
    near = difflib.get_close_matches(word, BY_NAME, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else "Press ? for the list of commands."
