"""The scenarios as texts: what they import and use, and that no statement goes without a word."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.recording import ROOT, SCENARIOS, TRAINING, path, run, source

MARKER = re.compile(r"# %% (\w+)(: \S.*|$)")
PHASES = {
    *("functions", "data", "parameters", "forward", "loss", "backward", "update", "evaluate"),
}
UNSUPPORTED = (
    *(ast.ClassDef, ast.Try, ast.With, ast.AnnAssign, ast.Global, ast.Nonlocal, ast.Delete),
    *(ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.Await, ast.Match, ast.GeneratorExp, ast.Assert),
)
every_scenario = pytest.mark.parametrize("scenario", SCENARIOS)


@every_scenario
def test_a_scenario_runs_from_any_directory(scenario: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(path(scenario))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == run(scenario).output
    assert done.stderr == ""


@every_scenario
def test_a_scenario_imports_numpy_and_the_standard_library_only(scenario: str) -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(source(scenario)))
        for name in _imported(node)
    }
    assert "numpy" in imported
    assert imported - {"numpy"} <= set(sys.stdlib_module_names)


@every_scenario
def test_a_scenario_is_written_in_the_plainest_python(scenario: str) -> None:
    for node in ast.walk(ast.parse(source(scenario))):
        assert not isinstance(node, UNSUPPORTED), f"line {node.lineno}"
        if isinstance(node, ast.Name) and node.id.startswith("_"):
            assert node.id == "__file__", f"line {node.lineno}"
        if isinstance(node, ast.Attribute):
            assert not node.attr.startswith("_"), f"line {node.lineno}"
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
            assert not any(argument.annotation for argument in node.args.args)


@every_scenario
def test_a_scenario_introduces_itself_and_names_its_source(scenario: str) -> None:
    docstring = ast.get_docstring(ast.parse(source(scenario)))
    assert docstring is not None
    title, blank, *introduction = docstring.splitlines()
    assert re.fullmatch(r"[A-Z][^.]{5,70}\.", title)
    assert blank == ""
    assert introduction[-2] == ""
    assert re.match(r"Source: \S.*\.$", introduction[-1])
    assert 3 <= len(introduction) - 2 <= 8


@every_scenario
def test_a_scenario_marks_its_phases(scenario: str) -> None:
    marked = set()
    for text in re.findall(r"^ *(# ?%%.*)$", source(scenario), re.MULTILINE):
        found = MARKER.fullmatch(text)
        assert found, text
        marked.add(found[1])
    assert marked <= PHASES
    assert {"data", "forward", "loss", "backward", "evaluate"} <= marked
    assert scenario not in TRAINING or {"parameters", "update"} <= marked


@every_scenario
def test_every_statement_has_a_comment(scenario: str) -> None:
    assert list(_uncommented(source(scenario))) == []


@every_scenario
def test_no_line_is_longer_than_a_screen(scenario: str) -> None:
    assert max(map(len, source(scenario).splitlines())) <= 100


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("a = 1  # why", []),
        ("# why\na = 1", []),
        ("# why\na = 1\nb = 2", ["b = 2"]),
        ("# %% forward\na = 1", ["a = 1"]),
        ("a = 1  # (3, 1)", ["a = 1"]),
        ("# why\na = 1  #: dL/dW", []),
        ("a = 1  #: dL/dW", ["a = 1"]),
        ("a = [\n    1,  # why\n]", []),
        ("for i in range(3):\n    a = i  # why", ["for i in range(3):"]),
    ],
)
def test_a_missing_comment_is_found(text: str, missing: list[str]) -> None:
    assert list(_uncommented(text)) == missing


def test_the_data_keep_their_attribution() -> None:
    data = ROOT / "scenarios" / "data"
    text = (data / "README.md").read_text(encoding="utf-8")
    assert "doi 10.1016/j.watres.2021.117001" in text
    assert "AI4Water 1.6 (MIT)" in text
    assert len((data / "busan_beach.csv").read_text(encoding="utf-8").splitlines()) == 1447


def _imported(node: ast.AST) -> list[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "."]
    return []


def _uncommented(text: str) -> Iterator[str]:
    """The first lines of the statements that have no comment beside or directly above them."""
    beside, alone = _comments(text)
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.stmt) or _is_docstring(node):
            continue
        body: list[ast.stmt] = getattr(node, "body", [])
        end = body[0].lineno - 1 if body else (node.end_lineno or node.lineno)
        spanned = any(line in beside for line in range(node.lineno, end + 1))
        if not spanned and node.lineno - 1 not in alone:
            yield ast.unparse(node).splitlines()[0]


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _comments(text: str) -> tuple[set[int], set[int]]:
    """The lines with a comment that says something: behind code, and alone on the line."""
    beside: set[int] = set()
    alone: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and _says_something(token.string):
            line, column = token.start
            (beside if token.line[:column].strip() else alone).add(line)
    return beside, alone


def _says_something(comment: str) -> bool:
    """Neither a phase marker, nor a bare claim `#: dL/dW`, nor a shape without a word."""
    if comment.startswith(("# %%", "#:")):
        return False
    return re.search(r"[^\W\d]", comment) is not None or "@" in comment
