"""Mistakes that show when a claim is computed again from other values than it was.

A claim may be right in itself and built on a wrong one; it may use a weight after its update, or
a gradient of the iteration before: with the right value in the place of that, it comes out right.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stepnet.calculus.check import Truth, findings
from stepnet.calculus.compare import agree, compared
from stepnet.calculus.finding import Finding
from stepnet.calculus.mutations.derivation import again
from stepnet.calculus.mutations.mistake import Mistake
from stepnet.calculus.mutations.names import ADDED_UP, OLD
from stepnet.calculus.mutations.products import UPDATED
from stepnet.calculus.tape import Variable
from stepnet.source.place import leaf_of, places_in

Repaired = tuple[Mistake, dict[str, str]]
"""A mistake, and the words of its sentence."""


def built_on(finding: Finding, truth: Truth) -> tuple[list[str], np.ndarray] | None:
    """The wrong names that a claim is computed from, and its value if they were right."""
    if finding.value is None:
        return None
    instead: dict[Variable, np.ndarray] = {}
    names: list[str] = []
    blamed = {id(part.statement) for part in findings(truth) if part.verdict == "wrong"}
    for other in truth.judged:
        if other.verdict != "wrong" or other.statement is finding.statement:
            continue
        if id(other.statement) not in blamed:
            continue
        if other.value is None or other.true is None or other.value is finding.value:
            continue
        true, shape = other.true, other.value.shape
        instead[other.value] = true.reshape(shape) if true.size == np.prod(shape) else true
        names.append(other.name)
    alone = again(truth.gathered.tape, finding.value, instead) if instead else None
    if alone is None:
        return None
    used = set(places_in(finding.statement.node))
    wrong = list(dict.fromkeys(name for name in names if name in used)) or names[-1:]
    return wrong, alone


def repaired(finding: Finding, claimed: np.ndarray, truth: Truth) -> Repaired | None:
    """The mistake that is gone when one value is replaced by the one that belongs there."""
    for kind in (_updated, _added, _old):
        for found in kind(finding, claimed, truth):
            return found
    return None


def _updated(finding: Finding, claimed: np.ndarray, truth: Truth) -> Iterator[Repaired]:
    """Was a weight used after its update?"""
    for update in truth.gathered.updates:
        early = update.target
        for versions in truth.gathered.tape.named.values():
            if early not in versions:
                continue
            for late in versions[versions.index(early) + 1 :]:
                if late.shape == early.shape and _is_right(finding, truth, late, early.value):
                    label = early.name.rpartition(".")[2] or "the weight"
                    yield UPDATED, {"weight": f"`{label}`"}


def _old(finding: Finding, claimed: np.ndarray, truth: Truth) -> Iterator[Repaired]:
    """Was a value of the iteration before used, which this one computes only later?"""
    for other in truth.judged:
        if other.value is None or other.true is None or other.statement is finding.statement:
            continue
        for old in truth.gathered.tape.named.get(leaf_of(other.name), ()):
            if not (old.tick < other.value.tick and old.shape == other.true.shape):
                continue
            if _is_right(finding, truth, old, other.true):
                yield OLD, {"name": other.name, "line": other.statement.at}


def added_up(finding: Finding, truth: Truth) -> Repaired | None:
    """The same of a multiple: was it only added to what its name held before?"""
    claimed = finding.claimed
    return None if claimed is None else next(_added(finding, claimed, truth), None)


def _added(finding: Finding, claimed: np.ndarray, truth: Truth) -> Iterator[Repaired]:
    """Was it added to what its name held before?"""
    if finding.true is None:
        return
    first = {leaf_of(claim.name): claim.tick for claim in reversed(truth.gathered.claims)}
    for claim in truth.gathered.claims:
        old = claim.value
        if claim.name != finding.name or not np.any(old):
            continue
        if old.shape == finding.true.shape == claimed.shape and agree(claimed - old, finding.true):
            yield ADDED_UP, {"name": finding.name}
    for label, versions in truth.gathered.tape.named.items():
        name = label.rpartition(".")[2]
        for early in versions:
            if name not in first or early.tick >= first[name] or not np.any(early.value):
                continue
            if _is_right(finding, truth, early, np.zeros(early.shape)):
                yield ADDED_UP, {"name": name}


def _is_right(finding: Finding, truth: Truth, old: Variable, value: np.ndarray) -> bool:
    if finding.value is None or old is finding.value:
        return False
    alone = again(truth.gathered.tape, finding.value, {old: np.asarray(value, dtype=float)})
    return alone is not None and finding.true is not None and _is_multiple(alone, finding.true)


def _is_multiple(value: np.ndarray, true: np.ndarray) -> bool:
    return compared(value, true).word in ("exact", "scaled")
