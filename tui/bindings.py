"""Keys, made from the declaration of commands: there is no second list.

A command's keys are written for people (``Shift+Tab``, ``]``, ``F11``); Textual wants
``shift+tab``, ``]``, ``f11``. A configuration file may give a command other keys; see
:mod:`tui.settings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from stepnet.session.command import Command
from stepnet.session.commands import COMMANDS

BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}
Keys = Mapping[str, tuple[str, ...]]
"""For each command the keys that give it, as shown to people."""


def default_keys() -> dict[str, tuple[str, ...]]:
    """Every command's keys as declared."""
    return {command.name: command.keys for command in COMMANDS}


def textual_key(key: str) -> str:
    """A key as Textual spells it."""
    return "comma" if key == "," else key if len(key) == 1 else key.lower().replace(" ", "")


def command_bindings(commands: Iterable[Command] = COMMANDS) -> list[Binding]:
    """A binding for every command; its id is the command's name, so that it can be remapped.

    They have priority, which makes the application carry them out in the order they were typed; a
    binding without it waits in the queues of the focused pane and its parents.
    """
    return [
        Binding(
            ",".join(textual_key(key) for key in command.keys),
            f"command('{command.name}')",
            command.label,
            show=False,
            priority=True,
            id=command.name,
            tooltip=command.help,
        )
        for command in commands
        if command.keys
    ]


def keymap(keys: Keys) -> dict[str, str]:
    """What Textual's ``set_keymap`` wants: only the commands whose keys are not as declared."""
    declared = default_keys()
    return {
        name: ",".join(textual_key(key) for key in given)
        for name, given in keys.items()
        if given != declared[name]
    }


def command_of_key(key: str, character: str, keys: Keys) -> str:
    """The command that a key press gives, or ``""``."""
    spelled = character if len(character) == 1 and character.isprintable() else key
    for name, own in keys.items():
        if any(spelled == (own_key if len(own_key) == 1 else own_key.lower()) for own_key in own):
            return name
    return ""
