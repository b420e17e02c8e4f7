"""Powers, whose results may have no end in sight: computed by a function that looks first.

Python computes ``10 ** 10 ** 10`` without listening to anybody until it is done or the memory is.
"""

from __future__ import annotations

import ast
import copy
from typing import TypeVar

POWER = ".power"
"""Called instead of ``**``."""
IN_PLACE = ".power_in_place"
"""Called instead of ``**=``."""
HARMLESS = 4
"""Exponents up to here are left alone: a number has grown large long before they make it larger."""

Node = TypeVar("Node", bound=ast.AST)


def bounded(node: Node) -> Node:
    """The same code, in which powers are looked at before they are computed."""
    if not any(_is_power(part) for part in ast.walk(node)):
        return node
    found: Node = _Bounding().visit(copy.deepcopy(node))
    return ast.fix_missing_locations(found)


def _is_power(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return not _is_harmless(node.right)
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Pow):
        return isinstance(node.target, ast.Name) and not _is_harmless(node.value)
    return False


def _is_harmless(exponent: ast.expr) -> bool:
    if isinstance(exponent, ast.UnaryOp):
        return isinstance(exponent.operand, ast.Constant)
    if not isinstance(exponent, ast.Constant):
        return False
    return not isinstance(exponent.value, int) or exponent.value <= HARMLESS


class _Bounding(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        is_power = _is_power(node)
        self.generic_visit(node)
        if not is_power:
            return node
        called = ast.Call(ast.Name(POWER, ast.Load()), [node.left, node.right], [])
        return ast.copy_location(called, node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        is_power = _is_power(node)
        self.generic_visit(node)
        if not is_power or not isinstance(node.target, ast.Name):
            return node
        old = ast.Name(node.target.id, ast.Load())
        called = ast.Call(ast.Name(IN_PLACE, ast.Load()), [old, node.value], [])
        return ast.copy_location(ast.Assign([node.target], called), node)
