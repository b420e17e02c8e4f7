"""Iterators that the script keeps are made iterators of ours, which can be put back."""

from __future__ import annotations

import ast
import copy
from typing import TypeVar

from stepnet.source.calls import is_kept

ITERATE = ".iterate"
"""Makes an iterator that can be put back."""

Node = TypeVar("Node", bound=ast.AST)


def with_ours(node: Node) -> Node:
    """The same code, in which iterators that are kept are ours."""
    if not any(map(is_kept, ast.walk(node))):
        return node
    found: Node = _Ours().visit(copy.deepcopy(node))
    return ast.fix_missing_locations(found)


class _Ours(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.AST:
        kept = is_kept(node)
        self.generic_visit(node)
        return _ours(node) if kept else node

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.AST:
        kept = is_kept(node)
        self.generic_visit(node)
        return _ours(_mapped(node)) if kept else node


def _ours(node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Call(ast.Name(ITERATE, ast.Load()), [node], []), node)


def _mapped(node: ast.GeneratorExp) -> ast.expr:
    """A generator over one thing, as ``map`` and ``filter`` would write it."""
    (part,) = node.generators
    source = part.iter
    if part.ifs:
        test = part.ifs[0] if len(part.ifs) == 1 else ast.BoolOp(ast.And(), part.ifs)
        source = _call("filter", _of_one(test, part.target), source)
    return ast.copy_location(_call("map", _of_one(node.elt, part.target), source), node)


def _of_one(value: ast.expr, target: ast.expr) -> ast.expr:
    """A function of one element, which the target takes apart."""
    element = ast.arg(".element")
    one = ast.Tuple([ast.Name(".element", ast.Load())], ast.Load())
    loop = ast.ListComp(value, [ast.comprehension(target, one, [], 0)])
    first = ast.Subscript(loop, ast.Constant(0), ast.Load())
    return ast.Lambda(ast.arguments([], [element], None, [], [], None, []), first)


def _call(name: str, *given: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(f".{name}", ast.Load()), list(given), [])
