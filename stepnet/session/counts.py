"""How many times a command is to be carried out."""

from __future__ import annotations

from stepnet.session.errors import CommandError


def count(argument: str) -> int:
    """How many times, ``1`` where nothing is written.

    Raises CommandError for what is not a positive number.
    """
    if not argument:
        return 1
    if not argument.isdecimal() or int(argument) == 0:
        raise CommandError(f"{argument!r} is not a count", argument, 0, "Write a number from 1 on.")
    return int(argument)
