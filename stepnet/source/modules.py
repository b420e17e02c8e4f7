"""Which expressions stand for modules."""

from __future__ import annotations

import ast

from stepnet.source.allowed import MODULES


def module_of(node: ast.expr, modules: dict[str, str]) -> str | None:
    """The module that an expression such as ``np.random`` stands for, if it stands for one."""
    if isinstance(node, ast.Name):
        return modules.get(node.id)
    if isinstance(node, ast.Attribute):
        parent = module_of(node.value, modules)
        inner = f"{parent}.{node.attr}"
        return inner if parent is not None and inner in MODULES else None
    return None
