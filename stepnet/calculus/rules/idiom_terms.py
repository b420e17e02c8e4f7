"""The terms of one entry, for idioms: a softmax is one share, a loss a sum over all entries."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from stepnet.calculus.rules.cell import (
    Asked,
    Cell,
    Index,
    Read,
    Term,
    broadcast_place,
    running,
    single,
)
from stepnet.calculus.rules.reductions import axes_of


def _softmax(asked: Asked) -> Cell:
    """A share of the whole row: every score along the axis has a say in it."""
    (shape,), axis = asked.shapes, asked.setting("axis")
    axes = axes_of(axis, len(shape))
    letters, sign = running(len(axes))
    place = tuple(letters[axes.index(n)] if n in axes else at for n, at in enumerate(asked.index))
    own, all_of = asked.text(0, asked.index), f"{sign} exp({asked.text(0, place)})"
    text = f"exp({own}) / {all_of}"
    if asked.operation.rule.name == "log_softmax":
        text = f"{own} − log({all_of})"
    reads = [Read(0, at) for at in np.ndindex(shape) if _same_row(at, asked.index, axes)]
    return single(text, tuple(reads), asked.entry)


def _same_row(one: Index, other: Index, axes: tuple[int, ...]) -> bool:
    return all(a == b for n, (a, b) in enumerate(zip(one, other, strict=True)) if n not in axes)


def _loss(of: Callable[..., Any], text: str) -> Callable[[Asked], Cell]:
    """A sum over all entries, each a function of prediction and target in its place."""

    def taken_apart(asked: Asked) -> Cell:
        names = asked.operation.names
        shape = np.broadcast_shapes(*asked.shapes)
        if np.shape(asked.result) != ():
            return single(ast.unparse(asked.operation.node), (), asked.entry)
        values = np.broadcast_to(of(*map(np.asarray, asked.values[:2])), shape).ravel()
        total = float(np.sum(values))
        scale = float(asked.entry) / total if total else 1.0
        before = "" if np.isclose(scale, 1) else f"{scale:.4g}·"

        def written(place: tuple[object, ...]) -> str:
            texts = {}
            for number, (name, own) in enumerate(zip(names, asked.shapes, strict=True)):
                tail = zip(place[len(place) - len(own) :], own, strict=True)
                at = tuple(0 if length == 1 else n for n, length in tail)
                texts[name] = asked.text(number, at)
            d = " − ".join(texts.values())
            base = f"({d})" if len(texts) > 1 else d
            return before + text.format(d=d, base=base, **texts)

        def term(number: int) -> Term:
            place = tuple(int(n) for n in np.unravel_index(number, shape)) if shape else ()
            reads = tuple(
                Read(n, broadcast_place(place, own)) for n, own in enumerate(asked.shapes)
            )
            return Term(written(place), reads, float(values[number]) * scale)

        letters, sign = running(len(shape))
        return Cell(f"{sign} {written(letters)}".strip(), values * scale, term)

    return taken_apart


def _difference(*values: Any) -> Any:
    return values[0] - values[1] if len(values) > 1 else values[0]


SQUARED = _loss(lambda *values: _difference(*values) ** 2, "{base}²")
ABSOLUTE = _loss(lambda *values: np.abs(_difference(*values)), "|{d}|")

IDIOMS: dict[str, Callable[[Asked], Cell]] = {
    "softmax": _softmax,
    "log_softmax": _softmax,
    **dict.fromkeys(("sse", "mse", "sum_of_squares", "mean_square"), SQUARED),
    **dict.fromkeys(("sae", "mae", "sum_of_distances", "mean_distance"), ABSOLUTE),
    "cce": _loss(lambda p, t: -t * np.log(p), "−{t}·log({p})"),
    "bce": _loss(
        lambda p, y: -y * np.log(p) - (1 - y) * np.log(1 - p),
        "(−{y}·log({p}) − (1 − {y})·log(1 − {p}))",
    ),
}
"""By name, of losses without the ``half_``."""
