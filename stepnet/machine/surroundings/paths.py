"""``pathlib.Path``: names of files beside the script, and of those that it writes."""

from __future__ import annotations

import fnmatch
import os.path
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stepnet.machine.surroundings.files import Files
    from stepnet.machine.world import World


def pathlib_module(world: World) -> dict[str, object]:
    """What ``import pathlib`` gives."""
    files: Files = world.files

    class Path(PurePosixPath):
        """A path whose file is read beside the script, or written in memory."""

        __slots__ = ()

        @classmethod
        def cwd(cls) -> Path:
            """The script's folder."""
            return cls(str(world.folder))

        def exists(self) -> bool:
            """Is there such a file or folder?"""
            return files.exists(self)

        def is_file(self) -> bool:
            """Is there such a file?"""
            return files.is_file(self)

        def is_dir(self) -> bool:
            """Is there such a folder?"""
            return files.is_folder(self)

        def mkdir(self, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
            """Make a folder."""
            files.make_folder(self, exist_ok=exist_ok)

        def absolute(self) -> Path:
            """The same from the top."""
            return type(self)(os.path.join(str(world.folder), str(self)))

        def resolve(self, strict: bool = False) -> Path:
            """The same from the top, without dots."""
            return type(self)(os.path.normpath(str(self.absolute())))

        def open(self, mode: str = "r", *given: Any, **named: Any) -> Any:
            """Open the file."""
            return files.open(str(self), mode, *given, **named)

        def read_text(self, encoding: str | None = None, errors: str | None = None) -> str:
            """All of the file."""
            text: str = self.open("r", encoding=encoding, errors=errors).read()
            return text

        def read_bytes(self) -> bytes:
            """All of the file."""
            return files.contents(self)

        def write_text(self, data: str, encoding: str | None = None) -> int:
            """Write the file, in memory."""
            files.put(self, data.encode(encoding or "utf-8"))
            return len(data)

        def write_bytes(self, data: bytes) -> int:
            """Write the file, in memory."""
            files.put(self, bytes(data))
            return len(data)

        def touch(self, mode: int = 0o666, exist_ok: bool = True) -> None:
            """Make the file if there is none."""
            if not self.exists():
                files.put(self, b"")

        def iterdir(self) -> list[Path]:
            """What lies in the folder."""
            return [self / name for name in files.listed(self)]

        def glob(self, pattern: str) -> list[Path]:
            """What lies in the folder and is called like this.

            Raises ValueError for a pattern that looks into other folders.
            """
            if "/" in pattern or "**" in pattern:
                raise ValueError(f"glob looks into one folder here, and {pattern!r} into others")
            return [path for path in self.iterdir() if fnmatch.fnmatchcase(path.name, pattern)]

    Path.__qualname__, Path.__module__ = "Path", "pathlib"
    named: Callable[..., Path] = Path
    return {"Path": named, "PurePath": named}
