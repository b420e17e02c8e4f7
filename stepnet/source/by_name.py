"""Attributes under a computed name as places: ``setattr(self, f"W{i}", W)`` assigns one.

Where only the text of the script is read, all that a name can come to is one attribute: ``W*`` for
``f"W{i}"``. Where the script runs, the name is looked at.
"""

from __future__ import annotations

import ast

from stepnet.source.reflection import pattern


def read_by_name(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """The object and the name of ``getattr(x, name)``."""
    match node:
        case ast.Call(func=ast.Name(id="getattr"), args=[thing, name, *_], keywords=[]):
            return thing, name
    return None


def stored_by_name(statement: ast.AST) -> tuple[ast.Call, ast.expr] | None:
    """What reads the place of ``setattr(x, name, value)``, and the value."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    match call:
        case ast.Call(func=ast.Name(id="setattr"), args=[thing, name, value]):
            function = ast.copy_location(ast.Name("getattr", ast.Load()), call)
            return ast.copy_location(ast.Call(function, [thing, name], []), call), value
    return None


def assigning(statement: ast.stmt) -> ast.stmt:
    """``setattr(x, name, value)`` as an assignment; any other statement as it is."""
    made = stored_by_name(statement)
    if made is None:
        return statement
    return ast.copy_location(ast.Assign([made[0]], made[1]), statement)


def as_attribute(node: ast.AST) -> ast.Attribute | None:
    """``getattr(x, f"W{i}")`` as an attribute under a name that stands for all of them."""
    found = read_by_name(node)
    if found is None:
        return None
    thing, name = found
    told = pattern(name).pattern.replace(".*", "*").replace("\\", "")
    return ast.copy_location(ast.Attribute(thing, told, ast.Load()), node)
