"""The corpus: scripts written by hand for what is hard to get right, and CPython gets right."""

import ast
import re
from pathlib import Path

import pytest

from tests.cpython import names_difference, run_in_cpython

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.py"))


def ending(path: Path) -> tuple[str | None, int | None]:
    """The exception and the line that a script's docstring says it ends with."""
    title = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    said = re.search(r"^Ends with (\w+) on line (\d+)\.$", title, re.MULTILINE)
    return (said[1], int(said[2])) if said else (None, None)


def test_there_is_a_corpus() -> None:
    assert len(CORPUS) >= 12
    assert sum(ending(path) != (None, None) for path in CORPUS) >= 2


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_ends_as_it_says(path: Path) -> None:
    run = run_in_cpython(path)
    found = None if run.error is None else type(run.error).__name__
    assert (found, run.line) == ending(path)
    assert run.output.count("\n") > 3


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_does_the_same_twice(path: Path) -> None:
    first, second = run_in_cpython(path), run_in_cpython(path)
    assert first.output == second.output
    assert names_difference(first.names, second.names) is None


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_is_short_and_says_what_it_is_about(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 80
    assert source.startswith('"""')
