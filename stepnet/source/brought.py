"""Names of Python's library that one file of a script gives to another: ``from tensor import np``.

What a name of the library may be used for is known by where it comes from, so it is imported once
more, and not handed on as a value.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class Brought:
    """What an import at the top of a file binds a name to."""

    module: str
    """As the import statement writes it."""
    name: str
    """What is imported of it; empty for the module itself."""
    level: int
    """How many dots stand in front of the module."""

    def imported(self, target: str) -> ast.stmt:
        """The same import, under another name."""
        if not self.name:
            return ast.Import([ast.alias(self.module, target)])
        return ast.ImportFrom(self.module, [ast.alias(self.name, target)], 0)


def brought(tree: ast.Module) -> dict[str, Brought]:
    """The names that imports at the top of a file bind."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                told = Brought(node.module or "", alias.name, node.level)
                found[alias.asname or alias.name] = told
        elif isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name] = Brought(alias.name, "", 0)
    return found
