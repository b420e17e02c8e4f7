"""What every verb that answers in plain text has in common: errors, streams, exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tui.ascii import ascii_line

if TYPE_CHECKING:
    from stepnet.session.session import Session
    from tui.settings import Settings

CLAIM_WRONG = EXPECTATION_FAILED = 1
UNUSABLE = 2
SCRIPT_RAISED = 3


class Failure(click.ClickException):
    """What was asked for cannot be done: a text like a compiler's, exit status 2."""

    exit_code = UNUSABLE

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


@contextmanager
def failures() -> Iterator[None]:
    """Turn every error that a user can cause into a :class:`Failure`."""
    from stepnet.session.errors import CommandError
    from stepnet.source.refusal import SourceError
    from stepnet.source.script import NoSuchScript

    try:
        yield
    except (SourceError, CommandError, NoSuchScript) as error:
        raise Failure(str(error)) from error


def opened(target: str, seed: int | None) -> Session:
    """A session on `target`."""
    from stepnet.session.session import Session

    return Session.open(target, seed=seed)


def settings() -> Settings:
    """What the configuration file says; a mistake in it stops the start."""
    from tui.settings import SettingsError, read_settings

    try:
        return read_settings()
    except SettingsError as error:
        raise Failure(f"error: {error}") from error


def say(text: str) -> None:
    """Narration and errors go to standard error, results to standard output."""
    click.echo(text, err=True)


@contextmanager
def quiet_pipe(ascii_only: bool = False) -> Iterator[Callable[[str], None]]:
    """A function that writes a line; a reader that goes away (``| head``) ends us silently."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    narrow = ascii_only or not encoding.startswith(("utf", "cp65001"))

    def write(line: str) -> None:
        sys.stdout.write((ascii_line(line) if narrow else line) + "\n")

    try:
        yield write
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain again when it closes standard output on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def say_notes(session: Session) -> None:
    """What was done to the script before it could be opened, and the seed it was given."""
    for note in (*session.notes, session.seed_note):
        if note:
            say(note)
