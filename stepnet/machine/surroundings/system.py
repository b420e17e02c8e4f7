"""``sys`` and ``os``, as far as they tell without touching."""

from __future__ import annotations

import os.path
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stepnet.machine.world import World


class Stream:
    """``sys.stdout``, or a stream that nobody reads."""

    def __init__(self, world: World, is_heard: bool) -> None:
        self._world = world
        self._is_heard = is_heard

    def write(self, text: str) -> int:
        """Print without a line feed."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._is_heard:
            self._world.tape.say(text)
        return len(text)

    def flush(self) -> None:
        """Nothing waits to be printed."""

    def isatty(self) -> bool:
        """No terminal."""
        return False


class Folders(list[str]):
    """``sys.path``: modules come from the script's folder, whatever is added."""

    def append(self, folder: str) -> None:
        """Nothing is looked for there."""

    def insert(self, index: Any, folder: str) -> None:
        """Nothing is looked for there."""


def leave(status: Any = None) -> None:
    """``sys.exit``: the script is over."""
    raise SystemExit(*([] if status is None else [status]))


def sys_module(world: World) -> dict[str, object]:
    """What ``import sys`` gives."""
    plain = ("maxsize", "float_info", "version", "version_info", "platform", "byteorder")
    return {
        **{name: getattr(sys, name) for name in plain},
        "argv": [world.path.name, *world.given.arguments],
        "exit": leave,
        "stdout": world.stdout,
        "stderr": world.stderr,
        "getrecursionlimit": lambda: 1000,
        "setrecursionlimit": lambda limit: None,
        "path": Folders([str(world.path.parent)]),
    }


def os_module(world: World) -> dict[str, object]:
    """What ``import os`` gives."""
    files = world.files
    return {
        "makedirs": lambda name, mode=0o777, exist_ok=False: files.make_folder(
            name, exist_ok=exist_ok
        ),
        "mkdir": lambda path, mode=0o777: files.make_folder(path),
        "getcwd": lambda: str(world.folder),
        "listdir": files.listed,
        "sep": os.sep,
        "pardir": os.pardir,
        "curdir": os.curdir,
        "name": os.name,
        "linesep": os.linesep,
    }


def path_module(world: World) -> dict[str, object]:
    """What ``os.path`` gives."""
    plain = (
        "join", "dirname", "basename", "splitext", "split", "normpath", "sep", "isabs", "pardir",
        "curdir",
    )  # fmt: skip

    def absolute(path: str) -> str:
        return os.path.normpath(os.path.join(world.folder, path))

    return {
        **{name: getattr(os.path, name) for name in plain},
        "abspath": absolute,
        "realpath": absolute,
        "relpath": lambda path, start=".": os.path.relpath(absolute(path), absolute(start)),
        "exists": world.files.exists,
        "isfile": world.files.is_file,
        "isdir": world.files.is_folder,
    }
