"""Items of dictionaries that can be told apart by their keys: ``neuron["delta"]``, ``layer["W"]``.

A key under which only one dictionary is stored into is a place of its own. One that several have,
as ``params["W1"]`` and ``grads["W1"]``, is not: there an item is its dictionary.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping

ITEM = "[]"
"""The function that such a place counts to, as ``@`` is that of attributes."""


def items_of(tree: ast.Module) -> Mapping[str, frozenset[str]]:
    """By the name of a dictionary, the keys that are places of their own."""
    stored: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign):
            targets = [node.target]
        for target in targets:
            for part in ast.walk(target):
                match part:
                    case ast.Subscript(value=value, slice=ast.Constant(value=str(key))):
                        stored[key].add(container_name(value))
    found: dict[str, set[str]] = defaultdict(set)
    for key, names in stored.items():
        if len(names) == 1 and "" not in names:
            found[next(iter(names))].add(key)
    return {name: frozenset(keys) for name, keys in found.items()}


def container_name(node: ast.expr) -> str:
    """What a dictionary is called: ``params`` for ``self.params``; ``""`` for what is computed."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
