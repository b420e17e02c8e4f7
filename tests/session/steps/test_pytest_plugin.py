"""pytest collects scripts as tests, and takes no notice of anybody else's files."""

import subprocess
import sys
from pathlib import Path

from tests.session.steps.playing import written

ROOT = Path(__file__).parents[3]
PLUGIN = "stepnet.session.steps.pytest_plugin"


def pytest_on(folder: Path, *arguments: str) -> str:
    """What pytest says in a folder."""
    command = [sys.executable, "-m", "pytest", "-p", PLUGIN, "-p", "no:cacheprovider", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PATH": ""}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr


def test_scripts_are_tests_and_failures_are_readable(tmp_path: Path) -> None:
    written(tmp_path, "until n\nexpect n == 3\n", "right.steps")
    written(tmp_path, "until n\nexpect n == 4\n", "wrong.steps")
    written(tmp_path, "stpe\n", "unread.steps")
    (tmp_path / "other.steps").write_text("Given a cucumber\n", encoding="utf-8")
    said = pytest_on(tmp_path)
    assert "1 passed" in said
    assert "2 failed" in said
    assert (
        "wrong.steps:4:8: n is not 4\n    expect n == 4\n           ^^^^^^\n  found     3" in said
    )
    assert "unread.steps:3:1: no command is called 'stpe'" in said
    assert "Traceback" not in said
    assert "cucumber" not in said


def test_whoever_has_no_script_pays_next_to_nothing() -> None:
    check = (
        f"import sys, {PLUGIN}; print('numpy' in sys.modules or 'stepnet.machine' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "False"
