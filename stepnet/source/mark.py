"""Compiling pieces of a script, and marking its functions so that they can be recognised.

A function object carries the line its code begins at. Each ``def`` and ``lambda`` of a script gets
a line number of its own beyond any real one, so that a function, wherever it has wandered, tells
which instructions belong to it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import CodeType

FILENAME = "<script>"


def mark_functions(tree: ast.Module) -> dict[int, ast.FunctionDef | ast.Lambda]:
    """Give every function and lambda its own line number; returns them by that number."""
    found: dict[int, ast.FunctionDef | ast.Lambda] = {}
    first = max((getattr(node, "end_lineno", 0) or 0 for node in ast.walk(tree)), default=0) + 1
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            mark = first + len(found)
            found[mark] = node
            node.lineno = node.end_lineno = mark
    return found


def qualified_names(tree: ast.Module) -> dict[int, str]:
    """What Python calls each marked function in its messages: ``Net.train``."""
    return dict(_qualified(tree, ""))


def _qualified(node: ast.AST, around: str) -> Iterator[tuple[int, str]]:
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.FunctionDef | ast.Lambda):
            name = around + getattr(part, "name", "<lambda>")
            yield part.lineno, name
            yield from _qualified(part, f"{name}.<locals>.")
        elif isinstance(part, ast.ClassDef):
            yield from _qualified(part, f"{around}{part.name}.")
        else:
            yield from _qualified(part, around)


def expression_code(node: ast.expr) -> CodeType:
    """Code that evaluates an expression."""
    tree = ast.fix_missing_locations(ast.Expression(node))
    return compile(tree, FILENAME, "eval", dont_inherit=True)


def statement_code(*nodes: ast.stmt) -> CodeType:
    """Code that executes statements in the names it is given."""
    module = ast.Module(body=list(nodes), type_ignores=[])
    return compile(ast.fix_missing_locations(module), FILENAME, "exec", dont_inherit=True)
