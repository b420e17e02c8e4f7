"""Which expressions stand for modules."""

from __future__ import annotations

import ast

from stepnet.source.allowed import MODULES


def module_of(node: ast.expr, modules: dict[str, str]) -> str | None:
    """The module that an expression such as ``np.random`` stands for, if it stands for one."""
    if isinstance(node, ast.Name):
        name = modules.get(node.id)
        return name if name in MODULES else None
    if isinstance(node, ast.Attribute):
        parent = module_of(node.value, modules)
        inner = f"{parent}.{node.attr}"
        return inner if parent is not None and inner in MODULES else None
    return None


def called_of(node: ast.expr, modules: dict[str, str]) -> tuple[str, str]:
    """The module and the name of a function that is called, if it is a module's; else empty."""
    if isinstance(node, ast.Name):
        module, _, name = modules.get(node.id, "").rpartition(".")
        return module, name
    if isinstance(node, ast.Attribute):
        return module_of(node.value, modules) or "", node.attr
    return "", ""
