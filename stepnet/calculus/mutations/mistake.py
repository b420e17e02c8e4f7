"""What a mistake is: a name, what it does to a derivative, what it does to a line, a sentence."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from stepnet.calculus.mutations.derivation import Derivation, Use
from stepnet.calculus.mutations.slopes import Activation, activations
from stepnet.calculus.tape import Variable


@dataclass(frozen=True, eq=False)
class Wrong:
    """A wrong adjoint, and the words that the mistake's sentence needs."""

    value: np.ndarray
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Place:
    """A variable on the way of a derivation: where a mistake can be made."""

    derivation: Derivation
    variable: Variable
    claimed: np.ndarray
    """What the claim says."""
    name: str
    """The claim's own name."""
    unit: str
    """The function that the claim stands in."""
    now: float
    """When the claim was made: later values are not known to it."""

    @property
    def is_end(self) -> bool:
        """Is it the variable that the claim is about?"""
        return self.variable is self.derivation.variable

    @cached_property
    def true(self) -> np.ndarray:
        """The right adjoint."""
        return np.asarray(self.derivation.adjoints[self.variable], dtype=float)

    @cached_property
    def uses(self) -> list[Use]:
        """The uses that its adjoint is a sum over."""
        return self.derivation.uses(self.variable)

    @cached_property
    def groups(self) -> list[list[Use]]:
        """The uses by the statement that they stand in."""
        found: dict[int, list[Use]] = {}
        for use in self.uses:
            found.setdefault(id(use.entry.statement), []).append(use)
        return list(found.values())

    @cached_property
    def activations(self) -> list[Activation]:
        """The activations that it goes through."""
        return list(activations(self.derivation, self.variable))

    def instead(self, uses: list[Use], parts: list[np.ndarray]) -> np.ndarray | None:
        """The adjoint with other parts for these uses; None where the shapes do not fit."""
        rest = [use.part for use in self.uses if use not in uses]
        total: Any = 0
        try:
            for part in (*rest, *parts):
                total = total + part
        except ValueError:
            return None
        return np.asarray(total, dtype=float)

    def behind(self, activation: Activation, slope: np.ndarray) -> np.ndarray:
        """The adjoint with another slope of an activation."""
        upper = np.asarray(self.derivation.adjoints[activation.upper], dtype=float)
        wrong: np.ndarray = upper * slope
        return self.true + wrong - upper * activation.slope if len(self.uses) > 1 else wrong

    def named(self, shape: tuple[int, ...]) -> Iterator[tuple[str, Variable]]:
        """Named values of a shape that were known when the claim was made."""
        named = self.derivation.tape.named
        met: set[Variable] = set()
        for name in sorted(named, key=lambda name: name.rpartition(".")[0] != self.unit):
            for version in reversed(named[name]):
                if version.tick <= self.now and version.shape == shape and version not in met:
                    met.add(version)
                    yield name.rpartition(".")[2], version


Values = Callable[[Place], Iterator[Wrong]]


@dataclass(frozen=True, eq=False)
class Line:
    """A right gradient statement, and what its names stood for when it ran."""

    node: ast.stmt
    scope: Mapping[str, Any]
    activations: tuple[Activation, ...] = ()
    """Those of the forward pass."""
    updates: tuple[ast.stmt, ...] = ()
    """The updates that come later."""
    gradients: tuple[str, ...] = ()
    """Names of gradients that are known when it runs."""

    @property
    def names(self) -> list[str]:
        """Names of arrays that it could use."""
        return [name for name, value in self.scope.items() if _is_array(name, value)]

    def like(self, name: str) -> list[str]:
        """Names of other values of the same shape."""
        own: Any = self.scope.get(name)
        return [
            other
            for other in self.names
            if self.scope[other].shape == np.shape(own) and self.scope[other] is not own
        ]

    def evaluated(self, node: ast.expr) -> Any:
        """The value of a part of it; None where it has none."""
        try:
            code = compile(ast.fix_missing_locations(ast.Expression(node)), "<line>", "eval")
            return eval(code, dict(self.scope))
        except Exception:
            return None


def _is_array(name: str, value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "fiub" and name[:1] not in "._"


Edit = Callable[[Line], Iterator[tuple[ast.stmt, ...]]]
"""Statements to write in the place of a line."""


@dataclass(frozen=True, eq=False)
class Mistake:
    """One mistake that people make."""

    name: str
    sentence: str
    """What the claim is then, over the words of `Wrong`."""
    values: Values
    edits: Edit
