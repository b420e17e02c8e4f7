"""From the key `s` to the last byte of the repaint: all programs are open and asked in turns."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.first_frame import STEPNET
from tests.benchmarks.measure import Comparison
from tests.benchmarks.paint import BARE, key_time, painted, started
from tests.benchmarks.scripts import large
from tests.benchmarks.table import Row, ratio_row

TARGET = 5.0
SAME = 1.2
"""What `the same at 784×128 as at 4×3` may still mean, noise included."""
WARM_UP, ROUNDS = 12, 50
"""Keys before the timing, which bring both scripts into their loops; keys that are timed."""


def rows() -> Iterator[Row]:
    """Small and large matrices against the bare application, then against each other."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        script = Path(folder) / "large.py"
        script.write_text(large(32, 1000).script.text, encoding="utf-8")
        commands = {
            "bare": [sys.executable, BARE],
            "small": [STEPNET, "trask_neuron"],
            "large": [STEPNET, str(script)],
        }
        terminals = {name: stack.enter_context(started(argv)) for name, argv in commands.items()}
        for terminal in terminals.values():
            painted(terminal, 1.0)
        times: dict[str, list[float]] = {name: [] for name in terminals}
        for number in range(WARM_UP + ROUNDS):
            for name, terminal in terminals.items():
                seconds = key_time(terminal, "s")
                if number >= WARM_UP:
                    times[name].append(seconds)
    bare, small, big = (tuple(times[name]) for name in ("bare", "small", "large"))
    yield ratio_row("trask_neuron, 4×3", Comparison(small, bare), TARGET)
    yield ratio_row("a script with 784×128", Comparison(big, bare), TARGET)
    yield ratio_row("784×128 against 4×3", Comparison(big, small), SAME)
