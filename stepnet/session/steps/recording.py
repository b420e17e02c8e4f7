"""Writing down what is done, with what was seen, as a ``.steps`` script that replays it.

Every command is written as soon as it has been carried out, so that nothing is lost whatever
happens; behind it stands what there was to see: where the program came to stand and why, the loss,
the shapes of what the statement changed, verdicts that are known.
"""

from __future__ import annotations

import json
import math
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stepnet.machine.event import latest
from stepnet.session.asking import value_here
from stepnet.session.errors import CommandError
from stepnet.session.prompt import BY_NAME
from stepnet.session.steps.grammar import THROUGH, VERSION
from stepnet.session.target import target_of
from stepnet.session.verdicts import gradient_here

if TYPE_CHECKING:
    from stepnet.session.session import Session, Stop
    from stepnet.session.views import Progress

NEAR = "rel 1e-6"
"""How near a recorded float must be on another machine, whose last bits may differ."""
ORDINARY = ("step", "goto", "entry")
"""Reasons for a stop that the command itself explains."""
OFF = "off"


class Recording:
    """A script that is being written."""

    def __init__(self, path: Path, session: Session) -> None:
        """Begin to write; the file must not exist. Raises CommandError if it cannot be written."""
        self.path = path
        self._loss = math.nan
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(f"steps {VERSION}\n")
        except FileExistsError:
            raise CommandError(
                f"{path} exists already", advice="Nothing is overwritten: give another name."
            ) from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}") from None
        self.opened(session)

    def opened(self, session: Session) -> None:
        """A program was opened: from here on it is the one that is recorded.

        Raises CommandError if the script cannot be written.
        """
        seed = "" if session.seed is None else f" seed {session.seed}"
        lines = [f"open {target_of(session, self.path.resolve().parent)}{seed}"]
        lines += _restated(session)
        if session.machine.tick:
            lines.append(f"goto {session.position.address}")
        self._write(lines)
        session.recording = self

    def following(
        self, session: Session, line: str, run: Generator[Progress, None, Stop]
    ) -> Generator[Progress, None, Stop]:
        """The same run, written down when it has ended."""
        tick = session.machine.tick
        try:
            stop = yield from run
        except CommandError as error:
            self._write([f"expect error {json.dumps(error.message, ensure_ascii=False)}: {line}"])
            raise
        except GeneratorExit:
            self._write([f"goto @{session.machine.tick}  # interrupted: {line}"])
            raise
        if session.recording is self and line.partition(" ")[0] != "record":
            self._write([_done(line, stop), *self._seen(session, line, stop, tick)])
        return stop

    def _seen(self, session: Session, line: str, stop: Stop, before: int) -> Iterator[str]:
        word, _, argument = line.partition(" ")
        if stop.reason not in ORDINARY:
            yield f"expect stop == {stop.reason}"
        if word == "check":
            yield from _verdicts(session)
        if word == "print":
            yield from _value(session, argument.strip())
        if session.machine.tick != before:
            yield f"expect at {session.position.address}"
            yield from self._new_loss(session)
            yield from _changes(session)

    def _new_loss(self, session: Session) -> Iterator[str]:
        name = session.program.loss
        value = _asked(session, name) if name else None
        if isinstance(value, float | np.floating) and value != self._loss:
            self._loss = float(value)
            yield from _value(session, name)

    def _write(self, lines: list[str]) -> None:
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write("".join(f"{line}\n" for line in lines))
        except OSError as error:
            raise CommandError(f"{self.path} cannot be written: {error.strerror}") from None


def _restated(session: Session) -> Iterator[str]:
    """What was set before the recording began: the edits of this branch, and where runs stop."""
    for tick, edit in sorted(session.machine.edits.items()):
        yield f"goto @{tick}"
        yield edit.statement.text
    for stopper in session.stoppers:
        yield stopper.written


def record(session: Session, argument: str) -> Generator[None, None, tuple[str, str]]:
    """Begin to write a script, or end it."""
    yield
    was = session.recording
    if argument == OFF:
        if was is None:
            raise CommandError("nothing is being recorded", advice="Write record FILE to begin.")
        session.recording = None
        return session.stop.reason, f"recorded in {was.path}"
    path = Path(argument).expanduser()
    Recording(path if path.suffix else path.with_suffix(".steps"), session)
    return session.stop.reason, f"recording to {session.recording and session.recording.path}"


def _done(line: str, stop: Stop) -> str:
    """The command, and where it was allowed to get to."""
    name = BY_NAME[line.partition(" ")[0]].name
    far = THROUGH.get(name, "")
    arrived = stop.reason == ("end" if far == "to end" else "entry")
    return f"{name} {far}" if far and arrived else line


def _verdicts(session: Session) -> Iterator[str]:
    for name in dict.fromkeys(finding.name for finding in session.claims()):
        verdict = gradient_here(session, name).verdict
        if " " not in verdict and name.isidentifier():
            yield f"expect {name} is {verdict}"


def _changes(session: Session) -> Iterator[str]:
    """Shapes of what the last statement assigned, and the verdict on it if that is known."""
    event = latest(session.machine)
    if event is None or not event.instruction.completes:
        return
    for name in event.statement.targets:
        value = _asked(session, name)
        if isinstance(value, np.ndarray):
            yield f"expect shape {name} == {value.shape}"
    finding = session.verdicts.of(session, event.statement)
    if finding is not None and " " not in finding.verdict and finding.name.isidentifier():
        yield f"expect {finding.name} is {finding.verdict}"


def _value(session: Session, expression: str) -> Iterator[str]:
    """What was seen of a value: a number as near as can be asked for, else its shape."""
    value = _asked(session, expression)
    if isinstance(value, np.ndarray):
        yield f"expect shape {expression} == {value.shape}"
    elif isinstance(value, float | np.floating):
        if math.isfinite(value):
            yield f"expect {expression} ~= {float(value)!r} {NEAR}"
        else:
            yield f"expect {expression} is not finite"
    elif isinstance(value, bool | int | np.integer | np.bool_):
        yield f"expect {expression} == {value!s}"
    elif isinstance(value, str) and "\n" not in value:
        yield f"expect {expression} == {value!r}"


def _asked(session: Session, expression: str) -> object:
    try:
        return value_here(session, expression)
    except CommandError:
        return None
