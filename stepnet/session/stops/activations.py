"""Which statements make the output of a ReLU, a sigmoid or a tanh, read from their syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stepnet.source.instruction import Program, Statement

Kinds = dict[str, str]
"""What each function of the script computes: ``relu``, ``sigmoid``, ``tanh``."""


def activations(program: Program) -> dict[Statement, str]:
    """The statements whose value is an activation, and which."""
    known = _functions(program)
    found: dict[Statement, str] = {}
    for statement in program.statements:
        node = statement.node
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            kind = _kind(node.value, known)
            if kind:
                found[statement] = kind
    return found


def _functions(program: Program) -> Kinds:
    known: Kinds = {}
    for statement in program.statements:
        node = statement.node
        if isinstance(node, ast.FunctionDef):
            made = [kind for value in _returned(node) if (kind := _kind(value, {}))]
            if made:
                known[node.name] = made[0]
    return known


def _returned(node: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a function returns: the expression itself, or what was assigned to the name."""
    assigned = {
        target.id: part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    returns = [part.value for part in ast.walk(node) if isinstance(part, ast.Return)]
    for value in returns:
        if isinstance(value, ast.Name) and value.id in assigned:
            yield assigned[value.id]
        elif value is not None:
            yield value


def _kind(node: ast.expr, known: Kinds) -> str:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name in known:
            return known[name]
        if name == "tanh":
            return "tanh"
        if name == "maximum" and any(_is_number(part, 0) for part in node.args):
            return "relu"
        if name == "where" and len(node.args) == 3 and _is_positive(node.args[0]):
            return "relu" if _is_number(node.args[2], 0) else ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return "relu" if _is_positive(node.left) or _is_positive(node.right) else ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return "sigmoid" if _is_number(node.left, 1) and _adds_exponential(node.right) else ""
    return ""


def _is_number(node: ast.expr, value: float) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def _is_positive(node: ast.expr) -> bool:
    """``z > 0``."""
    return (
        isinstance(node, ast.Compare)
        and isinstance(node.ops[0], ast.Gt | ast.GtE)
        and _is_number(node.comparators[0], 0)
    )


def _adds_exponential(node: ast.expr) -> bool:
    """``1 + np.exp(-z)``."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)):
        return False
    sides = (node.left, node.right)
    return any(_is_number(part, 1) for part in sides) and any(
        isinstance(part, ast.Call) and ast.unparse(part.func).endswith("exp") for part in sides
    )
