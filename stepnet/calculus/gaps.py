"""Where the tape has a gap: values that the script computed in a way that is not followed.

Native code that runs the script's functions unseen, an array that is written through a view of
it: what comes of these is known, not how it depends on what was there. A derivative by anything
that a gap was made from is unknown; to call a claim about it wrong would be a guess.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.source.allowed import RANDOM_DRAWS
from stepnet.source.by_name import read_by_name
from stepnet.source.instruction import Statement

if TYPE_CHECKING:
    from stepnet.calculus.tape import Tape, Variable

WITHOUT_VALUES = frozenset({"shape", "size", "ndim", "dtype"})
"""Attributes that say nothing of an array's entries."""
OF_SHAPE = frozenset(
    "len range zeros_like ones_like empty_like argmax argmin argsort isinstance hasattr".split()
)
"""Functions whose result does not vary with the entries of what they are given."""
DEPTH, MANY = 5, 200
"""How deep and how many things are looked into for the arrays that they hold."""


@dataclass(frozen=True, eq=False)
class Gap:
    """How a value came about whose making is not followed."""

    sources: tuple[Variable, ...]
    """What it may depend on."""
    statement: Statement


def sources(node: ast.AST, look: Callable[[ast.expr], Any]) -> Iterator[tuple[ast.expr, Any]]:
    """What an expression reads, each with what it is; not what it only knows the shape of.

    What is drawn at random is a constant to all that follows.
    """
    if isinstance(node, ast.Attribute) and node.attr in WITHOUT_VALUES:
        return
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
        if name in OF_SHAPE or name in RANDOM_DRAWS:
            return
    plain = isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.expr) and (plain or read_by_name(node) is not None):
        thing = look(node)
        if thing is not None and not callable(thing):
            yield node, thing
            return
    for child in ast.iter_child_nodes(node):
        yield from sources(child, look)


def numbers_in(thing: object) -> list[np.ndarray | np.floating | float]:
    """The arrays and numbers of floats that something is or holds, at most `MANY`."""
    found: list[np.ndarray | np.floating | float] = []
    seen: set[int] = set()
    waiting = [(thing, DEPTH)]
    while waiting and len(seen) < MANY:
        part, depth = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if is_float(part):
            found.append(part)  # type: ignore[arg-type]  # which is_float has seen to
        elif depth:
            waiting += [(inner, depth - 1) for inner in _inside(part)]
    return found


def is_float(thing: object) -> bool:
    """Is it a number or an array that a loss can be differentiated by?"""
    if isinstance(thing, np.ndarray):
        return bool(thing.dtype.kind == "f")
    return isinstance(thing, float | np.floating)


def _inside(thing: object) -> list[object]:
    if isinstance(thing, dict):
        return list(islice(thing.values(), MANY))
    if isinstance(thing, list | tuple):
        return list(thing[:MANY])
    if type(thing).__module__ == "__main__" and isinstance(getattr(thing, "__dict__", 0), dict):
        return list(islice(vars(thing).values(), MANY))
    return []


def behind(tape: Tape, variable: Variable, root: Variable) -> Gap | None:
    """A gap between a variable and the loss that may depend on it; None if there is none."""
    needed = _leading_to(tape, (root,))
    gaps = (gap for output, gap in tape.gaps.items() if output in needed)
    return next((gap for gap in gaps if variable in _leading_to(tape, gap.sources)), None)


def crossed(tape: Tape, variables: Iterable[Variable]) -> Iterator[Variable]:
    """What the gaps among some variables may have been made from, over other gaps too."""
    waiting = [part for part in variables if part in tape.gaps]
    seen: set[Variable] = set()
    while waiting:
        part = waiting.pop()
        if part in seen:
            continue
        seen.add(part)
        yield from tape.gaps[part].sources
        waiting += [source for source in tape.gaps[part].sources if source in tape.gaps]


def _leading_to(tape: Tape, variables: Iterable[Variable]) -> set[Variable]:
    found = {*variables, *crossed(tape, variables)}
    for entry in reversed(tape.entries):
        if entry.output in found:
            found.update(entry.inputs, crossed(tape, entry.inputs))
    return found


def row_of(array: object, part: object) -> int | None:
    """Which row of an array a part of it is, as a loop over the array gives it."""
    if not (isinstance(array, np.ndarray) and isinstance(part, np.ndarray)) or part.base is None:
        return None
    if array.shape[1:] != part.shape or array.strides[1:] != part.strides or not array.strides[0]:
        return None
    apart = part.__array_interface__["data"][0] - array.__array_interface__["data"][0]
    place, rest = divmod(apart, array.strides[0])
    return place if not rest and 0 <= place < len(array) else None


def is_unchanged(before: Any, array: np.ndarray) -> bool:
    """Does an array hold what was written down of it, but for how it was rounded?"""
    if before is array:
        return True
    same = np.shape(before) == array.shape
    return same and bool(np.allclose(before, array, 1e-5, equal_nan=True))
