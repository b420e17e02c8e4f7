"""Which value a claim speaks of: of all that its name has stood for, the one that it fits."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from stepnet.calculus.claimed import Claimed
from stepnet.calculus.claims import Claim, plain, stem_of
from stepnet.calculus.compare import compared
from stepnet.calculus.tape import Variable
from stepnet.calculus.written import TooLong, Writing

if TYPE_CHECKING:
    from stepnet.calculus.check import Truth

LONGEST_NAME = 32
"""Characters of an expression that stands for a value without a name."""


def meant(name: str, claimed: Claimed, truth: Truth) -> Variable | None:
    """The variable that a claim speaks of; None where none is sure to be.

    Of the values that its name has had, in whatever function, the one that it equals. Where it
    equals none, a backward pass is taken to meet the layers in reverse.
    """
    fed = _versions(name, claimed, truth) or _of_layers(name, claimed, truth)
    if claimed.about in truth.adjoints or claimed.about in truth.unknown:
        return claimed.about
    scaled = None
    for variable in (*fed, *elsewhere(name, truth)):
        if variable in truth.adjoints:
            verdict = compared(claimed.value, truth.adjoints[variable])
            if verdict.word == "exact":
                return variable
            scaled = scaled or (variable if verdict.factor and variable in fed else None)
    if not fed:
        return None
    fitting = [variable for variable in fed if variable.shape == claimed.value.shape] or fed
    return scaled or fitting[min(_turn(claimed, truth), len(fitting) - 1)]


def elsewhere(name: str, truth: Truth) -> Iterator[Variable]:
    """Values that a name has had anywhere, also in capitals: the input of one layer and of the
    next, the ``x`` of a function that is given ``X``."""
    for key, held in truth.gathered.tape.named.items():
        if plain(key.rpartition(".")[2]) == plain(name):
            yield from (part for part in held if part not in truth.claimed)


def alike(name: str, truth: Truth) -> Iterator[Variable]:
    """The same, and the values of all layers and times: ``c[3]`` and ``c3`` for ``c``."""
    for key, held in truth.gathered.tape.named.items():
        if plain(stem_of(key)) == plain(stem_of(name)):
            yield from held


def before_activation(
    variable: Variable, claim: Claim, claimed: Claimed, truth: Truth
) -> tuple[Variable, Claim]:
    """The delta of a layer is mostly the derivative by its weighted sum."""
    made = next((e for e in truth.gathered.tape.entries if e.output is variable), None)
    inner = made.inputs[0] if made is not None and len(made.inputs) == 1 else None
    if inner is None or inner not in truth.adjoints or variable not in truth.adjoints:
        return variable, claim
    if compared(claimed.value, truth.adjoints[variable]).word in ("exact", "scaled"):
        return variable, claim
    # Where the weighted sum has a name of its own, dA is not the derivative by Z.
    unit, _, name = inner.name.rpartition(".")
    fits = compared(claimed.value, truth.adjoints[inner]).word in ("exact", "scaled")
    if not claim.loose and (not fits or (name and unit in ("", claimed.unit))):
        return variable, claim
    return inner, replace(claim, by=called(inner, claimed, truth))


def called(variable: Variable, claimed: Claimed, truth: Truth) -> str:
    """What a value is called where a claim stands: its name, or the expression that makes it."""
    unit, _, name = variable.name.rpartition(".")
    if name and unit in ("", claimed.unit):
        return name
    tape = truth.gathered.tape
    made_by = {entry.output: entry for entry in tape.entries}
    if name and variable not in made_by:
        return name
    try:
        text = ast.unparse(Writing(tape, claimed.unit, claimed.tick, made_by).written(variable))
    except TooLong:
        text = ""
    if text.isidentifier():
        return text
    if text and len(text) <= LONGEST_NAME:
        return f"({text})"
    return name or f"(a value of {made_by[variable].statement.at})"


def _versions(name: str, claimed: Claimed, truth: Truth) -> list[Variable]:
    """The values that a name had before the claim and that feed the loss, the latest first.

    Those of its own function go before the script's, and these before those of other functions;
    values of other shapes are what it speaks of only where it calls them by their very name.
    """
    named = truth.gathered.tape.named
    own = [f"{claimed.unit}.{name}", name] if claimed.unit else [name]
    # A function that took no part in computing the loss calls other things by that name.
    others = [key for key in named if key.endswith(f".{name}") and _takes_part(key, truth)]
    tiers = [fed for key in (*own, *others) if (fed := _fed(named.get(key, ()), claimed, truth))]
    for fed in tiers:
        if any(_fits(variable, claimed) for variable in fed):
            return fed
    return tiers[0] if tiers and _is_literal(name, claimed) else []


def _takes_part(key: str, truth: Truth) -> bool:
    return key.rpartition(".")[0] in truth.units


def _fits(variable: Variable, claimed: Claimed) -> bool:
    own, other = ([n for n in s if n != 1] for s in (variable.shape, claimed.value.shape))
    return own == other


def _is_literal(name: str, claimed: Claimed) -> bool:
    """Does the claim call what it speaks of by its very name: not ``dx``, of ``X``?"""
    bare = name.partition("[")[0].replace("_", "")
    return bool(claimed.statement.claim) or bare in claimed.name.replace("_", "")


def _of_layers(stem: str, claimed: Claimed, truth: Truth) -> list[Variable]:
    """The values of all layers, for ``dZ`` that goes through ``Z3``, ``Z2``, ``Z1``; what it
    equals is first."""
    named = truth.gathered.tape.named.items()
    all_of_them = (part for key, held in named if stem_of(key) == stem for part in held)
    layers = _fed(all_of_them, claimed, truth)
    if not layers:
        return []
    true = (
        v
        for v, _ in truth.adjoints.items()
        if compared(claimed.value, truth.adjoints[v]).word == "exact"
    )
    return [*true, *layers]


def _fed(versions: Iterable[Variable], claimed: Claimed, truth: Truth) -> list[Variable]:
    before = dict.fromkeys(part for part in versions if part.tick <= claimed.tick)
    early = [part for part in before if part not in truth.claimed]
    fed = [part for part in early if part in truth.adjoints or part in truth.unknown]
    return sorted(fed, key=lambda part: -part.tick)


def _turn(claimed: Claimed, truth: Truth) -> int:
    """How often the statement had made this claim before, in a loop over the layers."""
    if truth.gathered.adds_up:
        return 0  # a loop over the samples: each claim is about the latest
    claims = truth.gathered.claims
    same = (c for c in claims if c.statement is claimed.statement and c.name == claimed.name)
    return sum(1 for part in same if part.tick < claimed.tick)
