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
class Field:
    """A step to an attribute of an object of the script's own classes."""

    name: str


@dataclass(frozen=True)
class Subject:
    """``W1[0,2]``, ``params["W1"][0,2]``, ``self.W[0]``: a name, the way on, the entry."""

    name: str
    path: tuple[object, ...] = ()
    """Keys of dicts, places in lists and fields on the way from the name's value to the array."""
    index: Index = ()

    @property
    def container(self) -> str:
        """``params["W1"]``: what the entry is one of."""
        return self.name + "".join(map(_step_text, self.path))

    @property
    def text(self) -> str:
        """``W1[0,2]``."""
        return self.container + bracketed(self.index)


def _step_text(step: object) -> str:
    if isinstance(step, Field):
        return f".{step.name}"
    return f'["{step}"]' if isinstance(step, str) and '"' not in step else f"[{step!r}]"


class Gone(LookupError):
    """The name, or a key on the way, stands for nothing here."""


def bracketed(index: tuple[object, ...]) -> str:
    """``[0,2]``; ``""`` for a number."""
    return f"[{','.join(map(str, index))}]" if index else ""


@dataclass(frozen=True, eq=False)
class Way:
    """The objects between a name and what it is asked about."""

    objects: tuple[Any, ...]
    """What the name stands for first, the array or number last."""
    containers: tuple[Any, ...]
    """For each step what is looked into: a dict, a list, the dict of an object's fields."""
    keys: tuple[Any, ...]
    """For each step under which key."""

    @property
    def value(self) -> Any:
        """The array or number."""
        return self.objects[-1]


def way(subject: Subject, names: Mapping[str, object]) -> Way:
    """The objects on the way, with these names.

    Raises Gone where there is none.
    """
    containers, keys = [], []
    try:
        objects: list[Any] = [names[subject.name]]
        for step in subject.path:
            container = vars(objects[-1]) if isinstance(step, Field) else objects[-1]
            key = step.name if isinstance(step, Field) else step
            containers.append(container)
            keys.append(key)
            objects.append(container[key])
    except (LookupError, NameError, TypeError) as error:
        raise Gone(subject.container) from error
    return Way(tuple(objects), tuple(containers), tuple(keys))


def subject_of(node: ast.expr, names: Mapping[str, object], index: Index) -> Subject | None:
    """The subject that an expression reads: a name, or an item of what one stands for."""
    path: list[object] = []
    while isinstance(node, ast.Subscript | ast.Attribute):
        try:
            path.insert(0, _step(node, names))
        except Exception:
            return None
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    try:
        value = way(Subject(node.id, tuple(path)), names).value
        while isinstance(value, list | tuple) and index:
            path.append(index[0])
            value, index = value[index[0]], index[1:]
        np.asarray(value)[index]
    except (Gone, IndexError):
        return None
    return Subject(node.id, tuple(path), index)


def _step(node: ast.Subscript | ast.Attribute, names: Mapping[str, object]) -> object:
    if isinstance(node, ast.Attribute):
        return Field(node.attr)
    return eval(expression_code(node.slice), dict(names))


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
