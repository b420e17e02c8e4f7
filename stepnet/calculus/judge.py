"""One claim, judged: found by its name, by its use in an update, or by what it equals."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.calculus.claimed import Claimed, Update
from stepnet.calculus.claims import Claim, symbol
from stepnet.calculus.compare import Verdict, compared
from stepnet.calculus.confirm import numeric, objection
from stepnet.calculus.finding import Finding
from stepnet.calculus.gaps import Gap, behind
from stepnet.calculus.kinks import REASON
from stepnet.calculus.local import local_verdict
from stepnet.calculus.meant import before_activation, called, meant
from stepnet.calculus.tape import Variable
from stepnet.source.instruction import Statement
from stepnet.source.place import leaf_of, places_in

PLAIN = 64
"""Where what is called nothing is a multiple of a derivative, by 2, 1/m or 3/100 and not by chance,
one side of the fraction is no larger than this."""

if TYPE_CHECKING:
    from stepnet.calculus.check import Truth


def judged(claimed: Claimed, truth: Truth, *, by_name: bool) -> Finding:
    """What is to be said of a claim; `by_name` where what it is called still counts.

    Where updates add their step, minus the gradient is right.
    """
    if not truth.ascends:
        return _judged(claimed, truth, by_name=by_name)
    mirrored = replace(claimed, value=-claimed.value)
    found = _judged(mirrored, truth, by_name=by_name)
    if found.verdict in ("exact", "scaled"):
        true = None if found.true is None else -found.true
        return replace(found, claimed=claimed.value, true=true, minus=True)
    plain = _judged(claimed, truth, by_name=by_name)
    return plain if plain.verdict in ("exact", "scaled") else found


def _judged(claimed: Claimed, truth: Truth, *, by_name: bool) -> Finding:
    if claimed.steps is not None:
        return _of_step(claimed, claimed.steps, truth)
    claim = truth.roles.claim(claimed.name) if by_name else None
    if claim is not None and claim.of == truth.roles.loss:
        claim = replace(claim, of=truth.loss)
    if claim is not None and not _is_of_loss(claim, truth):
        local = local_verdict(claimed, claim, truth.gathered.tape)
        if local is not None:
            made = told(claimed, claim.text, local.verdict, local.true)
            return replace(made, of=local.upper, by=local.lower)
        return _by_value(claimed, claim, truth)
    rough = _is_quotient(claimed.statement)
    if claimed.beside and claim is not None:
        if claimed.about not in truth.adjoints and claimed.about not in truth.unknown:
            return told(claimed, claim.text, Verdict("unclaimed", math.nan), None)
        assert claimed.about is not None
        return _compared(claimed, claim, claimed.about, truth, rough=rough)
    if claim is not None and claim.by in (truth.loss, "loss") and claimed.value.size > 1:
        claim = (
            None  # ``d_loss`` is no derivative by the loss: it is where the backward pass starts
        )
    if claim is not None:
        variable = meant(claim.by, claimed, truth)
        if variable is not None:
            variable, claim = before_activation(variable, claim, claimed, truth)
        if variable is not None and _is_of_another(variable, claimed):
            found = _by_value(claimed, claim, truth)
            if found.verdict == "exact":
                return found
        if variable is not None:
            return _compared(claimed, claim, variable, truth, rough=rough)
    update = _update_with(claimed, truth) if by_name else None
    if update is not None:
        return _by_update(claimed, update, truth, rough=rough)
    return _by_value(claimed, claim, truth)


def _is_of_another(variable: Variable, claimed: Claimed) -> bool:
    """Is a value of the name that a claim tells of one of another function, of another shape?"""
    unit = variable.name.rpartition(".")[0]
    elsewhere = variable is not claimed.about and unit not in ("", claimed.unit)
    return elsewhere and variable.shape != claimed.value.shape


def _of_step(claimed: Claimed, target: Variable, truth: Truth) -> Finding:
    """A gradient that is computed in the update itself, but for the learning rate."""
    variable = _original(target, truth)
    claim = Claim(truth.loss, leaf_of(claimed.name))
    if truth.root is None or variable not in truth.adjoints:
        return told(claimed, claim.text, Verdict("unclaimed", math.nan), None)
    return _compared(claimed, claim, variable, truth, rough=False)


def _is_of_loss(claim: Claim, truth: Truth) -> bool:
    """A claim about the loss, under its own name or one that is no value of the script."""
    if claim.of in (truth.loss, "loss"):
        return True
    return all(key.rpartition(".")[2] != claim.of for key in truth.gathered.tape.named)


def _compared(
    claimed: Claimed, claim: Claim, variable: Variable, truth: Truth, *, rough: bool
) -> Finding:
    assert truth.root is not None
    if variable in truth.unknown:
        return _by_differences(claimed, claim, variable, truth.root, truth, rough=rough)
    true = truth.adjoints[variable]
    is_exact = compared(claimed.value, true).word == "exact"
    if is_exact and (id(claimed.statement), claimed.tick) not in truth.sampled:
        against = ""
    else:
        against = _objection(variable, truth)
    # Where several ReLUs stand at their kinks, differences mix their slopes.
    if against and not (truth.kinked and is_exact):
        return told(claimed, claim.text, Verdict("not comparable", math.nan, reason=against), None)
    verdict = compared(claimed.value, true, rough=rough)
    if verdict.word == "wrong":
        verdict, true = _at_kinks(claimed, variable, truth, verdict)
    return replace(told(claimed, claim.text, verdict, true), of=truth.root, by=variable)


def _objection(variable: Variable, truth: Truth) -> str:
    assert truth.root is not None
    known = truth.objections
    if variable not in known:
        true = truth.adjoints[variable]
        known[variable] = objection(truth.gathered.tape, truth.root, variable, true)
    return known[variable]


def _at_kinks(
    claimed: Claimed, variable: Variable, truth: Truth, wrong: Verdict
) -> tuple[Verdict, Any]:
    """Another verdict, where the claim only chooses another slope at the kink of a ReLU."""
    for found in truth.kinked:
        if variable in found:
            verdict = compared(claimed.value, found[variable])
            if verdict.word in ("exact", "scaled"):
                return replace(verdict, reason=REASON), found[variable]
    return wrong, truth.adjoints[variable]


def _by_differences(
    claimed: Claimed,
    claim: Claim,
    variable: Variable,
    root: Variable,
    truth: Truth,
    *,
    rough: bool,
) -> Finding:
    """Without a rule for an operation on the way, central differences are all there is."""
    gap = behind(truth.gathered.tape, variable, root)
    if gap is not None:
        return _by_the_known(claimed, claim, variable, gap, truth)
    found = numeric(truth.gathered.tape, root, variable)
    reason = f"an operation between it and {truth.loss} has no rule"
    if found is None:
        reason += ", and it has too many entries for differences"
        return told(claimed, claim.text, Verdict("not comparable", math.nan, reason=reason), None)
    true, kinks = found
    if kinks.any():
        verdict = Verdict("not comparable", math.nan, reason="kink crossed: not comparable")
        return told(claimed, claim.text, verdict, None)
    verdict = compared(claimed.value, true, rough=rough)
    reason += ": judged by central differences alone"
    return told(claimed, claim.text, replace(verdict, reason=reason), true)


def _by_the_known(
    claimed: Claimed, claim: Claim, variable: Variable, gap: Gap, truth: Truth
) -> Finding:
    """Where it is not followed how the loss comes about, only agreement says something."""
    true = truth.adjoints.get(variable)
    verdict = compared(claimed.value, true) if true is not None else None
    if verdict is not None and verdict.word == "exact":
        where = gap.statement.at
        reason = f"provided that {where}, which cannot be followed, does not depend on it"
        verdict = replace(verdict, reason=reason)
        return replace(told(claimed, claim.text, verdict, true), of=truth.root, by=variable)
    reason = f"how {truth.loss} depends on it cannot be followed through {gap.statement.at}"
    return told(claimed, claim.text, Verdict("not comparable", math.nan, reason=reason), None)


def _update_with(claimed: Claimed, truth: Truth) -> Update | None:
    """The update that subtracts this value, or what its name was made to hold until then."""
    later = [update for update in truth.gathered.updates if update.tick > claimed.tick]
    for update in later:
        if claimed.variable in update.sources:
            return update
    if claimed.name.isidentifier():  # in another function the name is another value's
        later = [part for part in later if claimed.statement.unit in ("", part.statement.unit)]
    elif claimed.variable is not None:
        # ``neuron["delta"]`` is another neuron's in the next turn of a loop.
        made = {entry.output for entry in truth.gathered.tape.after(claimed.variable)}
        later = [update for update in later if made & update.sources]
    return next((update for update in later if claimed.name in update.names), None)


def _by_update(claimed: Claimed, update: Update, truth: Truth, *, rough: bool) -> Finding:
    variable = _original(update.target, truth)
    name = symbol(variable.name.rpartition(".")[2] or update.statement.targets[0])
    text = f"∂{symbol(truth.loss)}/∂{name}"
    if variable in truth.unknown and truth.root is not None:
        claim = Claim(truth.loss, name)
        return _by_differences(claimed, claim, variable, truth.root, truth, rough=rough)
    if variable not in truth.adjoints:
        return told(claimed, text, Verdict("unclaimed", math.nan), None)
    true = truth.adjoints[variable]
    if update.key is not None:
        true = true[update.key]
        text += f"[{', '.join(map(str, _indices(update.key)))}]"
    verdict = compared(claimed.value, true, rough=rough)
    if verdict.word == "wrong" and update.key is None:
        verdict, true = _at_kinks(claimed, variable, truth, verdict)
    made = told(claimed, text, verdict, np.asarray(true))
    return made if update.key is not None else replace(made, of=truth.root, by=variable)


def _original(variable: Variable, truth: Truth) -> Variable:
    """What an array was before entries of it were stored."""
    made = {entry.output: entry for entry in truth.gathered.tape.entries}
    while variable not in truth.adjoints:
        entry = made.get(variable)
        if entry is None or entry.known is None or entry.known.rule.name != "store":
            break
        variable = entry.inputs[0]
    return variable


def _indices(key: object) -> Iterable[object]:
    return key if isinstance(key, tuple) else (key,)


def _by_value(claimed: Claimed, claim: Claim | None, truth: Truth) -> Finding:
    """A value whose name says nothing is recognised by what it equals."""
    best: tuple[int, Variable, Verdict] | None = None
    used = {leaf_of(place) for place in places_in(claimed.statement.node)}
    for rank, variable in _candidates(claimed, truth, used) if claimed.value.any() else ():
        verdict = compared(claimed.value, truth.adjoints[variable])
        if verdict.word not in ("exact", "scaled"):
            continue
        if verdict.word == "scaled" and not _is_telling(claimed, verdict, rank):
            continue
        score = rank + (0 if verdict.word == "exact" else 10)
        if best is None or score < best[0]:
            best = (score, variable, verdict)
    text = claim.text if claim else ""
    if best is None:
        return told(claimed, text, Verdict("unclaimed", math.nan), None)
    _, variable, verdict = best
    text = f"∂{symbol(truth.loss)}/∂{symbol(called(variable, claimed, truth))}"
    made = told(claimed, text, verdict, truth.adjoints[variable])
    return replace(made, of=truth.root, by=variable)


def _candidates(claimed: Claimed, truth: Truth, used: set[str]) -> Iterator[tuple[int, Variable]]:
    for variable, true in truth.adjoints.items():
        if variable is truth.root or variable is claimed.variable:
            continue
        if np.shape(true) == claimed.value.shape and (variable.name or claimed.value.size > 2):
            unit, _, name = variable.name.rpartition(".")
            rank = 3 if not name else 0 if name in used else 1 if unit in ("", claimed.unit) else 2
            yield rank, variable


def _is_telling(claimed: Claimed, verdict: Verdict, rank: int) -> bool:
    """Any number is a multiple of any other: a small array must fit better than that."""
    if claimed.value.size > 2:
        factor = verdict.factor
        return factor is None or min(abs(factor.numerator), factor.denominator) <= PLAIN
    return rank == 0 and verdict.factor is not None and verdict.factor.denominator <= 2


def _is_quotient(statement: Statement) -> bool:
    """Is it a difference divided by a small step: a derivative taken numerically?"""
    value = getattr(statement.node, "value", None)
    return (
        isinstance(value, ast.BinOp)
        and isinstance(value.op, ast.Div)
        and isinstance(value.left, ast.BinOp)
        and isinstance(value.left.op, ast.Sub)
    )


def told(claimed: Claimed, text: str, verdict: Verdict, true: object) -> Finding:
    """What was found of a claim, as it is told."""
    return Finding(
        statement=claimed.statement,
        name=claimed.name,
        claim=text,
        verdict=verdict.word,
        error=verdict.error,
        reason=verdict.reason,
        factor=verdict.factor,
        claimed=claimed.value,
        true=None if true is None else np.asarray(true, dtype=float),
        value=claimed.variable,
        tick=claimed.tick,
    )
