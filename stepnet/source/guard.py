"""Attributes that only objects of the script's own classes may be asked for.

``data`` is what many a class calls its array; of an array it is the raw buffer. Which of the two
is read shows when the code runs, so the object is asked then.
"""

from __future__ import annotations

import ast
import copy
from typing import TypeVar

from stepnet.source.members import Members

OWN_OBJECT = ".own"
"""Called with an object before such an attribute of it is read or stored."""

Node = TypeVar("Node", bound=ast.AST)


def guarded(node: Node, own: Members) -> Node:
    """The same code, in which such attributes are only found in objects of the script."""
    if not own.guarded or not any(_is_guarded(part, own) for part in ast.walk(node)):
        return node
    found: Node = _Guard(own).visit(copy.deepcopy(node))
    return ast.fix_missing_locations(found)


def _is_guarded(node: ast.AST, own: Members) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in own.guarded


class _Guard(ast.NodeTransformer):
    def __init__(self, own: Members) -> None:
        self.own = own

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if _is_guarded(node, self.own):
            asked = ast.Call(ast.Name(OWN_OBJECT, ast.Load()), [node.value], [])
            node.value = ast.copy_location(asked, node)
        return node
