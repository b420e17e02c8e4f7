"""What an expression computes, found out by putting numbers into it.

Two expressions are the same function if they give the same for whatever is put in. A part of an
expression is taken out, and the hole that it leaves is filled with test values; so it does not
matter how a sigmoid is spelled, only that it is one.
"""

from __future__ import annotations

import ast
import builtins
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from stepnet.calculus.rules.operation import operation_of

Function = Callable[..., Any]
BUILTINS = frozenset("abs float int len max min pow range sum".split())


def parts(node: ast.expr, modules: Mapping[str, str]) -> list[ast.expr]:
    """What an expression may be a function of: its operands and theirs, the outermost first."""
    found: list[ast.expr] = []
    for part in _operands(node, modules):
        if not any(alike(part, other) for other in found):
            found.append(part)
    return sorted(found, key=lambda part: -_size(part))


def _operands(node: ast.expr, modules: Mapping[str, str]) -> Iterator[ast.expr]:
    made = operation_of(node, modules)
    for part in made.operands if made else ():
        if not isinstance(part, ast.Constant):
            yield part
            yield from _operands(part, modules)


def alike(one: Any, other: Any) -> bool:
    """Are two expressions written the same?"""
    if isinstance(one, ast.AST):
        if type(one) is not type(other):
            return False
        return all(alike(getattr(one, key), getattr(other, key)) for key in one._fields)
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(alike, one, other))
    return type(one) is type(other) and bool(one == other)


def places(node: ast.AST, wanted: ast.expr) -> tuple[ast.expr, ...]:
    """Every place where an expression is written inside another."""
    return tuple(
        part for part in ast.walk(node) if isinstance(part, ast.expr) and alike(part, wanted)
    )


def contains(node: ast.AST, wanted: tuple[ast.expr, ...]) -> bool:
    """Is one of these expressions written inside another?"""
    return any(alike(part, one) for part in ast.walk(node) for one in wanted)


Exchange = list[tuple[ast.expr, ast.expr]]


def replaced(node: ast.expr, others: Exchange) -> ast.expr:
    """A copy in which some expressions have given way to others."""
    copied: ast.expr = _replaced(node, others)
    return ast.fix_missing_locations(copied)


def _replaced(node: Any, others: Exchange) -> Any:
    if isinstance(node, list):
        return [_replaced(part, others) for part in node]
    if not isinstance(node, ast.AST) or not node._fields:
        return node
    if isinstance(node, ast.expr):
        for old, new in others:
            if alike(node, old):
                return new
    made = type(node)(**{key: _replaced(getattr(node, key, None), others) for key in node._fields})
    return ast.copy_location(made, node) if isinstance(node, ast.expr) else made


def function(
    node: ast.expr,
    holes: tuple[ast.expr, ...],
    modules: Mapping[str, str],
    free: Mapping[str, float] | None = None,
) -> Function | None:
    """An expression as a function of some of its parts.

    None where it is not one: where another name is left in it, apart from those in `free`, or a
    call of something that is not in the table.
    """
    names = [ast.Name(f".{n}", ast.Load()) for n in range(len(holes))]
    body = replaced(node, list(zip(holes, names, strict=True)))
    known = {name.id for name in names} | (free or {}).keys()
    if not _is_closed(body, known, modules):
        return None
    code = compile(ast.Expression(body), "?", "eval")
    space = {"__builtins__": builtins, **_modules(modules), **(free or {})}

    def call(*given: Any) -> Any:
        with np.errstate(all="ignore"):
            return eval(code, space, {f".{n}": _own(value) for n, value in enumerate(given)})

    return call


def _own(value: Any) -> Any:
    """A copy, for an expression that writes into what it is given: ``np.maximum(z, 0, out=z)``."""
    return value.copy() if isinstance(value, np.ndarray) else value


def free_names(node: ast.expr, modules: Mapping[str, str]) -> set[str]:
    """The script's own names in an expression."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return {name for name in names if name not in modules and name not in BUILTINS}


def same(found: Any, expected: Any) -> bool:
    """Are two results the same, but for rounding?"""
    if np.shape(found) != np.shape(expected) or np.asarray(found).dtype.kind not in "biufc":
        return False
    return bool(np.allclose(found, expected, rtol=1e-9, atol=1e-12))


def _is_closed(body: ast.expr, known: set[str], modules: Mapping[str, str]) -> bool:
    for part in ast.walk(body):
        if isinstance(part, ast.Lambda | ast.comprehension | ast.NamedExpr | ast.Yield):
            return False
        if isinstance(part, ast.Call) and not _may_run(part, modules):
            return False
        if isinstance(part, ast.Name) and not (
            part.id in known or part.id in modules or part.id in BUILTINS
        ):
            return False
    return True


def _may_run(call: ast.Call, modules: Mapping[str, str]) -> bool:
    """A call that computes, and neither draws numbers nor reads a file nor makes an array."""
    made = operation_of(call, modules)
    return made is not None and made.rule.name != "made"


def _modules(modules: Mapping[str, str]) -> dict[str, Any]:
    """The modules and functions that names stand for."""
    found: dict[str, Any] = {}
    for name, full in modules.items():
        root, *inner = full.split(".")
        thing: Any = {"numpy": np, "math": math}.get(root)
        for attribute in inner:
            thing = getattr(thing, attribute, None)
        found[name] = thing
    return found


def _size(node: ast.AST) -> int:
    return sum(1 for _ in ast.walk(node))
