"""``stepnet run``: to the end, or to where something stops it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tui.cli import main

GROWING = """\
import numpy as np

W = np.ones((2, 2))
for step in range(400):
    print("step", step)
    W = W * 10.0 ** 150
"""


def ran(*words: str) -> Result:
    return CliRunner().invoke(main, ["run", *words])


def written(folder: Path, text: str) -> str:
    path = folder / "growing.py"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_run_prints_what_the_script_prints_and_says_how_it_ended(tmp_path: Path) -> None:
    target = written(tmp_path, "print('one')\nprint('two')\n")
    done = ran(target)
    assert (done.exit_code, done.stdout) == (0, "one\ntwo\n")
    assert done.stderr == "ran to its end: 2 steps\n"


def test_a_condition_that_is_met_ends_it_with_status_1(tmp_path: Path) -> None:
    done = ran(written(tmp_path, GROWING), "--stop-on", "nonfinite")
    assert done.exit_code == 1
    assert done.stdout == "step 0\nstep 1\nstep 2\n"
    assert done.stderr == (
        "data breakpoint 1: nonfinite: W: 4 of 4 entries are not finite, [0,0] is Inf\n"
        "  at 3/W, growing.py:6: W = W * 10.0 ** 150\n"
    )


def test_a_breakpoint_ends_it_as_asked(tmp_path: Path) -> None:
    done = ran(written(tmp_path, GROWING), "--break", "W when step == 1", "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["stop"], told["address"], told["output"]) == (
        "breakpoint", "2/W", "step 0\nstep 1\n",
    )  # fmt: skip
    done = ran(written(tmp_path, GROWING), "--on-change", "W[0,0] > 5", "--json")
    (hit,) = json.loads(done.stdout)["hits"]
    assert (hit["old"], hit["new"]) == ("no value", "False")


def test_an_error_of_the_script_has_status_3_and_a_wrong_place_2(tmp_path: Path) -> None:
    target = written(tmp_path, "print('one')\nx = 1 / 0\n")
    done = ran(target)
    assert done.exit_code == 3
    assert done.stdout == "one\n"
    assert "growing.py:2: ZeroDivisionError: division by zero" in done.stderr
    done = ran(target, "--break", "W9")
    assert done.exit_code == 2
    assert done.stderr.startswith("no statement assigns 'W9'\n    W9\n    ^\n")


@pytest.mark.parametrize(
    ("leaving", "status", "told"),
    [("sys.exit()", 0, "the script exited, status 0 (2 steps)\n"),
     ("exit(2)", 2, "the script exited, status 2 (2 steps)\n"),
     ("sys.exit('no data')", 1, "the script exited, status 1: no data (2 steps)\n")],
)  # fmt: skip
def test_a_script_that_exits_gives_its_own_status(
    leaving: str, status: int, told: str, tmp_path: Path
) -> None:
    target = written(tmp_path, f"import sys\n{leaving}\nprint('never')\n")
    done = ran(target)
    assert (done.exit_code, done.stdout, done.stderr) == (status, "", told)
    record = json.loads(ran(target, "--json").stdout)
    assert (record["stop"], record["status"], record["address"]) == ("end", status, "end")


def test_other_verbs_have_status_3_where_a_script_exits_with_one(tmp_path: Path) -> None:
    target = written(tmp_path, "n = 4\nif n > 3:\n    quit('too many')\nprint('never')\n")
    told = (
        "growing.py:3: the script exited, status 1: too many\n"
        "    quit('too many')\n    ^^^^^^^^^^^^^^^^\n"
    )
    for verb in ("trace", "check"):
        done = CliRunner().invoke(main, [verb, target])
        assert done.exit_code == 3
        assert done.stderr.endswith(told)
    assert CliRunner().invoke(main, ["trace", target, "--to", "/2"]).exit_code == 0
