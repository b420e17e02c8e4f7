"""The terms of one entry, for each operation of the table."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from stepnet.calculus.rules.cell import (
    Array,
    Asked,
    Cell,
    Index,
    Place,
    Read,
    Run,
    Term,
    Writer,
    broadcast_place,
    several,
    single,
    summed,
)
from stepnet.calculus.rules.idiom_terms import IDIOMS
from stepnet.calculus.rules.indexing import path
from stepnet.calculus.rules.products import einsum_letters, einsum_sizes
from stepnet.calculus.rules.rearranged import origin
from stepnet.calculus.rules.reductions import axes_of
from stepnet.calculus.rules.rule import Operation


def terms(
    operation: Operation,
    values: tuple[Any, ...],
    result: Any,
    index: Index,
    settings: Mapping[str, object] | None = None,
) -> tuple[Term, ...]:
    """The terms whose sum is one entry of the result.

    A term that reads nothing stands for an entry that is no sum, such as one of an inverse.
    """
    return cell(operation, values, result, index, settings).terms


def cell(
    operation: Operation,
    values: tuple[Any, ...],
    result: Any,
    index: Index,
    settings: Mapping[str, object] | None = None,
    write: Writer | None = None,
) -> Cell:
    """One entry of the result as a sum, whose terms are made when they are asked for."""
    asked = Asked(operation, values, result, index, settings or {}, write)
    own = CELLS.get(operation.rule.name) or CELLS.get(operation.rule.name.removeprefix("half_"))
    if own is not None:
        return own(asked)
    if operation.rule.cell or operation.rule.entrywise:
        return _entrywise(asked)
    source = origin(asked)
    if source is None:
        return single(ast.unparse(operation.node) + _brackets(index), (), asked.entry)
    operand, place = source
    read = Read(operand, place)
    return single(asked.text(operand, place, tight=False), (read,), asked.entry)


def _brackets(index: Index) -> str:
    return f"[{','.join(map(str, index))}]" if index else ""


def _entrywise(asked: Asked) -> Cell:
    """A function of the entries in the same place; a sum or difference of two is two terms."""
    places = [broadcast_place(asked.index, shape) for shape in asked.shapes]
    written = written_entrywise(asked.operation, places, asked.text)
    reads = [Read(number, place) for number, place in enumerate(places)]
    if len(written) == 1:
        return single(written[0], tuple(reads), asked.entry)
    parts = []
    for text, form, read in zip(written, asked.operation.rule.cell, reads, strict=True):
        value = np.asarray(asked.values[read.operand])[read.index]
        value = -value if form.startswith("−") else value
        parts.append(Term(text, (read,), float(value)))
    return several(parts, " + ".join(written).replace("+ −", "− "))


def written_entrywise(
    operation: Operation,
    places: Sequence[tuple[object, ...]],
    text: Callable[[int, tuple[object, ...]], str],
) -> tuple[str, ...]:
    """The terms of one entry of a function that works entry by entry, as text.

    The places of its operands may hold letters.
    """
    rule = operation.rule
    texts = {
        name: text(number, place)
        for number, (name, place) in enumerate(zip(operation.names, places, strict=True))
    }
    written = rule.cell or (_form(operation),)
    if rule.name == "power" and texts["b"] in ("2", "3"):
        written = ("{a}" + {"2": "²", "3": "³"}[texts["b"]],)
    return tuple(form.format(**texts) for form in written)


def _form(operation: Operation) -> str:
    """How an operation whose row has no form for an entry is written: as the script does."""
    names = [f"{{{name}}}" for name in operation.names]
    operands: list[ast.expr] = [ast.Name(name, ast.Load()) for name in names]
    match operation.node:
        case ast.BinOp(op=operator):
            return ast.unparse(ast.BinOp(operands[0], operator, operands[1]))
        case ast.Compare(ops=[operator]):
            return ast.unparse(ast.Compare(operands[0], [operator], operands[1:]))
        case ast.Call(func=function):
            return f"{ast.unparse(function).rpartition('.')[2]}({', '.join(names)})"
    return f"{operation.rule.name}({', '.join(names)})"


def _where(asked: Asked) -> Cell:
    shape = np.shape(asked.setting("condition"))
    chosen = np.asarray(asked.setting("condition"))[broadcast_place(asked.index, shape)]
    number = 0 if chosen else 1
    read = Read(number, broadcast_place(asked.index, asked.shapes[number]))
    return single(asked.text(number, read.index, tight=False), (read,), asked.entry)


def _matmul(asked: Asked) -> Cell:
    first, second = asked.shapes
    if first == () or second == ():
        return _scaled(asked)
    left = list(asked.index)
    column: Place = (left.pop(),) if len(second) > 1 else ()
    row: Place = (left.pop(),) if len(first) > 1 else ()
    a = (*broadcast_place(tuple(left), first[:-2]), *row, Run(0))
    b = (*broadcast_place(tuple(left), second[:-2]), Run(0), *column)
    return summed(asked, ((0, a), (1, b)), first[-1:])


def _scaled(asked: Asked) -> Cell:
    """A product with a number."""
    places = [broadcast_place(asked.index, shape) for shape in asked.shapes]
    return summed(asked, ((0, places[0]), (1, places[1])), ())


def _dot(asked: Asked) -> Cell:
    first, second = asked.shapes
    if len(first) <= 2 and len(second) <= 2:
        return _matmul(asked)
    return _contracted(asked, (len(first) - 1,), (max(len(second) - 2, 0),))


def _inner(asked: Asked) -> Cell:
    first, second = asked.shapes
    if first == () or second == ():
        return _scaled(asked)
    return _contracted(asked, (len(first) - 1,), (len(second) - 1,))


def _tensordot(asked: Asked) -> Cell:
    first, second = (len(shape) for shape in asked.shapes)
    axes = asked.setting("axes", 2)
    if isinstance(axes, int):
        return _contracted(asked, tuple(range(first - axes, first)), tuple(range(axes)))
    one, two = ((part,) if isinstance(part, int) else tuple(part) for part in axes)
    return _contracted(asked, tuple(n % first for n in one), tuple(n % second for n in two))


def _contracted(asked: Asked, of_a: tuple[int, ...], of_b: tuple[int, ...]) -> Cell:
    left = list(asked.index)
    places: list[list[int | Run]] = []
    for shape, axes in zip(asked.shapes, (of_a, of_b), strict=True):
        places.append([Run(axes.index(n)) if n in axes else left.pop(0) for n in range(len(shape))])
    lengths = tuple(asked.shapes[0][axis] for axis in of_a)
    return summed(asked, ((0, tuple(places[0])), (1, tuple(places[1]))), lengths)


def _outer(asked: Asked) -> Cell:
    places = [
        tuple(int(n) for n in np.unravel_index(asked.index[number], shape)) if shape else ()
        for number, shape in enumerate(asked.shapes)
    ]
    return summed(asked, ((0, places[0]), (1, places[1])), ())


def _vdot(asked: Asked) -> Cell:
    first, second = asked.shapes
    if first == second:
        everywhere = tuple(Run(axis) for axis in range(len(first)))
        return summed(asked, ((0, everywhere), (1, everywhere)), first)
    products = (np.ravel(asked.values[0]) * np.ravel(asked.values[1])).astype(float)

    def term(number: int) -> Term:
        reads = tuple(
            Read(operand, tuple(int(n) for n in np.unravel_index(number, shape)))
            for operand, shape in enumerate(asked.shapes)
        )
        text = "·".join(asked.text(read.operand, read.index) for read in reads)
        return Term(text, reads, float(products[number]))

    return Cell("Σₙ a[n]·b[n], flattened", products, term)


def _einsum(asked: Asked) -> Cell:
    letters, output = einsum_letters(asked.setting("subscripts"), len(asked.values))
    sizes = einsum_sizes(letters, asked.shapes)
    fixed = dict(zip(output, asked.index, strict=True))
    running = [letter for letter in sizes if letter not in fixed]
    places: list[tuple[int, Place]] = []
    for number, (own, shape) in enumerate(zip(letters, asked.shapes, strict=True)):
        place: list[int | Run] = []
        for letter, length in zip(own, shape, strict=True):
            one = length == 1 and sizes[letter] != 1
            place.append(
                0 if one else fixed[letter] if letter in fixed else Run(running.index(letter))
            )
        places.append((number, tuple(place)))
    return summed(asked, tuple(places), tuple(sizes[letter] for letter in running))


def _reduced(asked: Asked) -> tuple[Place, tuple[int, ...]]:
    """Where a reduction reads its operand, and how far it runs."""
    (shape,) = asked.shapes
    axes = axes_of(asked.setting("axis"), len(shape))
    left = list(asked.index)
    if len(left) == len(shape):  # keepdims
        left = [n for axis, n in enumerate(left) if axis not in axes]
    place: list[int | Run] = []
    for axis in range(len(shape)):
        place.append(Run(axes.index(axis)) if axis in axes else left.pop(0))
    return tuple(place), tuple(shape[axis] for axis in axes)


def _sum(asked: Asked) -> Cell:
    place, lengths = _reduced(asked)
    return summed(asked, ((0, place),), lengths)


def _mean(asked: Asked) -> Cell:
    place, lengths = _reduced(asked)
    count = int(np.prod(lengths))
    return summed(asked, ((0, place),), lengths, count, str(count))


def _norm(asked: Asked) -> Cell:
    if asked.setting("ord") not in (None, 2, "fro"):
        return single(ast.unparse(asked.operation.node) + _brackets(asked.index), (), asked.entry)
    place, lengths = _reduced(asked)
    length = float(asked.entry)
    return summed(asked, ((0, place), (0, place)), lengths, length or 1, f"{length:.4g}")


def _block(asked: Asked) -> tuple[Array, Callable[[int], Index]]:
    """The entries that a reduction runs over, flat, and where each stands."""
    place, lengths = _reduced(asked)
    key = tuple(slice(None) if isinstance(n, Run) else n for n in place)
    block = np.asarray(np.asarray(asked.values[0])[key])

    def where(number: int) -> Index:
        at = [int(n) for n in np.unravel_index(number, lengths)] if lengths else []
        return tuple(at[n.axis] if isinstance(n, Run) else n for n in place)

    return block.ravel(), where


def _extreme(asked: Asked) -> Cell:
    entries, where = _block(asked)
    name = asked.operation.rule.name
    place = where(int(np.argmax(entries) if name == "max" else np.argmin(entries)))
    text = f"{asked.text(0, place, tight=False)}, the {name} of {entries.size}"
    return single(text, (Read(0, place),), asked.entry)


def _prod(asked: Asked) -> Cell:
    entries, where = _block(asked)
    places = [where(number) for number in range(entries.size)]
    text = "·".join(asked.text(0, place) for place in places)
    return single(text, tuple(Read(0, place) for place in places), asked.entry)


def _spread(asked: Asked) -> Cell:
    """Variance: the squared distances from the mean, over N; over Nσ they add up to σ."""
    entries, where = _block(asked)
    divisor = float(entries.size - asked.setting("ddof", 0))
    under = f"{divisor:g}"
    if asked.operation.rule.name == "std":
        under = f"({under}·{float(asked.entry):.4g})"
        divisor *= float(asked.entry) or 1.0
    mean = entries.mean()
    squares = np.abs(entries - mean) ** 2 / divisor

    def written(text: str) -> str:
        return f"({text} − {mean:.4g})²/{under}"

    def term(number: int) -> Term:
        place = where(number)
        return Term(written(asked.text(0, place)), (Read(0, place),), float(squares[number]))

    return Cell(f"Σₙ {written(asked.text(0, ('n',)))}", squares, term)


def _cumsum(asked: Asked) -> Cell:
    (shape,), axis = asked.shapes, asked.setting("axis")
    if axis is None and len(shape) != 1:
        flat = np.ravel(asked.values[0])[: asked.index[0] + 1]

        def term(number: int) -> Term:
            place = tuple(int(n) for n in np.unravel_index(number, shape))
            return Term(asked.text(0, place, tight=False), (Read(0, place),), float(flat[number]))

        return Cell(f"Σ of the first {flat.size} entries", flat, term)
    axis = (axis or 0) % len(shape)
    place = tuple(Run(0) if n == axis else at for n, at in enumerate(asked.index))
    return summed(asked, ((0, place),), (asked.index[axis] + 1,))


def _trace(asked: Asked) -> Cell:
    offset = asked.setting("offset", 0)
    rows, columns = asked.shapes[0]
    length = min(rows, columns - offset) if offset >= 0 else min(rows + offset, columns)
    place = (Run(0, max(-offset, 0)), Run(0, max(offset, 0)))
    return summed(asked, ((0, place),), (max(length, 0),))


def _array(asked: Asked) -> Cell:
    for number in range(len(asked.values)):
        place = path(asked.operation, number)
        if asked.index[: len(place)] == place:
            read = Read(number, asked.index[len(place) :])
            return single(asked.text(number, read.index, tight=False), (read,), asked.entry)
    raise IndexError(asked.index)


CELLS: dict[str, Callable[[Asked], Cell]] = {
    "where": _where,
    "matmul": _matmul,
    "dot": _dot,
    "inner": _inner,
    "outer": _outer,
    "vdot": _vdot,
    "tensordot": _tensordot,
    "einsum": _einsum,
    "sum": _sum,
    "mean": _mean,
    "norm": _norm,
    "max": _extreme,
    "min": _extreme,
    "prod": _prod,
    "var": _spread,
    "std": _spread,
    "cumsum": _cumsum,
    "trace": _trace,
    "array": _array,
    **IDIOMS,
}
"""Operations whose entries are sums over an axis; the rest are read off their operands."""
