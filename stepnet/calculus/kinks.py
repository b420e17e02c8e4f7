"""At the kink of a ReLU every slope from 0 to 1 is a right one: what follows from another choice.

The rule table takes one of them at z = 0. A script that takes another is not wrong; with small
whole numbers a tenth of all weighted sums are exactly zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from stepnet.calculus.adjoint import Adjoints, adjoints, contribution
from stepnet.calculus.mutations.derivation import Derivation
from stepnet.calculus.mutations.slopes import RELU, Activation, activations
from stepnet.calculus.rules.rule import NotInTable
from stepnet.calculus.tape import Tape, Variable

MOST = 3
"""ReLUs at a kink up to which each may choose for itself."""
REASON = "at z = 0, where ReLU has a kink, it takes another slope than stepnet does; both are right"


def at_kinks(tape: Tape, root: Variable, known: Adjoints) -> tuple[Activation, ...]:
    """The ReLUs on the way to a root that stand exactly at their kink somewhere."""
    found: list[Activation] = []
    for variable in known:
        z = variable.value
        if isinstance(z, np.ndarray) and z.size and z.dtype.kind == "f" and (z == 0).any():
            derivation = Derivation(tape, root, variable, known)
            for activation in activations(derivation, variable):
                if activation.kind is RELU and activation.upper in known:
                    found.append(activation)
                    break
    return tuple(found)


def other_choices(tape: Tape, root: Variable, known: Adjoints) -> Iterator[Adjoints]:
    """The derivatives by everything, with other slopes at the kinks."""
    relus = at_kinks(tape, root, known)
    if not relus:
        return
    choices: list[tuple[float, ...]] = [(slope,) * len(relus) for slope in (0.0, 1.0, 0.5)]
    if 1 < len(relus) <= MOST:
        choices += product((0.0, 1.0), repeat=len(relus))
    taken = [_taken(tape, relu) for relu in relus]
    for slopes in dict.fromkeys(choices):
        parts = zip(relus, slopes, taken, strict=True)
        yield _with(tape, root, {relu.lower: (relu, slope, own) for relu, slope, own in parts})


Chosen = dict[Variable, tuple[Activation, float, np.ndarray]]


def _taken(tape: Tape, relu: Activation) -> np.ndarray:
    """The slopes that the table takes."""
    found, _ = adjoints(tape, relu.upper)
    return np.asarray(found.get(relu.lower, relu.slope), dtype=float)


def _with(tape: Tape, root: Variable, chosen: Chosen) -> Adjoints:
    found: Adjoints = {root: np.ones(root.shape)}
    for entry in reversed(tape.entries):
        upstream = found.get(entry.output)
        if upstream is None:
            continue
        upstream = found[entry.output] = _mended(entry.output, upstream, found, chosen)
        for place, variable in enumerate(entry.inputs):
            try:
                part = contribution(entry, place, upstream)
            except NotInTable:
                continue
            if part is not None:
                old = found.get(variable)
                found[variable] = part if old is None else old + part
    return found


def _mended(variable: Variable, adjoint: Any, found: Adjoints, chosen: Chosen) -> Any:
    """An adjoint that is complete, with the chosen slope where its variable is at the kink."""
    if variable not in chosen:
        return adjoint
    relu, slope, taken = chosen[variable]
    at = np.asarray(variable.value) == 0
    return adjoint + np.where(at, found.get(relu.upper, 0.0) * (slope - taken), 0.0)
