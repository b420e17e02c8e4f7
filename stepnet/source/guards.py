"""``try`` and ``with``: what runs on every way out of a block, and where errors go.

A block is guarded by a range of instructions and a place to go on at when one of them raises, as
in Python's own table of exceptions. Whatever has to run when the block is left is written out on
each way out: at its end, before a ``return``, a ``break`` or a ``continue``, and after an error.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable
from typing import TYPE_CHECKING

from stepnet.source.builder import Label
from stepnet.source.hoist import called, emit_choice, emit_piece, hoisted, spilled
from stepnet.source.instruction import Reraise, Run
from stepnet.source.lowering import Guard, Lowering
from stepnet.source.twin import ANYTHING

if TYPE_CHECKING:
    Block = Callable[[list[ast.stmt], Lowering], None]

MATCHES, ERROR, ENTER, EXIT = ".matches", ".error", ".enter", ".exit"
"""Functions of the machine: does a caught error belong to these classes; the error itself; what a
context does when it is entered and left."""


def lower_try(node: ast.Try, lowering: Lowering, block: Block) -> None:
    """Lower a ``try``; `block` lowers a list of statements."""
    if node.finalbody:
        body, last = list(node.body), node.finalbody
        if node.handlers:
            inner = ast.Try(node.body, node.handlers, node.orelse, [])
            body = [ast.copy_location(inner, node)]
        _guarded(
            lowering,
            lambda: block(body, lowering),
            lambda _: block(copy.deepcopy(last), lowering),
        )
        return
    caught, end = Label(), Label()
    name = lowering.builder.temporary()
    with_guard(lowering, Guard(caught, name, None), lambda: block(node.body, lowering))
    block(node.orelse, lowering)
    lowering.builder.jump(end)
    lowering.builder.here(caught)
    for handler in node.handlers:
        _handler(handler, name, end, lowering, block)
    _reraise(name, lowering)
    lowering.builder.here(end)


def _handler(
    handler: ast.ExceptHandler, name: str, end: Label, lowering: Lowering, block: Block
) -> None:
    otherwise = Label()
    kinds = handler.type or ast.copy_location(ast.Name(ANYTHING, ast.Load()), handler)
    arguments: list[ast.expr] = [_name(name), hoisted(kinds, lowering)]
    emit_choice(lowering, _call(MATCHES, arguments, handler), otherwise)
    if handler.name:
        emit_piece(lowering, handler.name, _call(ERROR, [_name(name)], handler))
    names = [name, handler.name] if handler.name else [name]

    def forget(_: str | None) -> None:
        emit_forget(names, handler, lowering)

    lowering.handling.append(name)
    _guarded(lowering, lambda: block(handler.body, lowering), forget)
    lowering.handling.pop()
    lowering.builder.jump(end)
    lowering.builder.here(otherwise)


def emit_forget(names: list[str], node: ast.AST, lowering: Lowering) -> None:
    """Unbind names, whether they are still bound or not."""
    store: list[ast.expr] = [ast.Name(name, ast.Store()) for name in names]
    bind = ast.Assign(store, ast.Constant(None))
    forget = ast.Delete([ast.Name(name, ast.Del()) for name in names])
    nodes: list[ast.stmt] = [ast.copy_location(bind, node), ast.copy_location(forget, node)]
    statement, code, effects = lowering.statement, lowering.code(*nodes), lowering.effects(nodes)
    lowering.builder.emit(lambda then, _: Run(statement, code, effects, then, False, None))


def lower_with(node: ast.With, lowering: Lowering, block: Block) -> None:
    """Lower a ``with``; several contexts are one in the other."""
    item, *others = node.items
    context = spilled(hoisted(item.context_expr, lowering), lowering)
    value = called(_call(ENTER, [context], node), lowering)

    def inside() -> None:
        if item.optional_vars is not None:
            store = ast.Assign([item.optional_vars], value)
            block([ast.copy_location(store, node)], lowering)
        if others:
            inner = ast.With(others, node.body)
            lower_with(ast.copy_location(inner, node), lowering, block)
        else:
            block(node.body, lowering)

    def leave(name: str | None) -> None:
        raised: ast.expr = ast.Constant(None) if name is None else _name(name)
        done = called(_call(EXIT, [context, raised], node), lowering)
        if name is not None:
            emit_choice(lowering, ast.UnaryOp(ast.Not(), done), lowering.passed[-1])

    _guarded(lowering, inside, leave)


def _guarded(
    lowering: Lowering, body: Callable[[], None], leave: Callable[[str | None], None]
) -> None:
    """A body, and what to do on every way out of it; after an error it is told its name.

    On that way `leave` may go to the label on top of `lowering.passed`, where the error is dropped.
    """
    caught, end, passed = Label(), Label(), Label()
    name = lowering.builder.temporary()
    with_guard(lowering, Guard(caught, name, lambda: leave(None)), body)
    leave(None)
    lowering.builder.jump(end)
    lowering.builder.here(caught)
    lowering.passed.append(passed)
    leave(name)
    lowering.passed.pop()
    _reraise(name, lowering)
    lowering.builder.here(passed)
    lowering.builder.here(end)


def with_guard(lowering: Lowering, guard: Guard, body: Callable[[], None]) -> None:
    """Lower a body whose errors go to the guard."""
    guard.level = max(
        (loop.level + 1 for loop in lowering.loops if loop.level is not None), default=None
    )
    guard.loops = len(lowering.loops)
    guard.begin = len(lowering.builder.drafts)
    lowering.guards.append(guard)
    body()
    lowering.guards.pop()
    _close(guard, lowering)


def has_to_leave(lowering: Lowering, loops: int) -> bool:
    """Does something have to run before everything inside `loops` loops is left?"""
    return any(guard.leave is not None and guard.loops >= loops for guard in lowering.guards)


def leave_guards(lowering: Lowering, loops: int) -> list[Guard]:
    """Write out what has to run before everything inside `loops` loops is left.

    Returns the guards that are open no more; `reopen` them when the way out is written.
    """
    left: list[Guard] = []
    while lowering.guards and lowering.guards[-1].loops >= loops:
        guard = lowering.guards.pop()
        _close(guard, lowering)
        left.insert(0, guard)
        if guard.leave is not None:
            guard.leave()
    return left


def reopen(lowering: Lowering, left: list[Guard]) -> None:
    """What follows in the text is inside the guards again."""
    for guard in left:
        guard.begin = len(lowering.builder.drafts)
        lowering.guards.append(guard)


def _close(guard: Guard, lowering: Lowering) -> None:
    end = len(lowering.builder.drafts)
    if guard.begin < end:
        lowering.builder.guarded(guard.begin, end, guard.caught, guard.name, guard.level)


def lower_raise(node: ast.Raise, lowering: Lowering) -> bool:
    """A bare ``raise`` in a handler; False for any other."""
    if node.exc is not None or not lowering.handling:
        return False
    _reraise(lowering.handling[-1], lowering, completes=True)
    return True


def _reraise(name: str, lowering: Lowering, *, completes: bool = False) -> None:
    statement = lowering.statement
    lowering.builder.emit(lambda then, _: Reraise(statement, name, completes))


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _call(name: str, arguments: list[ast.expr], node: ast.AST) -> ast.Call:
    return ast.copy_location(ast.Call(_name(name), arguments, []), node)
