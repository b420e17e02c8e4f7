"""Taking a step back, against having made it."""

from collections.abc import Iterator

from stepnet.machine.machine import Machine
from stepnet.machine.travel import back
from tests.benchmarks.measure import Comparison, processor_time
from tests.benchmarks.scripts import Subject, machines, subjects
from tests.benchmarks.table import Row, ratio_row

TARGET = 0.5
BLOCK = 1000
"""Steps that are made and then taken back before the run goes on."""
MOST = 15
"""Blocks, spread over the run."""


def rows() -> Iterator[Row]:
    """A row a script."""
    yield from map(_row, subjects())


def _row(subject: Subject) -> Row:
    length = _length(machines(subject.script)())
    block = min(BLOCK, length // 2)
    machine = machines(subject.script)()
    between = max(block, (length - block) // MOST)
    forward, backward = [], []
    with machine.world.active():
        _steps(machine, 1)  # one record stays in the log, or the last `back` has to replay
        while machine.tick + block <= length:
            forward.append(processor_time(lambda: _steps(machine, block)))
            backward.append(processor_time(lambda: _backs(machine, block)))
            _steps(machine, between)
    return ratio_row(subject.name, Comparison(tuple(backward), tuple(forward)), TARGET)


def _length(machine: Machine) -> int:
    with machine.world.active():
        while machine.step():
            pass
    return machine.tick


def _steps(machine: Machine, count: int) -> None:
    for _ in range(count):
        machine.step()


def _backs(machine: Machine, count: int) -> None:
    for _ in range(count):
        back(machine)
