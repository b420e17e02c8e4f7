"""How large a result will be, asked before it is made, where the system would not refuse it.

Linux refuses a process more memory than it was given, and numpy then tells the size. Other systems
promise any amount, and stand still when it is used. There the functions of numpy that make arrays
of a given size, and the operators, ask here first.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from stepnet.machine.limits import Memory
from stepnet.source import bounded

Count = Callable[..., int]


def _entries(shape: Any) -> int:
    return math.prod(map(int, shape)) if np.ndim(shape) else int(shape)


def _square(rows: int, columns: int | None = None, *_: object, **__: object) -> int:
    return int(rows) * int(rows if columns is None else columns)


def _steps(start: float, stop: float | None = None, step: float = 1, *_: object) -> int:
    first, last = (0.0, start) if stop is None else (start, stop)
    return math.ceil((last - first) / step)


def _pairs(first: Any, second: Any, *_: object) -> int:
    return int(np.size(first)) * int(np.size(second))


MAKERS: Mapping[str, Count] = {
    **dict.fromkeys(("zeros", "ones", "empty", "full"), lambda shape, *_, **__: _entries(shape)),
    **dict.fromkeys(("eye", "tri"), _square),
    "identity": lambda n, *_, **__: int(n) ** 2,
    "arange": _steps,
    "linspace": lambda start, stop, num=50, *_, **__: int(num),
    "tile": lambda a, reps: np.size(a) * _entries(reps),
    "repeat": lambda a, repeats, *_, **__: np.size(a) * (1 if np.ndim(repeats) else int(repeats)),
    **dict.fromkeys(("outer", "kron"), _pairs),
    "indices": lambda dimensions, *_, **__: len(dimensions) * _entries(dimensions),
    "meshgrid": lambda *given, **_: len(given) * math.prod(map(np.size, given)),
    "diag": lambda v, *_, **__: np.size(v) ** (2 if np.ndim(v) == 1 else 1),
}
"""How many entries the arrays have that these functions of numpy make, from their arguments."""

DRAWS: Mapping[str, Count] = {
    **dict.fromkeys(("rand", "randn"), lambda *shape: _entries(shape)),
    **dict.fromkeys(("random", "random_sample", "standard_normal"), lambda size=1: _entries(size)),
    **dict.fromkeys(("normal", "uniform", "randint"), lambda *_, size=1, **__: _entries(size)),
}
"""The same of the functions that draw."""


def measured(functions: Mapping[str, Callable[..., Any]], memory: Memory) -> dict[str, object]:
    """The same functions; where the system would not refuse it, they make nothing too large."""
    if bounded.REFUSES:
        return {}
    counts = {**MAKERS, **DRAWS}
    return {name: _measured(part, counts[name], memory) for name, part in functions.items()}


def _measured(function: Callable[..., Any], count: Count, memory: Memory) -> Callable[..., Any]:
    def make(*given: Any, **named: Any) -> Any:
        told = {name: part for name, part in named.items() if name != "dtype"}
        try:
            size = count(*given, **told) * np.dtype(named.get("dtype") or float).itemsize
        except Exception:
            size = 0  # numpy itself says what is wrong
        memory.require(size)
        return function(*given, **named)

    make.__name__ = make.__qualname__ = function.__name__
    return make


_OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv,
    "FloorDiv": operator.floordiv, "Mod": operator.mod, "MatMult": operator.matmul,
    "BitAnd": operator.and_, "BitOr": operator.or_, "BitXor": operator.xor,
}  # fmt: skip
"""The operators whose results can be larger than both operands, by their nodes."""


def measured_operations(memory: Memory) -> Callable[[str, Any, Any], Any]:
    """What computes an operator where the system would not refuse its result."""

    def operate(name: str, first: Any, second: Any) -> Any:
        memory.require(_size(name, first, second))
        return _OPERATIONS[name](first, second)

    return operate


def _size(name: str, first: Any, second: Any) -> int:
    """Bytes of a result, where it may be larger than both operands; 0 where it is not, or fails."""
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        each = max(first.itemsize, second.itemsize)
        try:
            if name != "MatMult":
                return math.prod(np.broadcast_shapes(first.shape, second.shape)) * each
            return int(math.prod((*first.shape[:-1], *second.shape[-1:])) * each)
        except ValueError:
            return 0
    if name == "Mult":
        for text, times in ((first, second), (second, first)):
            if type(times) is int and type(text) in (list, tuple, str, bytes):
                return len(text) * times * (8 if type(text) in (list, tuple) else 1)
    return 0
