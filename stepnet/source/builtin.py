"""The scenarios that come with stepnet, for a list to choose from."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from stepnet.source.script import builtin_paths, open_script


@dataclass(frozen=True)
class Scenario:
    """A built-in script, described."""

    name: str
    title: str
    introduction: str
    source: str
    """Where it comes from."""
    path: Path
    lines: int
    statements: int


def builtin_scenarios() -> tuple[Scenario, ...]:
    """Every built-in scenario, in alphabetical order; reads the files, runs nothing."""
    return tuple(_described(name) for name in builtin_paths())


def _described(name: str) -> Scenario:
    script = open_script(name)
    statements = sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(script.text)))
    return Scenario(
        name, script.title, script.introduction, script.source, script.path,
        len(script.lines), statements,
    )  # fmt: skip
