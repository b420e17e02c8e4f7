"""The loss that a backward pass belongs to where the script computes none before it.

Many scripts begin with their errors, ``y - a2``, and never say of which loss these are the
derivative, or compute it of weights that were updated already. Each loss that could be meant is
written behind the run; the one that makes the most claims right is taken, and said.
"""

from __future__ import annotations

import ast
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np

from stepnet.calculus.adjoint import Adjoints, adjoints
from stepnet.calculus.claims import stem_of
from stepnet.calculus.compare import compared
from stepnet.calculus.gather import Gathered
from stepnet.calculus.known import known_operation
from stepnet.calculus.tape import Entry, Variable

MOST = 4
"""Differences of predictions and targets that are looked at."""
LOSSES = {
    "half_sse": "0.5 * np.sum((p - y) ** 2)",
    "bce": "-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))",
    "cce": "-np.sum(y * np.log(p))",
}
NAMES = {
    "half_sse": "½Σ(ŷ − y)²",
    "sse": "Σ(ŷ − y)²",
    "half_mse": "half the mean of (ŷ − y)²",
    "mse": "the mean of (ŷ − y)²",
    "bce": "the binary cross-entropy",
    "cce": "the cross-entropy",
}

Error = tuple[Entry, Variable, Variable]
"""A difference, the prediction and the target in it."""


TURNS = 100
"""Turns of a loop through time whose errors may make one loss."""
SHARE = 3
"""Of a script that trains nothing, one of so many claims has to be right."""


@dataclass(frozen=True, eq=False)
class Implied:
    """A loss that the script does not compute, at the end of what it does."""

    root: Variable
    text: str
    """In words, with the errors that it follows from."""
    begun: int
    """The tick of the first of these errors."""


def implied(gathered: Gathered) -> Implied | None:
    """The loss that makes the most claims right; None where none makes any."""
    best: tuple[int, Fraction, list[Error], str] | None = None
    kept = len(gathered.tape.entries)
    for errors in _together(gathered):
        for name in LOSSES:
            root = _summed(gathered, name, errors)
            if root is None:
                continue
            found, _ = adjoints(gathered.tape, root)
            del gathered.tape.entries[kept:]
            sides = {side for error in errors for side in error[1:]}
            behind = sides if name == "half_sse" else set[Variable]()
            prediction = errors[0][1]
            few = 0 if errors[0][0].statement.phase else len(gathered.claims) // SHARE
            count, factor = _fits(gathered, found, prediction, behind)
            if behind and count > few:
                # Whoever multiplies the errors with a slope means squares: a logarithm cancels it.
                count += len(gathered.claims)
            elif behind:
                count, factor = _fits(gathered, found, prediction, set())
            if count > few and (best is None or count > best[0]):
                best = (count, factor, errors, name)
    if best is None:
        return None
    _, factor, errors, name = best
    root, error = _summed(gathered, name, errors, factor), errors[0][0]
    assert root is not None
    made = _called(name, factor, sum(int(np.prod(part.shape)) for _, part, _ in errors))
    begun = min(prediction.tick for _, prediction, _ in errors)
    return Implied(root, f"{_lacks(gathered)}: the errors {_text(error)} make it {made}", begun)


def _lacks(gathered: Gathered) -> str:
    if not gathered.roots:
        return "no loss is computed"
    made = {entry.output for entry in gathered.tape.entries}
    if made.isdisjoint(gathered.roots):
        return "how the loss is computed is not followed"
    return "the loss is computed only after the update"


def _called(name: str, factor: Fraction, count: int) -> str:
    """A loss with its factor, by the name that this has where it has one."""
    known = {Fraction(2, count): "mse", Fraction(1, count): "half_mse", 2: "sse", 1: "half_sse"}
    if name == "half_sse" and factor in known:
        return f"{known[factor]} ({NAMES[known[factor]]})"
    times = "" if factor.numerator == 1 else f"{factor.numerator} · "
    over = "" if factor.denominator == 1 else f" / {factor.denominator}"
    return f"{times}{name}{over} ({NAMES[name]})"


def _trained(gathered: Gathered) -> set[Variable]:
    """Everything that depends on what is updated."""
    found = {update.target for update in gathered.updates}
    stems = {stem_of(claimed.by) for claimed in gathered.claims if claimed.by}
    for name, held in gathered.tape.named.items():
        if stem_of(name) in stems:
            found.update(held)
    for entry in gathered.tape.entries:
        if found.intersection(entry.inputs):
            found.add(entry.output)
    return found


def _together(gathered: Gathered) -> Iterator[list[Error]]:
    """Errors that belong to one loss: those that a statement computes between two updates.

    An array of errors may be a loss alone, or one turn's of a loss through time. Where samples
    follow each other the last one's come first: those are told.
    """
    updates = sorted(update.tick for update in gathered.updates)
    alone: dict[tuple[int, int], list[Error]] = {}
    turns: dict[tuple[int, int], list[Error]] = {}
    for error in _errors(gathered):
        entry = error[0]
        begun = bisect(updates, max(part.tick for part in entry.inputs))
        number = bool(entry.output.shape) and len(alone) + 1
        alone.setdefault((id(entry.statement), -number or begun), []).append(error)
        if number:
            turns.setdefault((id(entry.statement), begun), []).append(error)
    groups = list(alone.values())
    yield from islice(groups[::-1] if gathered.adds_up else groups, MOST)
    several = (errors for errors in turns.values() if 1 < len(errors) <= TURNS)
    yield from islice(several, MOST)


def _summed(
    gathered: Gathered, name: str, errors: list[Error], factor: Fraction = Fraction(1)
) -> Variable | None:
    """Write the sum of a loss's shares behind all that was executed; None if it is none."""
    kept = len(gathered.tape.entries)
    total: Variable | None = None
    for error, prediction, target in errors:
        part = _appended(gathered, name, prediction, target, error, factor)
        if part is not None and total is not None:
            part = _added(gathered, total, part, error)
        if part is None:
            del gathered.tape.entries[kept:]
            return None
        total = part
    return total


def _added(gathered: Gathered, left: Variable, right: Variable, error: Entry) -> Variable | None:
    node = ast.parse("p + y", mode="eval").body
    known = known_operation(node, gathered.tape.modules)
    assert known is not None
    inputs = (left, right)
    made = gathered.tape.add(node, known, known.operands, inputs, {}, error.statement)
    if made is not None:
        made.tick = max(part.tick for part in inputs)
    return made


def _errors(gathered: Gathered) -> Iterator[Error]:
    """Differences of what was trained and what was not, in order."""
    trained = _trained(gathered)
    for entry in gathered.tape.entries:
        if entry.known is None or entry.known.rule.name != "subtract":
            continue
        if sum(part in trained for part in entry.inputs) != 1:
            continue
        prediction, target = _sides(entry, trained)
        if prediction.shape == entry.output.shape:  # where the target broadcasts, it is not less
            yield entry, prediction, target


def _sides(entry: Entry, trained: set[Variable]) -> tuple[Variable, Variable]:
    left, right = entry.inputs
    return (left, right) if left in trained else (right, left)


def _appended(
    gathered: Gathered,
    name: str,
    prediction: Variable,
    target: Variable,
    error: Entry,
    factor: Fraction = Fraction(1),
) -> Variable | None:
    """Write a loss behind all that was executed; None where it cannot be taken."""
    tape = gathered.tape
    p = np.asarray(prediction.value, dtype=float)
    if name != "half_sse" and not ((p > 0) & (p < 1)).all():
        return None
    if name == "cce" and not any(np.allclose(p.sum(axis=axis), 1) for axis in range(p.ndim)):
        return None
    numpy = next((n for n, module in tape.modules.items() if module == "numpy"), "np")
    text = LOSSES[name].replace("np.", f"{numpy}.")
    node = ast.parse(f"{float(factor)!r} * ({text})" if factor != 1 else text, mode="eval").body
    known = known_operation(node, {**tape.modules, numpy: "numpy"})
    if known is None or len(known.operands) != 2:
        return None
    sides = {"p": prediction, "y": target}
    inputs = tuple(sides[ast.unparse(part)] for part in known.operands)
    root = tape.add(node, known, known.operands, inputs, {numpy: np}, error.statement)
    if root is not None:
        root.tick = max(part.tick for part in inputs)
    return root


def _fits(
    gathered: Gathered, found: Adjoints, prediction: Variable, without: set[Variable]
) -> tuple[int, Fraction]:
    """How many claims are the derivatives of a loss, up to which common factor.

    What an update steps with says of which loss it is; derivatives by the variables `without` do
    not count.
    """
    updated = {update.target for update in gathered.updates}
    factors: Counter[Fraction] = Counter()
    stepped: Counter[Fraction] = Counter()
    numbers = np.array(
        [abs(true) for part, true in found.items() if not np.shape(true) and part not in without]
    )
    numbers = numbers[(numbers != 0) & (numbers != 1)]
    for claimed in gathered.claims:
        if not claimed.value.shape:
            for part in _among(abs(float(claimed.value)), numbers, prediction):
                factors[part] += 1
                stepped[part] += claimed.steps is not None
            continue
        for variable, true in found.items():
            if variable in without:
                continue
            if np.shape(true) != claimed.value.shape or variable is claimed.variable:
                continue
            verdict = compared(claimed.value, true)
            factor = Fraction(1) if verdict.word == "exact" else verdict.factor
            small = claimed.value.size < 3
            if small and (factor is None or not _is_telling(true, abs(factor), prediction)):
                continue
            if factor is not None and np.any(true):
                factors[abs(factor)] += 1
                stepped[abs(factor)] += variable in updated
                break
    if not factors:
        return 0, Fraction(1)
    factor = max(factors, key=lambda one: (stepped[one], factors[one]))
    return factors[factor], factor if _is_usual(factor, prediction) else Fraction(1)


def _is_telling(true: Any, factor: Fraction, prediction: Variable) -> bool:
    """Do one or two numbers agree so well that it is no accident?"""
    return _is_usual(factor, prediction) and not np.isin(np.abs(true), (0, 1)).any()


def _among(number: float, numbers: np.ndarray, prediction: Variable) -> list[Fraction]:
    """The factor by which one of the numbers becomes this one, if a loss begins with such."""
    for count in _counts(prediction):
        for factor in (Fraction(1, count), Fraction(2, count)):
            if np.isclose(numbers * float(factor), number, rtol=1e-6, atol=0).any():
                return [factor]
    return []


def _is_usual(factor: Fraction, prediction: Variable) -> bool:
    """Does a loss begin with that: with 2, with 1 / N?"""
    return any(factor * count in (1, 2) for count in _counts(prediction))


def _counts(prediction: Variable) -> list[int]:
    """What a loss may be divided by, 1 first."""
    shape = prediction.shape or (1,)
    return list(dict.fromkeys((1, shape[0], shape[-1], int(np.prod(shape)))))


def _text(entry: Entry) -> str:
    """The two sides as the script writes them, or the whole statement."""
    assert entry.known is not None
    left, right = (ast.unparse(part) for part in entry.known.operands)
    return entry.statement.text if "." in (left[0], right[0]) else f"{left} − {right}"
