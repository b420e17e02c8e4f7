"""Templates filled in: names replaced by the script's own expressions, and simplified."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from stepnet.calculus.rules import simplify

BINARY: dict[type[ast.operator], Callable[[ast.expr, ast.expr], ast.expr]] = {
    ast.Add: simplify.plus,
    ast.Sub: simplify.minus,
    ast.Mult: simplify.times,
    ast.Div: simplify.over,
    ast.Pow: simplify.power,
}


@cache
def parsed(text: str) -> tuple[tuple[ast.stmt, ...], ast.expr]:
    """The statements of a template, and the expression on its last line."""
    *prelude, last = ast.parse(text).body
    assert isinstance(last, ast.Expr)
    return tuple(prelude), last.value


def filled(
    text: str, given: Mapping[str, ast.expr]
) -> tuple[tuple[ast.stmt, ...], ast.expr, frozenset[str]]:
    """Statements and value of a template, and which of the given names it uses."""
    prelude, value = parsed(text)
    used = {
        part.id
        for line in (*prelude, value)
        for part in ast.walk(line)
        if isinstance(part, ast.Name)
    }
    return (
        tuple(_copied(line, given) for line in prelude),
        fill(value, given),
        frozenset(used & given.keys()),
    )


def fill(node: ast.expr, given: Mapping[str, ast.expr]) -> ast.expr:
    """A template expression with the names replaced."""
    match node:
        case ast.Name(id=name, ctx=context):
            found = given.get(name)
            if found is None or isinstance(context, ast.Load):
                return found or node
            assert isinstance(found, ast.Name)
            return ast.Name(found.id, context)
        case ast.BinOp(left, operator, right) if type(operator) in BINARY:
            return BINARY[type(operator)](fill(left, given), fill(right, given))
        case ast.UnaryOp(ast.USub(), operand):
            return simplify.negative(fill(operand, given))
        case ast.Attribute(value, "T"):
            return simplify.transposed(fill(value, given))
        case ast.Call(ast.Attribute(value, "swapaxes"), [*axes], []):
            return simplify.swapped(fill(value, given), [fill(axis, given) for axis in axes])
        case ast.Attribute(ast.Name(name), "shape" | "size" as what) if f"{name}.shape" in given:
            return ast.Attribute(given[f"{name}.shape"], what, ast.Load())
        case ast.Call(function, [ast.Name(name)], []) if f"{name}.shape" in given and ast.unparse(
            function
        ) in ("len", "np.ones_like"):
            return ast.Call(fill(function, given), [given[f"{name}.shape"]], [])
        case _:
            copied: ast.expr = _copied(node, given)
            return copied


def as_value(key: ast.expr) -> ast.expr:
    """A key as an expression outside of brackets: ``1:2`` is ``slice(1, 2)``."""
    if isinstance(key, ast.Tuple):
        return ast.Tuple([as_value(part) for part in key.elts], ast.Load())
    if not isinstance(key, ast.Slice):
        return key
    nothing = ast.Constant(None)
    bounds = [key.lower or nothing, key.upper or nothing, key.step or nothing]
    if key.step is None:
        bounds = bounds[1:2] if key.lower is None else bounds[:2]
    return ast.Call(ast.Name("slice", ast.Load()), bounds, [])


def _copied(node: Any, given: Mapping[str, ast.expr]) -> Any:
    if isinstance(node, list):
        return [_filled(part, given) for part in node]
    fields = {name: _filled(value, given) for name, value in ast.iter_fields(node)}
    return type(node)(**fields)


def _filled(value: Any, given: Mapping[str, ast.expr]) -> Any:
    if isinstance(value, ast.expr):
        return fill(value, given)
    return _copied(value, given) if isinstance(value, list | ast.AST) else value
