"""What updates work with besides parameters and gradients: what they keep, what they are set by."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from stepnet.calculus.steps import step_of
from stepnet.source.instruction import Statement
from stepnet.source.place import places_in, root_of

_WRITTEN = ast.operator | ast.unaryop | ast.expr_context | ast.BinOp | ast.UnaryOp | ast.Tuple
TRAINING = frozenset({"forward", "loss", "backward"})


def kept_between_updates(statements: tuple[Statement, ...]) -> frozenset[str]:
    """The state of an optimiser: momentum, running averages, counts of steps.

    It is what updates change, and nothing but the updates of other names reads.
    """
    updates = [part for part in statements if part.phase == "update"]
    changed = {name for part in updates for name in part.targets}
    stepped = {name for part in updates if _descends(part.node) for name in part.targets}
    elsewhere = {
        place for part in statements if part.phase in TRAINING for place in _read(part.node)
    }
    return frozenset(
        name
        for name in changed - elsewhere - stepped
        if any(name not in part.targets and name in set(_read(part.node)) for part in updates)
    )


def settings_of(statements: tuple[Statement, ...]) -> frozenset[str]:
    """Learning rates and the like: given as a number once, and read by updates only.

    The number that a training loop counts to is one too.
    """
    updates = [part for part in statements if part.phase == "update"]
    read = {place for part in updates for place in _read(part.node)}
    counted = {
        place
        for part in statements
        if isinstance(part.node, ast.For) and _is_range(part.node.iter)
        for place in places_in(part.node.iter)
    }
    trained = {place for part in statements if part.phase in TRAINING for place in _read(part.node)}
    given = [name for part in statements for name in part.targets]
    return frozenset(
        name
        for part in statements
        for name in part.targets
        if updates and name in (read - trained) | counted and given.count(name) == 1
        if _is_given(part)
    )


def _descends(node: ast.stmt) -> bool:
    """Does a statement subtract from what it changes, as an update of a parameter does?"""
    made = step_of(node)
    return made is not None and made[2] < 0


def _read(node: ast.stmt) -> Iterator[str]:
    """The places whose values a statement uses, and what they are items of."""
    parts: list[ast.AST] = []
    if isinstance(node, ast.AugAssign | ast.Assign | ast.AnnAssign | ast.Return | ast.Expr):
        parts = [node.value] if node.value is not None else []
    for part in parts:
        for place in places_in(part):
            yield place
            yield root_of(place)


def _is_range(node: ast.expr) -> bool:
    """``range(epochs)``, also inside of a progress bar."""
    names = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(isinstance(name, ast.Name) and name.id in ("range", "trange") for name in names)


def _is_given(statement: Statement) -> bool:
    """Is it a number that stands in the script, or what an object is made with?"""
    node = statement.node
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return False
    if isinstance(node.value, ast.Name):
        return statement.unit.rpartition(".")[2] == "__init__"
    return all(
        isinstance(part, _WRITTEN)
        or (isinstance(part, ast.Constant) and isinstance(part.value, int | float))
        for part in ast.walk(node.value)
    )


def is_selection(node: ast.stmt) -> bool:
    """``A1 = cache["A1"]``, ``x, w = self.cache``: is only taken out what was put somewhere?"""
    if not isinstance(node, ast.Assign):
        return False
    several = any(isinstance(target, ast.Tuple | ast.List) for target in node.targets)
    match node.value:
        case ast.Name() | ast.Attribute():
            return several
        case ast.Subscript(slice=ast.Slice() | ast.Tuple() | ast.Compare()):
            return False
        case ast.Subscript(value=ast.Name() | ast.Attribute()):
            return True
        case ast.Tuple(elts=parts):
            return all(isinstance(part, ast.Subscript | ast.Attribute) for part in parts)
    return False
