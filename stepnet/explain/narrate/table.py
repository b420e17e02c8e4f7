"""What may be said of a statement, the most specific first, and what is said."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stepnet.explain.narrate import (
    beginnings,
    laws,
    losses,
    masks,
    products,
    shares,
    shrinking,
    signs,
    slopes,
    sums,
    updates,
)
from stepnet.explain.narrate.scene import Scene

MOST = 3
"""Sentences about one statement."""
ENOUGH = 320
"""Characters after which nothing is added."""

Observation = Callable[[Scene], str | None]

OBSERVATIONS: tuple[Observation, ...] = (
    signs.broadcast,
    updates.too_early,
    signs.sign,
    masks.masked,
    masks.at_the_kink,
    beginnings.twins,
    slopes.slope,
    products.weight_gradient,
    products.passed_back,
    sums.fan_out,
    sums.bias_gradient,
    shrinking.shrinks,
    products.entry_by_entry,
    sums.averaged,
    losses.loss_name,
    shares.difference,
    masks.rectified,
    slopes.squeezed,
    shares.shares,
    shares.shifted,
    shares.exponential,
    updates.step_size,
    updates.direction,
    beginnings.initial,
    beginnings.normalised,
    beginnings.one_hot,
    beginnings.shuffled,
    shares.threshold,
    shares.classes,
    sums.used_twice,
    products.layer,
)
"""Each looks for one thing and says it of this statement's names, shapes and numbers."""


def narrated(scene: Scene) -> tuple[str, ...]:
    """Why this statement is what it is, in at most three sentences; none where nothing is known."""
    told: list[str] = []
    with np.errstate(all="ignore"):
        for observation in OBSERVATIONS:
            sentence = observation(scene)
            if sentence:
                told.append(sentence)
            if len(told) == MOST or sum(map(len, told)) > ENOUGH:
                break
        if not told and (sentence := laws.law(scene)):
            told.append(sentence)
    return tuple(told)
