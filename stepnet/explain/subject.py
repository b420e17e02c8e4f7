"""What is asked about: an entry of what a name stands for."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.source.mark import expression_code

Index = tuple[int, ...]


@dataclass(frozen=True)
class Subject:
    """``W1[0,2]``, ``params["W1"][0,2]``: a name, the way to the array, the entry."""

    name: str
    path: tuple[object, ...] = ()
    """Keys of dicts and places in lists on the way from the name's value to the array."""
    index: Index = ()

    @property
    def container(self) -> str:
        """``params['W1']``: what the entry is one of."""
        return self.name + "".join(f"[{key!r}]" for key in self.path)

    @property
    def text(self) -> str:
        """``W1[0,2]``."""
        return self.container + bracketed(self.index)


class Gone(LookupError):
    """The name, or a key on the way, stands for nothing here."""


def bracketed(index: tuple[object, ...]) -> str:
    """``[0,2]``; ``""`` for a number."""
    return f"[{','.join(map(str, index))}]" if index else ""


def things(subject: Subject, names: Mapping[str, object]) -> list[Any]:
    """The objects on the way: what the name stands for first, the array or number last.

    Raises Gone where there is none.
    """
    try:
        found: list[Any] = [names[subject.name]]
        for key in subject.path:
            found.append(found[-1][key])
    except (LookupError, NameError, TypeError) as error:
        raise Gone(subject.container) from error
    return found


def subject_of(node: ast.expr, names: Mapping[str, object], index: Index) -> Subject | None:
    """The subject that an expression reads: a name, or an item of what one stands for."""
    path: list[object] = []
    while isinstance(node, ast.Subscript):
        try:
            path.insert(0, eval(expression_code(node.slice), dict(names)))
        except Exception:
            return None
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    try:
        value = things(Subject(node.id, tuple(path)), names)[-1]
        while isinstance(value, list | tuple) and index:
            path.append(index[0])
            value, index = value[index[0]], index[1:]
        np.asarray(value)[index]
    except (Gone, IndexError):
        return None
    return Subject(node.id, tuple(path), index)


def same_place(array: Any, other: Any, index: Index) -> Index | None:
    """Where an entry of another array stands in this one, if they share that memory."""
    if array is other:
        return index
    if not isinstance(array, np.ndarray) or not isinstance(other, np.ndarray):
        return None
    if array.dtype != other.dtype or not np.may_share_memory(array, other):
        return None
    distance = _address(other, index) - _address(array, (0,) * array.ndim)
    place = [0] * array.ndim
    for axis in sorted(range(array.ndim), key=lambda axis: -abs(array.strides[axis])):
        stride = array.strides[axis]
        if stride:
            place[axis] = distance // stride
            distance -= place[axis] * stride
    inside = all(0 <= at < length for at, length in zip(place, array.shape, strict=True))
    return tuple(place) if inside and distance == 0 else None


def _address(array: Any, index: Index) -> int:
    start: int = array.__array_interface__["data"][0]
    for at, stride in zip(index, array.strides, strict=True):
        start += at * stride
    return start
