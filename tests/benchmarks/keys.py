"""From the key `s` to the last byte of the repaint: all programs are open and asked in turns."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from stepnet.source.script import Script
from tests.benchmarks.first_frame import STEPNET
from tests.benchmarks.measure import Comparison
from tests.benchmarks.paint import BARE, QUIET, key_time, painted, started
from tests.benchmarks.scripts import data, large
from tests.benchmarks.table import Row, ratio_row
from tests.terminal import Terminal

TARGET = 5.0
SAME = 1.2
"""What `the same at 784×128 as at 4×3` may still mean, noise included."""
DATA_ROWS = 10_000
LONG = 0.35
"""Seconds of silence behind a repaint that shows that something is under way before its result."""
WARM_UP, ROUNDS = 12, 30
"""Keys before the timing, which bring every script into its loop; keys that are timed."""


def rows() -> Iterator[Row]:
    """Small and large matrices against the bare application, then against each other."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        commands = {
            "bare": [sys.executable, BARE],
            "small": [STEPNET, "trask_neuron"],
            "large": [STEPNET, _file(folder / "large.py", large(32, 1000).script)],
            "data": [STEPNET, _file(folder / "data.py", data(DATA_ROWS))],
        }
        terminals = {name: stack.enter_context(started(argv)) for name, argv in commands.items()}
        for terminal in terminals.values():
            painted(terminal, 1.0)
        times = _in_turns(terminals)
    bare = times["bare"]
    yield ratio_row("trask_neuron, 4×3", Comparison(times["small"], bare), TARGET)
    yield ratio_row("a script with 784×128", Comparison(times["large"], bare), TARGET)
    yield ratio_row("784×128 against 4×3", Comparison(times["large"], times["small"]), SAME)
    yield ratio_row(f"{DATA_ROWS:,}×784 of data in scope", Comparison(times["data"], bare), TARGET)


def _file(path: Path, script: Script) -> str:
    path.write_text(script.text, encoding="utf-8")
    return str(path)


def _in_turns(terminals: Mapping[str, Terminal]) -> dict[str, tuple[float, ...]]:
    """Every program is given a key, then every program the next one."""
    times: dict[str, list[float]] = {name: [] for name in terminals}
    for number in range(WARM_UP + ROUNDS):
        for name, terminal in terminals.items():
            seconds = key_time(terminal, "s", LONG if name == "data" else QUIET)
            if number >= WARM_UP:
                times[name].append(seconds)
    return {name: tuple(taken) for name, taken in times.items()}
