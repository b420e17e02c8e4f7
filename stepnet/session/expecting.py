"""The commands of scripts that can be typed as well: what must hold here, and what to record."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from stepnet.session.errors import CommandError

if TYPE_CHECKING:
    from stepnet.session.session import Session

Done = Generator[None, None, tuple[str, str]]


def expect(session: Session, argument: str) -> Done:
    """See whether something holds where the program stands.

    Raises CommandError where it does not, or cannot be read.
    """
    # The language of scripts is loaded when it is needed: most sessions have none.
    from stepnet.session.steps.expectation import Misread, expectation
    from stepnet.session.steps.judge import judged

    yield
    try:
        what = expectation(argument)
    except Misread as error:
        raise CommandError(error.message, argument, error.column, error.advice) from None
    failure = judged(session, what)
    if failure is None:
        return session.stop.reason, f"it holds: {argument}"
    told = [failure.message]
    told += [f"  found {failure.found}"] if failure.found else []
    told += [f"  {failure.off}"] if failure.off else []
    raise CommandError("\n".join(told), advice=failure.advice)


def record(session: Session, argument: str) -> Done:
    """Write down what is done from here on, or end that."""
    from stepnet.session.steps.recording import record

    return (yield from record(session, argument))
