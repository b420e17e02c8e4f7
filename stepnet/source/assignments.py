"""Assignments whose targets, values or operands call the script's functions."""

from __future__ import annotations

import ast

from stepnet.source.hoist import emit_statement, hoisted, operands, spilled
from stepnet.source.lowering import Lowering


def lower_assignment(node: ast.stmt, lowering: Lowering, *afterwards: ast.stmt) -> None:
    """Lower ``a = b``."""
    assert isinstance(node, ast.Assign)
    value = hoisted(node.value, lowering)
    if any(map(lowering.context.calls.within, node.targets)):
        if not isinstance(value, ast.Constant):
            value = spilled(value, lowering)
        node.targets = [kept_target(target, lowering) for target in node.targets]
    store = ast.copy_location(ast.Assign(node.targets, value), node)
    emit_statement([store, *afterwards], lowering, value)


def kept_target(target: ast.expr, lowering: Lowering) -> ast.expr:
    """A target whose container or key calls the script's functions."""
    if isinstance(target, ast.Subscript):
        operands([(target, "value", None), (target, "slice", None)], lowering)
    elif isinstance(target, ast.Attribute):
        operands([(target, "value", None)], lowering)
    elif isinstance(target, ast.Tuple | ast.List):
        target.elts = [kept_target(element, lowering) for element in target.elts]
    return target


def lower_annotated(node: ast.stmt, lowering: Lowering) -> None:
    """Lower ``a: int = b``."""
    assert isinstance(node, ast.AnnAssign)
    told = ast.copy_location(ast.Expr(node.annotation), node)
    if node.value is None:
        emit_statement([told], lowering, None)
        return
    plain = ast.copy_location(ast.Assign([node.target], node.value), node)
    lower_assignment(plain, lowering, told)


def lower_augmented(node: ast.stmt, lowering: Lowering) -> None:
    """Lower ``a += b``."""
    assert isinstance(node, ast.AugAssign)
    if not lowering.context.calls.within(node):
        emit_statement([node], lowering, node.value)
        return
    target = kept_target(node.target, lowering)
    if isinstance(target, ast.Name) and lowering.is_stable(target):
        value = hoisted(node.value, lowering)
        emit_statement(
            [ast.copy_location(ast.AugAssign(target, node.op, value), node)], lowering, value
        )
        return
    _augmented_place(node, target, lowering)


def _augmented_place(node: ast.AugAssign, target: ast.expr, lowering: Lowering) -> None:
    """``d[k] += f(x)``: the item is read before the call and stored after it."""
    if isinstance(target, ast.Subscript):
        container = spilled(target.value, lowering)
        key = (
            target.slice if isinstance(target.slice, ast.Slice) else spilled(target.slice, lowering)
        )
        read: ast.expr = ast.Subscript(container, key, ast.Load())
        place: ast.expr = ast.Subscript(container, key, ast.Store())
    elif isinstance(target, ast.Attribute):
        container = spilled(target.value, lowering)
        read = ast.Attribute(container, target.attr, ast.Load())
        place = ast.Attribute(container, target.attr, ast.Store())
    else:
        assert isinstance(target, ast.Name)
        read, place = ast.Name(target.id, ast.Load()), target
    kept = spilled(ast.copy_location(read, node), lowering)
    assert isinstance(kept, ast.Name)
    value = hoisted(node.value, lowering)
    name = ast.copy_location(ast.Name(kept.id, ast.Store()), node)
    change = ast.copy_location(ast.AugAssign(name, node.op, value), node)
    store = ast.copy_location(ast.Assign([place], kept), node)
    emit_statement([change, store], lowering, value)
