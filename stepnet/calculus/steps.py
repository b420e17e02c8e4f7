"""A step on a parameter: ``W -= lr * dW``, and what of it is a gradient."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

PRODUCTS = frozenset({"dot", "matmul", "outer", "sum", "einsum"})
"""Calls that make a gradient out of what was propagated back."""

Step = tuple[ast.expr, ast.expr, int]
"""What is updated, what it is changed by, and 1 where that is added, -1 where subtracted."""


def step_of(node: ast.stmt) -> Step | None:
    """The step that a statement takes; None for another statement."""
    match node:
        case ast.AugAssign(target, ast.Sub() | ast.Add() as sign, value):
            return target, value, -1 if isinstance(sign, ast.Sub) else 1
        case ast.Assign([target], ast.BinOp(left, ast.Sub() | ast.Add() as sign, value)):
            if ast.unparse(left) == ast.unparse(target):
                return target, value, -1 if isinstance(sign, ast.Sub) else 1
    return None


def unscaled(step: ast.expr, look: Callable[[ast.expr], Any], sign: int) -> tuple[ast.expr, int]:
    """A step without the numbers it is multiplied with and divided by, and its sign."""
    sides: tuple[tuple[ast.expr, ast.expr], ...]
    while True:
        match step:
            case ast.UnaryOp(ast.USub(), operand):
                step, sign = operand, -sign
                continue
            case ast.BinOp(left, ast.Mult(), right):
                sides = ((left, right), (right, left))
            case ast.BinOp(left, ast.Div(), right):
                sides = ((right, left),)
            case ast.BinOp(left, ast.MatMult(), right):
                inner, sign = unscaled(left, look, sign)
                return (step if inner is left else ast.BinOp(inner, ast.MatMult(), right)), sign
            case _:
                return step, sign
        for number, rest in sides:
            value = look(number)
            if isinstance(value, int | float | np.number) and value:
                # A name may be a gradient that is one number: only what is written has a sign.
                told = any(isinstance(part, ast.Name) for part in ast.walk(number))
                step, sign = rest, sign if told or value > 0 else -sign
                break
        else:
            return step, sign


def is_written_out(node: ast.stmt) -> bool:
    """Does an update compute its gradient itself: ``W -= lr * X.T @ d``?"""
    made = step_of(node)
    if made is None:
        return False
    return any(
        isinstance(part, ast.MatMult) or getattr(part, "attr", "") in PRODUCTS
        for part in ast.walk(made[1])
    )
