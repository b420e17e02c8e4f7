"""How long a run may take, how much memory it may use, and how large its integers may be."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from stepnet.source.bounded import IN_PLACE, POWER

GIB = 1 << 30
LARGEST = 1 << 22
"""Bits of an integer that a script may compute: one operation on it still takes but a moment."""


@dataclass(frozen=True)
class Limits:
    """What a run may use."""

    seconds: float | None = None
    steps: int | None = None
    bytes: int = 4 * GIB
    """Of memory, beyond what was in use when the run began."""


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

    def require(self, size: int) -> None:
        """Raise MemoryError for a single thing of so many bytes, if that is more than all."""
        if size > self.limit:
            raise MemoryError(f"Unable to allocate {sized(size)}")

    def told(self, error: MemoryError) -> str:
        """What is said of an allocation that was refused."""
        said = f": {error}" if str(error) else ""
        return f"more than the {sized(self.limit)} that a script may use (--max-bytes){said}"


def sized(count: int) -> str:
    """``4.0 GiB``."""
    for unit, size in (("TiB", GIB << 10), ("GiB", GIB), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"


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
