"""The table, part 6: parts of an array read and stored, and arrays joined."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from stepnet.calculus.rules.arrangement import back_in_shape, zeros
from stepnet.calculus.rules.rule import Case, NotInTable, Operation, Rule, Template, Written


def _indexed(case: Case) -> str:
    """Zeros, and the gradient put where the entries came from; `add.at` where one came twice."""
    key = case.setting("key")
    parts = key if isinstance(key, tuple) else (key,)
    if all(part is None or part is Ellipsis or part == slice(None) for part in map(_plain, parts)):
        return back_in_shape(case)
    if any(_repeats(part) for part in parts):
        return f"{zeros(case)}np.add.at(grad, at, g)\ngrad"
    return f"{zeros(case)}grad[key] = g\ngrad"


def _plain(part: Any) -> Any:
    """Something that can be compared to a slice."""
    return part if part is None or part is Ellipsis or isinstance(part, slice) else 0


def _repeats(part: Any) -> bool:
    """May an index name the same entry twice?"""
    if part is None or part is Ellipsis or isinstance(part, slice):
        return False
    array = np.asarray(part)
    return array.dtype.kind != "b" and array.size > 1 and np.unique(array).size < array.size


def _taken(case: Case) -> str:
    axis = case.setting("axis")
    if axis is None and len(case.own) > 1:
        raise NotInTable("entries taken from a flattened array")
    before = (axis or 0) % len(case.own)
    key = f"({'slice(None), ' * before}indices)" if before else "indices"
    return f"{zeros(case)}np.add.at(grad, {key}, g)\ngrad"


def _along(case: Case) -> str:
    return f"{zeros(case)}np.put_along_axis(grad, indices, g, axis)\ngrad"


def _overwritten(case: Case) -> str:
    """What was there before has no say where something else was stored."""
    key = case.setting("key")
    if isinstance(key, np.ndarray) and key.dtype == bool and key.shape == case.own:
        return "np.where(key, 0, g)"
    return "grad = g.copy()\ngrad[key] = 0\ngrad"


def _stored(case: Case) -> Template:
    shape = np.broadcast_to(0.0, case.result)[case.setting("key")].shape
    added = len(case.own) - len(shape)
    if added > 0:  # a[0] = x[None]: axes of length 1 in front fall away
        return "g[key].reshape(x.shape)"
    return Written("g[key]", shape)


def _stacked(case: Case) -> str:
    """``g[k]``: part k is one slice of the result."""
    axis = case.setting("axis", 0) % len(case.result)
    return f"g[{':, ' * axis}{case.which}]"


def _joined(case: Case) -> str:
    if "axis" not in case.operation.settings and case.operation.rule.name == "append":
        return _along_axis(case, 0, flat=True)
    axis = case.setting("axis", 0)
    if axis is None:
        return _along_axis(case, 0, flat=True)
    return _along_axis(case, axis % len(case.result))


def _side_by_side(case: Case) -> str:
    return _along_axis(case, 0 if len(case.result) == 1 else 1)


def _below(case: Case) -> str:
    return _along_axis(case, 0)


def _columns(case: Case) -> str:
    return _along_axis(case, 1)


def _along_axis(case: Case, axis: int, *, flat: bool = False) -> str:
    """The slice of g that came from this part: ``g[:, :a.shape[1]]``, ``g[:, a.shape[1]:]``."""
    lengths = [
        int(np.prod(shape)) if flat
        else shape[axis] if len(shape) == len(case.result)
        else 1
        for shape in case.shapes.operands
    ]  # fmt: skip
    same = flat or len(case.own) in (0, len(case.result))
    texts = [_length(case, number, axis, flat=flat) for number in range(len(lengths))]
    start, stop = _total(texts[: case.which]), _total(texts[: case.which + 1])
    last = case.which == len(lengths) - 1
    if not same or case.own == ():  # one row, or one entry
        return f"g[{':, ' * axis}{start or '0'}]"
    cut = f"{start}:{'' if last else stop}"
    text = "g" if cut == ":" else f"g[{':, ' * axis}{cut}]"
    return f"{text}.reshape({case.name}.shape)" if flat and len(case.own) != 1 else text


def _length(case: Case, number: int, axis: int, *, flat: bool) -> str:
    """How long a part is, in words where the script has a name for it."""
    shape, name = case.shapes.operands[number], case.operation.names[number]
    named = isinstance(case.operation.operands[number], ast.Name)
    if flat:
        return f"{name}.size" if named and shape else str(int(np.prod(shape)))
    if len(shape) < len(case.result):
        return "1"
    if not named:
        return str(shape[axis])
    return f"len({name})" if axis == 0 else f"{name}.shape[{axis}]"


def _total(texts: list[str]) -> str:
    numbers = sum(int(text) for text in texts if text.isdecimal())
    words = [text for text in texts if not text.isdecimal()]
    return " + ".join([*words, str(numbers)] if numbers else words)


def _placed(case: Case) -> str:
    """``g[0, 1]``: the entry of the list that it stands for."""
    place = path(case.operation, case.which)
    return f"g[{', '.join(map(str, place))}]"


def path(operation: Operation, which: int) -> tuple[int, ...]:
    """Where an operand stands in the nested list of ``np.array([[a, b], [c, d]])``."""
    assert isinstance(operation.node, ast.Call)
    found = _path(operation.node.args[0], operation.written[which])
    assert found is not None
    return found


def leaves(node: ast.expr) -> list[ast.expr]:
    """The expressions in a nested list."""
    if isinstance(node, ast.List | ast.Tuple):
        return [leaf for part in node.elts for leaf in leaves(part)]
    return [node]


def _path(node: ast.expr, wanted: ast.expr) -> tuple[int, ...] | None:
    if node is wanted:
        return ()
    if isinstance(node, ast.List | ast.Tuple):
        for number, part in enumerate(node.elts):
            inner = _path(part, wanted)
            if inner is not None:
                return (number, *inner)
    return None


JOINED = "Each part takes its own stretch of the result, and gets that stretch of the gradient."


def _joining(name: str, derivative: Any, *spelled: str, shape: str) -> Rule:
    return Rule(
        name, ("part",), (derivative,), spelled, shape,
        "1, at the part's place", JOINED, variadic=True,
    )  # fmt: skip


INDEXING: tuple[Rule, ...] = (
    Rule(
        "index", ("x",), (_indexed,), ("x[key]",),
        "a number takes an axis away, a slice or a list shortens it, a mask keeps what is true",
        "1 for the entries that were read, 0 for all others",
        "What was not read does not move the result; an entry read twice counts twice.",
    ),
    Rule(
        "take", ("x",), (_taken,), ("np.take(x, indices, axis)", "x.take(indices, axis)"),
        "the axis gets the shape of the indices",
        "1 for the entries that were read, 0 for all others",
        "What was not read does not move the result; an entry read twice counts twice.",
    ),
    Rule(
        "take_along_axis", ("x",), (_along,), ("np.take_along_axis(x, indices, axis)",),
        "the shape of the indices",
        "1 for the entries that were read, 0 for all others",
        "What was not read does not move the result.",
        kink="an entry may be read once only",
    ),
    Rule(
        "store", ("array", "x"), (_overwritten, _stored), (),
        "the array keeps its shape; what is stored is broadcast to the part",
        "0 for what was overwritten, 1 for what was stored",
        "What was overwritten has no say any more, and what was stored has it there.",
    ),
    _joining(
        "concatenate", _joined, "np.concatenate([*part], axis, out=into)", "np.r_[*part]",
        shape="the lengths along the axis add up; all others agree",
    ),
    _joining(
        "append", _joined, "np.append(part0, part1, axis)",
        shape="the lengths along the axis add up; without an axis both are flattened",
    ),
    _joining(
        "hstack", _side_by_side, "np.hstack([*part])",
        shape="side by side: the numbers of columns add up",
    ),
    _joining(
        "vstack", _below, "np.vstack([*part])", "np.row_stack([*part])",
        shape="one below the other: the numbers of rows add up",
    ),
    _joining(
        "column_stack", _columns, "np.column_stack([*part])", "np.c_[*part]",
        shape="side by side; a vector becomes a column",
    ),
    _joining(
        "stack", _stacked, "np.stack([*part], axis)",
        shape="a new axis, as long as there are parts",
    ),
    _joining("array", _placed, shape="a list of numbers becomes an axis"),
)  # fmt: skip
"""Rows for parts of arrays: name, derivative, spellings, shapes, paper, and why."""
