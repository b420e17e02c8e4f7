"""What every verb that answers in plain text has in common: errors, streams, exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tui.ascii import ascii_line
from tui.limits import given_limits, supervise

if TYPE_CHECKING:
    from stepnet.machine.world import Given
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


class Raised(Failure):
    """The script itself stands in the way: exit status 3."""

    exit_code = SCRIPT_RAISED


@contextmanager
def failures() -> Iterator[None]:
    """Turn every error that a user can cause into a :class:`Failure`."""
    from stepnet.session.errors import CommandError, ScriptRaised
    from stepnet.source.refusal import SourceError
    from stepnet.source.script import NoSuchScript

    try:
        yield
    except ScriptRaised as error:
        raise Raised(str(error)) from error
    except (SourceError, CommandError, NoSuchScript) as error:
        raise Failure(str(error)) from error


def opened(target: str, seed: int | None, *, headless: bool = True) -> Session:
    """A session on `target`; without a screen the script is answered from standard input."""
    from stepnet.session.session import Session

    return Session.open(target, seed=seed, given=given(headless=headless))


ARGUMENTS = "stepnet.arguments"
"""Where the command line keeps what follows ``--``: the script's own arguments."""


def given(*, headless: bool = True) -> Given:
    """What the command line gives to a script: arguments, answers and limits."""
    from stepnet.machine.world import Given, nobody

    context = click.get_current_context(silent=True)
    arguments = context.meta.get(ARGUMENTS, ()) if context is not None else ()
    limits = given_limits()
    if headless:
        supervise(limits.seconds)
    return Given(tuple(arguments), answered if headless else nobody, limits)


def answered() -> str:
    """A line from standard input.

    Raises EOFError where there is none left.
    """
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")


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
