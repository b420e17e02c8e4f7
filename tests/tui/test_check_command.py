"""``stepnet check``: the table, JSON, exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stepnet.source.script import open_script
from tests.session.test_checking import RAISES
from tui.cli import main


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["check", *args], prog_name="stepnet")


def changed(folder: Path, name: str, old: str, new: str) -> str:
    """A copy of a scenario with a mistake in it."""
    text = open_script(name).text
    assert old in text
    path = folder / f"{name}.py"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    return changed(tmp_path, "trask_neuron", "X.T @ dE_ds ", "X.T @ dE_dyhat ")


def test_a_table_with_a_line_for_each_gradient() -> None:
    result = run("trask_neuron")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "trask_neuron, iteration 1"
    assert lines[1].split() == ["line", "statement", "claim", "verdict", "error"]
    assert lines[2].split() == ["42", *"dE_dyhat = y_hat - y".split(), "∂E/∂ŷ", "exact", "0"]
    assert lines[6] == "  4 exact"
    assert lines[7] == "trask_neuron, iteration 10"
    columns = {line.index("exact") for line in lines[2:6]}
    assert len(columns) == 1


def test_a_reason_stands_below_where_there_is_no_room() -> None:
    lines = run("relu_net", "--at", "2").stdout.splitlines()
    assert lines[1].split() == ["line", "statement", "claim", "verdict", "error", "reason"] or (
        "reason" not in lines[1]
    )
    assert "½ of ∂loss/∂y_pred" in lines[3]
    assert "…" in "".join(lines)
    assert max(map(len, lines)) <= 100
    assert lines[-1] == "  7 scaled"


@pytest.mark.parametrize(("strict", "status"), [([], 0), (["--strict"], 1)])
def test_a_scaled_gradient_is_wrong_only_to_the_strict(strict: list[str], status: int) -> None:
    assert run("relu_net", "--at", "1", *strict).exit_code == status


def test_a_wrong_gradient(wrong: str) -> None:
    result = run(wrong, "--at", "3")
    assert result.exit_code == 1
    assert "wrong" in result.stdout
    assert "1 wrong" in result.stdout.splitlines()[-1]


def test_json_has_a_line_for_each_gradient(wrong: str) -> None:
    result = run(wrong, "--at", "3", "--json")
    assert result.exit_code == 1
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["verdict"] for record in records] == ["exact", "exact", "exact", "wrong"]
    last = records[-1]
    assert (last["target"], last["iteration"], last["line"]) == ("trask_neuron", "3", 49)
    assert (last["claim"], last["shape"], last["true_shape"]) == ("∂E/∂w", [3, 1], [3, 1])
    assert last["worst"]["claimed"] != last["worst"]["true"]
    assert last["error"] > 1


def test_what_was_not_compared_has_no_error() -> None:
    result = run("jacobian_net", "--at", "1", "--json")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    unclaimed = [record for record in records if record["verdict"] == "unclaimed"]
    assert all(record["error"] is None and record["claim"] is None for record in unclaimed)
    rows = run("jacobian_net", "--at", "1").stdout.splitlines()
    assert all(row.split()[-1] == "-" for row in rows if " unclaimed " in row)


def test_several_targets_do_not_stop_each_other(wrong: str) -> None:
    result = run("trask_neuron", "nothing_such", wrong, "--at", "1")
    assert result.exit_code == 2
    assert result.stdout.count("iteration 1\n") == 2
    assert "nothing_such" in result.stderr


def test_no_such_iteration() -> None:
    result = run("relu_net", "--at", "11")
    assert result.exit_code == 2
    assert "the last one is 10" in result.stderr
    assert result.stdout == ""


def test_a_script_that_raises(tmp_path: Path) -> None:
    path = tmp_path / "raises.py"
    path.write_text(RAISES)
    later = run(str(path), "--at", "12")
    assert later.exit_code == 3
    assert "line 9" in later.stderr
    both = run(str(path))
    assert both.exit_code == 3
    assert "2 exact" in both.stdout
    assert "raises.py:9: ValueError" in both.stderr
    assert run(str(path), "--at", "2").exit_code == 0


def test_a_script_that_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "refused.py"
    path.write_text("import pandas\nprint(pandas)\n")
    result = run(str(path))
    assert result.exit_code == 2
    assert "pandas" in result.stderr


def test_ascii() -> None:
    result = run("relu_net", "--at", "1", "--ascii")
    assert result.stdout.isascii()
    assert "1/2 of dloss/dy_pred" in result.stdout


def test_a_derived_backward_pass_is_said(tmp_path: Path) -> None:
    path = tmp_path / "stops.py"
    text = "import numpy as np\nnp.random.seed(0)\nX = np.ones((3, 2))\n"
    text += "W = np.random.randn(2, 1)\n"
    text += "for step in range(3):\n    out = X @ W\n    loss = np.sum(out ** 2)\n"
    path.write_text(text)
    result = run(str(path))
    assert result.exit_code == 0
    assert "were derived" in result.stderr
    assert "2 exact" in result.stdout


def test_a_forgotten_parameter_is_reported(tmp_path: Path) -> None:
    path = changed(tmp_path, "relu_net", "    b2 -= learning_rate * grad_b2", "    #")
    result = run(path, "--at", "2")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "  `b2` has a gradient, but no statement updates it"
    records = [json.loads(line) for line in run(path, "--at", "2", "--json").stdout.splitlines()]
    assert records[-1]["verdict"] == "forgotten"
    assert records[-1]["target"] == "relu_net"
