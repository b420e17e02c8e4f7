"""The comparison that the machine's tests rest on: it must see what `==` overlooks."""

import struct
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bits import difference, names_difference, own_names, same_bits

A_NAN = struct.unpack(">d", bytes.fromhex("7ff8000000000001"))[0]


def generator(seed: int, draws: int) -> np.random.Generator:
    rng = np.random.default_rng(seed)
    rng.random(draws)
    return rng


def legacy(seed: int, draws: int) -> np.random.RandomState:
    state = np.random.RandomState(seed)
    state.normal(size=draws)
    return state


def started(iterator: object) -> object:
    next(iterator)  # type: ignore[call-overload]  # an iterator, as made above
    return iterator


def read_only(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


class Layer:
    """Stands for an instance of a script's class."""

    def __init__(self, **attributes: object) -> None:
        self.__dict__.update(attributes)


class Slotted:
    """One that has slots."""

    __slots__ = ("weight",)

    def __init__(self, weight: object) -> None:
        self.weight = weight


def make_step() -> Callable[[int], int]:
    def step(x: int) -> int:
        return x

    return step


# Each maker is called twice, so that the two values share nothing.
SAME: list[Callable[[], object]] = [
    lambda: None,
    lambda: [1, 2.5, "a", b"b", True, 1j, None, ...],
    lambda: float("nan"),
    lambda: np.array([np.nan, -0.0, np.inf]),
    lambda: np.zeros((2, 0, 3)),
    lambda: np.float32(0.1),
    lambda: np.array(3.0),
    lambda: np.arange(6).reshape(2, 3).T,
    lambda: np.array([[1, 2]], order="F"),
    lambda: np.array([[1], None, "a"], dtype=object),
    lambda: np.array(["ab", "c"]),
    lambda: {"a": [1, 2], 3: (4, {5, 6})},
    lambda: {frozenset({1}), frozenset({2})},
    lambda: defaultdict(list, {"a": [1]}),
    lambda: OrderedDict(a=1),
    lambda: Counter("aab"),
    lambda: deque([1, 2], maxlen=3),
    lambda: bytearray(b"ab"),
    lambda: slice(1, None, 2),
    lambda: range(3),
    lambda: generator(1, 3),
    lambda: legacy(1, 3),
    lambda: np.random.PCG64(4),
    lambda: len,
    lambda: [1].append,
    lambda: np.add,
    lambda: lambda x: x,
    make_step,
    lambda: int,
    lambda: np.float64,
    lambda: np.dtype("f4").type,
    lambda: started(iter([1, 2])),
    lambda: started(enumerate([1, 2])),
    lambda: started(zip([1, 2], "ab", strict=False)),
    lambda: started(iter({"a": 1}.items())),
    lambda: started(reversed([1, 2])),
    lambda: map(abs, [1, 2]),
    lambda: (x for x in [1, 2]),
    lambda: {"a": 1}.keys(),
    lambda: np.arange(3).flat,
    lambda: np.ndenumerate(np.arange(3)),
    lambda: Layer(weight=np.ones(2), name="l1"),
    lambda: Slotted([1]),
    lambda: ValueError("no", 1),
    lambda: np,
]

OTHER: list[tuple[object, object]] = [
    (1, 2),
    (1, 1.0),
    (1, True),
    (0.0, -0.0),
    (float("nan"), A_NAN),
    (0.1 + 0.2, 0.3),
    (1.0, np.float64(1.0)),
    (np.float32(1.0), np.float64(1.0)),
    (np.int64(1), np.int32(1)),
    (1j, complex(0.0, -1.0)),
    ("a", b"a"),
    ("a", "b"),
    ((1, 2), [1, 2]),
    ([1, 2], [2, 1]),
    ([1], [1, 2]),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ({1: "a"}, {True: "a"}),
    ({"a": 1}, OrderedDict(a=1)),
    (defaultdict(list), defaultdict(int)),
    ({1, 2}, {1, 3}),
    ({1}, {1.0}),
    ({1}, frozenset({1})),
    (deque([1]), deque([1], maxlen=1)),
    (np.array([1.0]), np.array([1])),
    (np.array([1.0]), np.array([[1.0]])),
    (np.array([0.0]), np.array([-0.0])),
    (np.array([np.nan]), np.array([A_NAN])),
    (np.ones((2, 3)), np.ones((2, 3), order="F")),
    (np.ones(4)[::2], np.ones(2)),
    (np.ones(2), read_only(np.ones(2))),
    (np.array(1.0), np.float64(1.0)),
    (np.ones(2), np.ma.ones(2)),
    (np.ones(2), np.ones(2, dtype=">f8")),
    (np.array([1, None], dtype=object), np.array([1.0, None], dtype=object)),
    (generator(1, 3), generator(1, 4)),
    (generator(1, 3), generator(2, 3)),
    (generator(1, 3), np.random.Generator(np.random.MT19937(1))),
    (legacy(1, 3), legacy(1, 2)),
    (len, max),
    (len, lambda x: x),
    ([1].append, [2].append),
    (int, float),
    (np.add, np.subtract),
    (started(iter([1, 2])), iter([1, 2])),
    (started(enumerate([1, 2])), enumerate([1, 2])),
    (map(abs, [1]), map(abs, [2])),
    ({"a": 1}.keys(), {"b": 1}.keys()),
    (started(np.arange(3).flat), np.arange(3).flat),
    (slice(1), slice(2)),
    (range(3), range(4)),
    (Layer(weight=1), Layer(weight=2)),
    (Layer(weight=1), Layer(bias=1)),
    (Slotted(1), Slotted(2)),
    (ValueError("a"), ValueError("b")),
    (ValueError("a"), KeyError("a")),
]


@pytest.mark.parametrize("number", range(len(SAME)))
def test_the_same_value_made_twice(number: int) -> None:
    assert difference(SAME[number](), SAME[number]()) is None


@pytest.mark.parametrize("number", range(len(OTHER)))
def test_values_that_differ(number: int) -> None:
    left, right = OTHER[number]
    assert not same_bits(left, right)
    assert not same_bits(right, left)
    assert not same_bits([left], [right])


def test_says_where() -> None:
    left = {"W": [np.zeros((2, 2)), 1]}
    right = {"W": [np.zeros((2, 2)), 1]}
    right["W"][0][1, 0] = -0.0  # type: ignore[index]  # a list of arrays
    assert difference(left, right) == (
        "value['W'][0][1, 0]: np.float64(0.0) (3c66380000000000000000) "
        "against np.float64(-0.0) (3c66380000000000000080)"
    )


def test_the_same_object_twice_must_be_so_on_both_sides() -> None:
    shared: list[int] = []
    assert same_bits([shared, shared], [shared, shared])
    assert difference([shared, shared], [[], []]) == (
        "value[1]: the same object as value[0], but only on the left"
    )
    assert difference([[], []], [shared, shared]) == (
        "value[1]: the same object as value[0], but only on the right"
    )
    assert same_bits([(1, 2)] * 2, [(1, 2), (1, 2)]), "which tuple it is makes no difference"


def test_another_alias_is_another_value() -> None:
    a, b = np.zeros(2), np.zeros(2)
    c, d = np.zeros(2), np.zeros(2)
    assert same_bits([a, b, a], [c, d, c])
    assert not same_bits([a, b, a], [c, d, d])
    rng = generator(1, 1)
    assert not same_bits([rng, rng], [generator(1, 1), generator(1, 1)])


def test_arrays_that_share_memory_must_share_it_on_both_sides() -> None:
    a, b = np.arange(6.0), np.arange(6.0)
    assert same_bits({"a": a, "v": a[2:4]}, {"a": b, "v": b[2:4]})
    apart = difference({"a": a, "v": a[2:4]}, {"a": b, "v": b[2:4].copy()})
    assert apart is not None
    assert "in the same memory (+16 bytes) on the left, apart on the right" in apart
    assert not same_bits({"a": a, "v": a[2:4].copy()}, {"a": b, "v": b[2:4]})
    ones, same = np.ones(6), np.ones(6)
    assert not same_bits([ones, ones[1:3]], [same, same[2:4]]), "elsewhere in the same memory"
    assert same_bits([a[::-1], a[:3]], [b[::-1], b[:3]])
    assert not same_bits([a[::-1], a[:3]], [b[::-1], b[:3].copy()])


def test_cycles_end() -> None:
    left: list[object] = [1]
    left.append(left)
    right: list[object] = [1]
    right.append(right)
    assert same_bits(left, right)
    longer: list[object] = [1, [1]]
    longer[1].append(longer)  # type: ignore[attr-defined]  # a list that holds itself
    assert not same_bits(left, longer)


def test_a_kind_nobody_knows_is_not_called_the_same() -> None:
    assert difference(memoryview(b"a"), memoryview(b"a")) == (
        "value: nobody knows how to compare a memoryview"
    )


def test_a_function_is_its_name_whatever_it_is_made_of() -> None:
    class Closure:
        __name__ = "step"

        def __call__(self, x: int) -> int:
            return x

    assert same_bits(make_step(), Closure())
    assert not same_bits(make_step(), lambda x: x)


def test_names_are_compared_without_order_dunders_and_modules() -> None:
    left = {"a": 1, "b": [2], "np": np, "__name__": "__main__"}
    assert names_difference(left, {"b": [2], "a": 1}) is None
    assert names_difference(left, {"a": 1}) == "b: only left has this name"
    assert names_difference({"a": 1}, left) == "b: only right has this name"
    assert names_difference(left, {"a": 1, "b": [3]}) == "b[0]: 2 against 3"
    shared = [2]
    assert names_difference({"a": shared, "b": shared}, {"a": [2], "b": [2]}) == (
        "b: the same object as a, but only on the left"
    )
    assert own_names(left) == {"a": 1, "b": [2]}


class Once:
    """A class a script defines: two runs of it make two classes."""


def test_a_class_of_a_script_is_its_name() -> None:
    def defined(name: str) -> type:
        return type(name, (), {"__module__": "__main__"})

    assert same_bits(defined("Layer"), defined("Layer"))
    assert same_bits(defined("Layer")(), defined("Layer")())
    assert not same_bits(defined("Layer")(), defined("Dense")())
    assert not same_bits(defined("Layer"), defined("Dense"))
    assert not same_bits(Once, defined("Layer"))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.integers(0, 3), inner),
    max_leaves=8,
)


@given(values)
def test_a_value_and_what_its_text_evaluates_to(value: object) -> None:
    again = eval(repr(value), {"nan": float("nan"), "inf": float("inf")})
    if "nan" not in repr(value):
        assert difference(value, again) is None
    assert difference(value, value) is None
