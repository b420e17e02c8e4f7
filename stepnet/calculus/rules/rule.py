"""A rule is what is known about one operation; an operation is one use of it in an expression.

A derivative is a template: NumPy text over `g`, the adjoint of the result, the names of the
operands, `out`, the result itself, and the names of the settings. Where one text does not serve
all shapes, a small function chooses it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Shape = tuple[int, ...]


class NotInTable(LookupError):
    """This use of the operation has no derivative in the table; differences have to judge it."""


@dataclass(frozen=True)
class Written:
    """A template that does not simply have the shape of its operand."""

    text: str
    shape: Shape
    """What its value has before it is summed over what was broadcast."""


@dataclass(frozen=True)
class Spread:
    """A template whose value still has to be repeated to the operand's shape."""

    text: str
    shape: Shape


Template = str | Written | Spread
Choose = Callable[["Case"], Template | None]
"""The template for the shapes and settings of one use; None where no gradient passes."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One row of the table of derivatives."""

    name: str
    operands: tuple[str, ...]
    """How the templates call them; of a variadic rule the stem: ``part`` for part0, part1, …"""
    derivatives: tuple[str | Choose | None, ...]
    """One an operand; None: it changes in steps or not at all, so no gradient passes."""
    spelled: tuple[str, ...]
    """Every way of writing it, as NumPy declares it: ``np.sum(x, axis, dtype, keepdims)``."""
    shape: str
    """The shape rule in words."""
    local: str
    """The local derivative on paper: ``σ′(z) = a(1 − a)``."""
    words: str
    """Why, in a sentence."""
    cell: tuple[str, ...] = ()
    """The terms of one entry over the operands' entries, where they are always the same."""
    kink: str = ""
    """Where there is no derivative, and what is chosen there."""
    entrywise: bool = False
    """An entry of the result depends on the operands' entries at its own place alone."""
    variadic: bool = False

    def derivative_of(self, which: int) -> str | Choose | None:
        """The row's entry for an operand."""
        return self.derivatives[0 if self.variadic else which]


@dataclass(frozen=True, eq=False)
class Operation:
    """A rule together with what it is applied to."""

    rule: Rule
    operands: tuple[ast.expr, ...]
    settings: Mapping[str, ast.expr]
    """Axis, key, subscripts, …; one that is not written is missing. ``out=`` is called `into`."""
    node: ast.expr
    """The whole expression."""
    modules: Mapping[str, str] = field(default_factory=lambda: {"np": "numpy"})
    """What the script calls NumPy and the functions that it imports from it."""

    written: tuple[ast.expr, ...] = ()
    """The operands as the script has them; they stay when others are put in their place."""
    copies: tuple[tuple[ast.expr, ...], ...] = ()
    """For each operand of an idiom all places in `node` where it is written:
    ``np.exp(z) / np.exp(z).sum()``."""

    def __post_init__(self) -> None:
        if not self.written:
            object.__setattr__(self, "written", self.operands)
        if not self.copies:
            object.__setattr__(self, "copies", tuple((part,) for part in self.operands))

    @property
    def numpy(self) -> str:
        """What the script calls NumPy."""
        return next((name for name, module in self.modules.items() if module == "numpy"), "np")

    @property
    def names(self) -> tuple[str, ...]:
        """What the templates call the operands."""
        if not self.rule.variadic:
            return self.rule.operands
        stem = self.rule.operands[0]
        return tuple(f"{stem}{number}" for number in range(len(self.operands)))


@dataclass(frozen=True, eq=False)
class Shapes:
    """What an operation met when it ran."""

    operands: tuple[Shape, ...]
    result: Shape
    upstream: Shape | None = None
    """Shape of the adjoint, where that is not repeated to the result's shape yet."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """Values of the settings; literals need not be given."""
    whole: frozenset[int] = frozenset()
    """Operands that hold integers: their gradient must not."""
    values: tuple[object, ...] = ()
    """Values of the operands, where they are known: some idioms ask."""

    @classmethod
    def of(
        cls,
        values: tuple[Any, ...],
        result: Any,
        settings: Mapping[str, object] | None = None,
        upstream: Shape | None = None,
    ) -> Shapes:
        """Read off the values themselves."""
        whole = {n for n, value in enumerate(values) if np.asarray(value).dtype.kind not in "fc"}
        shapes = tuple(np.shape(value) for value in values)
        given = dict(settings or {})
        return cls(shapes, np.shape(result), upstream, given, frozenset(whole), values)


@dataclass(frozen=True, eq=False)
class Case:
    """One derivative to be written: what a row of the table may ask before it chooses."""

    operation: Operation
    which: int
    shapes: Shapes

    @property
    def name(self) -> str:
        """What the template calls the operand."""
        return self.operation.names[self.which]

    @property
    def own(self) -> Shape:
        """The operand's shape."""
        return self.shapes.operands[self.which]

    @property
    def result(self) -> Shape:
        """The result's shape."""
        return self.shapes.result

    def setting(self, name: str, default: Any = None) -> Any:
        """The value of a setting."""
        return setting(self.operation, self.shapes.settings, name, default)


def setting(
    operation: Operation, values: Mapping[str, object], name: str, default: Any = None
) -> Any:
    """The value of a setting: given, or written as a literal, or the default."""
    if name in values:
        return values[name]
    node = operation.settings.get(name)
    if node is None:
        return default
    try:
        return _literal(node)
    except (ValueError, TypeError) as error:
        raise NotInTable(f"{name} = {ast.unparse(node)} is not known") from error


def _literal(node: ast.expr) -> Any:
    """What an axis or a key written in place stands for."""
    match node:
        case ast.Slice(lower, upper, step):
            return slice(*(part and _literal(part) for part in (lower, upper, step)))
        case ast.Tuple(elts=parts):
            return tuple(_literal(part) for part in parts)
        case ast.Attribute(attr="newaxis"):
            return None
        case _:
            return ast.literal_eval(node)
