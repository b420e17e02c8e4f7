"""The builtins of a script: Python's where they compute, ours where they reach further."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from stepnet.machine.reflection import REFLECTION
from stepnet.machine.surroundings.modules import importer, module
from stepnet.machine.surroundings.ranges import Range
from stepnet.machine.surroundings.system import leave
from stepnet.source.allowed import BUILTINS

if TYPE_CHECKING:
    from stepnet.machine.world import World


def builtin_names(world: World) -> dict[str, object]:
    """Everything that a script finds without importing it."""
    allowed = {name: getattr(builtins, name) for name in BUILTINS if hasattr(builtins, name)}
    return {
        **allowed,
        "print": _print(world),
        "range": Range,
        "KeyboardInterrupt": KeyboardInterrupt,  # to be caught; raising it is refused
        "GeneratorExit": GeneratorExit,  # as above
        "type": _type_of,
        **REFLECTION,
        "open": world.files.open,
        "input": _input(world),
        "exit": leave,
        "quit": leave,
        "__import__": importer(world),
        ".key": _Key(),
        ".random": world.random,
        ".chance": world.chance,
        ".options": world.options,
        ".numbers": world.numbers,
        ".numpy": module(world, "numpy"),
        ".math": module(world, "math"),
    }


def _print(world: World) -> Callable[..., None]:
    say = world.tape.say

    def print(
        *values: object, sep: object = None, end: object = None, file: Any = None, **kept: object
    ) -> None:
        for name in kept:
            if name != "flush":
                raise TypeError(f"print() got an unexpected keyword argument '{name}'")
        text = (" " if sep is None else str(sep)).join([str(value) for value in values])
        text += "\n" if end is None else str(end)
        if file is None:
            say(text)
        else:
            file.write(text)

    return print


def _input(world: World) -> Callable[..., str]:
    def input(prompt: object = "") -> str:
        if prompt != "":
            world.tape.say(str(prompt))
        answer: str = world.tape.hear("input", world.given.answers)
        return answer

    return input


class _Key:
    """``.key[1:3]`` is the slice itself."""

    def __getitem__(self, key: object) -> object:
        return key


def _type_of(value: object) -> type:
    if isinstance(value, type):
        raise TypeError("the type of a class makes classes, which are not opened")
    return type(value)
