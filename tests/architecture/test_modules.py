"""What every module keeps to: one idea a file, and a word on everything that is public."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 400
MODULES = sorted(path for package in ("stepnet", "tui") for path in (ROOT / package).rglob("*.py"))
OURS = sorted(path for path in (ROOT / "tests").rglob("*.py") if "corpus" not in path.parts)

HANDLER = re.compile(r"(on|watch|validate|compute)_")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def defined(node: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, Definition]]:
    """Every public function, class and method, by its name within the module."""
    for inner in node.body:
        if isinstance(inner, Definition) and not inner.name.startswith("_"):
            yield prefix + inner.name, inner
            if isinstance(inner, ast.ClassDef):
                yield from defined(inner, f"{prefix}{inner.name}.")


def said_elsewhere(path: Path, name: str, node: Definition) -> bool:
    """Whether somebody else's docstring speaks for this one.

    An override is what the method says that it overrides; a handler that Textual calls by its
    name (`on_key`, `watch_tick`) and the setter of a property are what their names say.
    """
    marks = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    if marks & {"overload", "setter", "deleter"} or HANDLER.match(node.name):
        return True
    parts = [part for part in path.relative_to(ROOT).with_suffix("").parts if part != "__init__"]
    found: object = importlib.import_module(".".join(parts))
    *classes, method = name.split(".")
    for each in classes:
        found = getattr(found, each)
    return isinstance(found, type) and any(method in vars(base) for base in found.__mro__[1:])


def test_there_are_modules() -> None:
    assert len(MODULES) > 10


@pytest.mark.parametrize("path", MODULES + OURS, ids=name_of)
def test_a_file_that_passes_four_hundred_lines_is_two_files(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_everything_public_says_what_it_is(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"))
    silent = [
        f"line {node.lineno}: {name}"
        for name, node in defined(module)
        if not ast.get_docstring(node) and not said_elsewhere(path, name, node)
    ]
    if not ast.get_docstring(module):
        silent.insert(0, "the module itself")
    assert not silent, "no docstring: " + ", ".join(silent)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_named_for_being_left_over(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "misc", "common"}
