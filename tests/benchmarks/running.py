"""Running on without looking at every statement: what ``continue`` and ``goto`` do on their way."""

from collections.abc import Callable, Iterator

from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish, run_through
from tests.benchmarks.measure import processor_time, side_by_side
from tests.benchmarks.scripts import Subject, cpython, machines, repeats, subjects
from tests.benchmarks.table import Row, ratio_row

TARGET = 1.1
ROUNDS = 7


def rows() -> Iterator[Row]:
    """A row a script."""
    yield from map(_row, subjects())


def _row(subject: Subject) -> Row:
    plain, made = cpython(subject.script), machines(subject.script)
    times = range(repeats(plain))

    def ours() -> float:
        return sum(processor_time(_runner(made())) for _ in times)

    def theirs() -> float:
        return sum(processor_time(plain) for _ in times)

    return ratio_row(subject.name, side_by_side(ours, theirs, ROUNDS), TARGET)


def _runner(machine: Machine) -> Callable[[], None]:
    def run() -> None:
        finish(run_through(machine))
        assert machine.is_ended, machine.fault

    return run
