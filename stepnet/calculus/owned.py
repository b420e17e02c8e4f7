"""Expressions that would run the script's own code: operators and methods of its objects."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from stepnet.machine.objects import is_instance
from stepnet.source.by_name import read_by_name

Look = Callable[[ast.expr], Any]
_PLACES = ast.Name | ast.Attribute | ast.Subscript


def runs_own_code(node: ast.expr, look: Look) -> bool:
    """Does an operator, a subscript or a call in it meet an object of a class of the script?

    ``pred - target`` of two tensors is a method of theirs, which may count who asked. `look` gives
    the value of a place.
    """
    if isinstance(node, ast.Name | ast.Constant):
        return False
    if isinstance(node, ast.Attribute):
        return runs_own_code(node.value, look)
    named = read_by_name(node)
    if named is not None:  # an attribute, whatever it is called
        return any(runs_own_code(part, look) for part in named)
    for part in ast.iter_child_nodes(node):
        if not isinstance(part, ast.expr):
            continue
        if runs_own_code(part, look):
            return True
        met = part
        if isinstance(node, ast.Call) and part is node.func and isinstance(part, ast.Attribute):
            met = part.value
        if isinstance(met, _PLACES) and is_instance(look(met)):
            return True
    return False
