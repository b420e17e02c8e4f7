"""Limits and the script's own arguments on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tui.cli import main


@pytest.mark.parametrize("verb", ["trace", "run", "check"])
def test_a_limit_of_steps_ends_with_status_three(verb: str) -> None:
    result = CliRunner().invoke(main, [verb, "trask_neuron", "--max-steps", "15"])
    assert result.exit_code == 3
    assert "trask_neuron.py:42: stopped: the 15 steps of --max-steps are used up" in result.stderr


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
