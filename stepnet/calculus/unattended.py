"""Parameters that the training forgets: never updated, or stepped with another's gradient."""

from __future__ import annotations

import re

import numpy as np

from stepnet.calculus.check import Truth
from stepnet.calculus.claims import stem_of, symbol
from stepnet.calculus.drawn import DATA
from stepnet.calculus.tape import Variable
from stepnet.source.place import leaf_of

_BIAS = re.compile(r"(?i)(b|bias|c)_?\d*")
_NUMBER = re.compile(r"_?\d+$")


def unattended(truth: Truth) -> tuple[str, ...]:
    """A sentence for each parameter that feeds the loss and is forgotten.

    Of a script that updates nothing there is nothing to say: it does not train.
    """
    trains = "parameter" in truth.roles.of.values()
    stepped = {label for label, variable in _leaves(truth) if _is_updated(variable, truth)}
    if not trains or not stepped:
        return ()
    claimed = {finding.by for finding in truth.judged if finding.of is truth.root}
    stems = {_NUMBER.sub("", label) for label in stepped}
    told = []
    for label, variable in _leaves(truth):
        if label in stepped:
            continue
        counted = "[" in label and stem_of(label) not in {stem_of(name) for name in stepped}
        if variable in claimed and not DATA.fullmatch(label) and not counted:
            told.append(f"`{label}` has a gradient, but no statement updates it")
        elif _NUMBER.sub("", label) in stems or _BIAS.fullmatch(label):
            told.append(f"`{label}` feeds the loss, but gets no gradient and no update")
    return (*told, *_exchanged(truth))


def _leaves(truth: Truth) -> list[tuple[str, Variable]]:
    """Named arrays that the loss depends on and that nothing in this stretch computed."""
    made = {entry.output for entry in truth.gathered.tape.entries}
    found: dict[str, Variable] = {}
    for variable in truth.adjoints:
        label = variable.name.rpartition(".")[2]
        array = variable.kept
        if not isinstance(array, np.ndarray) or not array.ndim or array.dtype.kind != "f":
            continue
        if label and variable not in made and truth.roles.of.get(label) != "data":
            found.setdefault(label, variable)
    return sorted(found.items())


def _is_updated(variable: Variable, truth: Truth) -> bool:
    """Is an update made on it, or its name given to something computed from it?"""
    if any(update.target is variable for update in truth.gathered.updates):
        return True
    fed = {entry.output for entry in truth.gathered.tape.after(variable)}
    own = {place for _, _, place, held in truth.gathered.tape.bound if held is variable}
    called = {leaf_of(place) for place in own}
    begun = truth.root.tick if truth.root else 0
    return any(
        held in fed and leaf_of(place) in called and tick >= begun
        for tick, _, place, held in truth.gathered.tape.bound
    )


def _exchanged(truth: Truth) -> list[str]:
    """Updates that subtract the gradient by another parameter."""
    targets = {update.target for update in truth.gathered.updates}
    told = []
    for update in truth.gathered.updates:
        found = [f for f in truth.judged if f.name in update.names and f.of is truth.root]
        others = [f for f in found if f.by is not None and f.by in targets]
        if others and all(finding.by is not update.target for finding in others):
            name, claim = others[-1].name, others[-1].claim
            target = symbol(update.target.name.rpartition(".")[2]) or update.statement.targets[0]
            told.append(f"`{target}` is updated with `{name}`, which is {claim}")
    return told
