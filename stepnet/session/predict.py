"""Predicting what a statement gives: the questions it asks, and what an answer is worth.

A question is asked after a statement has run and before its result is shown. Every array asks for
its shape; a gradient also for the sign or the value of one of its entries, where its terms are few
enough to be added up in one's head.
"""

from __future__ import annotations

import ast
import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.explain.shapes import shape_of, written
from stepnet.machine.event import latest
from stepnet.session.answers import parsed_number, parsed_shape, parsed_sign
from stepnet.session.entry_views import EntryView, OperandView
from stepnet.session.errors import CommandError
from stepnet.session.step_pane import whole_step_view
from stepnet.session.views import StepView
from stepnet.source.instruction import Run
from stepnet.source.place import value_at

if TYPE_CHECKING:
    from stepnet.session.session import Session

MOST_TERMS = 6
"""Terms of an entry up to which its sign or value is asked for."""
SHARE = 0.05
"""Of an entry's size, how far an answer may be off."""
PLAIN = re.compile(r"[\w.]+(\(.*\))?(\[.*\])?")
"""What can be indexed as it is written."""
SIGNS = {1: "positive", -1: "negative", 0: "zero"}
HINTS = {
    "shape": "Type a shape: (4,1), 4x1 or 4 1; (4,) for a vector, () for a number.",
    "sign": "Type + or -, positive or negative, or 0.",
    "value": "Type a number: -0.25, 1/4, 2e-3.",
}


@dataclass(frozen=True, eq=False)
class Question:
    """One thing to predict about the statement that has just run."""

    address: str
    line: int
    statement: str
    name: str
    """Whose result it asks for."""
    asks: str
    """``shape``, ``sign`` or ``value``."""
    entry: tuple[int, ...]
    """The entry it asks for; empty for a shape, and for a number."""
    given: tuple[str, ...]
    """What is known: ``X.T (3,4)``, or the entries that take part, with their values."""
    truth: tuple[int, ...] | float
    tolerance: float
    """How far a value may be off; 0 for what is exact."""
    reason: str
    """Why it is what it is: the shape arithmetic, or the terms."""

    @property
    def text(self) -> str:
        """The question in a few words: ``shape of dE_dw``."""
        if self.asks == "shape":
            return f"shape of {self.name}"
        about = f" (±{self.tolerance:g} counts as right)" if self.asks == "value" else ""
        return f"{self.asks} of {self.what}{about}"

    @property
    def what(self) -> str:
        """``dE_dw`` or ``dE_dw[0,0]``."""
        return f"{self.name}[{','.join(map(str, self.entry))}]" if self.entry else self.name

    @property
    def answer(self) -> str:
        """The right answer, as it is shown."""
        if isinstance(self.truth, tuple):
            return written(self.truth)
        if self.asks == "sign":
            return SIGNS[(self.truth > 0) - (self.truth < 0)]
        return f"{self.truth:.4g}"


@dataclass(frozen=True)
class Judgement:
    """What an answer is worth."""

    right: bool | None
    """None where it could not be read: it does not count."""
    text: str
    """Right or wrong and why, or how to write an answer."""


@dataclass(frozen=True)
class Score:
    """How many answers were right."""

    right: int = 0
    answered: int = 0
    skipped: int = 0

    def after(self, judgement: Judgement | None) -> Score:
        """The score with one more answer; None for a question that was skipped."""
        if judgement is None:
            return replace(self, skipped=self.skipped + 1)
        if judgement.right is None:
            return self
        return replace(self, right=self.right + judgement.right, answered=self.answered + 1)

    @property
    def text(self) -> str:
        """``3 of 4 right, 1 skipped``."""
        told = f"{self.right} of {self.answered} right"
        return f"{told}, {self.skipped} skipped" if self.skipped else told


def questions(session: Session, seed: int = 0) -> tuple[Question, ...]:
    """What the statement that has just run asks for; nothing where there is nothing to predict."""
    if not can_ask(session):
        return ()
    view = whole_step_view(session)
    if view.kind != "assign" or len(view.results) != 1:
        return ()
    result = view.results[0]
    found = [] if view.before else _shape_questions(session, view)
    if session.roles.of.get(result.text) == "gradient" or view.claim:
        chosen = _entry_question(session, view, random.Random(f"{seed} {session.machine.tick}"))
        found += [chosen] if chosen is not None else []
    return tuple(found)


def can_ask(session: Session) -> bool:
    """Has an array or a computed number just been assigned?"""
    event = latest(session.machine)
    if event is None or session.machine.fault is not None or not event.instruction.completes:
        return False
    statement = event.statement
    if not isinstance(event.instruction, Run) or len(statement.targets) != 1:
        return False
    node = getattr(statement.node, "value", None)
    value = value_at(event.frame.scope, statement.targets[0])
    if isinstance(value, np.ndarray):
        return bool(value.size) and value.dtype.kind in "fiub"
    computed = isinstance(node, ast.expr) and not isinstance(node, ast.Constant)
    return computed and isinstance(value, float | np.floating)


def judged(question: Question, answer: str) -> Judgement:
    """Is an answer right, and why?"""
    if question.asks == "shape":
        return _judged_shape(question, answer)
    assert isinstance(question.truth, float)
    if question.asks == "sign":
        sign = parsed_sign(answer)
        known = (question.truth > 0) - (question.truth < 0)
        right = None if sign is None else sign == known
    else:
        number = parsed_number(answer)
        off = abs(number - question.truth) if number is not None else math.nan
        right = None if number is None else off <= question.tolerance
    return _told(question, right)


def _judged_shape(question: Question, answer: str) -> Judgement:
    shape = parsed_shape(answer)
    truth = question.truth
    if shape is None or shape == truth or not isinstance(truth, tuple):
        return _told(question, None if shape is None else shape == truth)
    if shape == truth[::-1]:
        hint = f"{written(shape)} is the other way round; "
    elif [part for part in shape if part != 1] == [part for part in truth if part != 1]:
        hint = f"{written(shape)} has the same entries, but {written(truth)} keeps other axes; "
    else:
        hint = ""
    return _told(question, False, hint)


def _told(question: Question, right: bool | None, hint: str = "") -> Judgement:
    if right is None:
        return Judgement(None, HINTS[question.asks])
    word = "Right" if right else "No"
    return Judgement(
        right, f"{word}: {hint}{question.what} is {question.answer}. {question.reason}"
    )


def _shape_questions(session: Session, view: StepView) -> list[Question]:
    """What shape it has; not asked of a number that is made of numbers."""
    result = view.results[0]
    given = tuple(_arrays(session, result.text))
    if result.shape == "()" and not given:
        return []
    told = [" ".join(line.split()) for line in view.arithmetic[-3:]]
    kept = [array for array in given if array.endswith(f" {result.shape}")]
    same = f"; {kept[0].split()[0]} has that shape too" if kept else ""
    reasons = told or [f"{view.statement}{same}"]
    by = view.claim.rpartition("∂")[2]
    of = session.machine.scope.get(by)
    if by and by != result.text and shape_of(of) == result.shape != "()":
        reasons.append(f"a gradient has the shape of what it is taken by: {by} is {shape_of(of)}")
    asked = Question(
        address=view.address, line=view.line, statement=view.statement, name=result.text,
        asks="shape", entry=(), given=given, truth=np.asarray(result.value).shape, tolerance=0.0,
        reason="; ".join(reasons),
    )  # fmt: skip
    return [asked]


def _arrays(session: Session, result: str) -> Iterator[str]:
    """The arrays that the statement was made from: ``X (4,3)``."""
    event = latest(session.machine)
    assert event is not None
    node = getattr(event.statement.node, "value", None)
    found = [part for part in ast.walk(node) if isinstance(part, ast.Name)] if node else []
    found.sort(key=lambda part: (part.lineno, part.col_offset))
    for name in dict.fromkeys(part.id for part in found):
        value = event.frame.scope.get(name)
        if name != result and isinstance(value, np.ndarray):
            yield f"{name} {shape_of(value)}"


def _entry_question(session: Session, view: StepView, chance: random.Random) -> Question | None:
    """The sign or the value of one entry, if its terms are few and known."""
    # Explaining an entry needs the rule table, which is loaded when it is needed.
    from stepnet.session.explaining import entry_view

    result = view.results[0]
    array = np.asarray(result.value)
    if array.dtype.kind != "f" or not np.isfinite(array).all():
        return None
    place = np.unravel_index(chance.randrange(array.size), array.shape) if array.ndim else ()
    entry = tuple(int(part) for part in place)
    try:
        told = entry_view(session, result.text, entry)
    except CommandError:
        return None
    if not told.formula or told.count > MOST_TERMS or told.address != view.address:
        return None
    given = _entries(told)
    if not given:
        return None  # it does not depend on anything that is shown
    truth = float(array[entry])
    factors = sum(len(term.factors) for term in told.terms)
    value = bool(truth) and factors > 1 and chance.random() < 0.5
    return Question(
        address=view.address, line=view.line, statement=view.statement, name=result.text,
        asks="value" if value else "sign", entry=entry, given=given, truth=truth,
        tolerance=_tolerance(truth, array) if value else 0.0, reason=_terms(told),
    )  # fmt: skip


def _tolerance(truth: float, array: np.ndarray[Any, Any]) -> float:
    """A round number near a twentieth of the entry, or of a usual entry where that is larger."""
    size = SHARE * max(abs(truth), float(np.abs(array).mean()) / 2)
    return float(f"{size:.0e}")


def _terms(told: EntryView) -> str:
    """``dE_dw[0,0] = Σₙ … = 0·0.0715 + 1·(−0.1101) = −0.2514``."""
    return " = ".join([told.formula, *told.numbers])


def _entries(told: EntryView) -> tuple[str, ...]:
    """The entries that take part, with their values: ``X.T[0,0:4] = 0 1 1 0``."""
    return tuple(
        _block(operand)
        for operand in told.operands
        if operand.block or (not operand.shape or operand.shape == "()")
    )


def _block(operand: OperandView) -> str:
    value = np.asarray(operand.value)
    if value.ndim == 0:
        text = f"{value[()]:.4g}" if value.dtype.kind in "fiu" else str(value)
        return text if operand.text == text else f"{operand.text} = {text}"
    part = value[tuple(slice(first, last) for first, last in operand.block)]
    places = ",".join(
        str(first) if last == first + 1 else f"{first}:{last}" for first, last in operand.block
    )
    numbers = " ".join(f"{number:.4g}" for number in part.ravel()[: 2 * MOST_TERMS])
    whole = operand.text if PLAIN.fullmatch(operand.text) else f"({operand.text})"
    return f"{whole}[{places}] = {numbers}"
