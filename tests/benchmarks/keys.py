"""From a key to the last byte of the repaint: all programs are open and asked in turns.

The key is `s`, which steps, or an arrow, which moves the cursor over the entries of a matrix.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
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


ARROWS = ("\x1b[C", "\x1b[D")
"""Right and left in turns: the cursor never stands at an edge."""


def rows() -> Iterator[Row]:
    """Small and large matrices against the bare application, then against each other."""
    yield from _stepping()
    yield from _moving()


def _stepping() -> Iterator[Row]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        commands = {
            "bare": [sys.executable, BARE],
            "small": [STEPNET, "trask_neuron"],
            "middle": [STEPNET, "regressor", "--at", "1.1/batch_y"],
            "large": [STEPNET, _file(folder / "large.py", large(32, 1000).script)],
            "data": [STEPNET, _file(folder / "data.py", data(DATA_ROWS))],
        }
        terminals = {name: stack.enter_context(started(argv)) for name, argv in commands.items()}
        for terminal in terminals.values():
            painted(terminal, 1.0)
        times = _in_turns(terminals, ("s",))
    bare = times["bare"]
    yield ratio_row("trask_neuron, 4×3", Comparison(times["small"], bare), TARGET)
    yield ratio_row("regressor, 32×13", Comparison(times["middle"], bare), TARGET)
    yield ratio_row("a script with 784×128", Comparison(times["large"], bare), TARGET)
    yield ratio_row("784×128 against 4×3", Comparison(times["large"], times["small"]), SAME)
    yield ratio_row(f"{DATA_ROWS:,}×784 of data in scope", Comparison(times["data"], bare), TARGET)


def _moving() -> Iterator[Row]:
    """The cursor one entry on, on the whole screen, where as many entries as fit are painted."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = _file(folder / "large.py", large(32, 1000).script)
        opened = {
            "small": [STEPNET, "jacobian_net", "--at", "1/W1"],
            "middle": [STEPNET, "regressor", "--at", "1.1/batch_x"],
            "large": [STEPNET, file, "--at", "1/W"],
        }
        terminals = {name: stack.enter_context(started(argv)) for name, argv in opened.items()}
        bare = terminals["bare"] = stack.enter_context(started([sys.executable, BARE]))
        for terminal in terminals.values():
            painted(terminal, 1.0)
            if terminal is not bare:
                terminal.send("z")
                painted(terminal, 0.5)
        times = _in_turns(terminals, ARROWS)
    for name, size in (("small", "3×2"), ("middle", "32×13"), ("large", "784×128")):
        yield ratio_row(f"cursor in {size}", Comparison(times[name], times["bare"]), TARGET)
    yield ratio_row("cursor 784×128 against 3×2", Comparison(times["large"], times["small"]), SAME)


def _file(path: Path, script: Script) -> str:
    path.write_text(script.text, encoding="utf-8")
    return str(path)


def _in_turns(
    terminals: Mapping[str, Terminal], keys: Sequence[str]
) -> dict[str, tuple[float, ...]]:
    """Every program is given a key, then every program the next one; the bare one always `s`."""
    times: dict[str, list[float]] = {name: [] for name in terminals}
    for number in range(WARM_UP + ROUNDS):
        for name, terminal in terminals.items():
            key = "s" if name == "bare" else keys[number % len(keys)]
            seconds = key_time(terminal, key, LONG if name == "data" else QUIET)
            if number >= WARM_UP:
                times[name].append(seconds)
    return {name: tuple(taken) for name, taken in times.items()}
