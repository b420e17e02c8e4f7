"""Where an entry came from, for operations that only move entries about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from stepnet.calculus.rules.cell import Array, Asked, Index
from stepnet.calculus.rules.reductions import axes_of

NOWHERE = -1


def origin(asked: Asked) -> tuple[int, Index] | None:
    """The operand and the entry of it that stand here; None where nothing was moved here."""
    name = asked.operation.rule.name
    if name in FLAT:
        shape = asked.shapes[0]
        if not shape:
            return 0, ()
        flat = np.ravel_multi_index(asked.index, np.shape(asked.result)) if asked.index else 0
        return 0, _index(np.unravel_index(flat, shape))
    if name == "store":
        return _stored(asked)
    if name in JOINED:
        return _joined(asked)
    moved = MOVED.get(name)
    if moved is None:
        return None
    place = []
    for places in _places(asked.shapes[0]):
        found = int(np.asarray(moved(places, asked))[asked.index])
        if found == NOWHERE:
            return None
        place.append(found)
    return 0, tuple(place)


def _places(shape: Index) -> list[Array]:
    """For each axis an array of this shape that says how far along it an entry stands."""
    return [
        np.broadcast_to(np.arange(length).reshape(-1, *[1] * (len(shape) - axis - 1)), shape)
        for axis, length in enumerate(shape)
    ]


def _stored(asked: Asked) -> tuple[int, Index]:
    """An entry of what was stored, or the one that was there before."""
    key, (shape, given) = asked.setting("key"), asked.shapes
    before = np.zeros(shape, dtype=int)
    before[key] = 1
    if not before[asked.index]:
        return 0, asked.index
    place = []
    extra = max(len(given) - before[key].ndim, 0)
    for places in _places(given):
        placed = np.zeros(shape, dtype=int)
        placed[key] = places.reshape(places.shape[extra:])
        place.append(int(placed[asked.index]))
    return 1, tuple(place)


def _joined(asked: Asked) -> tuple[int, Index]:
    """Which part a stretch of the result is, and where in it the entry stands."""
    name = asked.operation.rule.name
    result = np.shape(asked.result)
    if name == "stack":
        axis = asked.setting("axis", 0) % len(result)
        return asked.index[axis], asked.index[:axis] + asked.index[axis + 1 :]
    given = "axis" in asked.operation.settings
    flat = (name == "append" or given) and asked.setting("axis") is None
    axis = 0 if flat or not given else asked.setting("axis") % len(result)
    if name == "column_stack" or (name == "hstack" and len(result) > 1):
        axis = 1
    left = asked.index[axis]
    for number, shape in enumerate(asked.shapes):
        whole = len(shape) == len(result)
        length = int(np.prod(shape)) if flat else shape[axis] if whole else 1
        if left < length:
            if flat:
                return number, _index(np.unravel_index(left, shape)) if shape else ()
            rest = (*asked.index[:axis], *asked.index[axis + 1 :])
            if whole:
                return number, (*asked.index[:axis], left, *asked.index[axis + 1 :])
            return number, rest[: len(shape)]
        left -= length
    raise IndexError(asked.index)


def _index(found: Any) -> Index:
    return tuple(int(number) for number in found)


def _transposed(places: Array, asked: Asked) -> Array:
    return places.transpose(asked.setting("axes"))


def _diagonal(places: Array, asked: Asked) -> Array:
    k = asked.setting("k", 0)
    if places.ndim != 1:
        return np.diagonal(places, k)
    found = np.full(np.shape(asked.result), NOWHERE)
    rows = np.arange(places.size) + max(-k, 0)
    found[rows, np.arange(places.size) + max(k, 0)] = places
    return found


def _kept(places: Array, asked: Asked) -> Array:
    inside: Array = getattr(np, asked.operation.rule.name)(
        np.ones(places.shape, dtype=bool), asked.setting("k", 0)
    )
    return np.where(inside, places, NOWHERE)


def _flipped(places: Array, asked: Asked) -> Array:
    return np.flip(places, axes_of(asked.setting("axis"), places.ndim))


def _padded(places: Array, asked: Asked) -> Array:
    return np.pad(places, asked.setting("width"), constant_values=NOWHERE)


def _taken(places: Array, asked: Asked) -> Array:
    found: Array = np.take(places, asked.setting("indices"), asked.setting("axis"))
    return found


def _along(places: Array, asked: Asked) -> Array:
    found: Array = np.take_along_axis(places, asked.setting("indices"), asked.setting("axis"))
    return found


def _swapped(places: Array, asked: Asked) -> Array:
    return places.swapaxes(asked.setting("first"), asked.setting("second"))


def _moved(places: Array, asked: Asked) -> Array:
    return np.moveaxis(places, asked.setting("source"), asked.setting("destination"))


def _rolled(places: Array, asked: Asked) -> Array:
    return np.roll(places, asked.setting("shift"), asked.setting("axis"))


def _tiled(places: Array, asked: Asked) -> Array:
    return np.tile(places, asked.setting("reps"))


def _repeated(places: Array, asked: Asked) -> Array:
    return np.repeat(places, asked.setting("repeats"), asked.setting("axis"))


def _indexed(places: Array, asked: Asked) -> Array:
    return np.asarray(places[asked.setting("key")])


FLAT = frozenset({"copy", "reshape"})
"""The entries keep their order: the flat position says where one came from."""

JOINED = frozenset({"concatenate", "append", "hstack", "vstack", "column_stack", "stack"})

MOVED: dict[str, Callable[[Array, Asked], Array]] = {
    "transpose": _transposed,
    "matrix_transpose": lambda places, asked: places.swapaxes(-1, -2),
    "swapaxes": _swapped,
    "moveaxis": _moved,
    "diag": _diagonal,
    "tril": _kept,
    "triu": _kept,
    "flip": _flipped,
    "roll": _rolled,
    "pad": _padded,
    "broadcast_to": lambda places, asked: np.broadcast_to(places, np.shape(asked.result)),
    "tile": _tiled,
    "repeat": _repeated,
    "take": _taken,
    "take_along_axis": _along,
    "index": _indexed,
}
"""What the operation does to an array, done to arrays of places."""
