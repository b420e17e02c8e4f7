"""Every gradient statement of an iteration, compared with the true derivative."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from stepnet.calculus.adjoint import Adjoints, adjoints
from stepnet.calculus.claims import Claim, symbol
from stepnet.calculus.compare import Verdict, compared
from stepnet.calculus.confirm import numeric, objection
from stepnet.calculus.finding import Finding
from stepnet.calculus.gather import Claimed, Gathered, Update
from stepnet.calculus.kinks import REASON, other_choices
from stepnet.calculus.local import local_verdict
from stepnet.calculus.roles import Roles
from stepnet.calculus.tape import Variable
from stepnet.source.instruction import Statement
from stepnet.source.place import leaf_of, places_in

ORDER = ("wrong", "not comparable", "unclaimed", "scaled", "approximate", "exact")
"""From the worst verdict to the best."""


@dataclass(frozen=True, eq=False)
class Truth:
    """The true derivatives of one stretch of a run."""

    gathered: Gathered
    roles: Roles
    root: Variable | None
    """The loss; None where none was computed."""
    adjoints: Adjoints
    unknown: frozenset[Variable]
    loss: str

    @cached_property
    def judged(self) -> tuple[Finding, ...]:
        """A finding for every time that a gradient statement ran, in the order of time."""
        return tuple(_judged(self))

    @cached_property
    def kinked(self) -> tuple[Adjoints, ...]:
        """The same derivatives with other slopes at the kinks of ReLUs, if any is at one."""
        if self.root is None:
            return ()
        return tuple(other_choices(self.gathered.tape, self.root, self.adjoints))


def truth_of(gathered: Gathered, roles: Roles, loss: str) -> Truth:
    """The derivatives of the loss by all it depends on; none where no loss was computed."""
    root = _root(gathered)
    if root is None:
        return Truth(gathered, roles, None, {}, frozenset(), loss)
    found, unknown = adjoints(gathered.tape, root)
    return Truth(gathered, roles, root, found, unknown, loss)


def findings(truth: Truth) -> tuple[Finding, ...]:
    """What is to be said of each gradient statement, in the order of the lines."""
    made: dict[int, Finding] = {}
    for finding in truth.judged:
        known = made.get(id(finding.statement))
        if known is None or truth.gathered.adds_up or _is_worse(finding, known):
            made[id(finding.statement)] = finding
    return tuple(sorted(made.values(), key=lambda finding: finding.statement.line))


def _judged(truth: Truth) -> Iterator[Finding]:
    claims = truth.gathered.claims
    final = {claimed.name: claimed.statement for claimed in claims}
    made = [_finding(part, truth, by_name=final[part.name] is part.statement) for part in claims]
    for place, (claimed, found) in enumerate(zip(claims, made, strict=True)):
        later = (n for n in range(place + 1, len(claims)) if claims[n].name == claimed.name)
        after = next(later, place)
        unfinished = found.by is None or found.by is made[after].by
        next_one = claims[after].statement
        if found.verdict != "exact" and unfinished and after > place and _goes_on(next_one):
            verdict = Verdict("unclaimed", math.nan, reason=f"line {next_one.line} goes on with it")
            found = _made(claimed, "", verdict, None)
        yield found


def _goes_on(statement: Statement) -> bool:
    """Does it change what it assigns, in place?"""
    node = statement.node
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Subscript) for target in node.targets)
    return isinstance(node, ast.AugAssign)


def _is_worse(new: Finding, old: Finding) -> bool:
    """Of a statement that ran several times the worst run is told."""
    worse = ORDER.index(new.verdict) < ORDER.index(old.verdict)
    return worse or (new.verdict == old.verdict and new.error > old.error)


def _root(gathered: Gathered) -> Variable | None:
    """The loss that the gradients belong to: the last one before the last of them."""
    if not gathered.roots:
        return None
    last = max((claimed.tick for claimed in gathered.claims), default=math.inf)
    before = [root for root in gathered.roots if root.tick <= last]
    return before[-1] if before else gathered.roots[0]


def _finding(claimed: Claimed, truth: Truth, *, by_name: bool) -> Finding:
    claim = truth.roles.claim(claimed.name) if by_name else None
    if claim is not None and not _is_of_loss(claim, truth):
        local = local_verdict(claimed, claim, truth.gathered.tape)
        if local is not None:
            made = _made(claimed, claim.text, local.verdict, local.true)
            return replace(made, of=local.upper, by=local.lower)
    rough = _is_quotient(claimed.statement)
    if claim is not None:
        variable = _version(claim.by, claimed, truth)
        if variable is not None:
            return _compared(claimed, claim, variable, truth, rough=rough)
    update = _update_with(claimed, truth) if by_name else None
    if update is not None:
        return _by_update(claimed, update, truth, rough=rough)
    return _by_value(claimed, claim, truth)


def _is_of_loss(claim: Claim, truth: Truth) -> bool:
    """A claim about the loss, under its own name or one that is no value of the script."""
    return claim.of in (truth.loss, "loss") or claim.of not in truth.gathered.tape.named


def _version(name: str, claimed: Claimed, truth: Truth) -> Variable | None:
    """The variable that a name stood for when the loss was computed."""
    named = truth.gathered.tape.named
    keys = [f"{claimed.unit}.{name}", name] if claimed.unit else [name]
    keys += [key for key in named if key.endswith(f".{name}")]
    for key in keys:
        versions = [part for part in named.get(key, ()) if part.tick <= claimed.tick]
        fed = [part for part in versions if part in truth.adjoints or part in truth.unknown]
        if fed:
            return fed[-1]
    return None


def _compared(
    claimed: Claimed, claim: Claim, variable: Variable, truth: Truth, *, rough: bool
) -> Finding:
    assert truth.root is not None
    if variable in truth.unknown:
        return _by_differences(claimed, claim, variable, truth.root, truth, rough=rough)
    true = truth.adjoints[variable]
    against = objection(truth.gathered.tape, truth.root, variable, true)
    if against:
        return _made(claimed, claim.text, Verdict("not comparable", math.nan, reason=against), None)
    verdict = compared(claimed.value, true, rough=rough)
    if verdict.word == "wrong":
        verdict, true = _at_kinks(claimed, variable, truth, verdict)
    return replace(_made(claimed, claim.text, verdict, true), of=truth.root, by=variable)


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
    found = numeric(truth.gathered.tape, root, variable)
    reason = f"an operation between it and {truth.loss} has no rule"
    if found is None:
        reason += ", and it has too many entries for differences"
        return _made(claimed, claim.text, Verdict("not comparable", math.nan, reason=reason), None)
    true, kinks = found
    if kinks.any():
        verdict = Verdict("not comparable", math.nan, reason="kink crossed: not comparable")
        return _made(claimed, claim.text, verdict, None)
    verdict = compared(claimed.value, true, rough=rough)
    reason += ": judged by central differences alone"
    return _made(claimed, claim.text, replace(verdict, reason=reason), true)


def _update_with(claimed: Claimed, truth: Truth) -> Update | None:
    """The update that subtracts this value."""
    for update in truth.gathered.updates:
        used = claimed.name in update.names or claimed.variable in update.sources
        if used and update.tick > claimed.tick:
            return update
    return None


def _by_update(claimed: Claimed, update: Update, truth: Truth, *, rough: bool) -> Finding:
    variable = _original(update.target, truth)
    name = symbol(variable.name.rpartition(".")[2] or update.statement.targets[0])
    text = f"∂{symbol(truth.loss)}/∂{name}"
    if variable not in truth.adjoints:
        return _made(claimed, text, Verdict("unclaimed", math.nan), None)
    true = truth.adjoints[variable]
    if update.key is not None:
        true = true[update.key]
        text += f"[{', '.join(map(str, _indices(update.key)))}]"
    verdict = compared(claimed.value, true, rough=rough)
    if verdict.word == "wrong" and update.key is None:
        verdict, true = _at_kinks(claimed, variable, truth, verdict)
    made = _made(claimed, text, verdict, np.asarray(true))
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
    for rank, variable in _candidates(claimed, truth, used):
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
        return _made(claimed, text, Verdict("unclaimed", math.nan), None)
    _, variable, verdict = best
    text = f"∂{symbol(truth.loss)}/∂{symbol(variable.name.rpartition('.')[2])}"
    made = _made(claimed, text, verdict, truth.adjoints[variable])
    return replace(made, of=truth.root, by=variable)


def _candidates(claimed: Claimed, truth: Truth, used: set[str]) -> Iterator[tuple[int, Variable]]:
    for variable, true in truth.adjoints.items():
        if not variable.name or variable is truth.root or variable is claimed.variable:
            continue
        if np.shape(true) == claimed.value.shape:
            near = variable.name.rpartition(".")[2] in used
            yield (0 if near else 1), variable


def _is_telling(claimed: Claimed, verdict: Verdict, rank: int) -> bool:
    """Any number is a multiple of any other: a small array must fit better than that."""
    if claimed.value.size > 2:
        return True
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


def _made(claimed: Claimed, text: str, verdict: Verdict, true: object) -> Finding:
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
    )
