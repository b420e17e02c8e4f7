"""Does what a script expects hold here? If not: what was found instead, and how far off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.explain.shapes import shape_of
from stepnet.session.asking import value_here
from stepnet.session.errors import CommandError
from stepnet.session.excursion import excursion
from stepnet.session.steps.compare import (
    Difference,
    NotComparable,
    near,
    ordered,
    same_bits,
    shown,
)
from stepnet.session.steps.expectation import (
    At,
    Changed,
    Compared,
    Expectation,
    Is,
    Kind,
    Near,
    Prints,
    Refused,
    Said,
    Truth,
)
from stepnet.session.stops.frozen import UNSET, frozen
from stepnet.session.verdicts import gradient_here

if TYPE_CHECKING:
    from stepnet.session.session import Session


@dataclass(frozen=True)
class Failure:
    """What does not hold, told for people."""

    message: str
    found: str = ""
    expected: str = ""
    off: str = ""
    advice: str = ""
    about: str = ""
    """The expression whose value was found; it is told when that last changed."""


def judged(session: Session, what: Expectation) -> Failure | None:
    """None where the expectation holds; the program stands where it stood."""
    judge = _JUDGES[type(what)]
    try:
        return judge(session, what)
    except CommandError as error:
        return Failure(error.message, advice=error.advice)
    except NotComparable as error:
        return Failure(error.message, advice=error.advice, about=getattr(what, "left", ""))


def _near(session: Session, what: Near) -> Failure | None:
    left, right = value_here(session, what.left), value_here(session, what.right)
    difference = near(left, right, what.tolerance, relative=what.relative)
    expected = f"{_written(what.right, right)} {what.bound}"
    return _failed(difference, what.left, f"is not {what.right} {what.bound}", expected)


def _compared(session: Session, what: Compared) -> Failure | None:
    left, right = value_here(session, what.left), value_here(session, what.right)
    if what.operator == "bits ==":
        difference = same_bits(left, right)
    else:
        difference = ordered(left, what.operator, right)
    expected = _written(what.right, right)
    if what.operator not in ("==", "bits =="):
        expected = f"{what.operator} {expected}"
    return _failed(difference, what.left, f"{_FAILS[what.operator]} {what.right}", expected)


_FAILS = {
    "==": "is not", "bits ==": "is not bit for bit", "!=": "is", "<": "is not below",
    "<=": "is above", ">": "is not above", ">=": "is below",
}  # fmt: skip


def _failed(difference: Difference | None, about: str, fails: str, expected: str) -> Failure | None:
    if difference is None:
        return None
    return Failure(f"{about} {fails}", difference.found, expected, difference.off, about=about)


def _written(text: str, value: object) -> str:
    """What was expected: its value, and how it was written if that says more."""
    told = shown(value)
    return told if "".join(told.split()) == "".join(text.split()) else f"{told}, as {text}"


def _kind(session: Session, what: Kind) -> Failure | None:
    value = value_here(session, what.of)
    if what.kind == "shape":
        found, wanted = str(np.shape(_sized(value))), "".join(what.right.split())
        same = "".join(found.split()) == wanted
    else:
        found = str(getattr(value, "dtype", type(value).__name__))
        same = found == what.right
    if same == (what.operator == "=="):
        return None
    verb = "is not" if what.operator == "==" else "is"
    return Failure(
        f"the {what.kind} of {what.of} {verb} {what.right}", found, what.right, about=what.of
    )


def _sized(value: object) -> Any:
    """A value that has a shape; what has none is refused."""
    if not shape_of(value):
        raise NotComparable(f"{shown(value)} has no shape")
    return value


def _said(session: Session, what: Said) -> Failure | None:
    found = session.stop.reason if what.subject == "stop" else session.position.phase
    if (found == what.word) == (what.operator == "=="):
        return None
    verb = "is not" if what.operator == "==" else "is"
    return Failure(
        f"{what.subject} {verb} {what.word}", found or "none", what.word, session.stop.text
    )


def _at(session: Session, what: At) -> Failure | None:
    here = session.position.address
    if what.address == here:
        return None
    tick = session.machine.tick
    try:
        with excursion(session.machine) as go:
            if go(what.address) == tick:
                return None
    except CommandError:
        pass  # there is no such moment, so this is not it
    return Failure(f"the program is not at {what.address}", here, what.address)


def _changed(session: Session, what: Changed) -> Failure | None:
    machine = session.machine
    now = frozen(value_here(session, what.expression))
    before: object = UNSET
    if machine.tick:
        with excursion(machine) as go:
            go(f"@{machine.tick - 1}")
            try:
                before = frozen(value_here(session, what.expression))
            except CommandError:
                before = UNSET
    if (before != now) == what.wanted:
        return None
    verb = "did not change" if what.wanted else "changed"
    return Failure(
        f"{what.expression} {verb} here",
        shown(value_here(session, what.expression)),
        about=what.expression,
    )


def _is(session: Session, what: Is) -> Failure | None:
    negation = "" if what.wanted else "not "
    if what.word == "finite":
        value = value_here(session, what.expression)
        found = bool(np.isfinite(_numeric(value)).all())
        told, off = shown(value), ""
    else:
        finding = gradient_here(session, what.expression)
        told, off = finding.verdict, finding.reason
        found = told == what.word
    if found == what.wanted:
        return None
    verb = "is not" if what.wanted else "is"
    return Failure(
        f"{what.expression} {verb} {what.word}", told, f"{negation}{what.word}", off,
        about=what.expression,
    )  # fmt: skip


def _numeric(value: object) -> np.ndarray:
    numbers = np.asarray(value)
    if numbers.dtype.kind not in "fciub":
        raise NotComparable(f"{shown(value)} is no number")
    return numbers


def _prints(session: Session, what: Prints) -> Failure | None:
    if what.subject == "stop":
        told = session.stop.text or "nothing"
        wrong = Failure("the stop does not say it", told, repr(what.text))
        return None if what.text in session.stop.text else wrong
    output = session.machine.output
    if what.text in output:
        return None
    last = output.splitlines()[-1:] or ["nothing"]
    return Failure("the output does not contain it", f"{last[0]!r} last", repr(what.text))


def _refused(session: Session, what: Refused) -> Failure | None:
    tick = session.machine.tick
    try:
        stop = session.do(what.command)
    except CommandError as error:
        if what.text in str(error):
            return None
        return Failure("another error", error.message, what.text)
    return Failure(
        "there was no error",
        f"{stop.reason} at {stop.address}" if session.machine.tick != tick else stop.text or "none",
        what.text,
    )


def _truth(session: Session, what: Truth) -> Failure | None:
    value = value_here(session, what.expression)
    try:
        if bool(value):
            return None
    except ValueError:
        advice = "Write np.all(...) or np.any(...) around it."
        raise NotComparable("an array is neither true nor false", advice) from None
    return Failure(f"{what.expression} does not hold", shown(value), "true", about=what.expression)


_JUDGES: dict[type, Callable[[Session, Any], Failure | None]] = {
    Near: _near,
    Compared: _compared,
    Kind: _kind,
    Said: _said,
    At: _at,
    Changed: _changed,
    Is: _is,
    Prints: _prints,
    Refused: _refused,
    Truth: _truth,
}
