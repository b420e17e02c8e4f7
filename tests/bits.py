"""Are two values the same, to the last bit?

`==` is no help: NaN is not equal to itself, 1 equals True and 1.0, an array in C order equals
one in Fortran order, and a list equals its copy. A debugger that goes back in time has to give
back the very same values, and a name that was another name's alias has to be one again.
So values are compared by type, by bytes, by memory layout, and by who shares what with whom.
"""

import re
import struct
import types
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

_DUNDER = re.compile(r"__\w+__")
_PLAIN = (int, str, bytes, range, type(None), type(Ellipsis), type(NotImplemented))
_ITERABLES: tuple[Iterable[object], ...] = (
    *([], (), {}, {}.values(), {}.items(), set(), deque(), "", b"", range(0), range(1 << 70)),
)
_ITERATORS: tuple[type, ...] = (
    *(enumerate, filter, map, reversed, zip, type(reversed([])), type(reversed({}))),
    *(type(iter(iterable)) for iterable in _ITERABLES),
)
_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))


def own_names(namespace: Mapping[str, object]) -> dict[str, object]:
    """The names a script made itself: neither dunders nor modules."""
    return {
        name: value
        for name, value in namespace.items()
        if not _DUNDER.fullmatch(name) and not isinstance(value, types.ModuleType)
    }


def same_bits(left: object, right: object) -> bool:
    """Whether two values are the same to the last bit, sharing included."""
    return difference(left, right) is None


def difference(left: object, right: object) -> str | None:
    """Say where two values differ first, or None where they are the same to the last bit."""
    comparison = _Comparison()
    return comparison.values(left, right, "value") or comparison.sharing()


def names_difference(left: Mapping[str, object], right: Mapping[str, object]) -> str | None:
    """The same for two tables of names, whatever their order; dunders and modules do not count."""
    ours, theirs = own_names(left), own_names(right)
    for name in sorted(ours.keys() ^ theirs.keys()):
        return f"{name}: only {'left' if name in ours else 'right'} has this name"
    comparison = _Comparison()
    for name, value in ours.items():
        if found := comparison.values(value, theirs[name], name):
            return found
    return comparison.sharing()


STAND_INS = {
    "Drawing",
    "Handle",
    "Progress",
    "Rows",
    "Parser",
    "bar",
    "NpzFile",
    "tqdm",
}
"What the machine gives a script instead of a figure, a file, a progress bar."


def _stands_in(a: object, b: object) -> bool:
    if type(a) is type(b) and not isinstance(a, type):
        return False
    return type(a).__name__ in STAND_INS or getattr(a, "__name__", "") in STAND_INS


def _are_default_dicts(a: object, b: object) -> bool:
    """The machine's own knows how to be undone; it holds what Python's holds."""
    names = {getattr(part, "__name__", type(part).__name__) for part in (a, b)}
    return names == {"defaultdict"} and isinstance(a, type) == isinstance(b, type)


@dataclass(eq=False)
class _Comparison:
    """One walk through two values side by side."""

    left: dict[int, tuple[object, object, str]] = field(default_factory=dict)
    "For each mutable object met on the left: itself, its partner, where it was met."
    right: dict[int, tuple[object, object, str]] = field(default_factory=dict)
    "The same for the right."
    arrays: list[tuple[np.ndarray, np.ndarray, str]] = field(default_factory=list)
    "Every pair of arrays, for `sharing`."

    def values(self, a: object, b: object, where: str) -> str | None:
        """The first difference between `a` and `b`, which are both found at `where`."""
        if _is_function(a) and _is_function(b):
            return self._functions(a, b, where)
        if isinstance(a, types.ModuleType) and isinstance(b, types.ModuleType):
            return None
        if _stands_in(a, b):
            return None  # its kind is another one; what it does shows in what is computed with it
        if {type(a).__name__, type(b).__name__} == {"generator"} or any(
            "__cursor__" in getattr(side, "__dict__", {}) for side in (a, b)
        ):
            return None  # iterators of ours are compared by what they give
        alike = _same_class(type(a), type(b)) or _are_default_dicts(a, b)
        if type(a) is not type(b) and not alike:
            return f"{where}: {_name(type(a))} against {_name(type(b))}"
        if isinstance(a, type):
            same = a is b or _are_default_dicts(a, b) or _same_class(a, b)  # type: ignore[arg-type]  # both are classes, as tested
            return None if same else f"{where}: {a!r} against {b!r}"
        if isinstance(a, _PLAIN):
            return None if a == b else f"{where}: {a!r} against {b!r}"
        if isinstance(a, (float, complex, np.generic)):
            return self._scalars(a, b, where)
        if isinstance(a, (tuple, slice, frozenset)):
            return self._parts(a, b, where)
        met = self._met(a, b, where)
        return self._parts(a, b, where) if met == "" else met

    def _met(self, a: object, b: object, where: str) -> str | None:
        """Note a pair of mutable objects. '' if it is new, None if known, else the difference."""
        for mine, other, table, side in ((a, b, self.left, "left"), (b, a, self.right, "right")):
            if id(mine) not in table:
                continue
            _, partner, before = table[id(mine)]
            if partner is other:
                return None
            return f"{where}: the same object as {before}, but only on the {side}"
        self.left[id(a)] = (a, b, where)
        self.right[id(b)] = (b, a, where)
        return ""

    def _functions(self, a: object, b: object, where: str) -> str | None:
        """Functions are compared by name, whatever each side makes its functions of."""
        mine, theirs = getattr(a, "__name__", ""), getattr(b, "__name__", "")
        if mine != theirs:
            return f"{where}: function {mine} against {theirs}"
        owner, other = getattr(a, "__self__", None), getattr(b, "__self__", None)
        if owner is None or isinstance(owner, (types.ModuleType, np.random.RandomState)):
            return None
        return self.values(owner, other, f"{where}.__self__")

    def _scalars(self, a: object, b: object, where: str) -> str | None:
        mine, theirs = _bytes(a), _bytes(b)
        if mine == theirs:
            return None
        return f"{where}: {a!r} ({mine.hex()}) against {b!r} ({theirs.hex()})"

    def _parts(self, a: object, b: object, where: str) -> str | None:
        """The first difference between what two objects of one type consist of."""
        if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
            return self._ndarrays(a, b, where)
        parts = _parts_of(a)
        if parts is None:
            return f"{where}: nobody knows how to compare a {_name(type(a))}"
        others = _parts_of(b) or []
        if len(parts) != len(others):
            return f"{where}: {len(parts)} parts against {len(others)}"
        for (label, mine), (_, theirs) in zip(parts, others, strict=True):
            if found := self.values(mine, theirs, where + label):
                return found
        return None

    def _ndarrays(self, a: np.ndarray, b: np.ndarray, where: str) -> str | None:
        for label, mine, theirs in (
            ("dtype", a.dtype, b.dtype),
            ("shape", a.shape, b.shape),
            ("strides", _strides(a), _strides(b)),
            ("writeable", a.flags.writeable, b.flags.writeable),
        ):
            if mine != theirs:
                return f"{where}.{label}: {mine} against {theirs}"
        self.arrays.append((a, b, where))
        if a.dtype.hasobject:
            return self.values(a.ravel().tolist(), b.ravel().tolist(), where)
        if a.tobytes() == b.tobytes():
            return None
        for index in np.ndindex(a.shape):
            if found := self._scalars(a[index], b[index], f"{where}{list(index)}"):
                return found
        return f"{where}: other bytes"

    def sharing(self) -> str | None:
        """The first pair of arrays that overlap in memory on one side but not so on the other."""
        left = _overlaps([pair[0] for pair in self.arrays])
        right = _overlaps([pair[1] for pair in self.arrays])
        for first, second in sorted(left.keys() | right.keys()):
            mine, theirs = left.get((first, second)), right.get((first, second))
            if mine != theirs:
                return (
                    f"{self.arrays[first][2]} and {self.arrays[second][2]}: "
                    f"{_shared(mine)} on the left, {_shared(theirs)} on the right"
                )
        return None


def _parts_of(value: object) -> list[tuple[str, object]] | None:
    """What an object consists of, each part with a label; None for a kind nobody knows."""
    known: Iterable[tuple[tuple[type, ...], Callable[[Any], list[tuple[str, object]]]]] = (
        ((set, frozenset), _set_parts),
        ((dict,), _dict_parts),
        ((list, tuple, deque), _sequence_parts),
        ((bytearray,), lambda v: [("", bytes(v))]),
        ((np.random.Generator,), lambda v: [(".bit_generator", v.bit_generator)]),
        ((np.random.BitGenerator,), lambda v: [(".state", v.state)]),
        ((np.random.RandomState,), lambda v: [(".state", v.get_state(legacy=False))]),
        ((np.flatiter,), lambda v: [(".base", v.base), (".index", v.index)]),
        ((np.ndenumerate,), lambda v: [(".iter", v.iter)]),
        ((slice,), lambda v: [("", (v.start, v.stop, v.step))]),
        (_VIEWS, lambda v: [("", list(v))]),
        (_ITERATORS, lambda v: [("", v.__reduce__())]),
        ((types.GeneratorType,), lambda v: [(".name", v.__name__)]),
        ((BaseException,), lambda v: [(".args", v.args)]),
    )
    for kinds, parts in known:
        if isinstance(value, kinds):
            return parts(value)
    if type(value) is object:
        return []
    return _attributes(value)


def _attributes(value: object) -> list[tuple[str, object]] | None:
    """The attributes of an instance of a class that a script defined."""
    slots = [
        name
        for kind in type(value).__mro__
        for name in _words(kind.__dict__.get("__slots__", ()))
        if name not in ("__dict__", "__weakref__") and hasattr(value, name)
    ]
    if not hasattr(value, "__dict__") and not slots:
        return None
    named = [(f".{name}", getattr(value, name)) for name in slots]
    held = getattr(value, "__dict__", {})
    own = sorted((name, part) for name, part in held.items() if not name.startswith("."))
    labels: list[object] = [[label for label, _ in named], [name for name, _ in own]]
    return [(".__dict__", labels), *named, *((f".{name}", part) for name, part in own)]


def _words(slots: Any) -> list[str]:
    """What `__slots__` lists, written as one word or as several."""
    return [slots] if isinstance(slots, str) else list(slots)


def _sequence_parts(value: object) -> list[tuple[str, object]]:
    assert isinstance(value, (list, tuple, deque))
    parts: list[tuple[str, object]] = [(f"[{i}]", item) for i, item in enumerate(value)]
    if isinstance(value, deque):
        parts.append((".maxlen", value.maxlen))
    return parts


def _dict_parts(value: object) -> list[tuple[str, object]]:
    """Keys and values in order, which a script can see."""
    assert isinstance(value, dict)
    parts: list[tuple[str, object]] = [(".keys()", list(value))]
    parts.extend((f"[{key!r}]", item) for key, item in value.items())
    if isinstance(value, defaultdict):
        parts.append((".default_factory", value.default_factory))
    return parts


def _set_parts(value: object) -> list[tuple[str, object]]:
    """The members in an order that both sides agree on: a set promises none."""
    assert isinstance(value, (set, frozenset))
    members = sorted(value, key=lambda member: (_name(type(member)), repr(member)))
    return [(f"{{{member!r}}}", member) for member in members]


def _is_function(value: object) -> bool:
    return callable(value) and hasattr(value, "__name__") and not isinstance(value, type)


def _same_class(a: type, b: type) -> bool:
    """Whether two classes are one class that a script defined, executed twice."""
    return "__main__" in (a.__module__, b.__module__) and a.__qualname__ == b.__qualname__


def _name(value: type) -> str:
    return getattr(value, "__qualname__", None) or repr(value)


def _bytes(value: object) -> bytes:
    """The bits of a number."""
    if isinstance(value, np.generic):
        return value.dtype.str.encode() + value.tobytes()
    if isinstance(value, complex):
        return struct.pack(">dd", value.real, value.imag)
    assert isinstance(value, float)
    return struct.pack(">d", value)


def _strides(array: np.ndarray) -> tuple[int, ...]:
    """The strides that matter: along an axis of one entry, or in an empty array, any will do."""
    if array.size == 0:
        return ()
    pairs = zip(array.shape, array.strides, strict=True)
    return tuple(stride if length > 1 else 0 for length, stride in pairs)


def _overlaps(arrays: list[np.ndarray]) -> dict[tuple[int, int], int]:
    """The pairs of arrays that lie in the same memory, with how far apart they begin."""
    spans = sorted((*_span(array), number) for number, array in enumerate(arrays) if array.nbytes)
    found: dict[tuple[int, int], int] = {}
    for position, (_, end, number) in enumerate(spans):
        for start, _, other in spans[position + 1 :]:
            if start >= end:
                break
            first, second = sorted((number, other))
            found[first, second] = arrays[second].ctypes.data - arrays[first].ctypes.data
    return found


def _span(array: np.ndarray) -> tuple[int, int]:
    """The addresses of an array's first byte and of the one after its last."""
    low = high = array.ctypes.data
    for length, stride in zip(array.shape, array.strides, strict=True):
        reach = stride * (length - 1)
        low, high = low + min(reach, 0), high + max(reach, 0)
    return low, high + array.itemsize


def _shared(offset: int | None) -> str:
    return "apart" if offset is None else f"in the same memory ({offset:+} bytes)"
