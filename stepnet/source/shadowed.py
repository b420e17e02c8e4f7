"""Builtins that a function surely hides: its own parameter ``type`` is not the builtin.

Only a name that is local to a function around it counts. One that a module or a class binds can
still be the builtin, before it is bound and after it is deleted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stepnet.source.scope import function_scope


def shadowed(tree: ast.Module, names: frozenset[str]) -> frozenset[int]:
    """By identity, the uses of these names that mean a local name of the script."""
    return frozenset(_hidden(tree, names, frozenset()))


def _hidden(node: ast.AST, names: frozenset[str], local: frozenset[str]) -> Iterator[int]:
    if isinstance(node, ast.Name) and node.id in local:
        yield id(node)
    if not isinstance(node, ast.FunctionDef | ast.Lambda):
        for part in ast.iter_child_nodes(node):
            yield from _hidden(part, names, local)
        return
    scope = function_scope(node)
    inner = (local - scope.globals) | (scope.names & names)
    inside = node.body if isinstance(node, ast.FunctionDef) else [node.body]
    for part in inside:
        yield from _hidden(part, names, inner)
    for part in (node.args, *getattr(node, "decorator_list", ())):
        yield from _hidden(part, names, local)
