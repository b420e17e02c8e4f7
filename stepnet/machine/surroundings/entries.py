"""``np.nditer`` over one array: where it stands is a value, so that it can be put back.

It is how numerical gradients are often written: ``while not it.finished`` with
``it.multi_index`` and ``it.iternext()``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.machine.objects import Instance

if TYPE_CHECKING:
    from stepnet.machine.world import World

_FLAGS = frozenset({"multi_index", "c_index", "f_index", "zerosize_ok", "refs_ok"})
_MODES = frozenset({"readwrite", "readonly", "writeonly"})


def nditer_maker(world: World) -> Callable[..., object]:
    """What ``np.nditer`` is in one run."""

    class nditer(Instance):  # noqa: N801  # it is shown under numpy's name
        def __init__(
            self, op: Any, flags: Any = (), op_flags: Any = ("readonly",), op_dtypes: None = None,
            order: str = "K",
        ) -> None:  # fmt: skip
            if isinstance(op, list | tuple) and any(isinstance(p, np.ndarray) for p in op):
                if len(op) > 1:
                    raise TypeError("np.nditer takes one array here: loop over np.ndindex(a.shape)")
                (op,) = op
            closed = sorted(set(flags) - _FLAGS)
            modes = list(op_flags[0]) if len(op_flags) and type(op_flags[0]) is list else op_flags
            if closed or set(modes) - _MODES or op_dtypes is not None:
                told = ", ".join(closed) or "these options"
                raise TypeError(f"np.nditer with {told} is not opened: loop over a.ravel()")
            array = np.asanyarray(op)
            if not array.size and "zerosize_ok" not in flags:
                raise ValueError("Iteration of zero-sized operands is not enabled")
            own = {
                "__array__of": array, "__flags": tuple(flags), "__at": 0, "__begun": False,
                "__order": _order(array, order),
                "__writes": any(mode != "readonly" for mode in modes),
            }  # fmt: skip
            self.__dict__.update(own)

        def __index(self) -> tuple[int, ...]:
            held = self.__dict__
            at, order, array = held["__at"], held["__order"], held["__array__of"]
            if at >= array.size:
                raise ValueError("Iterator is past the end")
            place = np.unravel_index(at if order is None else order[at], array.shape)
            return tuple(map(int, place))

        def __tracked(self, flag: str, told: str) -> None:
            if flag not in self.__dict__["__flags"]:
                raise ValueError(f"Iterator is not tracking {told}")

        @property
        def finished(self) -> bool:
            """Have all entries been seen?"""
            return bool(self.__dict__["__at"] >= self.__dict__["__array__of"].size)

        @property
        def multi_index(self) -> tuple[int, ...]:
            """The index of the entry it stands at."""
            self.__tracked("multi_index", "a multi-index")
            return self.__index()

        @property
        def index(self) -> int:
            """The number of that entry."""
            order = "F" if "f_index" in self.__dict__["__flags"] else "C"
            self.__tracked(f"{order.lower()}_index", "an index")
            shape = self.__dict__["__array__of"].shape
            return int(np.ravel_multi_index(self.__index(), shape, order=order))  # type: ignore[call-overload]  # one of the two

        @property
        def value(self) -> Any:
            """The entry it stands at, as a view."""
            held = self.__dict__
            entry = held["__array__of"][(*self.__index(), ...)]
            if not held["__writes"]:
                entry.flags.writeable = False
            return entry

        def __getitem__(self, number: int) -> Any:
            if number not in (0, -1):
                raise IndexError(f"Iterator operand index {number} is out of bounds")
            return self.value

        @property
        def itersize(self) -> int:
            """How many entries there are."""
            return int(self.__dict__["__array__of"].size)

        def iternext(self) -> bool:
            """Go to the next entry; False where there is none."""
            world.about_to_change(self)
            self.__dict__["__begun"] = True
            self.__dict__["__at"] += not self.finished
            return not self.finished

        def reset(self) -> None:
            """Go back to the first entry."""
            world.about_to_change(self)
            self.__dict__.update({"__at": 0, "__begun": False})

        def close(self) -> None:
            """Nothing is left to be written back."""

        def __iter__(self) -> nditer:
            return self

        def __next__(self) -> Any:
            if self.__dict__["__begun"]:
                self.iternext()
            if self.finished:
                raise StopIteration
            world.about_to_change(self)
            self.__dict__["__begun"] = True
            return self.value

        def __enter__(self) -> nditer:
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

    nditer.__qualname__, nditer.__module__ = "nditer", "numpy"
    return nditer


def _order(array: np.ndarray, order: str) -> np.ndarray | None:
    """The numbers of the entries in the order in which they are seen; None for 0, 1, 2, …"""
    if order in ("K", "C", "A") and array.flags.c_contiguous:
        return None
    seen: Any = np.nditer(array, flags=["c_index", "zerosize_ok"], order=order)  # type: ignore[call-overload]  # numpy checks it
    return np.array([seen.index for _ in seen], dtype=np.intp)


def strided_view(
    x: Any, shape: Any = None, strides: Any = None, subok: bool = False, writeable: bool = True
) -> np.ndarray:
    """``as_strided``, in the array's own memory and nowhere else.

    Raises ValueError where the view would look beyond it.
    """
    array = np.array(x, copy=None, subok=False)
    if array.dtype.hasobject:
        raise TypeError("as_strided of an array of objects is not opened")
    memory = array
    while isinstance(memory.base, np.ndarray):
        memory = memory.base
    if not memory.flags.c_contiguous:
        memory = memory.T if memory.flags.f_contiguous else array.copy()
        array = array if np.shares_memory(array, memory) else memory
    offset = array.__array_interface__["data"][0] - memory.__array_interface__["data"][0]
    view = np.ndarray(
        array.shape if shape is None else shape, array.dtype, memory, offset,
        array.strides if strides is None else strides,
    )  # fmt: skip
    view.flags.writeable = writeable and array.flags.writeable
    return view
