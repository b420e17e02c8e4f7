"""A step on a parameter: ``W -= lr * dW``, and what of it is a gradient."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from stepnet.source.by_name import assigning

PRODUCTS = frozenset({"dot", "matmul", "outer", "sum", "einsum"})
"""Calls that make a gradient out of what was propagated back."""

Step = tuple[ast.expr, ast.expr, int]
"""What is updated, what it is changed by, and 1 where that is added, -1 where subtracted."""

Part = tuple[ast.expr, bool]
"""A factor of a product, and whether the product is divided by it."""


def step_of(node: ast.stmt) -> Step | None:
    """The step that a statement takes; None for another statement."""
    match assigning(node):
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


DAMPING = frozenset({"sqrt", "square", "power", "abs", "norm"})
"""Functions whose result has not the direction of what they are given."""


def directions(step: ast.expr) -> Iterator[ast.expr]:
    """The parts that give a step its direction: ``dW`` of ``lr * dW / (np.sqrt(h) + eps)``."""
    match step:
        case ast.UnaryOp(operand=operand):
            yield from directions(operand)
        case ast.BinOp(left=left, op=ast.Div() | ast.Pow()):
            yield from directions(left)
        case ast.BinOp(left=left, right=right):
            yield from directions(left)
            yield from directions(right)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in DAMPING:
            return
        case _:
            yield step


def is_written_out(node: ast.stmt) -> bool:
    """Does an update compute its gradient itself: ``W -= lr * X.T @ d``?"""
    made = step_of(node)
    if made is None:
        return False
    return any(
        isinstance(part, ast.MatMult) or getattr(part, "attr", "") in PRODUCTS
        for part in ast.walk(made[1])
    )


def parts_of(step: ast.expr) -> list[Part]:
    """The factors of a step, in the order in which they are written."""
    match step:
        case ast.UnaryOp(ast.USub() | ast.UAdd(), operand):
            return parts_of(operand)
        case ast.BinOp(left, ast.Mult(), right):
            return parts_of(left) + parts_of(right)
        case ast.BinOp(left, ast.Div(), right):
            return parts_of(left) + [(node, not divides) for node, divides in parts_of(right)]
    return [(step, False)]


def is_multiplied_out(node: ast.stmt) -> bool:
    """May an update multiply its gradient together: ``w -= lr * error * x``?

    Not where it takes a share of the parameter itself or divides by what it computes, as optimisers
    do.
    """
    made = step_of(node)
    if made is None:
        return False
    target, step, _ = made
    parts = parts_of(step)
    plain = ast.Name | ast.Attribute | ast.Subscript | ast.Constant
    if any(divides and not isinstance(part, plain) for part, divides in parts):
        return False
    if ast.unparse(target) in {ast.unparse(part) for part in ast.walk(step)}:
        return False
    factors = [
        part for part, divides in parts if not divides and not isinstance(part, ast.Constant)
    ]
    return len(factors) > 2 or any(
        isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add | ast.Sub) for part in factors
    )
