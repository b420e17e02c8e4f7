"""Imports that a script can do without: ``try: import cupy`` with what it does where there is none.

A module that is not opened is not installed, as far as such a script can tell.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

_MISSED = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})


def without_missing(tree: ast.Module, opened: Callable[[str], bool]) -> ast.Module:
    """A file whose guarded imports of what is not `opened` raise as Python's would; changes it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Try) and any(map(_misses, node.handlers)):
            node.body = [_raised(part, opened) for part in node.body]
    return tree


def _misses(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in _MISSED) for kind in kinds
    )


def _raised(node: ast.stmt, opened: Callable[[str], bool]) -> ast.stmt:
    if isinstance(node, ast.Import):
        asked = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        asked = [node.module or ""]
    else:
        return node
    missing = next((name for name in asked if not opened(name)), None)
    if missing is None:
        return node
    told = ast.Constant(f"No module named {missing!r}")
    raised = ast.Raise(ast.Call(ast.Name("ModuleNotFoundError", ast.Load()), [told], []), None)
    return ast.fix_missing_locations(ast.copy_location(raised, node))
