"""How one derivative comes about on the tape, so that one place of it can be done wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from stepnet.calculus.adjoint import Adjoints, Link, link
from stepnet.calculus.rules.rule import NotInTable
from stepnet.calculus.tape import Entry, Tape, Variable


@dataclass(frozen=True, eq=False)
class Use:
    """One use of a variable, through which a part of its adjoint arrives."""

    link: Link
    upstream: np.ndarray
    """The true adjoint of the operation's result."""

    @property
    def entry(self) -> Entry:
        """The operation."""
        return self.link.entry

    @property
    def rule(self) -> str:
        """Its name in the table."""
        return self.entry.known.rule.name if self.entry.known else ""

    @property
    def other(self) -> Variable | None:
        """The other operand of a product."""
        inputs = self.entry.inputs
        return inputs[1 - self.link.place] if len(inputs) == 2 else None

    @cached_property
    def part(self) -> np.ndarray:
        """What it adds to the adjoint."""
        return self.link.passes(self.upstream)

    @cached_property
    def spread(self) -> np.ndarray:
        """The same before it is summed over what was broadcast."""
        return self.link.spread(self.upstream)


class Derivation:
    """The derivative of a root by a variable: the operations between them, and their adjoints."""

    def __init__(self, tape: Tape, root: Variable, variable: Variable, found: Adjoints) -> None:
        self.tape = tape
        self.root = root
        self.variable = variable
        self.adjoints = found
        self.entries = [entry for entry in tape.after(variable) if entry.output in found]
        self._links: dict[tuple[int, int], Link | None] = {}
        self._uses: dict[Variable, list[tuple[Entry, int]]] = {}
        for entry in self.entries:
            for place, operand in enumerate(entry.inputs):
                self._uses.setdefault(operand, []).append((entry, place))

    @property
    def true(self) -> np.ndarray:
        """The derivative."""
        return np.asarray(self.adjoints[self.variable], dtype=float)

    def points(self) -> Iterator[Variable]:
        """The variable and all between it and the root, the nearest first."""
        yield self.variable
        for entry in self.entries:
            if entry.output is not self.root:
                yield entry.output

    def uses(self, variable: Variable) -> list[Use]:
        """The uses of a variable that the root depends on."""
        found = []
        for entry, place in self._uses.get(variable, ()):
            made = self._link(entry, place)
            if made is not None:
                found.append(Use(made, np.asarray(self.adjoints[entry.output], dtype=float)))
        return found

    def with_adjoint(self, point: Variable, wrong: np.ndarray) -> np.ndarray | None:
        """The derivative that results if the adjoint of a variable on the way is another.

        None where that cannot be: the shapes no longer fit.
        """
        if point is self.variable:
            return wrong
        true = np.asarray(self.adjoints[point], dtype=float)
        if wrong.shape != true.shape:
            return None
        changed: dict[Variable, np.ndarray] = {point: wrong - true}
        for entry in reversed(self.entries):
            moved = changed.get(entry.output)
            if moved is None:
                continue
            for place, operand in enumerate(entry.inputs):
                if operand is not self.variable and operand not in self._between:
                    continue
                made = self._link(entry, place)
                if made is not None:
                    part = made.passes(moved)
                    changed[operand] = part + changed.get(operand, 0)
        return None if self.variable not in changed else self.true + changed[self.variable]

    @cached_property
    def _between(self) -> frozenset[Variable]:
        return frozenset(entry.output for entry in self.entries)

    def _link(self, entry: Entry, place: int) -> Link | None:
        key = (id(entry), place)
        if key not in self._links:
            try:
                self._links[key] = link(entry, place)
            except NotInTable:
                self._links[key] = None
        return self._links[key]


def again(tape: Tape, made: Variable, instead: dict[Variable, np.ndarray]) -> np.ndarray | None:
    """What a value would be if others, from which it was computed, had been different."""
    values = dict(instead)
    for entry in tape.entries:
        if entry.output not in values and any(part in values for part in entry.inputs):
            try:
                values[entry.output] = entry.again(values)
            except Exception:
                return None
    found = values.get(made)
    return None if found is None else np.asarray(found, dtype=float)
