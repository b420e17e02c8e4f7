"""What a run was seen to do with gradients: statements that claim one, and steps against one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stepnet.calculus.tape import Variable
from stepnet.source.instruction import Statement


@dataclass(frozen=True, eq=False)
class Claimed:
    """A gradient statement that was executed."""

    statement: Statement
    name: str
    """The place that it was given to: ``dW1``, ``grads["dW1"]``."""
    value: np.ndarray
    variable: Variable | None
    """What it is on the tape."""
    tick: int
    unit: str
    """The function it ran in."""
    is_entry: bool = False
    """Only entries of it were assigned."""
    steps: Variable | None = None
    """Of a step that is written in an update itself: what is updated."""
    by: str = ""
    """What its claim says that it is the derivative by."""
    about: Variable | None = None
    """What its claim speaks of, where that stands beside it: ``layer["W"]`` for ``layer["dW"]``."""
    beside: bool = False
    """It speaks of that only, and is right when the last of its terms has been added."""


@dataclass(frozen=True, eq=False)
class Update:
    """``W -= …``: a step against a gradient."""

    statement: Statement
    target: Variable
    """What was updated, as it was before."""
    key: object
    """The entry, where only one was updated; else None."""
    names: tuple[str, ...]
    """Places in the step that is taken, unless the step is computed in the update itself."""
    sources: frozenset[Variable]
    """The values that were read from them."""
    tick: int
    adds: bool = False
    """The step is added, not subtracted."""
