"""Softmax, thresholds, and derivatives by small steps."""

from __future__ import annotations

import ast

import numpy as np

from stepnet.explain.narrate.scene import Scene, as_array
from stepnet.explain.narrate.words import counted, num, shape

EXP_LIMIT = 709.78


def shifted(scene: Scene) -> str | None:
    """``z - np.max(z)``: the same shares, without overflow."""
    for piece in scene.pieces:
        match piece.node:
            case ast.BinOp(left=left, op=ast.Sub(), right=ast.Call(func=function) as called):
                name = getattr(function, "attr", getattr(function, "id", ""))
                if name not in ("max", "amax") or ast.unparse(left) not in ast.unparse(called):
                    continue
            case _:
                continue
        value, top = as_array(piece.parts[0].value), piece.parts[1].value
        if value is None:
            continue
        high = float(np.max(np.asarray(top, dtype=float)))
        return (
            f"The largest entry of {piece.parts[0].text} becomes 0, so no exp overflows; the "
            f"factor exp({num(high)}) that is taken out stands in numerator and sum and cancels."
        )
    return None


def exponential(scene: Scene) -> str | None:
    """``np.exp(z)`` on its way to a softmax: how far it is from an overflow."""
    if not scene.name or scene.is_gradient or scene.piece is None:
        return None
    made = scene.operation(scene.piece)
    if made is None or made.rule.name != "exp":
        return None
    value, text = scene.array(made.operands[0]), ast.unparse(made.operands[0])
    if value is None or not np.isfinite(value).all():
        return None
    top = float(value.max())
    if any(isinstance(part, ast.Sub) for part in ast.walk(made.operands[0])) or top <= 0:
        return (
            f"No entry of {text} is above {num(top)}, so {scene.title} stays at or below "
            f"{num(np.exp(top))}: nothing can overflow."
        )
    return (
        f"{scene.title} reaches {num(np.exp(min(top, EXP_LIMIT)))} for the largest entry of "
        f"{text}, {num(top)}; from 709.8 on it would be Inf."
    )


def shares(scene: Scene) -> str | None:
    """A softmax: how the whole is shared out."""
    made = scene.outline.computes(scene.node) if scene.node is not None else None
    value = as_array(scene.result)
    if made is None or value is None or made.rule.name != "softmax":
        return None
    z, name = scene.original(made.operands[0]), scene.name or scene.statement.unit
    own = ast.unparse(made.operands[0])
    if not scene.name:
        return (
            f"{own} is {z} in this call of {name}: the exponentials become shares {shape(value)}, "
            f"of which the largest is {num(value.max())}."
        )
    place = ", ".join(str(int(n)) for n in np.unravel_index(int(value.argmax()), value.shape))
    rows = f"each of the {len(value)} rows of " if value.ndim == 2 else ""
    return (
        f"The shares in {rows}{name} {shape(value)} add up to 1, so every entry depends on all of "
        f"{z}'s row; the largest is {name}[{place}] with {num(value.max())}."
    )


def difference(scene: Scene) -> str | None:
    """A derivative by a small step: to one side or to both."""
    node = scene.piece.node if scene.piece is not None else None
    match node:
        case ast.BinOp(left=ast.BinOp(left=high, op=ast.Sub(), right=low), op=ast.Div(), right=by):
            pass
        case _:
            return None
    step = scene.value(by)
    if not isinstance(step, float) or not 0 < abs(step) < 0.1:
        return None
    one, two = scene.value(high), scene.value(low)
    if not isinstance(one, float | np.floating) or not isinstance(two, float | np.floating):
        return None
    change = float(one) - float(two)
    rounding = abs(float(one)) * 2.2e-16 / abs(step)
    names = f"{ast.unparse(high)} − {ast.unparse(low)} = {num(change)}"
    if _is_central(by):
        kind = (
            "central: the errors of both sides cancel but for h², so 1e-7 is the accuracy to ask "
            "for, not zero"
        )
    else:
        kind = (
            f"to one side only, so off by half the curvature times {num(step)}; a difference to "
            f"both sides would cancel that"
        )
    return (
        f"{names} over {num(step)}: {kind}. Rounding adds about {num(rounding)}, and a kink of a "
        f"ReLU in between would spoil {scene.title}."
    )


def _is_central(by: ast.expr) -> bool:
    """``2 * h``."""
    return (
        isinstance(by, ast.BinOp)
        and isinstance(by.op, ast.Mult)
        and any(isinstance(part, ast.Constant) and part.value == 2 for part in (by.left, by.right))
    )


def threshold(scene: Scene) -> str | None:
    """``y_hat > 0.5``: how many entries are on which side."""
    for piece in scene.pieces:
        match piece.node:
            case ast.Compare(left=left, ops=[ast.Gt() | ast.GtE()], comparators=[limit]):
                pass
            case _:
                continue
        value, holds = as_array(piece.parts[0].value), as_array(piece.value)
        if value is None or holds is None or not isinstance(limit, ast.Constant):
            continue
        if limit.value != 0.5 or value.size < 2:
            continue
        made = scene.activation(left)
        same = ""
        if made is not None and made.rule.name == "sigmoid":
            same = f", where {ast.unparse(made.operands[0])} is above 0"
        nearest = float(np.abs(value - 0.5).min())
        return (
            f"{int(holds.sum())} of {counted(value.size, 'entry', 'entries')} of "
            f"{ast.unparse(left)} are above ½{same}; the nearest is {num(nearest)} away from it. "
            f"{scene.title} only sees the side: it moves in jumps and has no gradient."
        )
    return None


def classes(scene: Scene) -> str | None:
    """``np.argmax(p, axis=1)``."""
    for piece in scene.pieces:
        node = piece.node
        called = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "argmax"
        value = as_array(piece.parts[0].value) if called and piece.parts else None
        if value is None or value.ndim != 2:
            continue
        text = piece.parts[0].text
        return (
            f"argmax keeps the place of the largest entry in each of the {len(value)} rows of "
            f"{text} {shape(value)} and forgets how large it is: {scene.title} has no gradient."
        )
    return None
