"""`stepnet trace` as a whole process, against a process that only imports numpy."""

import subprocess
import sys
from collections.abc import Iterator, Sequence

from tests.benchmarks.first_frame import STEPNET
from tests.benchmarks.measure import side_by_side, wall_time
from tests.benchmarks.table import Row, ratio_row

TARGET = 2.0
ROUNDS = 7


def rows() -> Iterator[Row]:
    """Two scenarios that are small, and for comparison one of 13,000 steps."""
    for case, words, target in (
        ("trace relu_net, all 184 steps", ["relu_net"], TARGET),
        ("trace activations_and_losses --values", ["activations_and_losses", "--values"], TARGET),
        ("trace trask_neuron --to 3", ["trask_neuron", "--to", "3"], TARGET),
        ("trace trask_neuron, all 13,017 steps", ["trask_neuron"], None),
    ):
        yield _row(case, [STEPNET, "trace", *words], target)


def _row(case: str, argv: Sequence[str], target: float | None) -> Row:
    plain = [sys.executable, "-c", "import numpy"]
    rounds = ROUNDS if target else 2
    return ratio_row(
        case, side_by_side(lambda: _whole(argv), lambda: _whole(plain), rounds), target
    )


def _whole(argv: Sequence[str]) -> float:
    return wall_time(lambda: subprocess.run(argv, check=True, capture_output=True))
