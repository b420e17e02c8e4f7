"""How long a run may take and how much memory it may use, and what happens at the limit.

A limit stops the run as an error of the script does: nothing of the statement has happened, and
steps lead back from there.
"""

from __future__ import annotations

import contextlib
import math
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

from stepnet.source.bounded import IN_PLACE, POWER
from stepnet.source.mark import FILENAME

GIB = 1 << 30
LOOK = 0.1
"""Seconds between two looks at a script that runs."""
LARGEST = 1 << 22
"""Bits of an integer that a script may compute: one operation on it still takes but a moment."""


@dataclass(frozen=True)
class Limits:
    """What a run may use."""

    seconds: float | None = None
    steps: int | None = None
    bytes: int = 4 * GIB
    """Of memory, beyond what was in use when the run began."""


class LimitReached(Exception):
    """A run has used up what it was given."""


def memory_in_use() -> int | None:
    """Bytes of this process's address space; None where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * 4096
    except (OSError, ValueError, IndexError):
        return None


class Memory:
    """The memory that a script may use; the system refuses it more while the script runs."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._base: int | None = None

    @contextlib.contextmanager
    def limited(self) -> Iterator[None]:
        """While this holds, an allocation beyond the limit raises MemoryError."""
        try:
            import resource
        except ImportError:  # not on this system
            yield
            return
        if self._base is None:
            self._base = memory_in_use() or 0
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = self._base + self.limit
        if not self._base or (soft != resource.RLIM_INFINITY and soft <= most):
            yield
            return
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

    def told(self, error: MemoryError) -> str:
        """What is said of an allocation that was refused."""
        said = f": {error}" if str(error) else ""
        return f"more than the {sized(self.limit)} that a script may use (--max-bytes){said}"


def sized(count: int) -> str:
    """``4.0 GiB``."""
    for unit, size in (("GiB", GIB), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"


class Clock:
    """The time that a run may take, counted while the script runs or the debugger looks on."""

    def __init__(self, seconds: float | None, names: dict[str, object]) -> None:
        self.seconds = seconds
        self._names = names
        self._due = time.monotonic() + seconds if seconds is not None else math.inf

    @property
    def is_over(self) -> bool:
        """Is the time used up?"""
        return time.monotonic() >= self._due

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """While this holds, Python code of the script is looked at now and then.

        It is interrupted when the time is over, or when it computes with a giant.
        """
        is_main = threading.current_thread() is threading.main_thread()
        if not is_main or not hasattr(signal, "setitimer"):
            yield
            return
        before = signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        if frame is None or frame.f_code.co_filename != FILENAME:
            return
        reason = self.reason() or giant(frame.f_locals)
        if reason:
            raise LimitReached(reason)

    def reason(self) -> str:
        """Why the run should not go on; ``""`` if it may."""
        return self.told() if self.is_over else giant(self._names)

    def told(self) -> str:
        """What is said when the time is used up."""
        return f"the {self.seconds:g} seconds of --max-seconds are used up"


def bounded_functions() -> dict[str, object]:
    """What stands for ``**`` in a script, and functions whose results would have no end."""
    return {POWER: _power, IN_PLACE: _power_in_place, "pow": _builtin_power}


def bounded_math() -> dict[str, Callable[..., Any]]:
    """Functions of ``math`` that make integers, for arguments that are not too large."""
    return {
        "factorial": lambda n, /: math.factorial(_checked(n, 1_000_000, "factorial")),
        "comb": lambda n, k, /: math.comb(n, _checked(min(k, n - k), 100_000, "comb")),
        "perm": lambda n, k=None, /: math.perm(
            n, _checked(n if k is None else k, 1_000_000, "perm")
        ),
    }


def _checked(number: Any, most: int, name: str) -> Any:
    if isinstance(number, int) and number > most:
        raise MemoryError(f"math.{name} of numbers beyond {most}")
    return number


def _require(base: object, exponent: object) -> None:
    if type(exponent) is not int or type(base) is not int or exponent <= 4:
        return
    if base.bit_length() * exponent > LARGEST and base not in (0, 1, -1):
        raise MemoryError(f"an integer of more than {LARGEST} bits")


def _power(base: Any, exponent: Any) -> Any:
    _require(base, exponent)
    return base**exponent


def _power_in_place(base: Any, exponent: Any) -> Any:
    _require(base, exponent)
    base **= exponent
    return base


def _builtin_power(base: Any, exp: Any, mod: Any = None) -> Any:
    if mod is None:
        _require(base, exp)
        return pow(base, exp)
    return pow(base, exp, mod)


def giant(names: dict[str, Any]) -> str:
    """That an integer has grown beyond all use; ``""`` if none has."""
    for name, value in list(names.items()):
        if type(value) is int and value.bit_length() > LARGEST:
            return f"{name} is an integer of more than {LARGEST} bits"
    return ""
