"""``stepnet explain``: an entry, a statement, where from, where to."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from tui.cli import main


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["explain", *args], prog_name="stepnet")


def test_an_entry_with_its_sum_its_numbers_and_a_running_total() -> None:
    result = run("trask_neuron", "3/dE_dw", "dE_dw[0,0]")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[3:10] == [
        "  dE_dw[0,0] = Σₙ X[n,0]·dE_ds[n,0]",
        "             = 0·0.07147 + 1·(−0.1101) + 1·(−0.1413) + 0·0.1123",
        "             = 0 − 0.1101 − 0.1413 + 0",
        "             = −0.2514",
        "",
        "  term               numbers        value    total",
        "  X[0,0]·dE_ds[0,0]  0·0.07147          0        0",
    ]


def test_a_long_sum_is_shortened_and_can_be_opened() -> None:
    short = run("regressor", "3.2/d_w1", "d_w1[4,7]").stdout
    assert "  24 more " in short
    whole = run("regressor", "3.2/d_w1", "d_w1[4,7]", "--full").stdout
    assert "more" not in whole.partition("term")[2]
    assert whole.count("]·d_sig1_out[31,7]  ") == 1
    assert sum(line.startswith("  batch_x[") for line in whole.splitlines()) == 32


def test_a_statement_is_taken_apart_inside_out() -> None:
    lines = run("trask_neuron", "3/E").stdout.splitlines()
    assert [line.strip().split("  ")[0] for line in lines[1:]] == [
        "y",
        "y_hat",
        "y - y_hat",
        "(y - y_hat) ** 2",
        "np.sum((y - y_hat) ** 2)",
        "0.5 * np.sum((y - y_hat) ** 2)",
    ]


def test_where_from_and_where_to() -> None:
    origins = run("trask_neuron", "3/dE_ds", "dE_ds[2,0]", "--tree", "--depth", "1").stdout
    assert [line.split()[3] for line in origins.splitlines()] == [
        "3/dE_ds",
        "3/dE_dyhat",
        "3/dyhat_ds",
    ]
    uses = run("trask_neuron", "3/dE_ds", "dE_ds[2,0]", "--uses").stdout
    assert [line.split()[0] for line in uses.splitlines()[1:]] == ["3/dE_dw", "3/w"]


@pytest.mark.parametrize("args", [(), ("--full",), ("--tree",), ("--uses",)])
def test_json(args: tuple[str, ...]) -> None:
    found = json.loads(run("regressor", "3.2/d_w1", "d_w1[4,7]", "--json", *args).stdout)
    assert found["entry"] == "d_w1[4,7]"


def test_json_of_a_statement() -> None:
    found = json.loads(run("trask_neuron", "3/s", "--json").stdout)
    assert [piece["text"] for piece in found["pieces"]] == ["X", "w", "X @ w"]


@pytest.mark.parametrize("args", [(), ("--tree",), ("--uses",)])
def test_ascii(args: tuple[str, ...]) -> None:
    assert run("trask_neuron", "3/dE_dw", "dE_dw[0,0]", "--ascii", *args).stdout.isascii()
    assert (
        "sum_n X[n,0]*dE_ds[n,0]" in run("trask_neuron", "3/dE_dw", "dE_dw[0,0]", "--ascii").stdout
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("dE_dw[9,0]",), "index 9 is out of range: axis 0 of dE_dw has 3 entries\n"),
        (("dE_w[0,0]",), "no name 'dE_w'\n    dE_w[0,0]\n    ^\n  Did you mean dE_dw?\n"),
        (("dE_dw[0",), "'dE_dw[0' names no entry\n"),
        (("--tree",), "--full, --tree and --uses need an ENTRY"),
        (("dE_dw[0,0]", "--depth", "2"), "--depth needs --tree"),
        (("dE_dw[0,0]", "--full", "--tree"), "exclude each other"),
    ],
)
def test_what_is_wrong_is_said(args: tuple[str, ...], message: str) -> None:
    result = run("trask_neuron", "3/dE_dw", *args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not result.stdout
