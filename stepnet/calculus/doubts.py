"""Claims that agree with nothing and are no mistakes: what is handed on, not finished, or kept.

A claim is called wrong only where it is sure what it claims. A value that a later statement makes
a derivative of is a part of it; one that the layers hand to each other under one name is many
derivatives in turn; what an optimiser keeps is a step.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.calculus.claimed import Claimed
from stepnet.calculus.claims import symbol
from stepnet.calculus.compare import Verdict, agree, compared
from stepnet.calculus.finding import Finding
from stepnet.calculus.meant import alike, called
from stepnet.calculus.tape import Entry, Tape, Variable
from stepnet.source.instruction import Statement
from stepnet.source.place import leaf_of, places_in

if TYPE_CHECKING:
    from stepnet.calculus.check import Truth

LINEAR = frozenset(
    "matmul dot transpose reshape ravel index store einsum tensordot inner outer copy".split()
)
"""Operations by which a weight takes part in a prediction, and not in a penalty on its size."""

GOING_ON = frozenset({"add", "subtract", "multiply", "divide", "store", "index", "copy"})
"""Operations by which a part of a derivative becomes the whole."""


def settled(claims: Sequence[Claimed], made: Sequence[Finding], truth: Truth) -> Iterator[Finding]:
    """The findings, in order, each seen beside what goes before it and comes after it."""
    seen = list(_in_turn(claims, made, truth))
    others: dict[int, list[Variable]] = {}
    """By statement: what its runs that are no mistakes are about."""
    for found, told in zip(made, seen, strict=True):
        if found.by is not None and told.verdict in ("exact", "unclaimed"):
            others.setdefault(id(found.statement), []).append(found.by)
    for claimed, told in zip(claims, seen, strict=True):
        alike = others.get(id(told.statement), []) if told.verdict == "wrong" else []
        yield (_before_all(claimed, told, alike, truth) if alike else None) or told


def _in_turn(claims: Sequence[Claimed], made: Sequence[Finding], truth: Truth) -> Iterator[Finding]:
    right: dict[tuple[str, str], Variable] = {}
    for claimed, found in zip(claims, made, strict=True):
        told = found
        if found.verdict in ("wrong", "scaled") and claimed.steps is None:
            told = _moved_on(claimed, found, right, truth) or found
        if told.verdict == "wrong":
            told = _doubted(claimed, told, truth) or told
        if told.verdict in ("wrong", "scaled") and _is_kept(claimed, truth):
            told = _unclaimed(told, "it is kept for the next update: a step, not a gradient")
        place = (claimed.unit, claimed.name)
        if told.verdict == "exact" and told.by is not None:
            right[place] = told.by
        elif told.verdict != "unclaimed":
            right.pop(place, None)
        yield told


def _before_all(
    claimed: Claimed, found: Finding, others: list[Variable], truth: Truth
) -> Finding | None:
    """``da_next`` at the first step through time: by what stood there before there was a step.

    It takes part where the values that the other runs are about take part.
    """
    tape = truth.gathered.tape
    alike = {use for variable in others for use in _uses(variable, tape)}
    agreeing = _by_any(claimed, found, truth)
    if agreeing is None or agreeing.by is None or not alike & _uses(agreeing.by, tape):
        return None
    return agreeing


def _uses(variable: Variable, tape: Tape) -> set[tuple[int, str, int]]:
    """Where a value takes part: the statement, the operation in it, and the operand."""
    return {
        (id(entry.statement), ast.dump(entry.node), place)
        for entry in tape.entries
        for place, part in enumerate(entry.inputs)
        if part is variable
    }


def _doubted(claimed: Claimed, found: Finding, truth: Truth) -> Finding | None:
    """Another finding, where a claim that agrees with nothing is no mistake."""
    decayed = _decayed(claimed, found, truth)
    if decayed is not None:
        return decayed
    if claimed.steps is None:
        later = _finished_in(claimed, found, truth)
        if later is not None:
            return _unclaimed(found, f"{later.at} goes on with it")
        if _is_handed_on(claimed):
            return _by_any(claimed, found, truth) or _unclaimed(
                found, "it is handed on from one function to the next"
            )
        other = _shared_with(found, truth)
        if other:
            return _unclaimed(found, f"what it speaks of is the same array as `{other}`")
    return None


def _unclaimed(found: Finding, reason: str) -> Finding:
    verdict = Verdict("unclaimed", math.nan, reason=reason)
    return replace(
        found, claim="", verdict=verdict.word, error=verdict.error, reason=reason, factor=None,
        true=None, of=None, by=None,
    )  # fmt: skip


def _agreeing(
    claimed: Claimed, found: Finding, variable: Variable, verdict: Verdict, truth: Truth
) -> Finding:
    """The finding that a claim is the derivative by this variable."""
    text = f"∂{symbol(truth.loss)}/∂{symbol(called(variable, claimed, truth))}"
    return replace(
        found, claim=text, verdict=verdict.word, error=verdict.error, reason=verdict.reason,
        factor=verdict.factor, true=np.asarray(truth.adjoints[variable], dtype=float),
        of=truth.root, by=variable,
    )  # fmt: skip


def _value(found: Finding) -> np.ndarray:
    assert found.claimed is not None
    return found.claimed


def _moved_on(
    claimed: Claimed, found: Finding, right: dict[tuple[str, str], Variable], truth: Truth
) -> Finding | None:
    """``dh[z <= 0] = 0``, ``dh = dh * mask``: what was the derivative by h is that by z now.

    Only a step back over the operation that made h is one.
    """
    before = right.get((claimed.unit, claimed.name))
    again = claimed.is_entry or isinstance(claimed.statement.node, ast.AugAssign)
    reads = claimed.name in places_in(getattr(claimed.statement.node, "value", ast.Constant(0)))
    if before is None or not (again or reads):
        return None
    made = {entry.output: entry for entry in truth.gathered.tape.entries}
    for variable in _back_from(before, made):
        if variable in truth.adjoints and variable is not found.by:
            verdict = compared(_value(found), truth.adjoints[variable])
            if verdict.word == "exact":
                return _agreeing(claimed, found, variable, verdict, truth)
    return None


def _back_from(variable: Variable, made: dict[Variable, Entry]) -> Iterator[Variable]:
    """What a value was made from, up to the next values that have a name."""
    waiting, seen = [variable], {variable}
    while waiting:
        entry = made.get(waiting.pop())
        for part in entry.inputs if entry is not None else ():
            if part not in seen:
                seen.add(part)
                yield part
                waiting += [] if part.name else [part]


def _finished_in(claimed: Claimed, found: Finding, truth: Truth) -> Statement | None:
    """What makes of a value what it claims to be; None where nothing does."""
    if claimed.variable is None or not truth.root:
        return None
    claim = truth.roles.claim(claimed.name)
    own = [found.by] if found.by is not None else []
    others = alike(claim.by, truth) if claim is not None else ()
    wanted = [*own, *(part for part in others if part not in truth.descended)]
    trues = [truth.adjoints[part] for part in dict.fromkeys(wanted) if part in truth.adjoints]
    trues = [true for true in trues if np.any(true)]
    sign = -1 if truth.ascends else 1
    fed = {claimed.variable}
    for entry in truth.gathered.tape.entries:
        if not fed.intersection(entry.inputs) or not _keeps(entry):
            continue
        fed.add(entry.output)
        if any(_equals(entry.output.value, true, sign) for true in trues):
            return entry.statement
    return None


def _keeps(entry: Entry) -> bool:
    """Does an operation go on with a derivative by the same thing: a term or a factor more?"""
    name = entry.known.rule.name if entry.known is not None else ""
    return name in GOING_ON


def _equals(value: Any, true: Any, sign: int) -> bool:
    if np.shape(value) != np.shape(true):
        return False
    own, other = np.asarray(value, dtype=float), np.asarray(true, dtype=float)
    return agree(own, other) or (sign < 0 and agree(-own, other))


def _is_handed_on(claimed: Claimed) -> bool:
    """``dout = layer.backward(dout)``: does a function get what it gives back to the same name?"""
    match claimed.statement.node:
        case ast.Assign(value=ast.Call(args=arguments, keywords=keywords)):
            given = [*arguments, *(keyword.value for keyword in keywords)]
            return any(claimed.name in places_in(part) for part in given)
    return False


def _shared_with(found: Finding, truth: Truth) -> str:
    """Another name that a value was given in the same moment: ``h = c = np.zeros(n)``."""
    given = [
        (at, unit, place) for at, unit, place, held in truth.gathered.tape.bound if held is found.by
    ]
    first = {(at, unit): place for at, unit, place in reversed(given)}
    others = (place for at, unit, place in given if leaf_of(place) != leaf_of(first[at, unit]))
    return next(others, "")


def _by_any(claimed: Claimed, found: Finding, truth: Truth) -> Finding | None:
    for variable, true in truth.adjoints.items():
        if variable is truth.root or np.shape(true) != _value(found).shape:
            continue
        verdict = compared(_value(found), true)
        if verdict.word == "exact" and _value(found).size > 2:
            return _agreeing(claimed, found, variable, verdict, truth)
    return None


def _decayed(claimed: Claimed, found: Finding, truth: Truth) -> Finding | None:
    """A share of the weights themselves is added, and the loss holds no penalty on their size."""
    if found.by is None or found.true is None or found.true.shape != _value(found).shape:
        return None
    weights = np.asarray(found.by.value, dtype=float)
    rest = _value(found) - found.true
    size = float(np.sum(weights * weights))
    if weights.shape != rest.shape or weights.size < 3 or not size:
        return None
    share = float(np.sum(rest * weights)) / size
    if share <= 0 or not agree(rest, share * weights) or _is_penalised(found.by, truth):
        return None
    name = leaf_of(found.by.name.rpartition(".")[2]) or "weights"
    reason = f"with {share:.6g} · {name} added: weight decay, which {truth.loss} does not hold"
    return replace(found, verdict="exact", reason=reason, error=0.0, factor=None)


def _is_penalised(weights: Variable, truth: Truth) -> bool:
    entries = (entry for entry in truth.gathered.tape.entries if weights in entry.inputs)
    used = (entry for entry in entries if entry.output in truth.adjoints)
    return any(entry.known is None or entry.known.rule.name not in LINEAR for entry in used)


def _is_kept(claimed: Claimed, truth: Truth) -> bool:
    """Is it blended with what was kept from the last update, as momentum is?

    A gradient that is added to what was left of it is none of that.
    """
    named = truth.roles.claim(claimed.name) is not None or claimed.steps is not None
    if named or claimed.variable is None or isinstance(claimed.statement.node, ast.AugAssign):
        return False
    made = {entry.output: entry for entry in truth.gathered.tape.entries}
    leaves, waiting, seen = set[Variable](), [claimed.variable], set[Variable]()
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen.add(part)
        if part in made:
            waiting += made[part].inputs
        elif np.shape(part.value) == claimed.value.shape and part not in truth.adjoints:
            leaves.add(part)
    fed = {entry.output for leaf in leaves for entry in truth.gathered.tape.after(leaf)}
    places = {place for _, _, place, held in truth.gathered.tape.bound if held in leaves}
    return any(place in places and held in fed for _, _, place, held in truth.gathered.tape.bound)
