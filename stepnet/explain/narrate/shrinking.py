"""A gradient behind a sigmoid is at most a quarter of what it was, layer by layer."""

from __future__ import annotations

import ast

from stepnet.explain.narrate.scene import Array, Scene, as_array
from stepnet.explain.narrate.slopes import Slope, slope_in
from stepnet.explain.narrate.syntax import base_of, factors, value_of
from stepnet.explain.narrate.words import norm, num
from stepnet.source.instruction import Statement

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")


def shrinks(scene: Scene) -> str | None:
    """A gradient behind a σ′ is at most a quarter of what it was, layer by layer."""
    if not scene.is_gradient or scene.node is None or scene.name not in scene.after:
        return None
    result = as_array(scene.result)
    incoming = _incoming(scene)
    if result is None or incoming is None:
        return None
    name, value = incoming
    found = slope_in(scene, scene.node) or _named_slope(scene)
    if found is None or found.kind != "sigmoid" or value.shape != result.shape:
        return None
    long, short = norm(value), norm(result)
    if not long:
        return None
    number = _depth(scene)
    bound = "¼" if number < 2 else f"¼ once more (the {_ordinal(number)} sigmoid from the loss)"
    return (
        f"σ′ lets through at most {bound}: the norm goes from {num(long)} ({name}) to "
        f"{num(short)} ({scene.title}), {num(short / long)} of it."
    )


def _ordinal(number: int) -> str:
    return ORDINALS[number] if number < len(ORDINALS) else f"{number}th"


def _incoming(scene: Scene) -> tuple[str, Array] | None:
    """The gradient that comes from nearer to the loss."""
    assert scene.node is not None
    for part in ast.walk(scene.node):
        if not isinstance(part, ast.expr) or base_of(part) not in scene.outline.gradients:
            continue
        value, made = scene.array(part), scene.maker(part)
        local = made is not None and slope_in(scene, value_of(made)) and _is_bare(made)
        if value is not None and not local:
            return ast.unparse(part), value
    return None


def _named_slope(scene: Scene) -> Slope | None:
    """``dE_dyhat * dyhat_ds``: the slope has a name."""
    for part in ast.walk(scene.node) if scene.node is not None else ():
        made = scene.maker(part) if isinstance(part, ast.Name) else None
        if made is not None and made is not scene.statement and _is_product(scene.node):
            found = slope_in(scene, value_of(made))
            if found is not None and made.unit == scene.statement.unit and _is_bare(made):
                return found
    return None


def _is_product(node: ast.expr | None) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)


def _is_bare(made: Statement) -> bool:
    """Nothing but the slope itself: ``a * (1 - a)``."""
    value = value_of(made)
    return value is not None and len(factors(value)) == 2


def _depth(scene: Scene) -> int:
    """Which sigmoid this is on the way back from the loss."""
    count = 0
    for part in scene.outline.roles.gradients:
        if part.line > scene.statement.line or part.unit != scene.statement.unit:
            continue
        found = slope_in(scene, value_of(part))
        count += found is not None and found.kind == "sigmoid"
    return count
