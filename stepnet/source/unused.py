"""Imports of modules that are not opened and that nothing uses: they are left out."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from stepnet.source.offered import HABITUAL, OFFERED


def leave_out(tree: ast.Module) -> tuple[str, ...]:
    """Take imports that nothing uses out of the tree; returns the modules that are left out.

    People carry a block of imports from one notebook to the next. One that is used is refused.
    """
    used = _used(tree)
    left: set[str] = set()
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list):
                body[:] = [_kept(part, used, left) for part in body]
    return tuple(sorted(left))


def _used(tree: ast.Module) -> set[str]:
    """Every name that is read, in functions and classes only where something uses these.

    The tree is that of all files: where a name of one is imported into another, it is used if it is
    used there.
    """
    used: set[str] = set()
    waiting: dict[str, list[ast.AST]] = defaultdict(list)
    reading: list[ast.AST] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            reading += [
                *node.decorator_list,
                *node.args.defaults,
                *filter(None, node.args.kw_defaults),
            ]
            waiting[node.name] += node.body
        elif isinstance(node, ast.ClassDef):
            waiting[node.name].append(node)
        elif (names := _passed_on(node)) is not None:
            for target, value in names:
                waiting[target].append(value)
        else:
            reading.append(node)
    while reading:
        for name in _read(reading.pop()):
            used.add(name)
            reading += waiting.pop(name, ())
    return used


def _passed_on(node: ast.stmt) -> list[tuple[str, ast.expr]] | None:
    """``sigmoid = activations.sigmoid``, which only the linking of files writes."""
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return None
    target, value = node.targets[0], node.value
    targets = target.elts if isinstance(target, ast.Tuple) else [target]
    values = value.elts if isinstance(value, ast.Tuple) else [value]
    pairs: list[tuple[str, ast.expr]] = []
    for name, part in zip(targets, values, strict=False):
        if not (isinstance(name, ast.Name) and isinstance(part, ast.Name) and "." in part.id):
            return None
        pairs.append((name.id, part))
    return pairs


def _read(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Global | ast.Nonlocal):
            yield from part.names


def _kept(node: ast.stmt, used: set[str], left: set[str]) -> ast.stmt:
    """The statement without the names that are left out; ``pass`` where none remains."""
    if isinstance(node, ast.Import):
        closed = [a for a in node.names if _is_known(a.name) and _bound(a) not in used]
        left.update(alias.name for alias in closed)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        if not _is_known(node.module):
            return node
        closed = [a for a in node.names if a.name != "*" and _bound(a) not in used]
        left.update(node.module for _ in closed)
    else:
        return node
    names = [alias for alias in node.names if alias not in closed]
    if not names:
        return ast.copy_location(ast.Pass(), node)
    node.names = names
    return node


def _is_known(module: str) -> bool:
    return module.partition(".")[0] in HABITUAL and module not in OFFERED


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]
