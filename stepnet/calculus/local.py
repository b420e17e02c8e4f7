"""Local factors of the chain rule: ``dyhat_ds`` is one value's derivative by another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stepnet.calculus.adjoint import adjoints
from stepnet.calculus.claimed import Claimed
from stepnet.calculus.claims import Claim
from stepnet.calculus.compare import Verdict, compared
from stepnet.calculus.tape import Tape, Variable


@dataclass(frozen=True, eq=False)
class Local:
    """One named value's derivative by another, and how a claim compares with it."""

    verdict: Verdict
    true: np.ndarray
    upper: Variable
    lower: Variable


MOST = 256
"""Entries of the upper value for which a whole Jacobian is worked out."""


def local_verdict(claimed: Claimed, claim: Claim, tape: Tape) -> Local | None:
    """Compare a claim with the derivative of one named value by another.

    It may be written as the elementwise derivative or as a Jacobian at its full shape. None where
    one of the values is not on the tape.
    """
    upper = _latest(claim.of, claimed, tape)
    lower = _latest(claim.by, claimed, tape)
    if upper is None or lower is None:
        return None
    size = int(np.prod(upper.shape))
    whole = int(np.prod(lower.shape)) * size
    if claimed.value.size != whole and claimed.value.shape == lower.shape:
        return _elementwise(claimed, upper, lower, tape)
    if claimed.value.size != whole or size > MOST:
        return None
    jacobian = whole_jacobian(upper, lower, tape)
    if jacobian is None:
        return None
    true = jacobian.reshape(claimed.value.shape)
    return Local(compared(claimed.value, true), true, upper, lower)


def _latest(name: str, claimed: Claimed, tape: Tape) -> Variable | None:
    keys = [f"{claimed.unit}.{name}", name] if claimed.unit else [name]
    keys += [key for key in tape.named if key.endswith(f".{name}")]
    for key in keys:
        versions = [part for part in tape.named.get(key, ()) if part.tick <= claimed.tick]
        if versions:
            return versions[-1]
    return None


def _elementwise(claimed: Claimed, upper: Variable, lower: Variable, tape: Tape) -> Local | None:
    """Right for a function that works entry by entry: its Jacobian is diagonal."""
    if upper.shape != lower.shape:
        return None
    found, unknown = adjoints(tape, upper)
    if lower in unknown or lower not in found:
        return None
    return Local(compared(claimed.value, found[lower]), found[lower], upper, lower)


def whole_jacobian(upper: Variable, lower: Variable, tape: Tape) -> np.ndarray | None:
    """∂upper[i]/∂lower[j], the entries of both counted in order."""
    rows = []
    for number in range(int(np.prod(upper.shape))):
        seed = np.zeros(upper.shape)
        seed.reshape(-1)[number] = 1.0
        found, unknown = adjoints(tape, upper, seed)
        if lower in unknown:
            return None
        rows.append(np.reshape(found.get(lower, np.zeros(lower.shape)), -1))
    return np.array(rows)
