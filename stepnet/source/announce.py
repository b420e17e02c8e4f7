"""Native code that tells, before it changes an object, that it will.

Statements that are run together, and functions of the script that numpy or Python calls unseen,
are not looked at one by one; they announce what they change in place instead.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from stepnet.source.effects import Changes

TOUCH, GROW, INSIDE = ".touch", ".grow", ".inside"
"""Called before an object changes in place, before a list grows, and before a container's item,
given with it by its key, changes in place."""
STORE = ".store"
"""Called before an attribute, given by its object and its name, is stored."""
EVERYTHING = ".everything"
"""Called before anything may change."""
GENERATOR = ".generator"
"""Makes a generator, of the mark of its function, its parameters, and a function beside it."""
BIND = ".bind"
"""Called before a name of the module, given as text, is bound by a function."""


def announcements(found: Changes) -> list[ast.expr]:
    """Calls that tell of these changes, in order."""
    told = [_told(TOUCH, thing) for thing in found.objects]
    told += [_told(TOUCH, item.value) for item, _ in found.items]
    for item, inside in found.items:
        if inside:
            key = ast.Subscript(ast.Name(".key", ast.Load()), item.slice, ast.Load())
            told.append(_told(INSIDE, item.value, key))
    told += [_told(GROW, thing) for thing in found.growing]
    for place, inside in found.attributes:
        told.append(_told(STORE, place.value, ast.Constant(place.attr), ast.Constant(inside)))
    return told


def announced(found: Changes) -> list[ast.stmt]:
    """The same as statements."""
    return [ast.Expr(call) for call in announcements(found)]


def everything() -> ast.expr:
    """A call that tells that anything may change."""
    return ast.Call(ast.Name(EVERYTHING, ast.Load()), [], [])


def binding(name: str) -> ast.expr:
    """A call that tells that a function binds a name of the module."""
    return ast.Call(ast.Name(BIND, ast.Load()), [ast.Constant(name)], [])


def first(calls: list[ast.expr], node: ast.expr) -> ast.expr:
    """The expression, evaluated after these calls."""
    if not calls:
        return node
    both = ast.Tuple([*calls, node], ast.Load())
    return ast.copy_location(
        ast.Subscript(both, ast.UnaryOp(ast.USub(), ast.Constant(1)), ast.Load()), node
    )


def _told(name: str, *things: ast.expr) -> ast.expr:
    read = [copy.deepcopy(thing) for thing in things]
    for part in _parts(read):
        if hasattr(part, "ctx"):
            part.ctx = ast.Load()
    return ast.Call(ast.Name(name, ast.Load()), read, [])


def _parts(nodes: list[ast.expr]) -> Iterator[ast.AST]:
    for node in nodes:
        yield from ast.walk(node)
