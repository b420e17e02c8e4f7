"""One statement that has run, with everything that may be said about it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.calculus.known import known_operation
from stepnet.calculus.rules.rule import Operation
from stepnet.explain.expression import UNKNOWN, Piece
from stepnet.explain.narrate.outline import Outline
from stepnet.explain.narrate.syntax import base_of, is_alias, leaves_in, value_of
from stepnet.source.instruction import Statement
from stepnet.source.place import leaf_of, place_of, value_at

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Scene:
    """A statement with the values it met, and what is known of the names in it."""

    outline: Outline
    statement: Statement
    piece: Piece | None
    """Its expression with the values its pieces had; None where it has none."""
    before: Mapping[str, object]
    """What it changed in place, as that was before."""
    after: Mapping[str, object]
    """The names it assigned, or what a function was given or returned."""
    names: Mapping[str, object]
    """Every name in reach."""
    given: Mapping[str, ast.expr]
    """Inside a function: what its parameters were given, as the caller wrote it."""
    claim: str
    """``∂E/∂w`` where it is a gradient, else ``""``."""
    verdict: str
    updated: Callable[[str], int]
    """The line of the statement that has changed a parameter since it was used; 0 if none."""

    @property
    def name(self) -> str:
        """What it assigns first; ``""`` for nothing."""
        return self.statement.targets[0] if self.statement.targets else ""

    @property
    def title(self) -> str:
        """What it assigns, as it is written: ``grads["dW" + str(l)]``, of which `name` is grads."""
        targets = getattr(self.statement.node, "targets", None)
        target = targets[0] if targets else getattr(self.statement.node, "target", None)
        holds = as_array(self.after.get(self.name)) is None
        if holds and isinstance(target, ast.Subscript):
            return ast.unparse(target)
        return self.name

    @property
    def leaf(self) -> str:
        """The same without where it is kept: ``W1`` for ``self.W1``."""
        return leaf_of(self.name) if self.name else ""

    @property
    def by(self) -> str:
        """What a gradient is the derivative by: ``w`` for ∂E/∂w; ``""`` for no gradient."""
        return leaf_of(self.claim.rpartition("∂")[2]) if self.claim else ""

    @property
    def result(self) -> object:
        """The value of what it assigns first, or of what it returns."""
        if self.name in self.after:
            value = self.after[self.name]
            stored = isinstance(value, dict | list) and self.piece is not None
            return self.piece.value if stored and self.piece is not None else value
        return next(iter(self.after.values()), None)

    @property
    def node(self) -> ast.expr | None:
        """The expression on its right side."""
        return value_of(self.statement)

    @property
    def is_gradient(self) -> bool:
        """Does it compute a gradient?"""
        return self.statement in self.outline.roles.gradients and not is_alias(self.statement)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces of its expression, the outermost first."""
        return tuple(_walked(self.piece)) if self.piece is not None else ()

    def operation(self, piece: Piece) -> Operation | None:
        """What the rule table knows of a piece."""
        return known_operation(piece.node, self.outline.modules)

    def value(self, node: ast.expr) -> object:
        """The value of a part of the statement; UNKNOWN where that is not known."""
        text = ast.dump(node)
        for piece in self.pieces:
            if piece.node is node or ast.dump(piece.node) == text:
                return piece.value
        place = place_of(node)
        return value_at(self.names, place, UNKNOWN) if place else UNKNOWN

    def known(self, leaf: str) -> object:
        """What goes by a name now, wherever it is kept; None where nothing in reach does."""
        for place in (leaf, *sorted(self.outline.places.get(leaf, ()))):
            value = value_at(self.names, place)
            if value is not None:
                return value
        return None

    def array(self, node: ast.expr) -> Array | None:
        """The value of a part, where that is an array of numbers."""
        return as_array(self.value(node))

    def original(self, node: ast.expr) -> str:
        """How people know a value: inside a function by what the caller gave for it."""
        text = ast.unparse(node)
        told = self.given.get(text)
        return ast.unparse(told) if told is not None else text

    def maker(self, node: ast.expr) -> Statement | None:
        """The statement that made a name."""
        told = self.given.get(ast.unparse(node))
        name = base_of(told if told is not None else node)
        return self.outline.maker(name, self.statement) if name else None

    def activation(self, node: ast.expr) -> Operation | None:
        """The activation that made a name, if one did; or that an expression is itself."""
        own = self.outline.computes(node) if not place_of(node) else None
        made = self.maker(node)
        value = value_of(made) if made is not None else None
        found = own or self.outline.computes(value)
        return found if found is not None and found.rule.name in ACTIVE else None


ACTIVE = frozenset({"sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "softmax"})


def _walked(piece: Piece) -> Iterator[Piece]:
    yield piece
    for part in piece.parts:
        yield from _walked(part)


def as_array(value: object) -> Array | None:
    """An array of numbers with at least one entry, else None."""
    if isinstance(value, np.ndarray) and value.size and value.dtype.kind in "fiub":
        return value
    return None


def is_target(scene: Scene, node: ast.expr) -> bool:
    """Is it data and not computed from parameters?"""
    given = scene.given.get(ast.unparse(node), node)
    names = list(leaves_in(given))
    return bool(names) and not any(scene.outline.depends(name) for name in names)
