"""Files: those beside the script can be read; what the script writes stays in memory."""

from __future__ import annotations

import io
import posixpath
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from stepnet.machine.surroundings.handle import Grown, Handle
from stepnet.machine.tape import Kept, Tape

LARGEST = 2 << 30
"""Bytes of a file that is read, unpacked if it is packed."""


class Files:
    """The files of one run."""

    def __init__(self, folder: Path, tape: Tape) -> None:
        self.folder = folder
        self.tape = tape
        self._written = Kept(tape, {})
        """Path, as the script means it, to contents."""

    def beside(self, path: object) -> Path:
        """Where a file beside the script really is.

        Raises PermissionError for one that lies elsewhere, FileNotFoundError where there is none.
        """
        file = (self.folder / str(path)).resolve()
        if not file.is_relative_to(self.folder):
            raise PermissionError(f"{path} does not lie beside the script in {self.folder}")
        if not file.is_file():
            raise FileNotFoundError(f"no file {path} beside the script in {self.folder}")
        return file

    def exists(self, path: object) -> bool:
        """Is there such a file, beside the script or written by it?"""
        return self.is_file(path) or self.is_folder(path)

    def is_file(self, path: object) -> bool:
        """Is there such a file?"""
        path = str(path)
        name = self._name(path)
        if name in self._written.get():
            return self._written.get()[name] is not None
        return self._is_beside(path) and (self.folder / str(path)).is_file()

    def is_folder(self, path: object) -> bool:
        """Is there such a folder?"""
        path = str(path)
        name = self._name(path)
        made = self._written.get()
        inside = any(known.startswith(f"{name}/") for known in made)
        is_made = name in made and made[name] is None
        return is_made or inside or (self._is_beside(path) and (self.folder / str(path)).is_dir())

    def _is_beside(self, path: object) -> bool:
        return (self.folder / str(path)).resolve().is_relative_to(self.folder)

    def make_folder(self, path: object, *_: object, exist_ok: bool = False, **__: object) -> None:
        """Pretend that a folder was made."""
        if self.exists(path) and not exist_ok:
            raise FileExistsError(f"{path} exists already")
        self._written.put({**self._written.get(), self._name(path): None})

    def listed(self, path: object = ".") -> list[str]:
        """Names in a folder beside the script, and of what was written into it."""
        path = str(path)
        if not self._is_beside(path):
            raise PermissionError(f"{path} does not lie beside the script in {self.folder}")
        place, here = self.folder / str(path), self._name(path)
        found = {file.name for file in place.iterdir()} if place.is_dir() else set()
        found |= {
            posixpath.basename(name)
            for name in self._written.get()
            if posixpath.dirname(name) == ("" if here == "." else here)
        }
        return sorted(found)

    def contents(self, path: object) -> bytes:
        """All of a file, as the script would find it."""
        written = self._written.get().get(self._name(path))
        if isinstance(written, tuple):
            handle, grown = written
            return handle.encoded(grown.text)  # type: ignore[no-any-return]  # a Handle
        if isinstance(written, bytes):
            return written
        file = self.beside(path)
        if file.stat().st_size > LARGEST:
            raise MemoryError(f"{path} is larger than {LARGEST} bytes")
        return file.read_bytes()

    def put(self, path: object, contents: bytes | tuple[Handle, Grown]) -> None:
        """Write a file, in memory: its bytes, or what a handle has made of it so far."""
        path = str(path)
        if not self._is_beside(path):
            raise PermissionError(f"{path} does not lie beside the script in {self.folder}")
        self._written.put({**self._written.get(), self._name(path): contents})

    def _name(self, path: object) -> str:
        name = posixpath.normpath(str(path).replace("\\", "/"))
        prefix = f"{self.folder.as_posix()}/"
        return name.removeprefix(prefix)

    def open(
        self,
        file: object,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        **_: object,
    ) -> Handle:
        """``open(...)``: reading what lies beside the script, writing in memory."""
        return opened(self, file, mode, encoding or "utf-8", errors or "strict", newline)

    def unpacked(self, filename: object, mode: str = "rb", *_: object, **named: Any) -> Handle:
        """``gzip.open(...)``."""
        if "r" not in mode:
            raise PermissionError("packed files can only be read")
        contents = inflated(self.contents(filename))
        return Handle(self, str(filename), mode, contents, named.get("encoding") or "utf-8")


def inflated(packed: bytes) -> bytes:
    """What a gzip file holds.

    Raises MemoryError where that is more than a file may hold.
    """
    parts: list[bytes] = []
    room = LARGEST
    while packed:
        unpacking = zlib.decompressobj(wbits=31)
        try:
            parts.append(unpacking.decompress(packed, room))
        except zlib.error as error:
            raise OSError(f"not a gzip file: {error}") from None
        room -= len(parts[-1])
        if unpacking.unconsumed_tail:
            raise MemoryError(f"unpacked, it is larger than {LARGEST} bytes")
        packed = unpacking.unused_data
    return b"".join(parts)


def opened(
    files: Files, file: object, mode: str, encoding: str, errors: str, newline: str | None
) -> Handle:
    """A handle on a file.

    Raises what ``open`` raises.
    """
    if isinstance(file, int):
        raise PermissionError("a script can open files by their names only")
    kind = mode.replace("b", "").replace("t", "")
    if kind.rstrip("+") not in ("r", "w", "a", "x") or len(kind) > 2:
        raise ValueError(f"invalid mode: {mode!r}")
    if kind[0] == "x" and files.exists(file):
        raise FileExistsError(f"{file} exists already")
    start = b""
    if kind[0] == "r" or (kind[0] == "a" and files.is_file(file)):
        start = files.contents(file)
    if kind != "r":
        files.put(file, start)
    handle = Handle(files, str(file), mode, start, encoding, errors, newline)
    if kind[0] == "a":
        handle.seek(0, 2)
    return handle


def loaded(files: Files, file: object, **named: Any) -> Any:
    """``np.load`` of a file beside the script, or of one that was saved in this run."""
    if named.get("allow_pickle"):
        raise PermissionError("a pickle can run any program: np.load reads arrays only")
    if named.get("mmap_mode"):
        raise PermissionError("np.load reads the whole file here: leave mmap_mode out")
    raw = file.whole() if isinstance(file, Handle) else files.contents(file)
    found = np.load(io.BytesIO(raw), allow_pickle=False)
    if isinstance(found, np.ndarray):
        return found
    return NpzFile({name: found[name] for name in found.files})


class NpzFile(dict[str, np.ndarray]):
    """Arrays by their names, as ``np.load`` gives them."""

    @property
    def files(self) -> list[str]:
        """The names."""
        return list(self)

    @property
    def f(self) -> SimpleNamespace:
        """The arrays as attributes."""
        return SimpleNamespace(**self)

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> NpzFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def saved(files: Files, save: Any, ending: str, file: object, *arrays: Any, **named: Any) -> None:
    """``np.save`` and its like, in memory."""
    if any(np.asarray(part).dtype.hasobject for part in (*arrays, *named.values())):
        raise ValueError("Object arrays cannot be saved when allow_pickle=False")
    made = io.BytesIO()
    save(made, *arrays, **named)
    if isinstance(file, Handle):
        file.write(made.getvalue())
        return
    name = str(file)
    files.put(name if name.endswith(ending) else name + ending, made.getvalue())
