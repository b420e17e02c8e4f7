"""What the generator knows of a value: enough to write statements that run without an error.

A name keeps its kind for as long as it can be seen, and no statement takes away what its kind
promises: a list of at least two items has them for ever. So a generated script may branch, loop
and call in any order without the generator having to know which way it went.
"""

from dataclasses import dataclass

FLOAT, SINGLE, INTEGER, MASK = "f8", "f4", "i8", "?"
DTYPES = {FLOAT: "float", SINGLE: "np.float32", INTEGER: "int", MASK: "bool"}

Shape = tuple[int, ...]

CALLBACK = 40
"The most a function may cost that is handed to another, which may call it twice."


@dataclass(frozen=True)
class Kind:
    """What is known of a value."""


@dataclass(frozen=True)
class Int(Kind):
    """An integer of any size, Python's or numpy's."""


@dataclass(frozen=True)
class Small(Kind):
    """An integer from 0 to `high`, good for indexing; never assigned to, only counted."""

    high: int


@dataclass(frozen=True)
class Float(Kind):
    """A number with a fraction, Python's or numpy's; perhaps NaN."""


@dataclass(frozen=True)
class Bool(Kind):
    """A truth value, Python's or numpy's."""


@dataclass(frozen=True)
class Text(Kind):
    """A short string."""


@dataclass(frozen=True)
class Array(Kind):
    """An array of one dtype and one shape."""

    dtype: str
    shape: Shape


@dataclass(frozen=True)
class Index(Kind):
    """A tuple that indexes one entry of an array of this shape."""

    shape: Shape


@dataclass(frozen=True)
class ListOf(Kind):
    """A list of at least so many items of one kind."""

    item: Kind
    at_least: int


@dataclass(frozen=True)
class TupleOf(Kind):
    """A tuple, item by item."""

    items: tuple[Kind, ...]


@dataclass(frozen=True)
class DictOf(Kind):
    """A dict that has at least these keys, all with values of one kind."""

    keys: tuple[str, ...]
    value: Kind


@dataclass(frozen=True)
class SetOf(Kind):
    """A set of small integers, never iterated over unsorted."""


@dataclass(frozen=True)
class Random(Kind):
    """A numpy generator."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a function of the script."""

    name: str
    kind: Kind
    optional: bool = False
    "Whether it has a default."
    keyword: bool = False
    "Whether it can only be given by name."


@dataclass(frozen=True)
class Function(Kind):
    """A function of the script, or what is expected of one that is passed along."""

    parameters: tuple[Parameter, ...]
    result: Kind | None
    cost: int
    "About how many statements a call executes."
    rest: bool = False
    "Whether it takes any number of further integers: *args."
    options: bool = False
    "Whether it takes any further keyword arguments: **kwargs."


def callback(takes: Kind, gives: Kind) -> Function:
    """What a function must be that is to be called with one value of a kind."""
    return Function((Parameter("", takes),), gives, cost=CALLBACK)


def fits(have: Kind, want: Kind) -> bool:
    """Whether a value of kind `have` can stand where one of kind `want` is expected."""
    match want:
        case Int():
            return isinstance(have, Int | Small)
        case Small(high):
            return isinstance(have, Small) and have.high <= high
        case ListOf(item, at_least):
            return isinstance(have, ListOf) and have.item == item and have.at_least >= at_least
        case DictOf(keys, value):
            return isinstance(have, DictOf) and have.value == value and set(keys) <= set(have.keys)
        case Function():
            return isinstance(have, Function) and _answers(have, want)
        case _:
            return have == want


def _answers(have: Function, want: Function) -> bool:
    """Whether `have` can be called in the way `want` says, for what it gives and costs."""
    count = len(want.parameters)
    given, others = have.parameters[:count], have.parameters[count:]
    if len(given) < count or any(parameter.keyword for parameter in given):
        return False
    return (
        have.cost <= want.cost
        and all(parameter.optional for parameter in others)
        and all(fits(w.kind, h.kind) for h, w in zip(given, want.parameters, strict=True))
        and want.result is not None
        and have.result is not None
        and fits(have.result, want.result)
    )


def entry(dtype: str) -> Kind:
    """The kind of one entry of an array."""
    return {INTEGER: Int(), MASK: Bool()}.get(dtype, Float())


def assignable(kind: Kind) -> bool:
    """Whether a name of this kind may be given another value of it.

    Not where it counts a loop, and not where its functions may be called with arguments by name.
    """
    match kind:
        case Small() | Index() | Function():
            return False
        case ListOf(item, _) | DictOf(_, item):
            return assignable(item)
        case _:
            return True


def printable(kind: Kind) -> bool:
    """Whether a value of this kind prints the same on every run: no addresses, no sets."""
    match kind:
        case Function() | Random() | SetOf():
            return False
        case ListOf(item, _) | DictOf(_, item):
            return printable(item)
        case _:
            return True
