"""Random access to a run of a million iterations, in a process of its own for its memory's sake."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import running
from tests.benchmarks.table import Row, megabytes, milliseconds, verdict

ITERATIONS = 10**6
TARGET = 0.3
SCRIPT = f"""
import numpy as np

w = np.array([0.0, 1.0])
losses = []
for iteration in range({ITERATIONS}):
    error = w - 3.0
    w -= 0.001 * error
    loss = float(error @ error)
    if iteration % 1000 == 0:
        losses.append(loss)
"""
"""A small loop that changes an array in place and lets a list grow."""


def rows() -> Iterator[Row]:
    """How long, and what remembering costs in memory."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "million.py"
        script.write_text(SCRIPT, encoding="utf-8")
        plain = _child("from tests.benchmarks.million import cpython; cpython", script)
        found = _child("from tests.benchmarks.million import stepnet; stepnet", script)
    for case, times in (
        ("to a random iteration's statement", found["goto"]),
        ("one step back from there", found["back"]),
    ):
        yield Row(
            case,
            milliseconds(median(times)),
            f"{min(times) * 1e3:.2g} – {max(times) * 1e3:.3g}",
            target=f"< {TARGET * 1e3:.0f} ms",
            verdict=verdict(max(times), TARGET),
        )
    ratio = found["run"] / plain["run"]
    yield Row(
        "the run to its end before that, once",
        f"{ratio:.2f} ×",
        "",
        f"{found['run']:.1f} s",
        f"{plain['run']:.1f} s",
        f"≤ {running.TARGET:g} ×",
        verdict(ratio, running.TARGET),
    )
    for what in ("checkpoints", "undo"):
        size, budget = found[what], found[f"{what}_budget"]
        yield Row(
            f"{what}, at their largest",
            megabytes(size),
            "",
            target=f"≤ {megabytes(budget)}",
            verdict=verdict(size, budget),
        )
    budget = found["checkpoints_budget"] + found["undo_budget"]
    extra = found["memory"] - plain["memory"]
    yield Row(
        "process memory above CPython's",
        megabytes(extra),
        "",
        megabytes(found["memory"]),
        megabytes(plain["memory"]),
        f"≤ {megabytes(budget)}",
        verdict(extra, budget),
    )


def _child(call: str, script: Path) -> dict[str, Any]:
    source = f"{call}({str(script)!r})"
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
