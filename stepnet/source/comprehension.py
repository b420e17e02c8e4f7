"""A comprehension that calls the script's own functions is a loop in a frame of its own."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from stepnet.source.calls import Comprehension
from stepnet.source.effects import changes
from stepnet.source.instruction import Begin, Instruction, Next, Unit
from stepnet.source.scope import Scope

if TYPE_CHECKING:
    from stepnet.source.lowering import Lowering

ITERABLE = ".0"
RESULT = ".result"

_NAMES: dict[type[ast.expr], str] = {
    ast.ListComp: "<listcomp>",
    ast.SetComp: "<setcomp>",
    ast.DictComp: "<dictcomp>",
    ast.GeneratorExp: "<genexpr>",
}


def comprehension_unit(node: Comprehension, stops: str, around: Lowering) -> Unit:
    """The unit that makes the list, set or dictionary.

    `stops` is ``any`` or ``all`` where the elements are only asked until one decides.
    """
    from stepnet.source.lower import lower_body

    targets = {
        part.id
        for generator in node.generators
        for part in ast.walk(generator.target)
        if isinstance(part, ast.Name)
    }
    body = _body(node, stops)
    name = ".".join(filter(None, (around.name, _NAMES[type(node)])))
    unit = Unit(name, around.statement, frozenset(targets))
    scope = Scope(frozenset(targets), frozenset(), frozenset())
    lowering = lower_body(unit, [_placed(part, node) for part in body], scope, around.context)
    unit.instructions, _ = lowering.builder.instructions()
    if changes([node.generators[0].iter], around.context.calls.modules).wholesale:
        unit.instructions = [_wholesale(part) for part in unit.instructions]
    return unit


def _wholesale(part: Instruction) -> Instruction:
    """The outermost loop reads an iterator that runs functions of the script unseen."""
    if isinstance(part, Begin | Next) and part.slot == 1:
        return replace(part, effects=replace(part.effects, wholesale=True))
    return part


def _body(node: Comprehension, stops: str) -> list[ast.stmt]:
    inner, empty = _element(node, stops)
    for number, generator in reversed(list(enumerate(node.generators))):
        for test in reversed(generator.ifs):
            inner = [ast.If(test, inner, [])]
        iterable = _name(ITERABLE) if number == 0 else generator.iter
        inner = [ast.For(generator.target, iterable, inner, [])]
    last = ast.Constant(stops == "all") if stops else _name(RESULT)
    start: list[ast.stmt] = [] if stops else [_assign(RESULT, empty)]
    return [*start, *inner, ast.Return(last)]


def _element(node: Comprehension, stops: str) -> tuple[list[ast.stmt], ast.expr]:
    if stops:
        assert not isinstance(node, ast.DictComp)
        decided = node.elt if stops == "any" else ast.UnaryOp(ast.Not(), node.elt)
        return [ast.If(decided, [ast.Return(ast.Constant(stops == "any"))], [])], ast.Constant(None)
    if isinstance(node, ast.DictComp):
        place = ast.Subscript(_name(RESULT), _name(".key_"), ast.Store())
        return [_assign(".key_", node.key), ast.Assign([place], node.value)], ast.Dict([], [])
    if isinstance(node, ast.SetComp):
        return [_method("add", node.elt)], ast.Call(_name("set"), [], [])
    return [_method("append", node.elt)], ast.List([], ast.Load())


def _method(name: str, element: ast.expr) -> ast.stmt:
    return ast.Expr(ast.Call(ast.Attribute(_name(RESULT), name, ast.Load()), [element], []))


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _placed(node: ast.stmt, origin: ast.expr) -> ast.stmt:
    """Every statement of the loop belongs to the statement that the comprehension stands in."""
    for part in ast.walk(node):
        if isinstance(part, ast.stmt):
            ast.copy_location(part, origin)
    return ast.fix_missing_locations(node)
