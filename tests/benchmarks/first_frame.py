"""From starting the command to its complete first frame, whole processes in a pseudo-terminal."""

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.measure import side_by_side
from tests.benchmarks.paint import BARE, completed, painted, started
from tests.benchmarks.table import Row, ratio_row

TARGET = 1.5
ROUNDS = 7
SILENCE = 0.4
"""Longer than any pause between two parts of a first frame."""
STEPNET = str(Path(sys.executable).with_name("stepnet"))


def rows() -> Iterator[Row]:
    """With a scenario, and with the picker."""
    for case, argv in (
        ("stepnet trask_neuron", [STEPNET, "trask_neuron"]),
        ("stepnet", [STEPNET]),
    ):
        yield _row(case, argv)


def _row(case: str, argv: Sequence[str]) -> Row:
    compared = side_by_side(
        lambda: _first_frame(argv), lambda: _first_frame([sys.executable, BARE]), ROUNDS
    )
    return ratio_row(case, compared, TARGET)


def _first_frame(argv: Sequence[str]) -> float:
    start = time.perf_counter()
    with started(argv) as terminal:
        return completed(painted(terminal, SILENCE)) - start
