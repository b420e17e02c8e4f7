"""A value as the script writes it: by its name where statements will stand, or written out."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from stepnet.calculus.tape import Entry, Tape, Variable

LONGEST = 60
"""Operations that one expression may stand for."""


class TooLong(Exception):
    """A value without a name that takes too many operations to be written out."""


@dataclass(frozen=True, eq=False)
class Writing:
    """Where statements will stand, and what made each value that they may speak of."""

    tape: Tape
    home: str
    """The function whose names can be written as they are; ``""`` for the module."""
    until: int
    """The tick of the loss: a name that was given to another value by then is gone."""
    made_by: Mapping[Variable, Entry]

    @cached_property
    def _names(self) -> dict[Variable, str]:
        """The first of the places that each variable still has when the loss is computed."""
        holders = {
            place: held
            for tick, unit, place, held in self.tape.bound
            if tick <= self.until and unit == self.home
        }
        found: dict[Variable, str] = {}
        for place, variable in holders.items():
            found.setdefault(variable, place)
        return found

    @cached_property
    def _sizes(self) -> dict[Variable, int]:
        """How many operations each value stands for where it is written."""
        sizes: dict[Variable, int] = {}
        for entry in self.made_by.values():
            if not self.name_of(entry.output):
                sizes[entry.output] = 1 + sum(sizes.get(part, 0) for part in entry.inputs)
        return sizes

    def name_of(self, variable: Variable) -> str:
        """The place that a variable has here; ``""`` if none, or if another has it by now."""
        return self._names.get(variable, "")

    def written(self, variable: Variable) -> ast.expr:
        """A value by its place, or by the expression that makes it.

        Raises TooLong where that would fill pages.
        """
        if self._sizes.get(variable, 0) > LONGEST:
            raise TooLong
        name = self.name_of(variable)
        if name:
            return ast.parse(name, mode="eval").body
        entry = self.made_by.get(variable)
        if entry is None:
            return _number(variable.value)
        return self.filled(entry, [self.written(part) for part in entry.inputs])

    def filled(self, entry: Entry, operands: list[ast.expr]) -> ast.expr:
        """An operation with its operands written out in it."""
        inner = {f".a{place}": node for place, node in enumerate(operands)}
        return self._replaced(entry.node, entry, inner)

    def settings(self, entry: Entry) -> dict[str, ast.expr]:
        """An operation's settings as they can be written here."""
        assert entry.known is not None
        return {key: self._replaced(node, entry, {}) for key, node in entry.known.settings.items()}

    def _replaced(self, node: ast.expr, entry: Entry, inner: Mapping[str, ast.expr]) -> ast.expr:
        """A function's own name stands for what it was given."""
        unit, parts = entry.statement.unit, {}
        for part in ast.walk(node):
            if not isinstance(part, ast.Name):
                continue
            if part.id in inner:
                parts[id(part)] = inner[part.id]
            elif unit != self.home and (known := self._held(f"{unit}.{part.id}", entry)):
                parts[id(part)] = self.written(known)
        made: ast.expr = _exchanged(node, parts)
        return made

    def _held(self, name: str, entry: Entry) -> Variable | None:
        """What a name stood for when an operation was executed."""
        at = self._order[entry.output]
        versions = reversed(self.tape.named.get(name, ()))
        return next((held for held in versions if self._order.get(held, -1) < at), None)

    @cached_property
    def _order(self) -> dict[Variable, int]:
        return {variable: place for place, variable in enumerate(self.made_by)}


def require_short(node: ast.expr) -> None:
    """Raise TooLong for an expression that is too long to be read."""
    if any(size > LONGEST * 20 for size, _ in enumerate(ast.walk(node))):
        raise TooLong


def _number(value: Any) -> ast.expr:
    """A plain number as it is written; an array without a name as a list."""
    if isinstance(value, np.ndarray):
        return ast.parse(f"np.array({value.tolist()!r})", mode="eval").body
    return ast.Constant(value.item() if isinstance(value, np.generic) else value)


def _exchanged(node: Any, parts: Mapping[int, ast.expr]) -> Any:
    if isinstance(node, list):
        return [_exchanged(part, parts) for part in node]
    if not isinstance(node, ast.AST):
        return node
    if id(node) in parts:
        return parts[id(node)]
    return type(node)(**{key: _exchanged(value, parts) for key, value in ast.iter_fields(node)})
