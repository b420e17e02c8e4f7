"""Limits and the script's own arguments on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tui.cli import main

RUNNING = {
    "trace": (), "run": (), "check": (), "derive": (), "quiz": (), "explain": ("end", "loss"),
    "replay": None,
}  # fmt: skip
"""Every verb that runs a script, with what it is told besides."""

NET = """\
import numpy as np
X = np.ones((4, 3))
w = np.zeros((3, 1))
for epoch in range(3):
    z = X @ w
    while epoch == 0 and len(z) < 10:
        z = z + 1
    loss = np.sum(z ** 2)
    dw = 2 * X.T @ z
"""

LIMITS = {
    ("--max-steps", "15"): "the 15 steps of --max-steps are used up",
    ("--max-seconds", "0.1"): "the 0.1 seconds of --max-seconds are used up",
    ("--max-bytes", "100M"): "Unable to allocate 381",
}


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("verb", RUNNING)
def test_every_verb_that_runs_a_script_has_every_limit_and_ends_with_status_three(
    verb: str, limit: tuple[str, str], tmp_path: Path
) -> None:
    path, script = tmp_path / "net.py", tmp_path / "net.steps"
    more = "X = np.ones((5000, 10000))\n" if limit[0] == "--max-bytes" else ""
    path.write_text(NET.replace("for ", f"{more}for "), encoding="utf-8")
    script.write_text(f"steps 1\nopen {path}\ncontinue to end\n", encoding="utf-8")
    told = RUNNING[verb]
    words = [verb, str(script)] if told is None else [verb, str(path), *told]
    result = CliRunner().invoke(main, [*words, *limit])
    assert result.exit_code == 3, result.output
    assert LIMITS[limit] in result.output
    assert "Traceback" not in result.output


def test_the_debugger_has_the_limit_that_has_a_default() -> None:
    assert "--max-bytes" in CliRunner().invoke(main, ["--help"]).output


def test_a_limit_of_memory_ends_with_status_three(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text("import numpy as np\nx = np.zeros((3000, 3000))\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["trace", str(path), "--max-bytes", "10M"])
    assert result.exit_code == 3
    assert "net.py:2: MemoryError: Unable to allocate 68.7 MiB" in result.stderr
    assert CliRunner().invoke(main, ["trace", str(path)]).exit_code == 0


def test_no_number_of_bytes_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["trace", "trask_neuron", "--max-bytes", "x"])
    assert result.exit_code == 2
    assert "'x' is no number of bytes: write 500000000, 512M or 2G" in result.stderr


def test_what_follows_two_dashes_is_the_scripts(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text("import sys\nx = sys.argv[1:]\ny = input()\n", encoding="utf-8")
    arguments = ["trace", str(path), "--values", "--", "--lr", "0.5"]
    result = CliRunner().invoke(main, arguments, input="ann\n")
    assert result.exit_code == 0
    assert "x list = ['--lr', '0.5']" in result.stdout
    assert "y str = 'ann'" in result.stdout
