"""Two things timed side by side: A B A B …, so that whatever else the machine does meets both.

Code that only computes is timed in processor time of this process, which other processes cannot
lengthen as much as they lengthen what a clock on the wall shows; whole programs are timed by the
clock, because that is what a person waits for.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Timed = Callable[[], float]
"""Does something once and returns the seconds it took, without its preparation."""


@dataclass(frozen=True)
class Comparison:
    """Pairs of times in seconds."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours over theirs, a pair at a time."""
        return tuple(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def our_median(self) -> float:
        return median(self.ours)

    @property
    def their_median(self) -> float:
        return median(self.theirs)


def side_by_side(ours: Timed, theirs: Timed, rounds: int) -> Comparison:
    """Time both in turns; the first turn of each only warms up."""
    ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return Comparison(tuple(a for a, _ in pairs), tuple(b for _, b in pairs))


def processor_time(work: Callable[[], object]) -> float:
    """Seconds of processor time that `work` takes; rubbish of before is collected before."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def wall_time(work: Callable[[], object]) -> float:
    """Seconds that `work` takes by the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
