"""An element of ``[2 * v for v in losses]``: the expression with the element put in."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from stepnet.explain.expression import UNKNOWN
from stepnet.source.effects import is_pure

Listed = ast.ListComp | ast.GeneratorExp


def is_plain(node: ast.AST, modules: Mapping[str, str]) -> bool:
    """Can a comprehension be evaluated again without anyone noticing?"""
    if not isinstance(node, Listed):
        return False
    inner = [node.elt]
    for part in node.generators:
        inner += [part.iter, *part.ifs]
    return all(is_pure(part, modules) for part in inner)


def element(node: Listed, taken: Any, place: int) -> ast.expr | None:
    """The expression of one element, `taken` being what the comprehension runs over.

    None where elements are left out, or there are several loops or targets.
    """
    generator = node.generators[0]
    target = generator.target
    if len(node.generators) > 1 or generator.ifs or not isinstance(target, ast.Name):
        return None
    if taken is UNKNOWN or isinstance(taken, str | dict | set):
        return None
    put: ast.expr = ast.Subscript(generator.iter, ast.Constant(place), ast.Load())
    if isinstance(taken, range):
        put = ast.Constant(taken[place])
    elif not isinstance(taken, list | tuple | np.ndarray):
        return None
    made: ast.expr = _put(node.elt, target.id, put)
    return made


def _put(node: Any, name: str, made: ast.expr) -> Any:
    """A copy of an expression in which a name is replaced."""
    if isinstance(node, list):
        return [_put(part, name, made) for part in node]
    if isinstance(node, ast.Name) and node.id == name:
        return made
    if not isinstance(node, ast.AST):
        return node
    return type(node)(**{key: _put(value, name, made) for key, value in ast.iter_fields(node)})
