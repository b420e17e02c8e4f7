"""``stepnet derive``: the statements, or the whole script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.session.test_completed import WITH_FUNCTIONS
from tui.cli import main


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["derive", *args], prog_name="stepnet")


def test_statements_beside_what_they_differentiate() -> None:
    result = run("trask_neuron")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.partition("#")[0].rstrip() for line in lines] == [
        "dE_dyhat = y_hat - y",
        "dE_ds = dE_dyhat * y_hat * (1 - y_hat)",
        "dE_dw = X.T @ dE_ds",
    ]
    assert lines[-1].endswith("# ∂E/∂w, line 33: s = X @ w")
    assert len({line.index("#") for line in lines}) == 1


def test_ascii() -> None:
    assert run("regressor", "--ascii").stdout.isascii()


@pytest.mark.parametrize("name", ["trask_neuron", "relu_net"])
def test_the_whole_script_runs(name: str, tmp_path: Path) -> None:
    result = run(name, "--script")
    assert result.exit_code == 0
    path = tmp_path / "derived.py"
    path.write_text(result.stdout, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_a_script_that_stops_after_its_loss(tmp_path: Path) -> None:
    path = tmp_path / "forward.py"
    path.write_text(WITH_FUNCTIONS, encoding="utf-8")
    text = run(str(path), "--script").stdout
    assert "    # %% backward\n" in text
    assert "    # %% update\n    W -= 0.1 * dW\n    b -= 0.1 * db\n" in text


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["activations_and_losses"], "no name is a parameter"),
        (["jacobian_net", "--script"], "adds up over an inner loop"),
        (["nothing"], "no scenario and no file"),
    ],
)
def test_why_not(args: list[str], reason: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert result.stdout == ""
