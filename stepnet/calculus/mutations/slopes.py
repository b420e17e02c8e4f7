"""Activations on the tape: where one is, which one it is, and its slope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from stepnet.calculus.mutations.derivation import Derivation
from stepnet.calculus.tape import Variable


def sigmoid(z: np.ndarray) -> np.ndarray:
    """σ(z)."""
    result: np.ndarray = 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
    return result


def relu(z: np.ndarray) -> np.ndarray:
    """max(0, z)."""
    result: np.ndarray = np.maximum(0.0, z)
    return result


@dataclass(frozen=True, eq=False)
class Kind:
    """An activation function."""

    name: str
    """As a sentence calls it."""
    function: Callable[[np.ndarray], np.ndarray]
    of_input: Callable[[np.ndarray], np.ndarray]
    """The slope, of what goes in."""
    of_output: Callable[[np.ndarray], np.ndarray]
    """The slope, of what comes out."""


SIGMOID = Kind(
    "the sigmoid", sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z)), lambda a: a * (1 - a)
)
TANH = Kind("tanh", np.tanh, lambda z: 1 - np.tanh(z) ** 2, lambda a: 1 - a**2)
RELU = Kind("ReLU", relu, lambda z: (z > 0) * 1.0, lambda a: (a > 0) * 1.0)
KINDS = (RELU, SIGMOID, TANH)


@dataclass(frozen=True, eq=False)
class Activation:
    """One layer's activation."""

    kind: Kind
    lower: Variable
    """z: the weighted sum that goes in."""
    upper: Variable
    """a: what comes out."""

    @property
    def slope(self) -> np.ndarray:
        """∂a/∂z, entry by entry."""
        return self.kind.of_input(np.asarray(self.lower.value, dtype=float))


def activations(derivation: Derivation, lower: Variable) -> Iterator[Activation]:
    """The activations that a variable goes through, told by what they compute."""
    if not isinstance(lower.value, np.ndarray) or not lower.value.size:
        return
    z = np.asarray(lower.value, dtype=float)
    reached = {lower}
    for entry in derivation.entries:
        if not reached.intersection(entry.inputs) or entry.output.shape != lower.shape:
            continue
        if entry.known is None or not entry.known.rule.entrywise:
            continue
        others = [part for part in entry.inputs if part not in reached and np.size(part.value) > 1]
        if not all(_is_mask(part, z) for part in others):
            continue
        reached.add(entry.output)
        a = np.asarray(entry.output.value, dtype=float)
        for kind in KINDS:
            if np.allclose(a, kind.function(z), rtol=1e-12, atol=1e-14):
                yield Activation(kind, lower, entry.output)


def _is_mask(part: Variable, z: np.ndarray) -> bool:
    """``z * (z > 0)``: the other operand is a mask of the same values."""
    return np.array_equal(np.asarray(part.value), z > 0)
