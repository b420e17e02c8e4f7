"""The derivative of one variable by all others: the tape, walked in reverse."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import CodeType
from typing import Any

import numpy as np

from stepnet.calculus.gaps import crossed
from stepnet.calculus.rules.broadcasting import unbroadcast
from stepnet.calculus.rules.derive import derivative
from stepnet.calculus.rules.operation import with_values
from stepnet.calculus.rules.rule import NotInTable, Shapes
from stepnet.calculus.tape import Entry, Tape, Variable
from stepnet.source.mark import expression_code, statement_code

Adjoints = dict[Variable, Any]


def adjoints(tape: Tape, root: Variable, seed: Any = None) -> tuple[Adjoints, frozenset[Variable]]:
    """The derivative of `root`, or of `seed` times it, by every variable it depends on.

    Returns them with the variables whose derivative is not known, because an operation between
    them and the root is not in the rule table or is not followed.
    """
    start = np.ones(root.shape) if seed is None else seed
    found: Adjoints = {root: np.asarray(start, dtype=float)}
    unknown: set[Variable] = set()
    for entry in reversed(tape.entries):
        if entry.output in unknown:
            unknown.update(entry.inputs, crossed(tape, entry.inputs))
        upstream = found.get(entry.output)
        if upstream is None:
            continue
        for place, variable in enumerate(entry.inputs):
            try:
                part = contribution(entry, place, upstream)
            except NotInTable:
                unknown.add(variable)
                continue
            if part is not None:
                unknown.update(crossed(tape, (variable,)))
                old = found.get(variable)
                found[variable] = part if old is None else old + part
    return found, frozenset(unknown)


def contribution(entry: Entry, place: int, upstream: Any) -> Any:
    """What one use of a variable adds to its adjoint; None if nothing.

    Raises NotInTable for an operation without a rule.
    """
    made = link(entry, place)
    return None if made is None else made.passes(upstream)


@dataclass(frozen=True, eq=False)
class Link:
    """One use of a variable, ready to carry adjoints back: what is multiplied, and by what."""

    entry: Entry
    place: int
    prelude: CodeType | None
    code: CodeType
    names: Mapping[str, Any]

    def spread(self, upstream: Any) -> np.ndarray:
        """What it adds to the adjoint, before it is summed over what was broadcast."""
        given = {**self.names, ".g": upstream}
        if self.prelude is not None:
            exec(self.prelude, given)
        return np.asarray(eval(self.code, given), dtype=float)

    def passes(self, upstream: Any) -> np.ndarray:
        """What it adds to the adjoint."""
        return summed(self.spread(upstream), self.entry.inputs[self.place].shape)

    def with_operand(self, place: int, value: Any) -> Link:
        """The same use with another value in the place of one of its operands."""
        return replace(self, names={**self.names, f".a{place}": value})


def link(entry: Entry, place: int) -> Link | None:
    """How the adjoint of an operation's result reaches one of its operands; None if not at all.

    Raises NotInTable for an operation without a rule.
    """
    if entry.known is None:
        raise NotInTable("the operation")
    names = tuple(_name(f".a{number}") for number in range(len(entry.inputs)))
    # A key may be written with a name whose array has changed since: its value is taken.
    known, settings = with_values(entry.known, entry.settings)
    operation = replace(known, operands=names)
    values = tuple(variable.value for variable in entry.inputs)
    shapes = Shapes.of(values, entry.output.value, entry.settings)
    made = derivative(operation, place, _name(".g"), _name(".out"), shapes)
    if made is None:
        return None
    given = {**entry.names, **settings, ".out": entry.output.value, operation.numpy: np}
    given.update({f".a{n}": value for n, value in enumerate(values)})
    prelude = statement_code(*made.prelude) if made.prelude else None
    return Link(entry, place, prelude, expression_code(made.value), given)


def summed(value: np.ndarray, wanted: tuple[int, ...]) -> np.ndarray:
    """Un-broadcast a value to the shape that its variable has."""
    if value.shape == wanted:
        return value
    node = unbroadcast(_name(".g"), value.shape, wanted)
    return np.asarray(eval(expression_code(node), {".g": value, "np": np}), dtype=float)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())
