"""How shapes meet in an operation, in the notation people write on paper."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from stepnet.explain.expression import UNKNOWN, Piece, operations
from stepnet.explain.listed import list_shape

SYMBOLS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.MatMult: "@",
    ast.FloorDiv: "//", ast.Mod: "%", ast.USub: "-", ast.UAdd: "+", ast.Not: "not",
    ast.Invert: "~", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==",
    ast.NotEq: "!=", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<",
    ast.RShift: ">>", ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def shape_of(value: object) -> str:
    """``(3,4)`` for an array, ``()`` for a number, ``""`` for what has no shape."""
    if isinstance(value, np.ndarray):
        return written(value.shape)
    if isinstance(value, bool | int | float | complex | np.generic):
        return "()"
    shape = list_shape(value) if type(value) is list else None
    return written(shape) if shape else ""


def written(shape: tuple[int, ...]) -> str:
    """``(3,4)``, ``(3,)``, ``()``."""
    if len(shape) == 1:
        return f"({shape[0]},)"
    return f"({','.join(map(str, shape))})"


def index_text(key: ast.expr) -> str:
    """What stands between the brackets of an index: ``:, 0`` without the tuple's parentheses."""
    text = ast.unparse(key)
    tuple_of = isinstance(key, ast.Tuple) and key.elts and text.startswith("(")
    return text[1:-1] if tuple_of else text


def arithmetic(piece: Piece) -> tuple[str, ...]:
    """A line an operation that has a shape to tell of, inside out; none for plain numbers."""
    lines = [line for part in operations(piece) if (line := line_of(part))]
    return tuple(dict.fromkeys(lines))


def line_of(piece: Piece) -> str:
    """One operation: ``(3,4) @ (4,1) → (3,1)``; ``""`` where shapes tell nothing."""
    values = [part.value for part in piece.parts]
    if piece.value is UNKNOWN or any(value is UNKNOWN for value in values):
        return ""
    if not any(isinstance(value, np.ndarray) for value in (*values, piece.value)):
        return ""
    result = shape_of(piece.value)
    if not result:
        return ""
    match piece.node:
        case ast.BinOp(op=operator):
            left, right = map(shape_of, values)
            line = f"{left} {SYMBOLS[type(operator)]} {right} → {result}"
            matmul = isinstance(operator, ast.MatMult)
            return line + (_contracted(*values) if matmul else _repeated(values, piece.value))
        case ast.Compare(ops=[operator]):
            left, right = map(shape_of, values)
            return f"{left} {SYMBOLS[type(operator)]} {right} → {result}"
        case ast.Call(func=function):
            given = " ".join(filter(None, map(shape_of, _arrays(values))))
            name = ast.unparse(function) if _is_plain(function) else f".{_attribute(function)}()"
            extra = _contracted(*values[:2]) if name in ("np.dot", "np.matmul") else ""
            return f"{name} {given} → {result}{extra}"
        case ast.Attribute(attr=attr):
            return f".{attr} {shape_of(values[0])} → {result}"
        case ast.Subscript(slice=key):
            return f"[{index_text(key)}] {shape_of(values[0])} → {result}"
        case _:
            return ""


def _arrays(values: list[object]) -> list[object]:
    return [value for value in values if isinstance(value, np.ndarray)]


def _is_plain(function: ast.expr) -> bool:
    """``np.dot`` or ``len``, and not a method of a value."""
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id in ("np", "numpy")
    return isinstance(function, ast.Name)


def _attribute(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)


def _contracted(left: Any = None, right: Any = None, *_: object) -> str:
    """Which length is summed away by a product."""
    if np.ndim(left) == 0 or np.ndim(right) == 0:
        return ""
    return f": the {np.shape(left)[-1]} is summed over"


def _repeated(values: list[Any], result: Any) -> str:
    """Which operand is stretched by broadcasting, and along which axis."""
    shape = np.shape(result)
    told = []
    for value in values:
        own = np.shape(value)
        if not own or own == shape:
            continue
        padded = (1,) * (len(shape) - len(own)) + own
        axes = [str(n) for n, (a, b) in enumerate(zip(padded, shape, strict=True)) if a != b]
        if axes:
            told.append(f": {written(own)} is repeated along axis {' and '.join(axes)}")
    return "".join(told)
