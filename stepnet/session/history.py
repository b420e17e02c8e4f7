"""What became of a value over the run: sampled by going back to the iterations reached so far.

Nothing is recorded while a program runs, so a run costs no more for it. A value is looked at where
an iteration began and where it ended; of a long run only near the checkpoints, which are reached
without running everything again.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stepnet.machine.machine import Machine
from stepnet.machine.travel import rewind, run_through
from stepnet.session.asking import Question, answer
from stepnet.session.errors import CommandError

if TYPE_CHECKING:
    from stepnet.session.session import Session

POINTS = 60
"""Iterations that are looked at, at most."""
MANY = 200_000
"""Ticks of a run from which on it is only looked at near the checkpoints."""

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True)
class Sample:
    """A value at the end of one iteration."""

    iteration: int
    """Of the outermost training loop, counted from 1."""
    norm: float
    """Euclidean, of all entries."""
    low: float
    high: float
    ratio: float
    """How far it moved in that iteration, as a share of its norm; NaN where that is not known."""
    finite: bool


def history(
    session: Session, asked: Question, points: int = POINTS
) -> Generator[None, None, tuple[Sample, ...]]:
    """The value at the end of iterations reached so far; leaves the machine at its start.

    Empty where no iteration has ended, or where the value is no numbers there.
    """
    machine = session.machine
    ends = _ends(machine)
    found: list[Sample] = []
    try:
        for iteration in _chosen(machine, ends, points):
            begin, end = machine.timeline.starts[0][iteration - 1], ends[iteration - 1]
            yield from _stand(machine, begin)
            before = _numbers(asked, machine)
            yield from run_through(machine, until=end)
            after = _numbers(asked, machine)
            if after is not None:
                found.append(_sample(iteration, before, after))
    finally:
        # Whoever goes on from here must not take what was run through for a history to go back in.
        rewind(machine, machine.keeper.checkpoints[0])
    return tuple(found)


def _ends(machine: Machine) -> Sequence[int]:
    """The ticks at which each iteration of the outermost loop ended, as far as they have."""
    if not machine.timeline.starts:
        return ()
    ends = list(machine.timeline.starts[0][1:])
    if machine.timeline.end is not None and machine.timeline.starts[0]:
        ends.append(machine.timeline.end)
    return ends


def _chosen(machine: Machine, ends: Sequence[int], points: int) -> list[int]:
    """So many iterations, evenly spread; of a long run those that begin at checkpoints."""
    known = range(1, len(ends) + 1)
    if ends and ends[-1] > MANY:
        starts = {tick: place + 1 for place, tick in enumerate(machine.timeline.starts[0])}
        kept = (starts.get(checkpoint.tick) for checkpoint in machine.keeper.checkpoints)
        near = [iteration for iteration in kept if iteration is not None and iteration in known]
        return _spread([*near, known[-1]] if near else [known[-1]], points)
    return _spread(known, points)


def _spread(iterations: Sequence[int], points: int) -> list[int]:
    """At most so many of them, the first and the last included."""
    count = len(iterations)
    if count <= points:
        return sorted(set(iterations))
    return sorted({iterations[round(n * (count - 1) / (points - 1))] for n in range(points)})


def _stand(machine: Machine, tick: int) -> Generator[None, None, None]:
    """Come to where an iteration began, from the nearest place known."""
    nearest = machine.keeper.nearest(tick)
    if machine.tick > tick or nearest.tick > machine.tick or machine.fault is not None:
        rewind(machine, nearest)
    yield from run_through(machine, until=tick)


def _numbers(asked: Question, machine: Machine) -> Array | None:
    """The value as numbers, copied: the run may write into its array."""
    try:
        value = answer(asked, machine)
    except CommandError:
        return None
    array = np.asarray(value) if isinstance(value, np.ndarray | np.generic | float | int) else None
    if array is None or array.dtype.kind not in "fiub" or not array.size:
        return None
    return np.array(array, dtype=float)


def _sample(iteration: int, before: Array | None, after: Array) -> Sample:
    finite = bool(np.isfinite(after).all())
    ratio = math.nan
    with np.errstate(all="ignore"):
        norm = float(np.linalg.norm(after.ravel()))
        if before is not None and before.shape == after.shape:
            size = float(np.linalg.norm(before.ravel()))
            ratio = float(np.linalg.norm((after - before).ravel())) / size if size else math.nan
        shown = after[np.isfinite(after)]
        low, high = (float(shown.min()), float(shown.max())) if shown.size else (math.nan,) * 2
    return Sample(iteration, norm, low, high, ratio, finite)
