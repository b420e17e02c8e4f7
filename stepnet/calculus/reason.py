"""Why a claim is not exact, in words: whose mistake it is, and which."""

from __future__ import annotations

import ast
from collections.abc import Generator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from stepnet.calculus.check import Truth, finished
from stepnet.calculus.finding import FRACTIONS, Finding
from stepnet.calculus.mutations.diagnosis import Diagnosis, diagnosis, searched
from stepnet.calculus.mutations.multiples import AVERAGED, FACTOR
from stepnet.calculus.mutations.repair import added_up
from stepnet.source.place import places_in

PLAIN = 100
"""Denominators above this are nobody's factor: the claim has come to it by accident."""


def explained(found: tuple[Finding, ...], truth: Truth) -> tuple[Finding, ...]:
    """The findings with their reasons."""
    return finished(explaining(found, truth))


def explaining(
    found: tuple[Finding, ...], truth: Truth
) -> Generator[None, None, tuple[Finding, ...]]:
    """The same with pauses."""
    told: list[Finding] = []
    for finding in found:
        yield
        if finding.verdict == "wrong":
            told.append(_with(finding, diagnosis(finding, truth, told)))
        elif finding.verdict == "scaled":
            told.append(_with(finding, _scaled(finding, told, truth)))
        elif finding.verdict == "approximate":
            reason = f"a finite difference, off by {finding.error:.1e}"
            told.append(replace(finding, reason=reason))
        else:
            told.append(finding)
    return tuple(_with_sign(finding) for finding in told)


def _with_sign(finding: Finding) -> Finding:
    if not finding.minus:
        return finding
    sign = f"minus {finding.claim}: the update adds it, which is descent all the same"
    return replace(finding, reason="; ".join(part for part in (finding.reason, sign) if part))


def _with(finding: Finding, found: Diagnosis) -> Finding:
    kept = finding.reason if finding.of is None or not found.text else ""
    reason = "; ".join(part for part in (kept, found.text) if part)
    return replace(finding, reason=reason, mistake=found.mistake)


def _scaled(finding: Finding, before: list[Finding], truth: Truth) -> Diagnosis:
    assert finding.factor is not None
    text = f"{fraction(finding.factor)} of {finding.claim}"
    source = _source(finding, before)
    if source is not None:
        return Diagnosis("built on", f"{text}: the factor comes from {source.name}")
    adds = isinstance(finding.statement.node, ast.AugAssign)
    if adds or finding.factor.denominator > PLAIN:
        found = added_up(finding, truth)
        if found is not None:
            mistake, words = found
            return Diagnosis(mistake.name, f"{text}: {mistake.sentence.format(**words)}")
    if finding.claimed is not None:
        averaged = searched(finding, finding.claimed, truth, (AVERAGED,))
        if averaged is not None:
            return Diagnosis(averaged.mistake, f"{text}: {averaged.text}")
    return Diagnosis(FACTOR.name, f"{text}: {factor_reason(finding.factor, truth)}")


def _source(finding: Finding, before: list[Finding]) -> Finding | None:
    """An earlier statement with the same factor that this one is computed from."""
    used = set(places_in(finding.statement.node))
    for earlier in before:
        if earlier.name in used and earlier.factor == finding.factor:
            return earlier
    return None


def factor_reason(factor: Fraction, truth: Truth) -> str:
    """The likely origin of a constant factor."""
    if factor == Fraction(1, 2) and _squares(truth):
        return f"{_loss(truth)} has a square, whose derivative's 2 is dropped"
    if factor == 2 and _squares(truth):
        return f"the ½ of {_loss(truth)} already cancels the 2"
    for size in _sizes(truth):
        if factor == size:
            return f"a sum over {size} where {_loss(truth)} takes a mean"
        if factor == Fraction(1, size):
            return f"a mean over {size} where {_loss(truth)} takes a sum"
    return "a constant factor, which only changes the learning rate"


def _loss(truth: Truth) -> str:
    return "the loss" if truth.loss == "loss" else f"the loss {truth.loss}"


def _squares(truth: Truth) -> bool:
    text = " ".join(entry.known.rule.name for entry in truth.gathered.tape.entries if entry.known)
    return any(word in text for word in ("square", "power", "mse", "sse"))


def _sizes(truth: Truth) -> list[int]:
    """Lengths that the loss may have averaged over."""
    sizes = {size for entry in truth.gathered.tape.entries for size in entry.output.shape}
    products = {int(np.prod(entry.output.shape)) for entry in truth.gathered.tape.entries}
    return sorted((sizes | products) - {1})


def fraction(factor: Fraction) -> str:
    """``½``, ``2 times``, ``1/32``."""
    if factor in FRACTIONS:
        return FRACTIONS[factor]
    return f"{factor} times" if factor.denominator == 1 else str(factor)
