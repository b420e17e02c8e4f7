"""What a check found out about one gradient statement."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from stepnet.source.instruction import Statement


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
