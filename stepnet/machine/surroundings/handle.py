"""An open file whose contents stay in memory, and whose position a step back puts back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from stepnet.machine.tape import Kept

if TYPE_CHECKING:
    from stepnet.machine.surroundings.files import Files


class Grown:
    """Contents that grew by a piece: what was there before is shared, not copied."""

    def __init__(self, before: Grown | None, piece: Any) -> None:
        self._before = before
        self._piece = piece
        self.length: int = len(piece) + (before.length if before else 0)

    @property
    def text(self) -> Any:
        """All of it; joined once."""
        if self._before is not None:
            pieces: list[Any] = []
            part: Grown | None = self
            while part is not None:
                pieces.append(part._piece)
                part = part._before
            self._piece = self._piece[:0].join(reversed(pieces))
            self._before = None
        return self._piece


class Handle:
    """What ``open`` returns."""

    def __init__(
        self,
        files: Files,
        name: str,
        mode: str,
        contents: bytes,
        encoding: str,
        errors: str = "strict",
        newline: str | None = None,
    ) -> None:
        self._files = files
        self.name = name
        self.mode = mode
        self._is_text = "b" not in mode
        self._coding = (encoding, errors)
        self._newline = newline
        start = Grown(None, self._decoded(contents))
        self._state = Kept(files.tape, (start, 0, False))

    def _decoded(self, raw: bytes) -> Any:
        if not self._is_text:
            return raw
        return io.TextIOWrapper(io.BytesIO(raw), *self._coding, newline=self._newline).read()

    def encoded(self, text: Any) -> bytes:
        """Contents as bytes."""
        return text.encode(*self._coding) if isinstance(text, str) else bytes(text)

    def _open(self) -> tuple[Grown, int]:
        grown, at, is_closed = self._state.get()
        if is_closed:
            raise ValueError("I/O operation on closed file.")
        return grown, at

    @property
    def closed(self) -> bool:
        """Has it been closed?"""
        return bool(self._state.get()[2])

    def _taken(self, end: int) -> Any:
        if "r" not in self.mode and "+" not in self.mode:
            raise io.UnsupportedOperation("not readable")
        grown, at = self._open()
        self._state.put((grown, max(at, end), False))
        return grown.text[at:end]

    def whole(self) -> bytes:
        """All of it, whatever the position."""
        return self.encoded(self._open()[0].text)

    def read(self, size: int | None = -1) -> Any:
        """The next so many characters or bytes, or the rest."""
        grown, at = self._open()
        end = grown.length if size is None or size < 0 else min(at + size, grown.length)
        return self._taken(end)

    def readline(self) -> Any:
        """The next line with its end; empty at the end of the file."""
        grown, at = self._open()
        end = grown.text.find("\n" if self._is_text else b"\n", at) + 1
        return self._taken(end or grown.length)

    def readlines(self) -> list[Any]:
        """Every line that is left."""
        rest = self.read()
        return list(rest.splitlines(keepends=True)) if not self._is_text else _lines(rest)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.readlines())

    def __next__(self) -> Any:
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, text: Any) -> int:
        """Write at the position."""
        if self.mode.startswith("r") and "+" not in self.mode:
            raise io.UnsupportedOperation("not writable")
        if isinstance(text, str) is not self._is_text:
            kind = "str" if self._is_text else "a bytes-like object"
            raise TypeError(f"write() argument must be {kind}, not {type(text).__name__}")
        grown, at = self._open()
        if at == grown.length:
            grown = Grown(grown, text)
        else:
            old = grown.text
            grown = Grown(None, old[:at] + text + old[at + len(text) :])
        self._state.put((grown, at + len(text), False))
        self._files.put(self.name, (self, grown))
        return len(text)

    def writelines(self, lines: Iterable[Any]) -> None:
        """Write one after another."""
        for line in lines:
            self.write(line)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move the position."""
        grown, at = self._open()
        place = int(offset) + (0, at, grown.length)[whence]
        self._state.put((grown, max(0, min(place, grown.length)), False))
        return place

    def tell(self) -> int:
        """The position."""
        return self._open()[1]

    def flush(self) -> None:
        """Nothing waits to be written."""

    def close(self) -> None:
        """Be done with it."""
        grown, at, _ = self._state.get()
        self._state.put((grown, at, True))

    def __enter__(self) -> Handle:
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<file {self.name!r}, mode {self.mode!r}>"


def _lines(text: str) -> list[str]:
    """Lines as a file has them: only a line feed ends one."""
    parts = text.split("\n")
    lines = [f"{part}\n" for part in parts[:-1]]
    return lines + ([parts[-1]] if parts[-1] else [])
