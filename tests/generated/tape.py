"""Choices read from bytes.

Hypothesis makes bytes quickly and shrinks them well: towards zeros, which always choose the first
and simplest option. A tape that has run out reads zeros for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(eq=False)
class Tape:
    """Bytes, and how far they have been read."""

    data: bytes
    at: int = 0

    def below(self, limit: int) -> int:
        """A number from 0 up to, but without, `limit`."""
        byte = self.data[self.at] if self.at < len(self.data) else 0
        self.at += 1
        return byte * limit >> 8

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included; `low` is the simplest."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True that often; False is the simpler answer."""
        return self.below(100) >= 100 - percent

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, of which the first is the simplest."""
        return options[self.below(len(options))]

    def weighted(self, options: Sequence[tuple[int, T]]) -> T:
        """One of the options, each as likely as its weight says."""
        left = self.below(sum(weight for weight, _ in options))
        for weight, option in options:
            if left < weight:
                return option
            left -= weight
        raise AssertionError("the weights add up to more than they did")
