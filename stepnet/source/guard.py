"""Attributes that only objects of the script's own classes may be asked for.

``data`` is what many a class calls its array; of an array it is the raw buffer. Which of the two
is read shows when the code runs, so the object is asked then. The same holds for ``x.__dict__``,
for ``x.__class__``, where the class is kept or called, and for ``text.format``.
"""

from __future__ import annotations

import ast
import copy
from typing import TypeVar

from stepnet.source.formats import formats_unknown
from stepnet.source.members import Members

OWN_OBJECT = ".own"
"""Called with an object before such an attribute of it is read or stored."""
OWN_CLASS = ".class"
"""Gives the class of an object of the script."""
HELD_BY = ".held"
"""Gives what an object of the script holds, as ``__dict__`` does."""

FORMAT_OF = ".format"
"""Gives the method ``format`` of a text, whose fields are looked at first."""

STATE_SETTER = ".set_state"
"""Gives the method ``set_state`` of a generator, which looks at the state first."""

Node = TypeVar("Node", bound=ast.AST)


def guarded(node: Node, own: Members) -> Node:
    """The same code, in which such attributes are only found in objects of the script."""
    if not any(is_guarded(part, own) for part in ast.walk(node)):
        return node
    found: Node = _Guard(own).visit(copy.deepcopy(node))
    return ast.fix_missing_locations(found)


def set_own_class(node: ast.AST) -> None:
    """Note of ``type(x)`` or ``x.__class__`` that the class is kept; copies remember it."""
    node.own_class = True  # type: ignore[attr-defined]  # a mark of ours, which a copy keeps


def is_own_class(node: ast.AST) -> bool:
    """Is this the class of an object, and may it only be one of the script's?"""
    return getattr(node, "own_class", False) is True


def is_guarded(node: ast.AST, own: Members) -> bool:
    """Is an object asked here, when the code runs, whether it is the script's?"""
    if is_own_class(node) or formats_unknown(node) or _sets_state(node):
        return True
    return isinstance(node, ast.Attribute) and (node.attr in own.guarded or node.attr == "__dict__")


def _sets_state(node: ast.AST) -> bool:
    if not isinstance(node, ast.Attribute) or node.attr != "set_state":
        return False
    return isinstance(node.ctx, ast.Load)


class _Guard(ast.NodeTransformer):
    def __init__(self, own: Members) -> None:
        self.own = own

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        guarded, of_own = is_guarded(node, self.own), is_own_class(node)
        formats, sets = formats_unknown(node), _sets_state(node)
        self.generic_visit(node)
        if not guarded:
            return node
        if formats:
            return _asked(FORMAT_OF, node.value, node)
        if sets:
            return _asked(STATE_SETTER, node.value, node)
        if of_own or node.attr == "__dict__":
            return _asked(OWN_CLASS if of_own else HELD_BY, node.value, node)
        node.value = _asked(OWN_OBJECT, node.value, node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        of_own = is_own_class(node)
        self.generic_visit(node)
        return _asked(OWN_CLASS, node.args[0], node) if of_own else node


def _asked(function: str, thing: ast.expr, node: ast.expr) -> ast.expr:
    asked = ast.Call(ast.Name(function, ast.Load()), [thing], [])
    return ast.copy_location(asked, node)
