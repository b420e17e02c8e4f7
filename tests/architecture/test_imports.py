"""What comes in with what: the debugger has no face, and a headless verb needs none.

import-linter reads the imports as they are written; these tests look at what is loaded, by
asking a fresh interpreter for its `sys.modules`.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FACES = {"textual", "rich", "click", "tui", "scenarios"}

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys
import stepnet
for module in pkgutil.walk_packages(stepnet.__path__, "stepnet."):
    importlib.import_module(module.name)
print(*sorted(sys.modules))
"""
RUN_A_VERB = """
import sys
from tui.cli import main
try:
    main({arguments!r}, standalone_mode=False)
except SystemExit as leaving:
    assert not leaving.code, leaving.code
print("loaded:", *sorted(sys.modules))
"""


def loaded(source: str) -> set[str]:
    """The names of the top-level packages that a fresh interpreter has loaded by the end."""
    command = [sys.executable, "-c", source]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_the_debugger_loads_no_face() -> None:
    names = loaded(IMPORT_EVERYTHING)
    assert {"stepnet", "numpy"} <= names
    assert not names & FACES


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "--json"],
        ["trace", "trask_neuron", "--to", "1"],
        ["--version"],
        ["replay", "tests/steps/trask_neuron.steps"],
    ],
    ids=" ".join,
)
def test_a_headless_verb_does_not_load_textual(arguments: list[str]) -> None:
    names = loaded(RUN_A_VERB.format(arguments=arguments))
    assert "tui" in names
    assert "textual" not in names
