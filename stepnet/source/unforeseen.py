"""Calls of which only the run tells what they call: ``self.activation(x)``, ``layer(x)``.

Fused code leaves such a call to the machine, which sees what is called and runs it in one go, or
gives the piece up.
"""

from __future__ import annotations

import ast

from stepnet.source.lowering import Context
from stepnet.source.plain import is_foreseen

CALL = ".call"
"""Called with what is to be called, and its arguments."""


def asked(node: ast.stmt, context: Context) -> ast.stmt:
    """The statement, in which the machine makes such calls; changes it."""
    changed: ast.stmt = _Asked(context).visit(node)
    return changed


class _Asked(ast.NodeTransformer):
    def __init__(self, context: Context) -> None:
        self.context = context

    def visit_Call(self, node: ast.Call) -> ast.AST:
        foreseen = not self.context.calls.reaches(node) or is_foreseen(node, self.context)
        self.generic_visit(node)
        if not foreseen:
            node.args.insert(0, node.func)
            node.func = ast.copy_location(ast.Name(CALL, ast.Load()), node)
        return node
