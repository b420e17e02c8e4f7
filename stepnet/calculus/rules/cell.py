"""One entry of a result, taken apart: the terms that it is the sum of.

``dE_dw[0,0] = Σₙ X[n,0]·dE_ds[n,0]``: each term says which entries it reads, and what it is.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np

from stepnet.calculus.rules.rule import Operation, setting

Index = tuple[int, ...]
Array = np.ndarray[Any, Any]

LETTERS = "nmkl"
SUBSCRIPTS = dict(zip(LETTERS, "ₙₘₖₗ", strict=True))


@dataclass(frozen=True)
class Read:
    """An entry of an operand."""

    operand: int
    index: Index


@dataclass(frozen=True, eq=False)
class Term:
    """One summand of an entry."""

    text: str
    """``X[2,0]·dE_ds[2,0]``."""
    reads: tuple[Read, ...]
    value: float


@dataclass(frozen=True, eq=False)
class Cell:
    """One entry of a result as a sum; a long one makes its terms only when they are asked for."""

    text: str
    """The sum with running letters: ``Σₙ X[n,0]·dE_ds[n,0]``."""
    values: Array
    """The terms' values."""
    term: Callable[[int], Term]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All of them."""
        return tuple(self.term(number) for number in range(len(self)))


@dataclass(frozen=True)
class Run:
    """An index that runs over an axis of the sum."""

    axis: int
    start: int = 0


Place = tuple[int | Run, ...]

Writer = Callable[[int, tuple[object, ...], bool], str]
"""How an entry of an operand is written: its number, the place, and whether the text stands among
others that it must hold together against."""


@dataclass(frozen=True, eq=False)
class Asked:
    """The entry of a result that is to be explained, and what is known about it."""

    operation: Operation
    values: tuple[Any, ...]
    result: Any
    index: Index
    settings: Mapping[str, object] = field(default_factory=dict)
    write: Writer | None = None
    """For whoever writes the operands' entries in another way than as they are named."""

    def setting(self, name: str, default: Any = None) -> Any:
        """The value of a setting."""
        return setting(self.operation, self.settings, name, default)

    @property
    def shapes(self) -> tuple[Index, ...]:
        """Of the operands."""
        return tuple(np.shape(value) for value in self.values)

    @property
    def entry(self) -> Any:
        """The entry itself."""
        return np.asarray(self.result)[self.index]

    def text(self, operand: int, place: tuple[object, ...], *, tight: bool = True) -> str:
        """An entry of an operand as it is written: ``X[2,0]``."""
        if self.write is not None:
            return self.write(operand, place, tight)
        return entry_text(self.operation.operands[operand], place, tight=tight)


def entry_text(node: ast.expr, place: tuple[object, ...], *, tight: bool = True) -> str:
    """``X[2,0]``; of a transpose the entry of what was transposed; a number is itself."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return entry_text(node.value, place[::-1], tight=tight)
    written = ast.unparse(node)
    plain = isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call | ast.Constant)
    if not plain and (place or tight):
        written = f"({written})"
    return f"{written}[{','.join(map(str, place))}]" if place else written


def broadcast_place(index: Index, shape: Index) -> Index:
    """The entry of a smaller operand that was copied to this one."""
    tail = index[len(index) - len(shape) :]
    return tuple(0 if length == 1 else n for n, length in zip(tail, shape, strict=True))


def single(text: str, reads: tuple[Read, ...], value: Any) -> Cell:
    """An entry that is one term."""
    return several([Term(text, reads, _number(value))], text)


def several(terms: list[Term], text: str) -> Cell:
    """An entry that is a few terms."""
    return Cell(text, np.array([term.value for term in terms]), terms.__getitem__)


def running(axes: int) -> tuple[tuple[str, ...], str]:
    """Letters that run over so many axes, and the sum sign with them: ``Σₙₘ``."""
    letters = tuple(LETTERS[n] if n < len(LETTERS) else f"n{n}" for n in range(axes))
    below = "".join(SUBSCRIPTS.get(letter, f"_{letter}") for letter in letters)
    return letters, f"Σ{below}" if letters else ""


def summed(
    asked: Asked,
    factors: tuple[tuple[int, Place], ...],
    lengths: tuple[int, ...],
    divisor: float = 1,
    under: str = "",
) -> Cell:
    """A sum of products of entries: each factor an operand and where it is read."""
    parts = [_along(np.asarray(asked.values[number]), place, lengths) for number, place in factors]
    product = reduce(np.multiply, parts) if len(parts) > 1 else parts[0]
    product = np.broadcast_to(product, lengths).ravel()
    values = product if divisor == 1 else product / divisor

    def text(at: Callable[[Run], object]) -> str:
        written = [
            asked.text(operand, tuple(at(n) if isinstance(n, Run) else n for n in place))
            for operand, place in factors
        ]
        return _product(written) + (f"/{under}" if under else "")

    def term(number: int) -> Term:
        at_axis = [int(n) for n in np.unravel_index(number, lengths)] if lengths else []

        def at(run: Run) -> int:
            return at_axis[run.axis] + run.start

        reads = tuple(
            Read(operand, tuple(at(n) if isinstance(n, Run) else n for n in place))
            for operand, place in factors
        )
        return Term(text(at), reads, _number(values[number]))

    if not lengths:
        return Cell(term(0).text, values, term)
    letters, sign = running(len(lengths))

    def letter(run: Run) -> str:
        return f"{letters[run.axis]}+{run.start}" if run.start else letters[run.axis]

    return Cell(f"{sign} {text(letter)}", values, term)


def _product(factors: list[str]) -> str:
    """``x·y``, and ``x²`` where both are the same."""
    if len(factors) == 2 and factors[0] == factors[1]:
        return f"{factors[0]}²"
    return "·".join(factors)


def _along(array: Array, place: Place, lengths: tuple[int, ...]) -> Array:
    """An operand's entries along the running axes, ready to be multiplied."""
    runs = [n for n in place if isinstance(n, Run)]
    if len({run.axis for run in runs}) == len(runs):
        key = tuple(
            slice(n.start, n.start + lengths[n.axis]) if isinstance(n, Run) else n for n in place
        )
        found = np.asarray(array[key])
        order = np.argsort([run.axis for run in runs])
        shape = [1] * len(lengths)
        for run in runs:
            shape[run.axis] = lengths[run.axis]
        return found.transpose(order).reshape(shape)
    mesh = np.ogrid[tuple(slice(0, length) for length in lengths)]
    return np.asarray(
        array[tuple(mesh[n.axis] + n.start if isinstance(n, Run) else n for n in place)]
    )


def _number(value: Any) -> float:
    return float(np.real(value))
