"""What can be iterated over, and the names its items are given."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.generated.calls import callables, lambda_body
from tests.generated.draft import Draft, bare
from tests.generated.kinds import (
    CALLBACK,
    Array,
    Bool,
    DictOf,
    Float,
    Function,
    Index,
    Int,
    Kind,
    ListOf,
    SetOf,
    Small,
    Text,
    callback,
    entry,
    fits,
)

GUESS = 5
"How many items a list is taken to have whose length is not known."


@dataclass(frozen=True)
class Source:
    """Something to iterate over."""

    text: str
    item: "Kind | tuple[Source, ...]"
    "The kind of an item, or for an item to unpack one source for each part of it."
    count: int
    "About how many items there are."
    at_least: int
    "How many there surely are."
    over_dict: bool = False
    "Whether it walks over a dict itself."


def part(kind: Kind) -> Source:
    """A part of an item that is unpacked."""
    return Source("", kind, 0, 0)


def bind(item: "Kind | tuple[Source, ...]", name: Callable[[Kind], str], top: bool = True) -> str:
    """The target of a loop: a name for each part of an item."""
    if not isinstance(item, tuple):
        return name(item)
    shown = ", ".join(bind(inner.item, name, False) for inner in item)
    return shown if top else f"({shown})"


def source(d: Draft, at_least: int = 0, most: int = 8) -> Source:
    """Something to iterate over that surely has so many items and is not likely to have more."""
    options = [lambda: _counted(d, at_least), lambda: _counted(d, at_least)]
    visible = d.visible().items()
    lists = [(name, kind) for name, kind in visible if _walks(kind, at_least)]
    arrays = [
        (name, kind)
        for name, kind in visible
        if isinstance(kind, Array) and kind.shape and at_least <= kind.shape[0] <= most
    ]
    dicts = [
        (name, kind)
        for name, kind in visible
        if isinstance(kind, DictOf) and len(kind.keys) >= at_least
    ]
    if lists:
        options += [lambda: _list(d, *d.tape.pick(lists))] * 3
        options += [lambda: _numbered(d, *d.tape.pick(lists))] * 2
        options += [lambda: _paired(d, d.tape.pick(lists), d.tape.pick(lists))] * 2
        options += [lambda: _mapped(d, at_least, *d.tape.pick(lists))] * 2
    else:
        options += [lambda: _written(d, at_least)]
    if arrays:
        options += [lambda: _rows(d, *d.tape.pick(arrays))] * 2
        options += [lambda: _entries(d, *d.tape.pick(arrays))] * 2
    if dicts:
        options += [lambda: _dict(d, *d.tape.pick(dicts))] * 3
    if d.names(SetOf()) and not at_least:
        options += [lambda: _set(d)]
    if not at_least:
        options += [lambda: _letters(d)]
    chosen = d.tape.pick(options)()
    return chosen if chosen.count <= most else _counted(d, at_least)


def _walks(kind: Kind, at_least: int) -> bool:
    """Whether a loop over values of this kind makes sense."""
    return (
        isinstance(kind, ListOf)
        and kind.at_least >= at_least
        and not isinstance(kind.item, Function)
    )


def _counted(d: Draft, at_least: int) -> Source:
    count = max(at_least, d.tape.between(2, 4))
    form = d.tape.below(5)
    if form == 1:
        start = d.tape.between(1, 3)
        return Source(f"range({start}, {start + count})", Int(), count, count)
    if form == 2:
        step = d.tape.between(1, 3)
        return Source(f"range({count * step}, 0, -{step})", Int(), count, count)
    return Source(f"range({count})", Small(count - 1) if form < 4 else Int(), count, count)


def _written(d: Draft, at_least: int) -> Source:
    count = max(at_least, d.tape.between(1, 3))
    kind = d.tape.pick([Int(), Float()])
    items = ", ".join(bare(d.value(kind, 1)) for _ in range(count))
    form = d.tape.pick(["[{}]", "({},)"])
    return Source(form.format(items), kind, count, count)


def _list(d: Draft, name: str, kind: Kind) -> Source:
    assert isinstance(kind, ListOf)
    least = kind.at_least
    if d.tape.chance(25):
        return Source(f"{d.read(name)}[:3]", kind.item, 3, min(least, 3))
    if d.tape.chance(20):
        return Source(f"reversed({d.read(name)})", kind.item, GUESS, least)
    if isinstance(kind.item, Int) and d.tape.chance(20):
        key = d.tape.pick(["", ", key=lambda e: -e", ", key=lambda e: e % 3", ", reverse=True"])
        return Source(f"sorted({d.read(name)}{key})", kind.item, GUESS, least)
    return Source(d.read(name), kind.item, max(GUESS, least), least)


def _numbered(d: Draft, name: str, kind: Kind) -> Source:
    walked = _list(d, name, kind)
    start = d.tape.pick(["", "", ", 1", ", start=2"])
    shown = f"enumerate({walked.text}{start})"
    return Source(shown, (part(Int()), part(_kind(walked))), walked.count, walked.at_least)


def _kind(walked: Source) -> Kind:
    assert not isinstance(walked.item, tuple)
    return walked.item


def _paired(d: Draft, first: tuple[str, Kind], second: tuple[str, Kind]) -> Source:
    left, right = _list(d, *first), _list(d, *second)
    least, count = min(left.at_least, right.at_least), min(left.count, right.count)
    parts = part(_kind(left)), part(_kind(right))
    shown = f"zip({left.text}, {right.text})"
    if d.tape.chance(25):
        whole = Source("", parts, 0, 0)
        return Source(f"enumerate({shown})", (part(Int()), whole), count, least)
    return Source(shown, parts, count, least)


def _mapped(d: Draft, at_least: int, name: str, kind: Kind) -> Source:
    """The items of a list, each put through a function, or only some of them."""
    walked = _list(d, name, kind)
    item = _kind(walked)
    if not at_least and d.tape.chance(40):
        variable = d.temporary()
        test = lambda_body(d, {variable: item}, Bool(), 2)
        return Source(f"filter(lambda {variable}: {test}, {walked.text})", item, walked.count, 0)
    gives: Kind = d.tape.pick([Int(), Float()])
    ready = [
        (shown, gives)
        for gives in (Int(), Float())
        for shown, function in callables(d)
        if fits(function, callback(item, gives)) and d.affords(function.cost * walked.count)
    ]
    if ready and d.tape.chance(70):
        shown, gives = d.tape.pick(ready)
        d.read(shown.split("[")[0])
        d.cost += CALLBACK * d.times
    else:
        variable = d.temporary()
        shown = f"lambda {variable}: {lambda_body(d, {variable: item}, gives, 2)}"
    return Source(f"map({shown}, {walked.text})", gives, walked.count, walked.at_least)


def _rows(d: Draft, name: str, kind: Kind) -> Source:
    assert isinstance(kind, Array)
    count, rest = kind.shape[0], kind.shape[1:]
    item: Kind = Array(kind.dtype, rest) if rest else entry(kind.dtype)
    if len(rest) == 1 and d.tape.chance(20):
        return Source(f"{d.read(name)}.T", Array(kind.dtype, kind.shape[:1]), rest[0], rest[0])
    if d.tape.chance(30):
        parts = part(Small(count - 1)), part(item)
        return Source(f"enumerate({d.read(name)})", parts, count, count)
    return Source(d.read(name), item, count, count)


def _entries(d: Draft, name: str, kind: Kind) -> Source:
    assert isinstance(kind, Array)
    count = 1
    for length in kind.shape:
        count *= length
    if d.tape.chance(25):
        return Source(f"{d.read(name)}.flat", entry(kind.dtype), count, count)
    parts = part(Index(kind.shape)), part(entry(kind.dtype))
    return Source(f"np.ndenumerate({d.read(name)})", parts, count, count)


def _dict(d: Draft, name: str, kind: Kind) -> Source:
    assert isinstance(kind, DictOf)
    count = len(kind.keys) + 1
    least = len(kind.keys)
    key: Kind = Text() if kind.keys and kind.keys[0].startswith('"') else Int()
    match d.tape.below(5):
        case 0 | 1:
            parts = part(key), part(kind.value)
            return Source(f"{d.read(name)}.items()", parts, count, least, True)
        case 2:
            return Source(f"{d.read(name)}.values()", kind.value, count, least, True)
        case 3:
            return Source(f"sorted({d.read(name)})", key, count, least)
        case _:
            return Source(d.read(name), key, count, least, True)


def _set(d: Draft) -> Source:
    return Source(f"sorted({d.read(d.tape.pick(d.names(SetOf())))})", Int(), 4, 0)


def _letters(d: Draft) -> Source:
    return Source(f'"{d.tape.pick(["ab", "xyz", "W1"])}"', Text(), 3, 0)
