"""Changing one place of a statement."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from stepnet.calculus.mutations.mistake import Line

Change = Callable[[ast.expr], Iterator[ast.expr]]


def edited(line: Line, change: Change, within: ast.AST | None = None) -> Iterator[tuple[ast.stmt]]:
    """The statement with one expression at a time changed; its target's name stays."""
    for node in expressions(line.node if within is None else within):
        for new in change(node):
            yield (put(line.node, node, new),)


def put(statement: ast.stmt, old: ast.expr, new: ast.expr) -> ast.stmt:
    """A copy of a statement with one of its expressions replaced."""
    made = _copied(statement, old, new)
    assert isinstance(made, ast.stmt)
    return ast.fix_missing_locations(made)


def _copied(node: Any, old: ast.expr, new: ast.expr) -> Any:
    if node is old:
        return new
    if isinstance(node, list):
        return [_copied(part, old, new) for part in node]
    if not isinstance(node, ast.AST):
        return node
    fields = {key: _copied(value, old, new) for key, value in ast.iter_fields(node)}
    return ast.copy_location(type(node)(**fields), node)


def expressions(node: ast.AST) -> Iterator[ast.expr]:
    """Every expression that a statement evaluates, from the outside to the inside."""
    parts: list[ast.AST] = [node]
    if isinstance(node, ast.Assign):
        parts = [target.slice for target in node.targets if isinstance(target, ast.Subscript)]
        parts.append(node.value)
    elif isinstance(node, ast.AugAssign):
        parts = [node.value]
    elif isinstance(node, ast.Return):
        parts = [node.value] if node.value else []
    for part in parts:
        for inner in ast.walk(part):
            if isinstance(inner, ast.expr):
                yield inner


def value_of(statement: ast.stmt) -> ast.expr | None:
    """What a statement assigns or returns."""
    return getattr(statement, "value", None)


def factors(node: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """Of an elementwise product each factor, and what is left without it."""
    match node:
        case ast.BinOp(left, ast.Mult(), right):
            return [(left, right), (right, left)]
        case ast.Call(ast.Attribute(_, "multiply"), [left, right], []):
            return [(left, right), (right, left)]
        case _:
            return []


def product(node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """The operands of a matrix product."""
    match node:
        case ast.BinOp(left, ast.MatMult(), right):
            return left, right
        case ast.Call(ast.Attribute(_, "dot" | "matmul"), [left, right], []):
            return left, right
        case ast.Call(ast.Attribute(left, "dot"), [right], []):
            return left, right
        case _:
            return None


def summed(node: ast.expr) -> ast.expr | None:
    """What a sum sums."""
    match node:
        case ast.Call(ast.Attribute(ast.Name("np"), "sum" | "mean"), [inner, *_], _):
            return inner
        case ast.Call(ast.Attribute(inner, "sum" | "mean"), _, _):
            return inner
        case _:
            return None


def values_of_both(line: Line, statement: ast.stmt) -> tuple[np.ndarray, np.ndarray] | None:
    """What the right statement and a changed one give; None unless both have one shape."""
    old, new = value_of(line.node), value_of(statement)
    if old is None or new is None:
        return None
    right, wrong = line.evaluated(old), line.evaluated(new)
    if right is None or wrong is None or np.shape(right) != np.shape(wrong):
        return None
    return np.asarray(right, dtype=float), np.asarray(wrong, dtype=float)


def is_negative(line: Line, statement: ast.stmt) -> bool:
    """Does a changed statement give minus what the right one gives?"""
    both = values_of_both(line, statement)
    return both is not None and bool(np.allclose(both[1], -both[0]))


def name(text: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(text, ast.Load())


def binary(left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.BinOp:
    """``left operator right``."""
    return ast.BinOp(left, operator, right)
