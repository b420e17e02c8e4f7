"""One instruction at a time, each with what is needed to take it back."""

from collections.abc import Callable, Iterator

from stepnet.machine.machine import Machine
from stepnet.session.session import Session
from tests.benchmarks.measure import processor_time, side_by_side
from tests.benchmarks.scripts import Subject, cpython, machines, repeats, subjects
from tests.benchmarks.table import Row, ratio_row

TARGET = 1.5
ROUNDS = 5
COMMANDED = "trask_neuron"
"""The script that is also stepped as a person asks for it."""


def rows() -> Iterator[Row]:
    """A row a script, and one through the session, whose ``:step 1000000`` must not cost more."""
    for subject in subjects():
        yield _row(subject)
        if subject.name == COMMANDED:
            yield _commanded(subject)


def _row(subject: Subject) -> Row:
    plain, made = cpython(subject.script), machines(subject.script)
    times = range(repeats(plain))

    def ours() -> float:
        return sum(processor_time(_stepper(made())) for _ in times)

    def theirs() -> float:
        return sum(processor_time(plain) for _ in times)

    return ratio_row(subject.name, side_by_side(ours, theirs, ROUNDS), TARGET)


def _stepper(machine: Machine) -> Callable[[], None]:
    def run() -> None:
        with machine.world.active():
            while machine.step():
                pass
        assert machine.is_ended, machine.fault

    return run


def _commanded(subject: Subject) -> Row:
    plain = cpython(subject.script)

    def ours() -> float:
        session = Session(subject.script)
        seconds = processor_time(lambda: session.do("step 1000000"))
        assert session.stop.reason == "end", session.stop
        return seconds

    compared = side_by_side(ours, lambda: processor_time(plain), ROUNDS)
    return ratio_row(f"{subject.name}, as the command step 1000000", compared, TARGET)
