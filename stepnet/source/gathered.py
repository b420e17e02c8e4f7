"""Sums that a loop gathers: ``total += w * x``, where nothing else in the loop looks at `total`.

What training steps is read again before the next step; a sum is read when its loop is done.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

Loop = ast.For | ast.While


def gathered_names(tree: ast.Module) -> frozenset[int]:
    """The statements that add to such a sum, by identity."""
    inner = {
        part.id
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.Lambda)
        for part in ast.walk(function)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }
    return frozenset(
        id(step)
        for body, is_module in _bodies(tree)
        for loop in _outermost(body)
        for step in _steps(loop)
        if _is_gathered(step, loop, body) and not (is_module and _target(step) in inner)
    )


def _bodies(tree: ast.Module) -> Iterator[tuple[list[ast.stmt], bool]]:
    yield tree.body, True
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node.body, False


def _outermost(body: list[ast.stmt]) -> Iterator[Loop]:
    """Every loop of a function, those inside of others too."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        if isinstance(node, Loop):
            yield node
        for name in ("body", "orelse", "finalbody"):
            yield from _outermost(getattr(node, name, []))


def _steps(loop: Loop) -> Iterator[ast.AugAssign]:
    for node in ast.walk(loop):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node


def _target(step: ast.AugAssign) -> str:
    return step.target.id if isinstance(step.target, ast.Name) else ""


def _is_gathered(step: ast.AugAssign, loop: Loop, body: list[ast.stmt]) -> bool:
    """Is it begun outside of the loop, and read by nothing in it?"""
    name = _target(step)
    begun = [
        node
        for part in body
        for node in ast.walk(part)
        if isinstance(node, ast.Assign) and _binds(node, name)
    ]
    inside = list(ast.walk(loop))
    if not begun or any(node in inside for node in begun):
        return False
    return not any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        for node in inside
    )


def _binds(node: ast.Assign, name: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == name for part in node.targets)
