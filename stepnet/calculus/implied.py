"""The loss that a backward pass belongs to where the script computes none before it.

Many scripts begin with their errors, ``y - a2``, and never say of which loss these are the
derivative, or compute it of weights that were updated already. Each loss that could be meant is
written behind the run; the one that makes the most claims right is taken, and said.
"""

from __future__ import annotations

import ast
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


@dataclass(frozen=True, eq=False)
class Implied:
    """A loss that the script does not compute, at the end of what it does."""

    root: Variable
    text: str
    """In words, with the errors that it follows from."""


def implied(gathered: Gathered) -> Implied | None:
    """The loss that makes the most claims right; None where none makes any."""
    best: tuple[int, Fraction, Entry, str] | None = None
    for error, prediction, target in islice(_errors(gathered), MOST):
        for name in LOSSES:
            root = _appended(gathered, name, prediction, target, error)
            if root is None:
                continue
            found, _ = adjoints(gathered.tape, root)
            gathered.tape.entries.pop()
            behind = {prediction, target} if name == "half_sse" else set[Variable]()
            count, factor = _fits(gathered, found, prediction, behind)
            if behind and count:
                # Whoever multiplies the errors with a slope means squares: a logarithm cancels it.
                count += len(gathered.claims)
            elif behind:
                count, factor = _fits(gathered, found, prediction, set())
            if count and (best is None or count > best[0]):
                best = (count, factor, error, name)
    if best is None:
        return None
    _, factor, error, name = best
    prediction, target = _sides(error, _trained(gathered))
    root = _appended(gathered, name, prediction, target, error, factor)
    assert root is not None
    made = _called(name, factor, int(np.prod(prediction.shape)))
    lacks = (
        "the loss is computed only after the update" if gathered.roots else "no loss is computed"
    )
    return Implied(root, f"{lacks}: the errors {_text(error)} make it {made}")


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


def _errors(gathered: Gathered) -> Iterator[tuple[Entry, Variable, Variable]]:
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
    for claimed in gathered.claims:
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


def _is_usual(factor: Fraction, prediction: Variable) -> bool:
    """Does a loss begin with that: with 2, with ½, with 1 / N?"""
    shape = prediction.shape or (1,)
    counts = {1, shape[0], shape[-1], int(np.prod(shape))}
    return any(factor * count in (1, 2) for count in counts)


def _text(entry: Entry) -> str:
    """The two sides as the script writes them, or the whole statement."""
    assert entry.known is not None
    left, right = (ast.unparse(part) for part in entry.known.operands)
    return entry.statement.text if "." in (left[0], right[0]) else f"{left} − {right}"
