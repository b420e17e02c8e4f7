"""Imports of modules that are not opened and that nothing uses: they are left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stepnet.source.offered import HABITUAL


def leave_out(tree: ast.Module) -> tuple[str, ...]:
    """Take imports that nothing uses out of the tree; returns the modules that are left out.

    People carry a block of imports from one notebook to the next. One that is used is refused.
    """
    used = frozenset(_used(tree))
    left: list[str] = []
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list):
                body[:] = [_kept(part, used, left) for part in body]
    return tuple(sorted(set(left)))


def _used(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Global | ast.Nonlocal):
            yield from node.names


def _kept(node: ast.stmt, used: frozenset[str], left: list[str]) -> ast.stmt:
    """The statement without the names that are left out; ``pass`` where none remains."""
    if isinstance(node, ast.Import):
        closed = [a for a in node.names if _is_known(a.name) and _bound(a) not in used]
        modules = [alias.name for alias in closed]
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        if not _is_known(node.module):
            return node
        closed = [a for a in node.names if a.name != "*" and _bound(a) not in used]
        modules = [node.module for _ in closed]
    else:
        return node
    left += modules
    names = [alias for alias in node.names if alias not in closed]
    if not names:
        return ast.copy_location(ast.Pass(), node)
    node.names = names
    return node


def _is_known(module: str) -> bool:
    return module.partition(".")[0] in HABITUAL


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]
