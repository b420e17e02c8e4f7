"""What `goto` runs in processes of their own: each prints its figures as JSON.

Both import the same modules, so that the difference of their memory is what the run has cost.
"""

import json
import random
import resource
import sys
import time
from pathlib import Path

from stepnet.session.session import Session
from stepnet.source.script import open_script
from tests.benchmarks.goto import ITERATIONS
from tests.benchmarks.measure import processor_time
from tests.benchmarks.scripts import cpython as run_by_cpython

PLACES = 25
STATEMENTS = ("error", "w", "loss")


def stepnet(path: str) -> None:
    """Run to the end once, then go to random places, and step back from each."""
    session = Session.open(path)
    machine = session.machine
    checkpoints = undo = 0

    def look() -> None:
        nonlocal checkpoints, undo
        checkpoints = max(checkpoints, machine.keeper.bytes)
        undo = max(undo, machine.log.bytes)

    def run() -> None:
        for _ in session.perform("end"):
            look()

    seconds = processor_time(run)
    assert session.stop.reason == "end", session.stop
    chosen = random.Random(0)
    there, behind = [], []
    for _ in range(PLACES):
        address = f"{chosen.randint(1, ITERATIONS)}/{chosen.choice(STATEMENTS)}"
        start = time.perf_counter()
        stop = session.do(f"goto {address}")
        there.append(time.perf_counter() - start)
        assert stop.address == address, stop
        start = time.perf_counter()
        session.do("back")
        behind.append(time.perf_counter() - start)
        look()
    _tell(
        run=seconds,
        goto=there,
        back=behind,
        checkpoints=checkpoints,
        checkpoints_budget=machine.keeper.budget,
        undo=undo,
        undo_budget=machine.log.budget,
    )


def cpython(path: str) -> None:
    """Run to the end as CPython does."""
    _tell(run=processor_time(run_by_cpython(open_script(path))))


def _tell(**figures: object) -> None:
    print(json.dumps({**figures, "memory": _most_memory()}))


def _most_memory() -> int:
    """Bytes that this process has held at once, at most."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    # Not getrusage: on Linux a process inherits that figure from the one that started it.
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
