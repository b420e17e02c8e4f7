"""The table, part 5: the same entries in another arrangement. Their gradients go back in place."""

from __future__ import annotations

import numpy as np

from stepnet.calculus.rules.functions import FUNCTIONS
from stepnet.calculus.rules.rule import Case, NotInTable, Rule, Template, Written


def _reshaped(case: Case) -> str:
    if case.setting("order", "C") != "C":
        raise NotInTable("a reshape in another order than C")
    return back_in_shape(case)


def back_in_shape(case: Case) -> str:
    """``g.reshape(x.shape)``, where the shape is another one at all."""
    if case.own == case.result:
        return "g"
    if case.own == ():
        return "g.reshape(())"
    return "g.reshape(x.shape)" if case.result else "np.reshape(g, x.shape)"


def _copied(case: Case) -> str | None:
    by_type = next(rule for rule in FUNCTIONS if rule.name == "astype").derivatives[0]
    assert callable(by_type)
    return back_in_shape(case) if by_type(case) == "g" else None


def _transposed(case: Case) -> str:
    if len(case.own) < 2:
        return "g"
    axes = case.setting("axes")
    if axes is None:
        return "g.T"
    order = [axis % len(case.own) for axis in axes]
    back = tuple(int(place) for place in np.argsort(order))
    if list(back) == sorted(back):
        return "g"
    return "g.T" if list(back) == sorted(back, reverse=True) else f"g.transpose{back}"


def _diagonal(case: Case) -> str:
    if len(case.own) > 2:
        raise NotInTable("the diagonals of a stack")
    k = case.setting("k", 0)
    if len(case.own) == 1 or (k == 0 and case.own[0] == case.own[1]):
        return "np.diag(g, k)" if k else "np.diag(g)"
    part = f"grad[:, {k}:]" if k > 0 else f"grad[{-k}:]" if k < 0 else "grad"
    return f"{zeros(case)}np.fill_diagonal({part}, g)\ngrad"


def _trapezium(case: Case) -> str:
    function = f"np.{case.operation.rule.name}"
    return f"{function}(g, k)" if "k" in case.operation.settings else f"{function}(g)"


def _flipped(case: Case) -> str:
    return "np.flip(g, axis)" if "axis" in case.operation.settings else "np.flip(g)"


def _rolled(case: Case) -> str:
    if "axis" not in case.operation.settings:
        return "np.roll(g, -shift)"
    shift = case.setting("shift")
    turned = f"{tuple(-number for number in shift)}" if isinstance(shift, tuple) else "-shift"
    return f"np.roll(g, {turned}, axis=axis)"


def _padded(case: Case) -> str:
    if case.setting("mode", "constant") != "constant":
        raise NotInTable("padding with what stands beside")
    widths = np.broadcast_to(np.asarray(case.setting("width")), (len(case.own), 2)).tolist()
    cuts = [f"{before or ''}:{-after or ''}" for before, after in widths]
    while cuts and cuts[-1] == ":":
        cuts.pop()
    return f"g[{', '.join(cuts)}]" if cuts else "g"


def _broadcast(case: Case) -> Template:
    return Written("g", case.result)


def _tiled(case: Case) -> Template:
    repeats = case.setting("reps")
    counts = (repeats,) if isinstance(repeats, int | np.integer) else tuple(repeats)
    size = max(len(counts), len(case.own))
    counts = (1,) * (size - len(counts)) + counts
    own = (1,) * (size - len(case.own)) + case.own
    if all(count == 1 or length == 1 for count, length in zip(counts, own, strict=True)):
        return Written("g", case.result)
    lengths = [number for pair in zip(counts, own, strict=True) for number in pair]
    axes = tuple(range(0, 2 * size, 2))
    split = ", ".join(map(str, lengths))
    summed = f"g.reshape({split}).sum(axis={axes if size > 1 else 0})"
    return summed if own == case.own else f"{summed}.reshape(x.shape)"


def _repeated(case: Case) -> Template:
    repeats, axis = case.setting("repeats"), case.setting("axis")
    if not isinstance(repeats, int | np.integer):
        raise NotInTable("entries repeated differently often")
    if axis is None:
        return "g.reshape(*x.shape, repeats).sum(axis=-1)"
    axis %= len(case.own)
    if case.own[axis] == 1:
        return Written("g", case.result)
    front = ", ".join(f"x.shape[{number}]" for number in range(axis + 1))
    rest = "".join(f", x.shape[{number}]" for number in range(axis + 1, len(case.own)))
    return f"g.reshape({front}, repeats{rest}).sum(axis={axis + 1})"


def zeros(case: Case) -> str:
    """The first line of a gradient that is filled in afterwards."""
    if case.which in case.shapes.whole:
        return f"grad = np.zeros({case.name}.shape)\n"
    return f"grad = np.zeros_like({case.name})\n"


MOVED = "Every entry keeps its value and takes another place, so its gradient is brought back."
COPIED = "An entry that was copied has a say in every copy, so their gradients add up."

ARRANGEMENT: tuple[Rule, ...] = (
    Rule(
        "copy", ("x",), (_copied,),
        (
            "np.array(x, dtype, copy=copy, ndmin=ndmin)", "np.asarray(x, dtype)", "np.copy(x)",
            "np.asanyarray(x, dtype)", "np.ascontiguousarray(x, dtype)", "x.copy(order)",
            "copy.copy(x)", "copy.deepcopy(x)", "float(x)", "x.item()", "x.tolist()",
            "np.atleast_1d(x)", "np.atleast_2d(x)", "np.atleast_3d(x)",
            "np.real(x)", "x.real", "x.view()",
        ),
        "the shape stays, or gets axes of length 1",
        "1",
        "A copy has the values of what it was made from, and hands its gradient back to it.",
    ),
    Rule(
        "reshape", ("x",), (_reshaped,),
        (
            "np.reshape(x, shape, order=order)", "np.reshape(x, newshape=shape, order=order)",
            "x.reshape(*shape, order=order)", "np.ravel(x, order)", "x.ravel(order)",
            "x.flatten(order)", "np.squeeze(x, axis)", "x.squeeze(axis)",
            "np.expand_dims(x, axis)",
        ),
        "the same number of entries, read row by row",
        "1, at another place",
        MOVED,
    ),
    Rule(
        "transpose", ("x",), (_transposed,),
        ("x.T", "np.transpose(x, axes)", "x.transpose(*axes)"),
        "(n, m) → (m, n): the axes in reverse, or in the order named",
        "∂L/∂x = gᵀ",
        MOVED,
    ),
    Rule(
        "matrix_transpose", ("x",), ("g.swapaxes(-1, -2)",), ("x.mT", "np.matrix_transpose(x)"),
        "(…, n, m) → (…, m, n)",
        "∂L/∂x = gᵀ",
        MOVED,
    ),
    Rule(
        "swapaxes", ("x",), ("g.swapaxes(first, second)",),
        ("np.swapaxes(x, axis1=first, axis2=second)", "x.swapaxes(first, second)"),
        "two axes change places",
        "∂L/∂x = g with the same axes swapped",
        MOVED,
    ),
    Rule(
        "moveaxis", ("x",), ("np.moveaxis(g, destination, source)",),
        ("np.moveaxis(x, source, destination)",),
        "one axis is taken out and put in elsewhere",
        "∂L/∂x = g with the axis moved back",
        MOVED,
    ),
    Rule(
        "diag", ("x",), (_diagonal,),
        ("np.diag(x, k)", "np.diagonal(x, offset=k)", "x.diagonal(offset=k)"),
        "(n,) → (n, n), a diagonal matrix; (n, m) → its diagonal",
        "1 on the diagonal",
        "Only the diagonal takes part, so the gradient goes from diagonal to diagonal.",
    ),
    *(
        Rule(
            name, ("x",), (_trapezium,), (f"np.{name}(x, k)",),
            "the shape stays",
            "1 where the entry is kept, 0 elsewhere",
            "What was set to zero does not move the result; the rest goes through.",
        )
        for name in ("tril", "triu")
    ),
    Rule(
        "flip", ("x",), (_flipped,),
        ("np.flip(x, axis)", "np.flipud(x, axis=0)", "np.fliplr(x, axis=1)"),
        "the shape stays", "1, at another place", MOVED,
    ),
    Rule(
        "roll", ("x",), (_rolled,), ("np.roll(x, shift, axis)",),
        "the shape stays", "1, at another place", MOVED,
    ),
    Rule(
        "pad", ("x",), (_padded,),
        ("np.pad(x, pad_width=width, mode=mode, constant_values=constant)",),
        "each axis grows by what is put before and after it",
        "1 inside, 0 in the margin",
        "The margin is made of constants; what came from x lies inside.",
    ),
    Rule(
        "broadcast_to", ("x",), (_broadcast,), ("np.broadcast_to(x, shape)",),
        "axes of length 1 are copied, and axes are added in front",
        "1 for every copy", COPIED,
    ),
    Rule(
        "tile", ("x",), (_tiled,), ("np.tile(x, reps)",),
        "each axis gets as many times as long as it is repeated",
        "1 for every copy", COPIED,
    ),
    Rule(
        "repeat", ("x",), (_repeated,), ("np.repeat(x, repeats, axis)", "x.repeat(repeats, axis)"),
        "the axis gets as many times as long as each entry is repeated",
        "1 for every copy", COPIED,
    ),
)  # fmt: skip
"""Rows of one operand: name, derivative, spellings, shapes, paper, and why."""
