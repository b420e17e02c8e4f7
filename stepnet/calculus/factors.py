"""A step that is multiplied together, ``w -= lr * error * x``: which factors are the gradient.

Beside a matrix a number is the learning rate. Among numbers only the flow of values tells: what
neither depends on the parameters nor takes part in anything but updates is one.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from stepnet.calculus.claimed import Claimed, Update
from stepnet.calculus.placing import Look, place_now
from stepnet.calculus.steps import Part
from stepnet.calculus.tape import NUMBERS, Tape, Variable
from stepnet.source.effects import is_pure


@dataclass(frozen=True, eq=False)
class Factor:
    """One factor of a step as it was taken."""

    value: Any
    divides: bool
    is_place: bool
    is_entry: bool
    """It is read under a computed index, as data are and rates are not."""
    is_written: bool
    """It is a number that stands in the script, or a count."""
    named: frozenset[Variable]
    """The values that are read in it."""


@dataclass(frozen=True, eq=False)
class Multiplied:
    """A step that is a product; what of it is a gradient only the whole stretch tells."""

    update: Update
    place: str
    unit: str
    factors: tuple[Factor, ...]
    is_claim: bool
    """Does the statement count as one that computes its gradient itself?"""

    def without(self, rates: Collection[Factor]) -> tuple[Update, Claimed | None]:
        """The update and, where it multiplies its gradient together itself, that gradient."""
        rest = [part for part in self.factors if part not in rates]
        if len(rest) == 1 and rest[0].is_place:
            return self.update, None
        update = replace(self.update, names=(), sources=frozenset())
        # Whoever divides by what was computed normalises the gradient.
        if not self.is_claim or not rest or any(part.divides for part in rest):
            return update, None
        gradient = np.array(math.prod((part.value for part in rest), start=1.0), dtype=float)
        if gradient.shape != update.target.shape:
            return update, None
        made = update.statement, self.place, gradient, None, update.tick, self.unit
        return update, Claimed(*made, steps=update.target)


def resolved(steps: list[Multiplied], tape: Tape) -> Iterator[tuple[Update, Claimed | None]]:
    """Tell rates and gradients apart, when the whole stretch is known."""
    if not steps:
        return
    updating = {id(step.update.statement) for step in steps}
    used: set[Variable] = {step.update.target for step in steps}
    for entry in tape.entries:
        if used.intersection(entry.inputs):
            used.add(entry.output)
    for entry in tape.entries:
        if id(entry.statement) not in updating:
            used.update(entry.inputs)
    for step in steps:
        rates = {part for part in step.factors if _is_rate(part, used)}
        yield step.without(rates)


def _is_rate(factor: Factor, used: set[Variable]) -> bool:
    return factor.is_written or not (factor.is_entry or factor.named & used)


def factor_of(part: Part, look: Look, tape: Tape) -> Factor | None:
    """A factor with its value; None for what is neither a number nor an array."""
    node, divides = part
    value = look(node) if is_pure(node) else None
    if not isinstance(value, NUMBERS):
        return None
    inner = list(ast.walk(node))
    read = [p for p in inner if isinstance(p, ast.Name | ast.Attribute | ast.Subscript)]
    found = (tape.known.get(id(look(place))) for place in read)
    whole = isinstance(value, int) and not divides
    return Factor(
        value,
        divides,
        is_place=bool(place_now(node, look)),
        is_entry=whole or any(isinstance(p, ast.Subscript) and _is_computed(p) for p in inner),
        is_written=not read,
        named=frozenset(variable for variable in found if variable is not None),
    )


def _is_computed(part: ast.Subscript) -> bool:
    return not (isinstance(part.slice, ast.Constant) and isinstance(part.slice.value, str))
