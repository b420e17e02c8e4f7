"""Playing a ``.steps`` script: each line carried out, each expectation judged.

Everything runs through the same `Session.perform` that keys and the ``:`` prompt use.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stepnet.machine.event import latest
from stepnet.session.errors import CommandError
from stepnet.session.position import fault_text
from stepnet.session.steps.expectation import Said
from stepnet.session.steps.grammar import THROUGH
from stepnet.session.steps.judge import Failure, judged
from stepnet.session.steps.last_change import last_change
from stepnet.session.steps.script import Do, Expect, Open, Step
from stepnet.session.target import target_of

if TYPE_CHECKING:
    from stepnet.machine.world import Given
    from stepnet.session.session import Session, Stop
    from stepnet.session.views import Progress


@dataclass(frozen=True)
class Standing:
    """Where the program stood when a line failed."""

    address: str
    line: int
    """Of the program's script; 0 before anything has run."""
    at: str
    """The line in a sentence: ``line 12``, ``cell 3, line 2``."""
    statement: str
    changed: str
    """The address at which the value in question last changed; ``""`` if that is not known."""
    command: str
    """What opens it there."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one line."""

    step: Step
    word: str
    """``passed`` or ``failed`` for what is expected, ``done`` or ``skipped`` for the rest."""
    failure: Failure | None = None
    standing: Standing | None = None
    raised: bool = False
    """The program under the debugger raised where nobody expected it to."""

    @property
    def ends(self) -> bool:
        """Is the script over with this?"""
        does = self.step.does
        return self.word == "failed" and not (isinstance(does, Expect) and does.goes_on)


def replayed(steps: Sequence[Step], given: Given | None = None) -> Iterator[Outcome]:
    """Play a script without a screen, from its first line to its last or to where it fails.

    Raises SourceError for a program that cannot be opened.
    """
    session: Session | None = None
    for number, step in enumerate(steps):
        if isinstance(step.does, Open):
            session = opened(step.does, given)
            yield Outcome(step, "done")
            continue
        assert session is not None, "a script that was read begins with what it opens"
        run = carried_out(session, step, steps[number + 1 : number + 2])
        outcome = _exhausted(run)
        yield outcome
        if outcome.ends:
            return


def opened(what: Open, given: Given | None = None) -> Session:
    """A session on what a script opens. Raises SourceError, NoSuchScript."""
    from stepnet.session.session import Session

    return Session.open(what.target, seed=what.seed, given=given)


def carried_out(
    session: Session, step: Step, following: Sequence[Step] = ()
) -> Generator[Progress, None, Outcome]:
    """Carry out one line on a session; `following` is the line behind it, if there is one."""
    does = step.does
    if isinstance(does, Expect):
        failure = judged(session, does.what)
        if failure is None:
            return Outcome(step, "passed")
        return Outcome(step, "failed", failure, standing(session, failure))
    assert isinstance(does, Do)
    if does.command.does is None:
        return Outcome(step, "skipped")
    return (yield from _commanded(session, step, does, following))


def _commanded(
    session: Session, step: Step, does: Do, following: Sequence[Step]
) -> Generator[Progress, None, Outcome]:
    was_broken = session.machine.fault is not None
    try:
        stop = yield from session.perform(does.text)
    except CommandError as error:
        failure = Failure(error.message, advice=error.advice)
        return Outcome(step, "failed", failure, standing(session, failure))
    if stop.reason == "exception" and not was_broken and not _is_expected(following):
        advice = "Write expect stop == exception behind it if it should."
        failure = Failure("the program raised", fault_text(session, ""), advice=advice)
        return Outcome(step, "failed", failure, standing(session, failure), raised=True)
    failure_ = _through(stop, does)
    if failure_ is not None:
        return Outcome(step, "failed", failure_, standing(session, failure_))
    return Outcome(step, "done")


def _is_expected(following: Sequence[Step]) -> bool:
    """Does the next line say that the program has raised?"""
    return any(
        isinstance(step.does, Expect) and step.does.what == Said("stop", "==", "exception")
        for step in following
    )


def _through(stop: Stop, does: Do) -> Failure | None:
    """What is wrong with where a ``continue`` has stopped."""
    name = does.command.name
    if name not in THROUGH or stop.reason == "exception":
        return None
    far = THROUGH[name].partition(" ")[2]
    arrived = stop.reason == ("end" if far == "end" else "entry")
    if arrived and not does.through:
        advice = f"Write {name} {THROUGH[name]} if it should get there."
        return Failure(f"nothing stopped it before the {far}", advice=advice)
    if does.through and not arrived:
        return Failure(f"it was stopped before the {far}", f"{stop.reason} at {stop.address}", far)
    return None


def standing(session: Session, failure: Failure) -> Standing:
    """Where the program stands, and how to see it there."""
    address = session.position.address
    event = latest(session.machine)
    return Standing(
        address=address,
        line=event.statement.line if event else 0,
        at=event.statement.at if event else "",
        statement=" ".join(event.statement.text.split()) if event else "",
        changed=last_change(session, failure.about) if failure.about else "",
        command=f"stepnet {target_of(session)} --at {address}" + _seeded(session),
    )


def _seeded(session: Session) -> str:
    return "" if session.seed is None else f" --seed {session.seed}"


def _exhausted(run: Generator[Progress, None, Outcome]) -> Outcome:
    while True:
        try:
            next(run)
        except StopIteration as done:
            outcome: Outcome = done.value
            return outcome
