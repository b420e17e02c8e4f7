"""Taking a step back, against having made it."""

import sys
from collections.abc import Iterator

from stepnet.machine.machine import Machine
from stepnet.machine.travel import back
from tests.benchmarks.measure import Comparison, processor_time
from tests.benchmarks.scripts import Subject, machines, subjects
from tests.benchmarks.table import Row, ratio_row

TARGET = 0.5
BLOCK = 1000
"""Steps that are made and then taken back before the run goes on."""
BLOCKS = 15
"""How many of them, spread over the run; a short script is run several times."""


def rows() -> Iterator[Row]:
    """A row a script."""
    yield from map(_row, subjects())


def _row(subject: Subject) -> Row:
    made = machines(subject.script)
    length = _steps(made(), sys.maxsize)
    block = min(BLOCK, length // 2)
    between = max(block, (length - block) // BLOCKS)
    pairs: list[tuple[float, float]] = []
    while len(pairs) < BLOCKS:
        pairs += _blocks(made(), length, block, between)
    backward, forward = zip(*pairs, strict=True)
    return ratio_row(subject.name, Comparison(backward, forward), TARGET)


def _blocks(
    machine: Machine, length: int, block: int, between: int
) -> Iterator[tuple[float, float]]:
    """Seconds for a block of backs and for the steps they take back, all along one run."""
    _steps(machine, 1)  # one record stays in the log, or the last `back` has to replay
    while machine.tick + block <= length:
        forward = processor_time(lambda: _steps(machine, block))
        yield processor_time(lambda: _backs(machine, block)), forward
        _steps(machine, between)


def _steps(machine: Machine, count: int) -> int:
    """Make so many steps, or as many as there are; returns the tick."""
    with machine.world.active():
        for _ in range(count):
            if not machine.step():
                break
    return machine.tick


def _backs(machine: Machine, count: int) -> None:
    for _ in range(count):
        back(machine)
