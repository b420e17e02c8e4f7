"""An expression of any kind: a name, an entry of a container, a call, or something new."""

from collections.abc import Callable
from functools import partial

from tests.generated.arrays import array
from tests.generated.calls import call, callables, passed
from tests.generated.comprehensions import gathered, listed, mapped, members
from tests.generated.draft import Draft, bare, index, spelled
from tests.generated.kinds import (
    INTEGER,
    Array,
    Bool,
    DictOf,
    Float,
    Function,
    Index,
    Int,
    Kind,
    ListOf,
    Random,
    SetOf,
    Small,
    Text,
    TupleOf,
    fits,
)
from tests.generated.scalars import boolean, floating, integer, small, text

SIMPLE = (Int, Float, Bool, Text, Array)


def value(d: Draft, kind: Kind, depth: int) -> str:
    """An expression of that kind."""
    names = d.names(kind)
    options: list[tuple[int, Callable[[], str]]] = []
    if names:
        options.append((12, lambda: d.read(d.tape.pick(names))))
    options.append((8 if depth > 0 or not names else 2, lambda: new(d, kind, depth)))
    if depth > 0:
        held = _held(d, kind)
        if held:
            options.append((6, lambda: d.tape.pick(held)()))
        functions = [
            (shown, f) for shown, f in callables(d) if _gives(f, kind) and d.affords(f.cost)
        ]
        if functions:
            options.append((10, lambda: _called(d, functions, depth)))
        if isinstance(kind, Int | Float | Bool):
            options.append((2, lambda: gathered(d, kind, depth)))
        if isinstance(kind, SIMPLE) and depth > 1:
            options.append((2, lambda: _decided(d, kind, depth)))
    return d.tape.weighted(options)()


def new(d: Draft, kind: Kind, depth: int) -> str:
    """A value made here."""
    match kind:
        case Int():
            return integer(d, depth)
        case Small(high):
            return small(d, high)
        case Float():
            return floating(d, depth)
        case Bool():
            return boolean(d, depth)
        case Text():
            return text(d, depth)
        case Array():
            return array(d, kind, depth)
        case Index(shape):
            return f"({', '.join(bare(index(d, length)) for length in shape)},)"
        case ListOf():
            return _list(d, kind, depth)
        case TupleOf(items):
            return f"({', '.join(bare(d.value(item, depth - 1)) for item in items)})"
        case DictOf():
            return _dict(d, kind, depth)
        case SetOf():
            return _set(d, depth)
        case Random():
            return d.tape.pick([f"np.random.default_rng({d.tape.below(9)})", "rng"])
        case Function():
            return passed(d, kind, depth)
        case _:
            raise AssertionError(f"nobody knows how to write a {kind}")


def _gives(function: Function, kind: Kind) -> bool:
    return function.result is not None and fits(function.result, kind)


def _called(d: Draft, functions: list[tuple[str, Function]], depth: int) -> str:
    shown, function = d.tape.pick(functions)
    return call(d, shown, function, depth - 1)


def _decided(d: Draft, kind: Kind, depth: int) -> str:
    """A conditional expression."""
    then, otherwise = d.value(kind, depth - 1), d.value(kind, depth - 1)
    return f"({then} if {d.value(Bool(), depth - 1)} else {bare(otherwise)})"


def _held(d: Draft, kind: Kind) -> list[Callable[[], str]]:
    """Entries of lists, tuples, dicts and arrays that are of this kind."""
    found: list[Callable[[], str]] = []
    for name, holder in d.visible().items():
        match holder:
            case ListOf(item, at_least) if at_least and fits(item, kind):
                found.append(partial(_item, d, name, at_least))
            case TupleOf(items):
                places = [place for place, item in enumerate(items) if fits(item, kind)]
                found.extend(partial(spelled, d, f"{{0}}[{place}]", name) for place in places)
            case DictOf(keys, item) if keys and fits(item, kind):
                found.append(partial(_looked_up, d, name, keys))
    return found


def _item(d: Draft, name: str, at_least: int) -> str:
    return f"{d.read(name)}[{index(d, at_least)}]"


def _looked_up(d: Draft, name: str, keys: tuple[str, ...]) -> str:
    key = d.tape.pick(keys)
    return f"{d.read(name)}{d.tape.pick([f'[{key}]', f'[{key}]', f'.get({key})'])}"


def _list(d: Draft, kind: ListOf, depth: int) -> str:
    """A list of at least as many items as its kind promises."""
    item, least = kind.item, kind.at_least

    def written() -> str:
        count = max(least, d.tape.between(1, 3))
        return f"[{', '.join(bare(d.value(item, depth - 1)) for _ in range(count))}]"

    def again() -> str:
        known = d.read(d.tape.pick(same))
        forms = ["{0}[:]", "list({0})", "{0}.copy()", "list(reversed({0}))", "copy.deepcopy({0})"]
        if isinstance(item, Int | Float):
            forms += ["sorted({0})", "sorted({0}, reverse=True)", "sorted({0}, key=lambda v: -v)"]
        return d.tape.pick(forms).format(known)

    def joined() -> str:
        left, right = d.read(d.tape.pick(same)), written()
        return f"({left} + {right})[:{max(least, 6)}]"

    options: list[Callable[[], str]] = [written]
    same = d.names(kind)
    if depth > 0:
        options += [lambda: listed(d, kind, depth)] * 2
        options += [again, joined] if same else []
        if item == Int() and least <= 2:
            shapes = [shape for shape in d.shapes if len(shape) == 1 and shape[0] >= least]
            if shapes:
                vector = Array(INTEGER, d.tape.pick(shapes))
                options.append(lambda: f"{d.value(vector, depth - 1)}.tolist()")
    return d.tape.pick(options)()


def _dict(d: Draft, kind: DictOf, depth: int) -> str:
    """A dict with the promised keys, in one of the ways to write one."""
    same = d.names(kind)

    def written() -> str:
        pairs = (f"{key}: {bare(d.value(kind.value, depth - 1))}" for key in kind.keys)
        return "{" + ", ".join(pairs) + "}"

    def extended() -> str:
        last = kind.keys[-1]
        return f"{{**{d.read(d.tape.pick(same))}, {last}: {bare(d.value(kind.value, depth - 1))}}}"

    def again() -> str:
        return d.tape.pick(["dict({0})", "{0}.copy()"]).format(d.read(d.tape.pick(same)))

    options: list[Callable[[], str]] = [written]
    if depth > 0:
        options.append(lambda: mapped(d, kind, depth))
        options += [extended, again] if same and kind.keys else []
    return d.tape.pick(options)()


def _set(d: Draft, depth: int) -> str:
    """A set of small integers."""
    known = d.names(SetOf())

    def written() -> str:
        count = d.tape.between(1, 3)
        return "{" + ", ".join(f"{d.value(Int(), depth - 1)} % 7" for _ in range(count)) + "}"

    def combined() -> str:
        sign = d.tape.pick(["|", "&", "-", "^"])
        return f"({d.read(d.tape.pick(known))} {sign} {written()})"

    options: list[Callable[[], str]] = [written]
    if depth > 0:
        options.append(lambda: members(d, depth))
        options += [combined] if known else []
    return d.tape.pick(options)()
