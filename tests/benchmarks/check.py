"""Checking the gradients of one iteration, against finding the same ones by differences."""

import subprocess
import sys
from collections.abc import Iterator

from stepnet.calculus.confirm import numeric
from stepnet.calculus.stretch import checked, truth_here
from stepnet.session.session import Session
from tests.benchmarks.first_frame import STEPNET
from tests.benchmarks.measure import Comparison, processor_time, side_by_side, wall_time
from tests.benchmarks.table import Row, ratio_row

ROUNDS = 5
START_UP = 2.0
"""What `stepnet check` of a small scenario may take, in times of importing numpy."""


def rows() -> Iterator[Row]:
    """Two scenarios inside a process, and the command as a whole."""
    for name in ("trask_neuron", "regressor"):
        yield ratio_row(f"{name}, one iteration", _against_differences(name), None)
    plain = [sys.executable, "-c", "import numpy"]
    ours = [STEPNET, "check", "trask_neuron"]
    times = side_by_side(lambda: _whole(ours), lambda: _whole(plain), ROUNDS)
    yield ratio_row("the command check trask_neuron, to import numpy", times, START_UP)


def _against_differences(name: str) -> Comparison:
    session = Session.open(name)
    machine, roles = session.machine, session.roles
    session.do("goto 1")
    truth = truth_here(machine, roles)
    root = truth.root
    assert root is not None

    def ours() -> float:
        return processor_time(lambda: checked(machine, roles))

    def by_differences() -> None:
        for variable in truth.adjoints:
            if variable.name and variable is not root:
                numeric(truth.gathered.tape, root, variable)

    return side_by_side(ours, lambda: processor_time(by_differences), ROUNDS)


def _whole(argv: list[str]) -> float:
    return wall_time(lambda: subprocess.run(argv, check=True, capture_output=True))
