"""A ``.steps`` script that has been read: its lines, and what each of them does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stepnet.session.command import Command
from stepnet.session.steps.expectation import Expectation


@dataclass(frozen=True, eq=False)
class Source:
    """One file, as it was given."""

    name: str
    """The path as the user knows it."""
    path: Path
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Open:
    """``open TARGET seed 3``: step through another program from here on."""

    target: str
    """A built-in name or an absolute path."""
    seed: int | None


@dataclass(frozen=True, eq=False)
class Do:
    """A command of the debugger."""

    command: Command
    argument: str
    through: bool = False
    """``to end``, ``to start``: it has to run through, and nothing may stop it."""

    @property
    def text(self) -> str:
        """The command line."""
        return f"{self.command.name} {self.argument}".strip()


@dataclass(frozen=True)
class Expect:
    """``expect`` and ``check``."""

    what: Expectation
    text: str
    goes_on: bool
    """A failure is recorded, and the script goes on."""


@dataclass(frozen=True, eq=False)
class Step:
    """One line that does something."""

    source: Source
    line: int
    """Counted from 1."""
    column: int
    """Of what matters on it, counted from 0."""
    width: int
    does: Open | Do | Expect

    @property
    def text(self) -> str:
        """The line as it is written, without blanks around it and without its comment."""
        from stepnet.session.steps.scan import without_comment

        return without_comment(self.source.lines[self.line - 1]).strip()


class StepsError(Exception):
    """A script that cannot be read: everything that is wrong with it, as a compiler says it."""
