"""The update: how large a step, in which direction, and whether it comes too early."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import numpy as np

from stepnet.explain.narrate.scene import Scene, as_array
from stepnet.explain.narrate.syntax import is_alias, is_negative, leaves_in, value_of
from stepnet.explain.narrate.words import norm, num
from stepnet.source.instruction import Statement

LARGE, SMALL = 0.1, 0.0001
"""Update ratios beyond which a step is unusual."""


def step_size(scene: Scene) -> str | None:
    """The learning rate and ‖ΔW‖/‖W‖."""
    if not scene.outline.is_update(scene.statement):
        return None
    name = scene.name
    old, new = _stepped(scene), as_array(scene.after.get(name))
    if old is None or new is None or old.shape != new.shape or old.dtype.kind != "f":
        return None
    moved, size = norm(new - old), norm(old)
    rate = rate_of(scene.statement, scene.names)
    with_rate = f" with {rate}" if rate else ""
    if not size:
        return f"{name} was all zero; this step{with_rate} gives it the norm {num(moved)}."
    ratio = moved / size
    told = f"‖Δ{name}‖/‖{name}‖ = {num(moved)}/{num(size)} = {num(ratio)}{with_rate}"
    if not moved:
        return f"{told}: {name} does not move, its gradient is zero."
    if ratio > LARGE:
        return f"{told}: a large step, above a tenth of {name} itself."
    if ratio < SMALL:
        return f"{told}: hardly a step, below a ten-thousandth of {name}."
    return f"{told}: of the usual size, between 0.0001 and 0.1."


def _stepped(scene: Scene) -> np.ndarray | None:
    """What is updated, as it was before: changed in place, or read in ``W = W - …``."""
    match scene.statement.node:
        case ast.Assign(value=ast.BinOp(left=old)) if scene.name not in scene.before:
            return scene.array(old)
    return as_array(scene.before.get(scene.name))


def rate_of(statement: Statement, names: Mapping[str, object]) -> str:
    """``learning_rate = 0.1``: the number by name that an update multiplies with."""
    node = getattr(statement.node, "value", None)
    for part in ast.walk(node) if isinstance(node, ast.AST) else ():
        if isinstance(part, ast.Name):
            value = names.get(part.id)
            if isinstance(value, int | float | np.floating) and not isinstance(value, bool):
                return f"{part.id} = {num(value)}"
    return ""


def too_early(scene: Scene) -> str | None:
    """All gradients first, then all updates: a later gradient still reads this parameter."""
    if not scene.outline.is_update(scene.statement):
        return None
    name = scene.name
    for part in scene.outline.roles.gradients:
        value = value_of(part)
        later = part.unit == scene.statement.unit and part.line > scene.statement.line
        if later and value is not None and scene.leaf in leaves_in(value) and not is_alias(part):
            return (
                f"Too early: {part.at} still computes {part.targets[0]} with {name}, and "
                f"needs the one that was used forward. All gradients first, then all updates."
            )
    return None


def direction(scene: Scene) -> str | None:
    """``+=``: descent only because what is added is minus the gradient."""
    node = scene.statement.node
    if not scene.outline.is_update(scene.statement):
        return None
    if not (isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add)):
        return None
    added = ast.unparse(node.value)
    if is_negative(node.value):
        return None
    return (
        f"{scene.name} += {added} goes downhill only if {added} is minus the gradient: where the "
        f"error was taken as target minus prediction, this is descent in disguise."
    )
