"""``stepnet replay``: what it prints, JSON, exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.session.steps.playing import written
from tui.cli import main


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["replay", *map(str, args)], prog_name="stepnet")


RIGHT = "until n\nexpect n == 3\ncheck n > 2\n"
WRONG = "until n\ncheck n == 4\nexpect n == 3\n"
UNREAD = "stpe\n"
RAISES = "open faulty.py\nend\n"


@pytest.mark.parametrize(
    ("text", "status", "last"),
    [
        (RIGHT, 0, "2 passed, 0 failed"),
        (WRONG, 1, "1 passed, 1 failed"),
        (UNREAD, 2, "0 passed, 0 failed"),
        (RAISES, 3, "0 passed, 1 failed"),
        ("open broken.py\n", 2, "0 passed, 0 failed"),
    ],
)
def test_the_last_line_counts_and_the_status_tells(
    text: str, status: int, last: str, tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text("import os.system\n", encoding="utf-8")
    result = run(written(tmp_path, text))
    assert result.exit_code == status
    assert result.stdout.splitlines()[-1] == last


def test_several_files_have_a_line_each_and_the_worst_status(tmp_path: Path) -> None:
    right = written(tmp_path, RIGHT, "right.steps")
    wrong = written(tmp_path, WRONG, "wrong.steps")
    unread = written(tmp_path, UNREAD, "unread.steps")
    result = run(right, wrong, unread, tmp_path / "none.steps")
    assert result.exit_code == 2
    lines = result.stdout.splitlines()
    assert lines[0] == f"{right}: 2 passed, 0 failed"
    assert lines[1] == f"{wrong}:4:7: n is not 4"
    assert lines[-1] == "3 passed, 1 failed"
    assert f"{unread}:3:1: no command is called 'stpe'" in result.stderr
    assert f"error: {tmp_path / 'none.steps'} cannot be read: No such file" in result.stderr


def test_json_has_an_object_a_line_and_the_sum(tmp_path: Path) -> None:
    result = run("--json", written(tmp_path, WRONG))
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert records[-1] == {"passed": 1, "failed": 1}
    assert [record["outcome"] for record in records[:-1]] == ["done", "done", "failed", "passed"]
    failed = records[2]
    assert (failed["line"], failed["text"], failed["found"]) == (4, "check n == 4", "3")
    assert failed["address"] == failed["last_changed"] == "/n"


def test_commands_of_the_screen_are_skipped_with_a_note(tmp_path: Path) -> None:
    path = written(tmp_path, "focus-next\nuntil n\nexpect n == 3\n")
    result = run(path)
    assert result.exit_code == 0
    assert result.stderr == f"{path}:3: focus-next belongs to the screen: skipped\n"


def test_ascii_alone_can_be_asked_for(tmp_path: Path) -> None:
    result = run("--ascii", written(tmp_path, "until n\nexpect (np.ones(2) > 0)\n"))
    assert result.stdout.isascii()
    assert "np.all(...)" in result.stdout
