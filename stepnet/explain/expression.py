"""Looking inside a statement: every piece of its expression with the value it had.

The pieces are evaluated where the statement stood before it ran, innermost first and each once.
A piece that would change something (a draw, a print, a call of the script's own code) is not
evaluated again: its value is told as unknown, and so is that of every piece around it.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType

import numpy as np

from stepnet.machine.frame import Names
from stepnet.source.effects import is_pure
from stepnet.source.mark import expression_code
from stepnet.source.outputs import unwritten
from stepnet.source.scope import MODULE_NAMES


class Unknown:
    """The value of a piece that was not evaluated."""


UNKNOWN = Unknown()


@dataclass(frozen=True, eq=False)
class Piece:
    """One expression inside another."""

    node: ast.expr
    text: str
    """As it is written in the script."""
    value: object
    """UNKNOWN where evaluating it again would change something, or raises."""
    parts: tuple[Piece, ...]
    """The expressions it is made of, in the order in which they are written."""


def pieces(node: ast.expr, names: Names, source: str) -> Piece:
    """The expression taken apart, evaluated with these names."""
    inner = tuple(pieces(part, names, source) for part in parts_of(node))
    return Piece(node, text_of(node, source), _value(node, inner, names), inner)


def text_of(node: ast.expr, source: str) -> str:
    """The source text of an expression, on one line."""
    written = _segment(node, source)
    if not written:
        written = ast.unparse(node).replace(f"{MODULE_NAMES}", "globals")
    return " ".join(part for part in written.split() if part != "\\")


def _segment(node: ast.expr, source: str) -> str:
    """The source text where an expression stands; ``""`` if it stands nowhere."""
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0) or 0
    lines = _lines(source)
    if not 0 < first <= last <= len(lines):
        return ""
    start, end = node.col_offset, node.end_col_offset
    chosen = list(lines[first - 1 : last])
    chosen[-1] = chosen[-1][:end]
    chosen[0] = chosen[0][start:]
    return b" ".join(chosen).decode(errors="replace")


@lru_cache(maxsize=4)
def _lines(source: str) -> tuple[bytes, ...]:
    """The lines as bytes: columns of a syntax tree count those."""
    return tuple(line.encode() for line in source.split("\n"))


def operations(piece: Piece) -> Iterator[Piece]:
    """Every piece that does something, inside out."""
    for part in piece.parts:
        yield from operations(part)
    if piece.parts:
        yield piece


def parts_of(node: ast.expr) -> list[ast.expr]:
    """The expressions that an expression is made of, in the order in which they are written."""
    match node:
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.UnaryOp(operand=operand):
            return [operand]
        case ast.Compare(left=left, comparators=[right]):
            return [left, right]
        case ast.Call(func=ast.Attribute(value=value), args=args, keywords=keywords):
            inner = [*args, *(keyword.value for keyword in keywords)]
            return inner if _is_module(value) else [value, *inner]
        case ast.Call(args=args, keywords=keywords):
            return [*args, *(keyword.value for keyword in keywords)]
        case ast.Subscript(value=value):
            return [value]
        case ast.Attribute(value=value):
            return [] if _is_module(value) else [value]
        case _:
            return []


_MODULES = {"np": "numpy", "numpy": "numpy", "math": "math"}
"""What the names that scripts give to modules stand for, by custom."""


def _is_module(node: ast.expr) -> bool:
    """``np`` or ``np.random``: not a value."""
    if isinstance(node, ast.Attribute):
        return _is_module(node.value) and node.attr in ("random", "linalg", "path")
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "math", "os", "copy")


def _value(node: ast.expr, inner: tuple[Piece, ...], names: Names) -> object:
    if any(part.value is UNKNOWN for part in inner):
        return UNKNOWN
    code = _code(node)
    if code is None:
        return UNKNOWN
    given = _Given(names)
    for number, part in enumerate(inner):
        given[f".piece{number}"] = part.value
    try:
        with np.errstate(all="ignore"):  # the script itself has complained already
            found: object = eval(code, names, given)
    except Exception:
        return UNKNOWN
    return found


@lru_cache(maxsize=1024)
def _code(node: ast.expr) -> CodeType | None:
    """What evaluates an expression again from the values of its parts; None if nothing may.

    A program's tree never changes, and each of its statements is looked into many times.
    """
    if isinstance(node, ast.Starred) or not is_pure(node, _MODULES):
        return None
    again = unwritten(replaced(node), _MODULES)
    return None if again is None else expression_code(again)


def replaced(node: ast.expr) -> ast.expr:
    """A copy of an expression with ``.piece0``, ``.piece1``, … in place of its parts."""
    copied = copy.deepcopy(node)
    for number, place in enumerate(parts_of(copied)):
        _replace(copied, place, ast.Name(f".piece{number}", ast.Load()))
    return copied


class _Given(dict[str, object]):
    """Names of the pieces; all others are asked of the frame."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, name: str) -> object:
        return self.names[name]


def _replace(node: ast.AST, old: ast.expr, new: ast.expr) -> None:
    for field, value in ast.iter_fields(node):
        if value is old:
            setattr(node, field, new)
            return
        if isinstance(value, list):
            for number, element in enumerate(value):
                if element is old:
                    value[number] = new
                    return
                if isinstance(element, ast.keyword) and element.value is old:
                    element.value = new
                    return
    function = getattr(node, "func", None)
    if isinstance(function, ast.Attribute) and function.value is old:
        function.value = new
