"""One entry of an expression as a sum: its terms, in names and in numbers, and what they read."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from stepnet.calculus.known import Known
from stepnet.calculus.rules.cell import Index, Term, broadcast_place
from stepnet.calculus.rules.terms import cell
from stepnet.explain.inside import Inside, is_listed, is_numeric
from stepnet.explain.words import (
    PRODUCT,
    SUM,
    WHOLE,
    Leaf,
    figure,
    held,
    joined,
    moved_from,
    symbol,
    taken_apart,
    written,
)


@dataclass(frozen=True, eq=False)
class Summand:
    """One term of an entry."""

    text: str
    """``X[2,0]·dE_ds[2,0]``."""
    numbers: str
    """``1·(−0.1101)``."""
    value: float
    reads: tuple[tuple[ast.expr, Index], ...]
    """The operands' entries that it is made of, as the expression has them."""


@dataclass(frozen=True, eq=False)
class Sum:
    """An entry; its terms are made when they are asked for."""

    text: str
    """``Σₙ X[n,0]·dE_ds[n,0]``."""
    values: np.ndarray[Any, Any]
    """Of the terms."""
    term: Callable[[int], Summand]
    runs: bool = False
    """It is a sum over an axis, and not over what the script writes side by side."""

    def __len__(self) -> int:
        return len(self.values)


def entry(inside: Inside, node: ast.expr, index: Index) -> Sum:
    """One entry of a piece, as far as it is a sum."""
    known = inside.known(node)
    if known is None:
        element = inside.element(node, index[0]) if index else None
        return entry(inside, element, index[1:]) if element else _leaf(inside, node, index)
    combined = COMBINED.get(known.rule.name)
    if combined is not None and len(known.operands) <= 2:
        parts = [
            entry(inside, part, broadcast_place(index, inside.shape(part)))
            for part in known.operands
        ]
        found = combined(inside, known, index, parts)
        if found is not None:
            return found
    moved = moved_from(inside, known, node, index)
    if moved is not None:
        return entry(inside, *moved)
    return _celled(inside, known, node, index)


def _leaf(inside: Inside, node: ast.expr, index: Index) -> Sum:
    value = inside.value(node)
    numeric = is_numeric(value) or is_listed(value)
    number = float(np.real(np.asarray(value)[index])) if numeric else float("nan")
    text = symbol(inside, node, index)
    reads = () if isinstance(node, ast.Constant) else ((node, index),)
    summand = Summand(text, figure(inside, node, index), number, reads)
    return Sum(text, np.array([number]), lambda _: summand)


def _celled(inside: Inside, known: Known, node: ast.expr, index: Index) -> Sum:
    """An entry as the rule table takes it apart."""
    named = taken_apart(inside, known, node, index, symbol)
    numbered = taken_apart(inside, known, node, index, figure)

    def term(number: int) -> Summand:
        one = named.term(number)
        reads = tuple(_reads(inside, known, one))
        return Summand(one.text, numbered.term(number).text, one.value, reads)

    runs = named.text.startswith("Σ")
    return Sum(named.text, np.asarray(named.values, dtype=float), term, runs)


def _reads(inside: Inside, known: Known, term: Term) -> Iterator[tuple[ast.expr, Index]]:
    for read in term.reads:
        yield from leaves(inside, known.operands[read.operand], read.index)


def leaves(inside: Inside, node: ast.expr, index: Index) -> Iterator[tuple[ast.expr, Index]]:
    """The entries that one entry of a piece is made of, down to the names of the script."""
    known = inside.known(node)
    element = inside.element(node, index[0]) if known is None and index else None
    if element is not None:
        yield from leaves(inside, element, index[1:])
        return
    if known is None:
        if not isinstance(node, ast.Constant):
            yield node, index
        return
    values = tuple(inside.value(part) for part in known.operands)
    found = cell(known, values, inside.value(node), index, inside.settings(known))
    for number in range(len(found)):
        yield from _reads(inside, known, found.term(number))


def _added(inside: Inside, known: Known, index: Index, parts: list[Sum]) -> Sum | None:
    left, right = parts
    minus = known.rule.name == "subtract"
    second = _negated(right) if minus else right
    count = len(left)

    def term(number: int) -> Summand:
        return left.term(number) if number < count else second.term(number - count)

    values = np.concatenate([left.values, second.values])
    text = joined([left.text, held(second.text, SUM)])
    return Sum(text, values, term, left.runs or right.runs)


def _minus(inside: Inside, known: Known, index: Index, parts: list[Sum]) -> Sum | None:
    (part,) = parts
    return _negated(part)


def _negated(part: Sum) -> Sum:
    def term(number: int) -> Summand:
        one = part.term(number)
        text, numbers = _minus_text(one.text), _minus_text(one.numbers)
        return replace(one, text=text, numbers=numbers, value=-one.value)

    return Sum(_minus_text(part.text), -part.values, term, part.runs)


def _minus_text(text: str) -> str:
    return f"−{held(text, PRODUCT)}"


def _scaled(inside: Inside, known: Known, index: Index, parts: list[Sum]) -> Sum | None:
    """A sum over an axis, times or divided by something: so is each of its terms."""
    left, right = parts
    divided = known.rule.name == "divide"
    if left.runs == right.runs or (divided and right.runs):
        return None
    long, at = (left, 0) if left.runs else (right, 1)
    factor = known.operands[1 - at]
    place = broadcast_place(index, inside.shape(factor))
    scale = float(np.real(np.asarray(inside.value(factor))[place]))

    def times(text: str, leaf: Leaf, *, whole: bool = False) -> str:
        other, text = written(inside, factor, place, leaf), held(text, PRODUCT)
        if divided:
            return f"{text} / {held(other, WHOLE)}" if whole else f"{text}/{held(other, WHOLE)}"
        pair = [held(other, PRODUCT), text] if at or whole else [text, held(other, PRODUCT)]
        return "·".join(pair)

    def term(number: int) -> Summand:
        one = long.term(number)
        value = one.value / scale if divided else one.value * scale
        reads = (*one.reads, *leaves(inside, factor, place))
        return Summand(times(one.text, symbol), times(one.numbers, figure), value, reads)

    with np.errstate(all="ignore"):
        values = long.values / scale if divided else long.values * scale
    return Sum(times(long.text, symbol, whole=True), values, term, runs=True)


COMBINED: dict[str, Callable[[Inside, Known, Index, list[Sum]], Sum | None]] = {
    "add": _added,
    "subtract": _added,
    "negative": _minus,
    "multiply": _scaled,
    "divide": _scaled,
}
"""Operations under which a sum stays one."""
