"""A program in a pseudo-terminal, and the screen a person would see.

    with Terminal.start(["stepnet", "trask_neuron"], columns=120, rows=36) as terminal:
        terminal.wait_for("iteration")
        terminal.send("s")

What the program writes is read by pyte, a terminal emulator, so `text` is what stands on the
screen after every escape sequence has been obeyed. Only for POSIX, as pseudo-terminals are.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import pyte

ENTER, ESCAPE, TAB = "\r", "\x1b", "\t"


class NotShown(AssertionError):
    """The screen did not come to show what was waited for; the message holds what it shows."""


@dataclass(eq=False)
class Terminal:
    """A running program and its screen."""

    pid: int
    "The program's process."
    descriptor: int
    "Our end of its terminal."
    screen: Any
    "What pyte makes of it; pyte is not typed."
    stream: Any
    status: int | None = None
    "The program's exit status once it has ended; negative for the signal that ended it."
    raw: bytearray = field(default_factory=bytearray)
    "Everything it wrote, escape sequences and all."

    @classmethod
    def start(
        cls,
        argv: Sequence[str],
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
    ) -> Self:
        """Start a program on a terminal of that size; `env` is added to this process's own."""
        screen = pyte.Screen(columns, rows)
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        environment |= {"COLUMNS": str(columns), "LINES": str(rows), **(env or {})}
        pid = os.fork()
        if pid == 0:
            _become(list(argv), theirs, environment)
        os.close(theirs)
        return cls(pid, ours, screen, pyte.ByteStream(screen))

    def text(self) -> str:
        """What stands on the screen, without trailing blanks."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def send(self, keys: str) -> None:
        """Type these characters."""
        os.write(self.descriptor, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as dragging its window does."""
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def wait_for(self, pattern: str, timeout: float = 30.0) -> str:
        """Wait until the screen matches the pattern, and return its text."""
        end = time.monotonic() + timeout
        while True:
            if re.search(pattern, self.text(), re.MULTILINE):
                return self.text()
            if not self._read(end - time.monotonic()):
                raise NotShown(f"never showed {pattern!r}, but:\n{self.text()}")

    def wait_for_change(self, before: str, timeout: float = 30.0) -> str:
        """Wait until the screen shows something else than `before`, and return its text."""
        end = time.monotonic() + timeout
        while self.text() == before:
            if not self._read(end - time.monotonic()):
                raise NotShown(f"nothing changed:\n{before}")
        return self.text()

    def settle(self, quiet: float = 0.2, timeout: float = 10.0) -> str:
        """Wait until nothing has been written for `quiet` seconds, and return the text."""
        end = time.monotonic() + timeout
        while self._read(min(quiet, end - time.monotonic())):
            pass
        return self.text()

    def wait_for_end(self, timeout: float = 30.0) -> int:
        """Wait until the program has ended, and return its exit status."""
        end = time.monotonic() + timeout
        while self._read(end - time.monotonic()):
            pass
        while self.status is None:
            if time.monotonic() > end:
                raise NotShown(f"still running:\n{self.text()}")
            self._reap(os.WNOHANG)
            time.sleep(0.005)
        return self.status

    def close(self) -> None:
        """End the program if it still runs, and give its terminal back."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self._reap(0)
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self, timeout: float) -> bool:
        """Put on the screen what arrives in time; False if nothing does, or nothing can."""
        readable, _, _ = select.select([self.descriptor], [], [], max(timeout, 0))
        if not readable:
            return False
        try:
            written = os.read(self.descriptor, 1 << 16)
        except OSError:  # Linux says so when the program has ended
            return False
        self.raw += written
        self.stream.feed(written)
        return bool(written)

    def _reap(self, options: int) -> None:
        pid, status = os.waitpid(self.pid, options)
        if pid:
            self.status = os.waitstatus_to_exitcode(status)


def _become(argv: list[str], terminal: int, environment: dict[str, str]) -> None:
    """In the child: take the terminal as one's own and turn into the program. Never returns."""
    try:
        os.login_tty(terminal)
        os.execvpe(argv[0], argv, environment)
    except BaseException as error:
        os.write(2, f"{argv[0]}: {error}\n".encode())
    os._exit(127)
