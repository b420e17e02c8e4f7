"""Pieces of a unit that can be run at once, when nobody wants to stop inside them.

Running through a long training, the statements of the innermost iteration are executed together,
as Python would, and their ticks are added up. What is fused counts exactly the ticks that its
instructions would have taken, and says before it changes an object that it will.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import CodeType

from stepnet.source.announce import announced
from stepnet.source.instruction import Fused, Unit
from stepnet.source.lowering import Block, Context, Lowering
from stepnet.source.mark import run_code
from stepnet.source.plain import (
    SIMPLE,
    called_names,
    certain,
    is_apart,
    is_plain,
    labels_of,
    own_changes,
)
from stepnet.source.unforeseen import asked

TICKS = ".ticks"
"""A list whose one element counts the ticks that fused code takes on its way."""
OVERRUN = ".overrun"
"""Called when a piece runs too long."""
LONGEST = 20_000
"""Ticks after which a loop inside a fused piece gives up, so that a run can be interrupted."""


def fuse(unit: Unit, lowering: Lowering, real: Callable[[int], int]) -> None:
    """Fill `unit.fused` from the blocks that stand in loops which count iterations."""
    for block in lowering.blocks:
        if block.is_looped:
            unit.fused.update(_pieces(block, lowering.context, real))


def _pieces(
    block: Block, context: Context, real: Callable[[int], int]
) -> Iterator[tuple[int, Fused]]:
    run: list[tuple[ast.stmt, tuple[int, int]]] = []
    for node, span in zip(block.nodes, block.spans, strict=True):
        fits = _can_fuse(node, block, context)
        if fits:
            run.append((node, span))
        if run and (not fits or is_apart(node, context)):
            yield from _piece(block, run, context, real)
            run = []
    if run:
        yield from _piece(block, run, context, real)


def _can_fuse(node: ast.stmt, block: Block, context: Context) -> bool:
    """Outside the innermost iteration addresses count statements, so we must know which run."""
    if not block.is_inner and not isinstance(node, SIMPLE):
        return False
    if not is_plain(node, context, inside_function=False):
        return False
    return block.is_inner or all(name in context.straight for name in called_names(node, context))


def _piece(
    block: Block,
    run: list[tuple[ast.stmt, tuple[int, int]]],
    context: Context,
    real: Callable[[int], int],
) -> Iterator[tuple[int, Fused]]:
    nodes, spans = [node for node, _ in run], [span for _, span in run]
    begin, end = real(spans[0][0]), real(spans[-1][1])
    if begin == end:
        return
    labels = [] if block.is_inner else [name for node in nodes for name in labels_of(node, context)]
    last = real(spans[-1][1] - 1) if is_apart(nodes[-1], context) else None

    def make() -> tuple[CodeType, int]:
        ticks, out = _counted(copy.deepcopy(nodes), context)
        return run_code(*(asked(node, context) for node in out)), ticks

    def surely() -> dict[int, Fused]:
        part = replace(block, nodes=nodes, spans=spans)
        return dict(_pieces(part, certain(context), real))

    yield begin, Fused(make, end, tuple(labels), last, surely)


def counted_function(node: ast.FunctionDef, context: Context) -> None:
    """Make a plain function count its ticks; changes it."""
    ends = isinstance(node.body[-1], ast.Return)
    ticks, body = _counted(copy.deepcopy(node.body), context)
    body = [asked(part, context) for part in body]
    node.body = [_count(ticks), *body] if ticks else body
    if not ends:
        node.body.append(_count(1))


def _calls(node: ast.AST, context: Context) -> int:
    """How many calls of the script's functions an expression makes: a tick each."""
    return len(called_names(node, context))


def _counted(nodes: list[ast.stmt], context: Context) -> tuple[int, list[ast.stmt]]:
    """Ticks known ahead, and the statements with what counts the others; changes the nodes."""
    for number, node in enumerate(nodes[:-1], start=1):
        if _may_leave(node):
            ticks, out = _counted(nodes[:number], context)
            return ticks, [*out, *_inner(nodes[number:], context, 0)]
    ticks, out = 0, []
    for node in nodes:
        if isinstance(node, ast.If):
            ticks += _calls(node.test, context) + 1
            out += _announced(node.test, context)
            node.body = _inner(node.body, context, 0)
            node.orelse = _inner(node.orelse, context, 0) if node.orelse else []
        elif isinstance(node, ast.While):
            each = _calls(node.test, context) + 1
            node.body = [*_inner(node.body, context, each), _guard()]
            node.orelse = _inner(node.orelse, context, each)
        elif isinstance(node, ast.For):
            ticks += _calls(node.iter, context)
            out += _announced(node.iter, context)
            node.body = [*_inner(node.body, context, 1), _guard()]
            node.orelse = _inner(node.orelse, context, 1)
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            ticks += _calls(node, context) + 1
            out += _announced(node, context)
        out.append(node)
    return ticks, out


def _may_leave(node: ast.stmt) -> bool:
    """May what follows this statement be left out?"""
    return any(isinstance(part, ast.Break | ast.Continue | ast.Return) for part in ast.walk(node))


def _inner(nodes: list[ast.stmt], context: Context, more: int) -> list[ast.stmt]:
    ticks, out = _counted(nodes, context)
    return [_count(ticks + more), *out] if ticks + more else out


def _announced(node: ast.stmt | ast.expr, context: Context) -> list[ast.stmt]:
    """Calls that tell what the statement is about to change."""
    return announced(own_changes(node, context))


def _count(ticks: int) -> ast.stmt:
    place = ast.Subscript(ast.Name(TICKS, ast.Load()), ast.Constant(0), ast.Store())
    return ast.AugAssign(place, ast.Add(), ast.Constant(ticks))


def _guard() -> ast.stmt:
    counted = ast.Subscript(ast.Name(TICKS, ast.Load()), ast.Constant(0), ast.Load())
    test = ast.Compare(counted, [ast.Gt()], [ast.Constant(LONGEST)])
    give_up = ast.Expr(ast.Call(ast.Name(OVERRUN, ast.Load()), [], []))
    return ast.If(test, [give_up], [])
