"""Writing one entry of an expression: ``da[2,1]·a[2,1]·(1 − a[2,1])``, or its numbers.

An expression that works entry by entry is written out to the names it is made of. Places may hold
the letters that a sum runs over.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from stepnet.calculus.known import Known
from stepnet.calculus.rules.cell import Asked, Cell, Index
from stepnet.calculus.rules.rearranged import FLAT, JOINED, MOVED, origin
from stepnet.calculus.rules.terms import cell, written_entrywise
from stepnet.explain.expression import UNKNOWN
from stepnet.explain.inside import Inside
from stepnet.explain.portrait import number_text

Place = tuple[object, ...]

LOOSE, SUM, PRODUCT, POWER, WHOLE = range(5)
"""How tightly a text holds together: ``a < b``, ``a + b``, ``a·b``, ``a²``, ``f(a)``."""

Leaf = Callable[[Inside, ast.expr, Place], str]
"""How an entry that is not taken apart any further is written."""

NEEDED: dict[str, tuple[int, ...]] = {
    "add": (SUM, SUM), "subtract": (SUM, PRODUCT), "multiply": (PRODUCT, PRODUCT),
    "divide": (PRODUCT, POWER), "mod": (PRODUCT, POWER), "negative": (PRODUCT,),
    "power": (WHOLE, POWER), "compare": (SUM, SUM), "sum": (PRODUCT,), "mean": (PRODUCT,),
    "cumsum": (PRODUCT,), "positive": (LOOSE,),
}  # fmt: skip
"""How tightly each operand has to hold together to stand in it without parentheses."""


ASK_NO_RESULT = frozenset({"matmul", "dot", "sum", "mean"})
"""Operations whose terms are found without their result, which then need not be computed."""


MOVES = frozenset({*FLAT, *JOINED, *MOVED, "store", "where", "array"})
"""Operations that only put entries in other places."""


def symbol(inside: Inside, node: ast.expr, place: Place) -> str:
    """``X[2,0]``; a number is itself."""
    text = inside.text(node)
    if isinstance(node, ast.Constant) or not place:
        return text
    return f"{text if _is_plain(node, text) else f'({text})'}[{','.join(map(str, place))}]"


def _is_plain(node: ast.expr, text: str) -> bool:
    """Can an index stand behind it? What was computed before a call is a name, and written out."""
    if isinstance(node, ast.Name) and not text.isidentifier():
        try:
            node = ast.parse(text, mode="eval").body
        except SyntaxError:
            return False
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call)


def figure(inside: Inside, node: ast.expr, place: Place) -> str:
    """The number that stands there."""
    value = inside.value(node)
    index = tuple(part for part in place if isinstance(part, int))
    if value is UNKNOWN or len(index) < len(place):
        return symbol(inside, node, place)
    return number_text(np.asarray(value)[index])


def written(inside: Inside, node: ast.expr, place: Place, leaf: Leaf) -> str:
    """One entry of an expression, written out to its leaves."""
    known = inside.known(node)
    first = place[0] if place else None
    if known is None and isinstance(first, int):
        element = inside.element(node, first)
        if element is not None:
            return written(inside, element, place[1:], leaf)
    if known is None or (not known.operands and known.rule.name != "made"):
        return leaf(inside, node, place)
    rule = known.rule
    if rule.name != "where" and (rule.cell or rule.entrywise):
        places = [_copied_from(place, inside.shape(part)) for part in known.operands]
        parts = written_entrywise(known, places, writer(inside, known, leaf))
        return joined(parts)
    if rule.name == "transpose" and not known.settings:
        return written(inside, known.operands[0], place[::-1], leaf)
    index = tuple(part for part in place if isinstance(part, int))
    if len(index) < len(place):
        return leaf(inside, node, place)
    moved = moved_from(inside, known, node, index)
    if moved is not None:
        return written(inside, moved[0], moved[1], leaf)
    if leaf is figure:
        return leaf(inside, node, place)
    return taken_apart(inside, known, node, index, leaf).text


def joined(parts: Sequence[str]) -> str:
    """Summands side by side."""
    return " + ".join(parts).replace("+ −", "− ")


def taken_apart(inside: Inside, known: Known, node: ast.expr, index: Index, leaf: Leaf) -> Cell:
    """An entry as the rule table takes it apart."""
    values = tuple(inside.value(part) for part in known.operands)
    result = None if known.rule.name in ASK_NO_RESULT else inside.value(node)
    settings = inside.settings(known)
    return cell(known, values, result, index, settings, writer(inside, known, leaf))


def _copied_from(place: Place, shape: Index) -> Place:
    """The entry of a smaller operand that was copied to this one; the place may hold letters."""
    tail = place[len(place) - len(shape) :]
    return tuple(0 if length == 1 else part for part, length in zip(tail, shape, strict=True))


def moved_from(
    inside: Inside, known: Known, node: ast.expr, index: Index
) -> tuple[ast.expr, Index] | None:
    """The operand and the entry of it that stands there, if the operation only moves entries."""
    name = known.rule.name
    if name == "made":
        leaf = _listed(node, index)
        return (leaf, ()) if leaf is not None else None
    if name not in MOVES:
        return None
    values = tuple(inside.value(part) for part in known.operands)
    asked = Asked(known, values, inside.value(node), index, inside.settings(known))
    if name in ("where", "array"):
        (read,) = cell(known, values, asked.result, index, asked.settings).term(0).reads
        return known.operands[read.operand], read.index
    found = origin(asked)
    return (known.operands[found[0]], found[1]) if found else None


def _listed(node: ast.expr, index: Index) -> ast.expr | None:
    """The number that stands there in ``np.array([[0, 1], [1, 0]])``."""
    if not isinstance(node, ast.Call) or len(node.args) != 1:
        return None
    part = node.args[0]
    for at in index:
        if not isinstance(part, ast.List | ast.Tuple) or at >= len(part.elts):
            return None
        part = part.elts[at]
    return None if isinstance(part, ast.List | ast.Tuple | ast.Call) else part


def writer(inside: Inside, known: Known, leaf: Leaf) -> Callable[..., str]:
    """How the rule table is to write the operands of an operation."""
    return partial(_operand, inside, known, leaf)


def _operand(
    inside: Inside, known: Known, leaf: Leaf, number: int, place: Place, tight: bool = True
) -> str:
    text = written(inside, known.operands[number], place, leaf)
    return held(text, _needed(known, number, tight=tight))


def _needed(known: Known, number: int, *, tight: bool) -> int:
    rule = known.rule
    if rule.name in NEEDED:
        return NEEDED[rule.name][number]
    if rule.cell:
        name = re.escape(f"{{{known.names[number]}}}")
        wrapped = all(re.search(rf"[(|,] ?{name}[),|]", form) for form in rule.cell)
        return LOOSE if wrapped else WHOLE
    return WHOLE if tight else LOOSE


def held(text: str, needed: int) -> str:
    """A text, in parentheses if it does not hold together as tightly as is needed."""
    return f"({text})" if tightness(text) < needed else text


def tightness(text: str) -> int:
    """How tightly a text holds together; a sum sign reaches as far as its products."""
    flat = _outside(text)
    if re.search(r" (<|>|<=|>=|==|!=|and|or|not|in|is|if|&|\||\^) |^not ", flat):
        return LOOSE
    if re.search(r" [+−-] |^[−-]", flat):
        return SUM
    if re.search(r"[·/*@%]| mod ", flat.replace("**", "")) or flat.startswith("Σ"):
        return PRODUCT
    return POWER if re.search(r"[²³]$|\*\*", flat) else WHOLE


def _outside(text: str) -> str:
    """A text without what stands in brackets."""
    depth, kept = 0, []
    for mark in text:
        depth -= mark in ")]}"
        if depth == 0:
            kept.append(mark)
        depth += mark in "([{"
    return "".join(kept)
