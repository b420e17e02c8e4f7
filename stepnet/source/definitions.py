"""A ``def``: its defaults and decorators may call the script's functions."""

from __future__ import annotations

import ast

from stepnet.source.fuse import counted_function
from stepnet.source.hoist import called, default_places, emit_statement, hoisted, operands, spilled
from stepnet.source.instruction import Run
from stepnet.source.lowering import Lowering
from stepnet.source.mark import run_code
from stepnet.source.own_class import found_outside
from stepnet.source.scope import MODULE_NAMES


def lower_definition(node: ast.stmt, lowering: Lowering) -> None:
    """Lower a ``def``."""
    assert isinstance(node, ast.FunctionDef)
    if lowering.scope is None and node.name in lowering.context.plain:
        counted_function(node, lowering.context)
        _counted(node, lowering)
    elif any(lowering.context.calls.may_be_own(part) for part in node.decorator_list):
        _decorated(node, lowering)
    else:
        operands(default_places(node.args), lowering)
        emit_statement([node], lowering, None)


def lower_class(node: ast.stmt, lowering: Lowering) -> None:
    """Lower a ``class``: it is run as it stands, and its plain methods count their ticks."""
    assert isinstance(node, ast.ClassDef)
    if lowering.scope is None:
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.lineno in lowering.context.counted:
                counted_function(part, lowering.context)
        emit_statement([node], lowering, None)
        return
    name = ast.Name(MODULE_NAMES, ast.Load())
    value = ast.Subscript(name, ast.Constant("__name__"), ast.Load())
    told = ast.Assign([ast.Name("__name__", ast.Store())], value)
    emit_statement([ast.copy_location(told, node), found_outside(node)], lowering, None)


def _counted(node: ast.FunctionDef, lowering: Lowering) -> None:
    """A function that announces its changes already."""
    statement, effects, code = lowering.statement, lowering.effects([node]), run_code(node)
    single = effects.single
    lowering.builder.emit(
        lambda then, _: Run(statement, code, effects, then, True, None, binds_only=single)
    )


def _decorated(node: ast.FunctionDef, lowering: Lowering) -> None:
    """Decorators of the script's own are called like any of its functions."""
    around = [spilled(hoisted(part, lowering), lowering) for part in node.decorator_list]
    node.decorator_list = []
    operands(default_places(node.args), lowering)
    emit_statement([node], lowering, None, completes=False)
    value: ast.expr = ast.copy_location(ast.Name(node.name, ast.Load()), node)
    for decorator in reversed(around):
        value = called(ast.copy_location(ast.Call(decorator, [value], []), node), lowering)
    target = ast.copy_location(ast.Name(node.name, ast.Store()), node)
    emit_statement([ast.copy_location(ast.Assign([target], value), node)], lowering, None)
