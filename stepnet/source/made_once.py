"""What is made where it is missing, and then carried on: the momentum of a layer, say."""

from __future__ import annotations

import ast


def made_once(tree: ast.Module) -> frozenset[int]:
    """By identity: the statements behind ``if not hasattr(layer, "m"):`` and the like."""
    return frozenset(
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and _asks_for_lack(node.test)
        for inner in node.body
        for part in ast.walk(inner)
    )


def _asks_for_lack(test: ast.expr) -> bool:
    match test:
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Compare(ops=[ast.Is() | ast.NotIn() | ast.Eq()]):
            return True
    return False
