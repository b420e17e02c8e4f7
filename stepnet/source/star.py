"""``from numpy import *`` as if it were written out: the names that the file uses."""

from __future__ import annotations

import ast
import builtins
import importlib
from functools import cache

from stepnet.source.offered import GONE

STARRED = ("numpy", "numpy.linalg", "numpy.random", "math")
"""Modules whose star import is written out."""


def written_out(tree: ast.Module) -> None:
    """Name what the star imports of a file bring it, in place.

    One that might bring a name which the file binds itself, and reads where it does not bind it,
    stays a star: which of the two is meant depends on the order in which they run.
    """
    stars = [node for node in tree.body if _is_star(node)]
    if not stars:
        return
    free = _free(tree)
    bound = _bound(tree.body)
    for node in reversed(stars):
        assert isinstance(node, ast.ImportFrom)
        brought = free & _exports(node.module or "")
        if brought & bound:
            continue
        star = node.names[0]
        node.names = [ast.copy_location(ast.alias(name), star) for name in sorted(brought)]
        free -= brought
        if not brought:
            tree.body[tree.body.index(node)] = ast.copy_location(ast.Pass(), node)


def _is_star(node: ast.stmt) -> bool:
    if not isinstance(node, ast.ImportFrom) or node.level or node.module not in STARRED:
        return False
    return node.names[0].name == "*"


@cache
def _exports(module: str) -> frozenset[str]:
    """What a star brings, and what it brought in older versions."""
    found = importlib.import_module(module)
    names = getattr(found, "__all__", None) or [name for name in dir(found) if name[0] != "_"]
    gone = frozenset(GONE) - frozenset(dir(builtins)) if module == "numpy" else frozenset()
    return frozenset(names) | gone


def _bound(body: list[ast.stmt]) -> frozenset[str]:
    """The names that statements bind in their own scope."""
    found: set[str] = set()
    waiting: list[ast.AST] = [*body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.update((part.asname or part.name).partition(".")[0] for part in node.names)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        waiting += [] if isinstance(node, _OWN_SCOPE) else ast.iter_child_nodes(node)
    return frozenset(found)


_OWN_SCOPE = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _free(node: ast.AST) -> set[str]:
    """The names that are read where no function around them binds them."""
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    found = set().union(*(_free(part) for part in ast.iter_child_nodes(node)))
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        inner = node.body if isinstance(node, ast.FunctionDef) else []
        declared = {name for part in inner if isinstance(part, ast.Global) for name in part.names}
        own = {part.arg for part in ast.walk(node.args) if isinstance(part, ast.arg)}
        return found - (own | _bound(inner)) | (found & declared)
    if isinstance(node, _OWN_SCOPE):
        targets = {
            part.id
            for generator in getattr(node, "generators", [])
            for part in ast.walk(generator.target)
            if isinstance(part, ast.Name)
        }
        return found - targets
    return found
