"""Places as they are when a statement runs: ``grads["dW" + str(l)]`` is ``grads["dW2"]`` then."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np

from stepnet.source.by_name import read_by_name
from stepnet.source.effects import is_pure, loaded
from stepnet.source.place import item_of
from stepnet.source.statements import targets_of

Look = Callable[[ast.expr], Any]
"""The value of an expression where the statement runs; None if it has none."""


def place_now(node: ast.expr, look: Look) -> str:
    """The place that an expression is; ``""`` for an array's entry and for what is computed."""
    match node:
        case ast.Name(id=name):
            return "" if name.startswith(".") else name
        case ast.Attribute(value=value, attr=attr):
            base = place_now(value, look)
            if not base or isinstance(look(value), np.ndarray | ModuleType):
                return ""
            return f"{base}.{attr}"
        case ast.Call():
            named = read_by_name(node)
            if named is None or not (base := place_now(named[0], look)):
                return ""
            told = look(named[1])
            return f"{base}.{told}" if isinstance(told, str) and told.isidentifier() else ""
        case ast.Subscript(value=value, slice=key):
            base = place_now(value, look)
            container = look(value) if base and is_pure(key) else None
            if not isinstance(container, dict | list | tuple):
                return ""
            at = look(key)
            if isinstance(at, int) and not isinstance(container, dict):
                at %= max(len(container), 1)
            return item_of(base, at)
        case _:
            return ""


def assigned(statement: ast.stmt, look: Look) -> Iterator[tuple[str, ast.expr]]:
    """The places that a statement assigns, each with the expression that reads it.

    Where entries of an array are assigned or added to, that is the array; of a dictionary that is
    written out the items are assigned too.
    """
    into = scattered(statement)
    for target in targets_of(statement) if into is None else (into,):
        part = target
        while isinstance(part, ast.Subscript) and is_pure(part.value):
            if not isinstance(look(part.value), np.ndarray):
                break
            part = part.value
        place = place_now(part, look)
        if place:
            yield place, part
        value = getattr(statement, "value", None)
        for key in value.keys if place and isinstance(value, ast.Dict) else ():
            if isinstance(key, ast.Constant) and (item := item_of(place, key.value)):
                yield item, ast.Subscript(loaded(part), key, ast.Load())


def scattered(statement: ast.stmt) -> ast.expr | None:
    """The array that ``np.add.at(dE, words, d)`` adds to; None of any other statement."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Attribute(), "at"), [into, *_])):
            return into
    return None


def named_in(node: ast.AST, look: Look) -> Iterator[str]:
    """Every place that an expression reads, those inside of others too."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute | ast.Subscript | ast.Call):
            place = place_now(part, look)
            if place:
                yield place
