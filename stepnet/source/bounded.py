"""Operators whose results may have no end in sight: computed by a function that looks first.

Python computes ``10 ** 10 ** 10`` without listening to anybody until it is done or the memory is.
So do ``[0] * 10**12`` and ``rows + columns``, where the system does not refuse them.
"""

from __future__ import annotations

import ast
import copy
import sys
from typing import TypeVar

POWER = ".power"
"""Called instead of ``**``."""
IN_PLACE = ".power_in_place"
"""Called instead of ``**=``."""
OPERATE = ".operate"
"""Called instead of an operator whose result may be larger than both operands."""
REFUSES = sys.platform == "linux"
"""Does the system itself refuse a process more memory than it is given?"""
GROWING = frozenset("Add Sub Mult Div FloorDiv Mod MatMult BitAnd BitOr BitXor".split())
"""The nodes of such operators."""
SMALL = 1000
"""Repeating something so often is left alone."""
HARMLESS = 4
"""Exponents up to here are left alone: a number has grown large long before they make it larger."""

Node = TypeVar("Node", bound=ast.AST)


def bounded(node: Node) -> Node:
    """The same code, in which such operators are looked at before they are computed."""
    if not any(_is_power(part) or _grows(part) for part in ast.walk(node)):
        return node
    found: Node = _Bounding().visit(copy.deepcopy(node))
    return ast.fix_missing_locations(found)


def _is_power(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return not _is_harmless(node.right)
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Pow):
        return isinstance(node.target, ast.Name) and not _is_harmless(node.value)
    return False


def _grows(node: ast.AST) -> bool:
    if REFUSES or not isinstance(node, ast.BinOp) or type(node.op).__name__ not in GROWING:
        return False
    return not _is_small(node.left) and not _is_small(node.right)


def _is_small(operand: ast.expr) -> bool:
    """A number by which nothing grows much."""
    return (
        isinstance(operand, ast.Constant)
        and isinstance(operand.value, int | float)
        and abs(operand.value) <= SMALL
    )


def _is_harmless(exponent: ast.expr) -> bool:
    if isinstance(exponent, ast.UnaryOp):
        return isinstance(exponent.operand, ast.Constant)
    if not isinstance(exponent, ast.Constant):
        return False
    return not isinstance(exponent.value, int) or exponent.value <= HARMLESS


class _Bounding(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        is_power, grows = _is_power(node), _grows(node)
        self.generic_visit(node)
        operands = [node.left, node.right]
        if grows:
            name, operands = OPERATE, [ast.Constant(type(node.op).__name__), *operands]
        elif is_power:
            name = POWER
        else:
            return node
        called = ast.Call(ast.Name(name, ast.Load()), operands, [])
        return ast.copy_location(called, node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        is_power = _is_power(node)
        self.generic_visit(node)
        if not is_power or not isinstance(node.target, ast.Name):
            return node
        old = ast.Name(node.target.id, ast.Load())
        called = ast.Call(ast.Name(IN_PLACE, ast.Load()), [old, node.value], [])
        return ast.copy_location(ast.Assign([node.target], called), node)
