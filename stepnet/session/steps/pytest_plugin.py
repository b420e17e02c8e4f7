"""Lets pytest collect ``.steps`` scripts as tests; loaded by its entry point ``pytest11``.

Whoever has no such file pays for this module alone: the rest is loaded when one is found. A file
with that ending that does not begin with ``steps`` is somebody else's, and left alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from _pytest._code.code import ExceptionInfo, TerminalRepr


class StepsFailed(Exception):
    """A script was played, and something did not hold; the text tells it all."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of ours is a test module of one test."""
    if file_path.suffix != ".steps":
        return None
    if not (parent.session.isinitpath(file_path) or is_script(file_path)):
        return None
    return StepsFile.from_parent(parent, path=file_path)


def is_script(path: Path) -> bool:
    """Does a file begin with our header?"""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            words = (line.split() for line in file)
            first = next((found for found in words if found and found[0][0] != "#"), [])
    except OSError:
        return False
    return first[:1] == ["steps"]


class StepsFile(pytest.File):
    """A ``.steps`` script."""

    def collect(self) -> Iterator[pytest.Item]:
        yield StepsItem.from_parent(self, name=self.path.stem)


class StepsItem(pytest.Item):
    """Playing one script."""

    def runtest(self) -> None:
        from stepnet.session.steps.grammar import read_steps
        from stepnet.session.steps.replay import replayed
        from stepnet.session.steps.script import StepsError
        from stepnet.session.steps.told import failure_text
        from stepnet.source.refusal import SourceError
        from stepnet.source.script import NoSuchScript

        try:
            steps = read_steps(self.path, os.path.relpath(self.path))
            failed = [outcome for outcome in replayed(steps) if outcome.word == "failed"]
        except (StepsError, SourceError, NoSuchScript, OSError) as error:
            raise StepsFailed(str(error)) from error
        if failed:
            raise StepsFailed("\n".join(map(failure_text, failed)))

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], *_: Any) -> str | TerminalRepr:
        if isinstance(excinfo.value, StepsFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"steps: {self.name}"
