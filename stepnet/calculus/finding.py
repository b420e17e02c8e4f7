"""What a check found out about one gradient statement."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from stepnet.source.instruction import Statement

if TYPE_CHECKING:
    # Sessions know findings from the start; the rule table behind the tape is loaded for a check.
    from stepnet.calculus.tape import Variable


FRACTIONS = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(1, 3): "⅓"}


@dataclass(frozen=True, eq=False)
class Finding:
    """One gradient statement and the truth about it."""

    statement: Statement
    name: str
    claim: str
    """``∂E/∂w``; ``""`` where it is not known what the value is meant to be."""
    verdict: str
    """``exact``, ``scaled``, ``approximate``, ``wrong``, ``unclaimed``, ``not comparable``."""
    error: float
    """Norm-relative; NaN where nothing was compared."""
    reason: str
    """In words; ``""`` where there is nothing to say."""
    factor: Fraction | None
    claimed: np.ndarray | None
    true: np.ndarray | None
    value: Variable | None = None
    """What the claim itself is on the tape."""
    of: Variable | None = None
    by: Variable | None = None
    """`true` is the derivative of the one by the other."""
    minus: bool = False
    """The claim is compared with its sign changed, because the update adds it."""
    tick: int = 0
    """When the statement had run."""
    mistake: str = ""
    """Name of the mistake that explains it, one of `stepnet.calculus.mutations`."""

    @property
    def times(self) -> str:
        """``½``, ``2``, ``1/32``: how many times the truth it is; ``""`` if it is no multiple."""
        return "" if self.factor is None else FRACTIONS.get(self.factor, str(self.factor))

    @property
    def worst(self) -> tuple[int, ...] | None:
        """The entry that is furthest from the truth, where the shapes allow to say so."""
        if self.claimed is None or self.true is None or self.claimed.shape != self.true.shape:
            return None
        if not self.claimed.size:
            return None
        difference = np.abs(self.claimed - self.true)
        place = np.unravel_index(int(np.nanargmax(difference)), difference.shape)
        return tuple(int(part) for part in place)
