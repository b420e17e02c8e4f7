"""Measure how fast stepnet is, each time side by side with something else in the same run."""

import argparse
import time
from importlib import import_module

from tests.benchmarks.environment import usual
from tests.benchmarks.table import heading, line

BENCHMARKS = {
    "stepping": "stepping with undo, against CPython running the same script",
    "running": "running through, against CPython running the same script",
    "breakpoints": "continue past breakpoints that never stop it, against CPython and bdb",
    "back": "back, against the step it undoes",
    "goto": "goto at random places in a run of 10⁶ iterations",
    "first-frame": "start to complete first frame, against a bare Textual application",
    "keys": "key s to last byte of the repaint, against a bare Textual application",
    "check": "checking one iteration, against differences for the same gradients",
    "trace": 'stepnet trace, against python -c "import numpy"',
}
"""What each benchmark measures; the module of the same name has its rows."""


def main() -> None:
    """Read the arguments, measure, and print each row as soon as it is known."""
    names = ", ".join(BENCHMARKS)
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of {names}")
    chosen = parser.parse_args().names
    for name in chosen:
        if name not in BENCHMARKS:
            parser.error(f"no benchmark is called {name!r}; there are {names}")
    begun = time.perf_counter()
    with usual():
        _measure(chosen or BENCHMARKS)
    print(f"\n{time.perf_counter() - begun:.0f} s in all.")


def _measure(names: list[str] | dict[str, str]) -> None:
    surroundings = import_module("tests.benchmarks.surroundings")
    print(surroundings.surroundings())
    print(heading())
    for name in names:
        print(f"\n{BENCHMARKS[name]}", flush=True)
        for row in import_module(f"tests.benchmarks.{name.replace('-', '_')}").rows():
            print(line(row), flush=True)


if __name__ == "__main__":
    main()
