"""Which operation an expression is, however it is written.

Reading syntax alone, this takes a method called ``sum`` for that of an array, and ``sum`` for the
builtin: whether the script has given the name another meaning is for the caller to know.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from stepnet.calculus.rules.indexing import leaves
from stepnet.calculus.rules.rule import Operation, Rule
from stepnet.calculus.rules.spelling import Spelling, spellings
from stepnet.calculus.rules.table import ROWS, RULES
from stepnet.calculus.rules.template import as_value

__all__ = ["Operation", "operation_of", "setting_values", "stored", "with_values"]

LISTS = frozenset({"numpy.array", "numpy.asarray", "numpy.asanyarray"})
"""Functions that make an array of a nested list."""


def operation_of(node: ast.expr, modules: Mapping[str, str]) -> Operation | None:
    """The operation at the root of an expression, or None where the table has none.

    `modules` says what names stand for modules and their functions:
    ``{"np": "numpy", "exp": "numpy.exp"}``.
    """
    match node:
        case ast.BinOp(left, operator, right):
            return _found(node, type(operator).__name__, (left, right), (), modules)
        case ast.UnaryOp(operator, operand):
            return _found(node, type(operator).__name__, (operand,), (), modules)
        case ast.Compare(left, [comparison], [right]):
            return _found(node, type(comparison).__name__, (left, right), (), modules)
        case ast.Subscript(value, key):
            return _subscript(node, value, key, modules)
        case ast.Attribute(value, name) if dotted(node, modules) is None:
            return _found(node, f".{name}", (value,), (), modules)
        case ast.Call(function, arguments, keywords):
            return _call(node, function, arguments, keywords, modules)
        case _:
            return None


def stored(
    array: ast.expr, key: ast.expr, value: ast.expr, modules: Mapping[str, str]
) -> Operation:
    """What ``array[key] = value`` makes of an array: of what it was, and of the value."""
    node = ast.Subscript(array, key, ast.Load())
    return Operation(RULES["store"], (array, value), {"key": key}, node, modules)


def setting_values(operation: Operation, names: Mapping[str, Any]) -> dict[str, object]:
    """The settings' values, with these names; those that raise are missing."""
    values: dict[str, object] = {}
    for name, node in operation.settings.items():
        try:
            code = compile(ast.fix_missing_locations(ast.Expression(as_value(node))), "?", "eval")
            values[name] = eval(code, {"__builtins__": builtins}, names)
        except Exception:
            continue
    return values


def with_values(
    operation: Operation, values: Mapping[str, object]
) -> tuple[Operation, dict[str, object]]:
    """The same operation with its settings under names of their own, and what these stand for.

    For running a derivative where the names that the settings are written with are gone.
    """
    names = {f".{name}": value for name, value in values.items() if name in operation.settings}
    settings = {
        name: ast.Name(f".{name}", ast.Load()) if f".{name}" in names else node
        for name, node in operation.settings.items()
    }
    return replace(operation, settings=settings), names


def dotted(node: ast.expr, modules: Mapping[str, str]) -> str | None:
    """``numpy.linalg.norm`` for ``np.linalg.norm``; None for what is no module's."""
    if isinstance(node, ast.Name):
        return modules.get(node.id)
    if isinstance(node, ast.Attribute):
        base = dotted(node.value, modules)
        return None if base is None else f"{base}.{node.attr}"
    return None


@lru_cache(maxsize=1)
def _table() -> dict[str, list[Spelling]]:
    return spellings(ROWS)


def _found(
    node: ast.expr,
    key: str,
    arguments: Sequence[ast.expr],
    keywords: Sequence[ast.keyword],
    modules: Mapping[str, str],
) -> Operation | None:
    for spelling in _table().get(key, ()):
        bound = spelling.bind(arguments, keywords)
        if bound is not None:
            return Operation(spelling.rule, bound.operands, bound.settings, node, modules)
    return None


def _call(
    node: ast.Call,
    function: ast.expr,
    arguments: list[ast.expr],
    keywords: list[ast.keyword],
    modules: Mapping[str, str],
) -> Operation | None:
    name = dotted(function, modules)
    if name is None and isinstance(function, ast.Attribute):
        return _found(node, f".{function.attr}()", (function.value, *arguments), keywords, modules)
    if name is None and isinstance(function, ast.Name):
        name = function.id
    if name in LISTS and arguments and isinstance(arguments[0], ast.List | ast.Tuple):
        return _literal(node, arguments[0], modules)
    return _found(node, name, arguments, keywords, modules) if name else None


def _literal(node: ast.Call, listed: ast.expr, modules: Mapping[str, str]) -> Operation | None:
    parts = tuple(leaves(listed))
    if any(isinstance(part, ast.Starred | ast.ListComp | ast.GeneratorExp) for part in parts):
        return None
    constant = all(isinstance(part, ast.Constant | ast.UnaryOp) for part in parts)
    rule: Rule = RULES["made" if constant else "array"]
    return Operation(rule, () if constant else parts, {}, node, modules)


def _subscript(
    node: ast.expr, value: ast.expr, key: ast.expr, modules: Mapping[str, str]
) -> Operation | None:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return None  # an item of a dict
    name = dotted(value, modules)
    if name is not None:
        parts = key.elts if isinstance(key, ast.Tuple) else [key]
        if any(isinstance(part, ast.Slice | ast.Constant) for part in parts):
            return None
        return _found(node, f"{name}[]", parts, (), modules)
    if isinstance(value, ast.Attribute) and value.attr == "shape":
        return _found(node, ".shape", (value.value,), (), modules)
    return _found(node, "[]", (value, key), (), modules)
