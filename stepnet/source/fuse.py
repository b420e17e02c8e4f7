"""Pieces of a unit that can be run at once, when nobody wants to stop inside them.

Running through a long training, the statements of the innermost iteration are executed together,
as Python would, and their ticks are added up. What is fused counts exactly the ticks that its
instructions would have taken, and says before it changes an object that it will.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable

from stepnet.source.announce import announced
from stepnet.source.calls import branches
from stepnet.source.effects import Changes, changes, target_changes
from stepnet.source.instruction import Fused, Unit
from stepnet.source.lowering import Block, Context, Lowering
from stepnet.source.mark import run_code

TICKS = ".ticks"
"""A list whose one element counts the ticks that fused code takes on its way."""
OVERRUN = ".overrun"
"""Called when a piece runs too long."""
LONGEST = 20_000
"""Ticks after which a loop inside a fused piece gives up, so that a run can be interrupted."""

_SIMPLE = ast.Expr | ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Pass | ast.Delete | ast.Assert
_NEVER = (
    ast.Lambda
    | ast.NamedExpr
    | ast.Yield
    | ast.YieldFrom
    | ast.FunctionDef
    | ast.Global
    | ast.Nonlocal
    | ast.Import
)


def fuse(unit: Unit, lowering: Lowering, real: Callable[[int], int]) -> None:
    """Fill `unit.fused` from the blocks that stand in loops which count iterations."""
    for block in lowering.blocks:
        if block.is_looped:
            _fuse_block(unit, block, lowering.context, real)


def _fuse_block(unit: Unit, block: Block, context: Context, real: Callable[[int], int]) -> None:
    run: list[ast.stmt] = []
    begin = end = 0
    for node, (first, last) in zip(block.nodes, block.spans, strict=True):
        if _can_fuse(node, block, context):
            begin = begin if run else first
            run.append(node)
            end = last
            if is_apart(node, context):
                _add(unit, block, run, (real(begin), real(end)), context)
                run = []
        elif run:
            _add(unit, block, run, (real(begin), real(end)), context)
            run = []
    if run:
        _add(unit, block, run, (real(begin), real(end)), context)


def _can_fuse(node: ast.stmt, block: Block, context: Context) -> bool:
    """Outside the innermost iteration addresses count statements, so we must know which run."""
    if not block.is_inner and not isinstance(node, _SIMPLE):
        return False
    if not is_plain(node, context, inside_function=False):
        return False
    return block.is_inner or all(name in context.straight for name in _called(node, context))


def _add(
    unit: Unit, block: Block, run: list[ast.stmt], span: tuple[int, int], context: Context
) -> None:
    begin, end = span
    if begin == end:
        return
    labels = [] if block.is_inner else [name for node in run for name in _labels(node, context)]
    ticks, nodes = _counted(run, context)
    unit.fused[begin] = Fused(run_code(*nodes), end, ticks, tuple(labels))


def _labels(node: ast.stmt, context: Context) -> list[str]:
    """How addresses name all that a simple statement runs: itself, and the functions it calls."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return []
    inner = [label for name in _called(node, context) for label in context.straight[name]]
    return [*inner, context.statements[(node.lineno, node.col_offset)].label]


def _called(node: ast.AST, context: Context) -> list[str]:
    """The script's functions that an expression calls."""
    return [
        part.func.id
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and context.calls.reaches(part)
        if isinstance(part.func, ast.Name)
    ]


def _keep_straight(functions: list[ast.FunctionDef], context: Context) -> None:
    """Note which plain functions run the same statements at every call, and which those are."""
    for node in functions:
        body = [part for part in node.body if not isinstance(part, ast.Return)]
        returns = len(node.body) - len(body)
        straight = all(isinstance(part, _SIMPLE) for part in body)
        known = all(name in context.straight for name in _called_in(node, context))
        if node.name in context.plain and straight and known and returns <= 1:
            labels = [name for part in node.body for name in _labels(part, context)]
            end = [] if returns else [context.statements[(node.lineno, node.col_offset)].label]
            context.straight[node.name] = (node.name, *labels, *end)


def _called_in(node: ast.FunctionDef, context: Context) -> list[str]:
    return [name for part in node.body for name in _called(part, context)]


def plain_functions(tree: ast.Module, context: Context) -> frozenset[str]:
    """Functions that can run natively and still count every tick.

    They stand at the top level, are only ever called by their one name, and call no function of
    the script but such ones.
    """
    callees = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    uses = [n for n in ast.walk(tree) if isinstance(n, ast.Name)]
    as_values = {n.id for n in uses if id(n) not in callees}
    parameters = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    named = [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    functions = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and named.count(node.name) == 1
        and not is_apart(node, context)
        and node.name not in as_values | parameters
        and not any(context.calls.within(part) for part in node.args.defaults)
    ]
    plain: set[str] = set()
    while True:
        context.plain = frozenset(plain)
        more = {
            node.name
            for node in functions
            if all(is_plain(part, context, inside_function=True) for part in node.body)
        }
        _keep_straight(functions, context)
        if more == plain:
            return frozenset(plain)
        plain = more


def counted_function(node: ast.FunctionDef, context: Context) -> None:
    """Make a plain function count its ticks; changes it."""
    ends = isinstance(node.body[-1], ast.Return)
    ticks, body = _counted(copy.deepcopy(node.body), context)
    node.body = [_count(ticks), *body] if ticks else body
    if not ends:
        node.body.append(_count(1))


def is_plain(
    node: ast.stmt, context: Context, *, inside_function: bool, looped: bool = False
) -> bool:
    """Can this statement run natively without anything being lost but the chance to stop in it?"""
    if isinstance(node, ast.Return):
        plain = _is_plain_part(node, context) and not _own_changes(node, context).wholesale
        return inside_function and plain
    if isinstance(node, ast.Break | ast.Continue):
        return looped
    if isinstance(node, ast.Assert) and node.msg and context.calls.within(node.msg):
        return False
    if isinstance(node, _SIMPLE):
        return _is_plain_part(node, context) and not _own_changes(node, context).wholesale
    if (node.lineno, node.col_offset) in context.levels:
        return False
    if isinstance(node, ast.If):
        head, inner_looped = [node.test], looped
    elif isinstance(node, ast.While):
        head, inner_looped = [node.test], True
    elif isinstance(node, ast.For):
        head, inner_looped = [node.iter, node.target], True
        if isinstance(node.iter, ast.GeneratorExp) or context.own.runs_unseen:
            return False
        if context.calls.suspends and not _is_range(node.iter):
            return False
    else:
        return False
    if not all(_is_plain_part(part, context) for part in head):
        return False
    if not _is_quiet(node, context) or is_apart(node, context):
        return False
    inner = (inside_function, inner_looped)
    return all(
        is_plain(part, context, inside_function=inner[0], looped=inner[1]) for part in node.body
    ) and all(
        is_plain(part, context, inside_function=inner[0], looped=looped) for part in node.orelse
    )


def is_apart(node: ast.stmt, context: Context) -> bool:
    """Does somebody want to look after this statement, or after one inside it?"""
    return bool(context.apart) and any(
        (part.lineno, part.col_offset) in context.apart
        for part in ast.walk(node)
        if isinstance(part, ast.stmt)
    )


def _is_range(node: ast.expr) -> bool:
    """``range(…)``: certainly no generator of the script."""
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
    )


def _is_plain_part(node: ast.AST, context: Context) -> bool:
    """An expression, or a simple statement, that calls the script only where we can count it."""
    for part in ast.walk(node):
        if isinstance(part, _NEVER) or context.own.may_run(part):
            return False
        if isinstance(part, ast.Attribute) and part.attr in context.own.guarded:
            return False
        if not isinstance(part, ast.Call) or not context.calls.reaches(part):
            continue
        if not (isinstance(part.func, ast.Name) and part.func.id in context.plain):
            return False
    return not branches(node, context.calls)


def _is_quiet(node: ast.If | ast.While | ast.For, context: Context) -> bool:
    """Does its head change nothing in place that could not be announced ahead?

    What a loop does in every turn, its test and storing its element, is done between statements.
    """
    head = _own_changes(node.iter if isinstance(node, ast.For) else node.test, context)
    every = Changes()
    if isinstance(node, ast.For):
        target_changes(node.target, every)
    elif isinstance(node, ast.While):
        every = head
    return not head.wholesale and every.is_silent


def _own_changes(node: ast.stmt | ast.expr, context: Context) -> Changes:
    return changes([node], context.calls.modules, context.calls)


def _calls(node: ast.AST, context: Context) -> int:
    """How many calls of the script's functions an expression makes: a tick each."""
    return len(_called(node, context))


def _counted(nodes: list[ast.stmt], context: Context) -> tuple[int, list[ast.stmt]]:
    """Ticks known ahead, and the statements with what counts the others."""
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
    return announced(_own_changes(node, context))


def _count(ticks: int) -> ast.stmt:
    place = ast.Subscript(ast.Name(TICKS, ast.Load()), ast.Constant(0), ast.Store())
    return ast.AugAssign(place, ast.Add(), ast.Constant(ticks))


def _guard() -> ast.stmt:
    counted = ast.Subscript(ast.Name(TICKS, ast.Load()), ast.Constant(0), ast.Load())
    test = ast.Compare(counted, [ast.Gt()], [ast.Constant(LONGEST)])
    give_up = ast.Expr(ast.Call(ast.Name(OVERRUN, ast.Load()), [], []))
    return ast.If(test, [give_up], [])
