"""``stepnet run``: to the end, or to where something stops it."""

import json
from pathlib import Path

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
