"""Statements that change a list, a dict or a set in place."""

from collections.abc import Callable

from tests.generated.assignments import bounded
from tests.generated.draft import Draft, bare, fraction, index, rng
from tests.generated.kinds import (
    FLOAT,
    INTEGER,
    Array,
    Bool,
    DictOf,
    Float,
    Int,
    ListOf,
    SetOf,
    assignable,
)

Changes = list[Callable[[], list[str]]]


def change(d: Draft) -> bool:
    """Change a list, a dict or a set; False where there is none."""
    holders = [
        (name, kind)
        for name, kind in d.visible().items()
        if isinstance(kind, ListOf | DictOf | SetOf) and assignable(kind)
    ]
    if not holders:
        return False
    name, kind = d.tape.pick(holders)
    d.read(name)
    match kind:
        case ListOf():
            options = _list(d, name, kind)
        case DictOf():
            options = _dict(d, name, kind)
        case _:
            options = _set(d, name)
    for line in d.tape.pick(options)():
        d.line(line)
    return True


def _list(d: Draft, name: str, kind: ListOf) -> Changes:
    item, least = kind.item, kind.at_least

    def one(depth: int = 2) -> str:
        return bare(d.value(item, depth))

    def grown(line: str) -> list[str]:
        """A line that makes the list longer: not without end where it may run often."""
        if not d.loops and d.scope.parent is None:
            return [line]
        return [f"if len({name}) < {least + 5}:", f"    {line}"]

    def popped() -> list[str]:
        value = one()
        result = d.bind(d.fresh(), item)
        return [f"{name}.append({value})", f"{result} = {name}.pop()"]

    def shortened() -> list[str]:
        last = [f"{name}.pop()", f"{name}.pop(0)", f"del {name}[-1]", f"del {name}[{least}:]"]
        return [f"if len({name}) > {least}:", f"    {d.tape.pick(last)}"]

    options: Changes = [
        lambda: grown(f"{name}.append({one()})"),
        lambda: grown(f"{name}.insert(0, {one()})"),
        lambda: grown(f"{name}.extend([{one(1)}, {one(1)}])"),
        lambda: grown(f"{name} += [{one()}]" if name in d.targets() else f"{name}.append({one()})"),
        lambda: grown(f"{name}[:0] = [{one()}]"),
        popped,
        shortened,
        lambda: [f"{name}.reverse()"],
        lambda: [f"np.random.shuffle({name})"],
        lambda: [f"{name}[:] = {name}[::-1]"],
    ]
    if not least:
        options.append(lambda: [f"{name}.clear()"])
    else:
        options += [lambda: _item(d, name, kind)] * 4
        options.append(lambda: [f"{name}[0:1] = [{one()}]"])
        options.append(lambda: [f"{name}[0], {name}[-1] = {name}[-1], {name}[0]"])
        options.append(lambda: [f"{name}.append({name}.pop(0))"])
    if isinstance(item, Int | Float):
        options += [
            lambda: [f"{name}.sort()"],
            lambda: [f"{name}.sort(reverse=True)"],
            lambda: [f"{name}.sort(key=lambda e: {_key(d)})"],
            lambda: [f"{name} = sorted({name})" if name in d.targets() else f"{name}.sort()"],
        ]
    if isinstance(item, Int):
        member = d.tape.below(6)
        options.append(
            lambda: [
                f"if {member} in {name} and len({name}) > {least}:",
                f"    {name}.remove({member})",
            ]
        )
    return options


def _key(d: Draft) -> str:
    return d.tape.pick(["-e", "abs(e - 2)", "(e % 3, e)"])


def _item(d: Draft, name: str, kind: ListOf) -> list[str]:
    """Assign to an item, or augment it."""
    place = f"{name}[{bare(index(d, kind.at_least))}]"
    return [_entry(d, place, kind.item)]


def _entry(d: Draft, place: str, kind: object) -> str:
    """Assign to an entry of a container, or augment what it holds."""
    match kind:
        case Int():
            sign = d.tape.pick(["=", "+=", "-="])
            return f"{place} {sign} {bare(d.value(Int()))}"
        case Float():
            sign = d.tape.pick(["=", "+=", "*=", "-="])
            return f"{place} {sign} {bare(d.value(Float()))}"
        case Array() as array if array.dtype in (FLOAT, INTEGER):
            sign = d.tape.pick(["=", "+=", "-="])
            if d.tape.chance(25):
                return f"{place}[{index(d, array.shape[0])}] = {d.tape.between(1, 9)}"
            return f"{place} {sign} {bare(d.value(array))}"
        case ListOf(Int()):
            if d.tape.chance(50):
                return f"{place}[0] = {bare(d.value(Int(), 1))}"
            return f"{place} = {bounded(kind, d.value(kind, 1))}"
        case Array() | Bool() as same:
            return f"{place} = {bare(d.value(same))}"
        case _:
            return "pass"


def _dict(d: Draft, name: str, kind: DictOf) -> Changes:
    value = kind.value
    key = d.tape.pick(kind.keys)
    options: Changes = [
        lambda: [_entry(d, f"{name}[{key}]", value)],
        lambda: [_entry(d, f"{name}[{key}]", value)],
        lambda: [f"{name}.update({{{key}: {bare(d.value(value))}}})"],
        lambda: [f"{name}.setdefault({key}, {bare(d.value(value))})"],
    ]
    if not d.over_dict and d.scope.parent is None:
        extra = '"extra"' if key.startswith('"') else "9"
        options += [
            lambda: [f"{name}[{extra}] = {bare(d.value(value))}"],
            lambda: [f"{name}.setdefault({extra}, {bare(d.value(value))})"],
            lambda: [f"{name}.pop({extra}, None)"],
            lambda: [f"{name}[{extra}] = {bare(d.value(value))}", f"del {name}[{extra}]"],
            lambda: [f"{name}[{key}] = {name}.pop({key})"],
        ]
    return options


def _set(d: Draft, name: str) -> Changes:
    def member() -> str:
        return f"{d.value(Int(), 1)} % 7"

    return [
        lambda: [f"{name}.add({member()})"],
        lambda: [f"{name}.discard({member()})"],
        lambda: [f"{name}.update([{member()}, {member()}])"],
        lambda: [f"{name}.intersection_update({{1, 2, {d.tape.below(7)}}})"],
    ]


def randomness(d: Draft) -> bool:
    """Draws, shuffles and new seeds."""
    length = d.tape.between(2, 4)
    vector, lists, generator = Array(INTEGER, (length,)), d.names(ListOf(Int(), 1)), rng(d)
    chosen = d.read(d.tape.pick(lists)) if lists else "[1, 2, 3]"
    spread = fraction(d).lstrip("-")
    kind, shown = d.tape.pick(
        [
            (vector, f"np.random.permutation({length})"),
            (vector, f"{generator}.permutation({length})"),
            (None, f"np.random.seed({d.tape.below(9)})"),
            (vector, f"np.random.choice({d.tape.between(3, 6)}, size={length})"),
            (Array(FLOAT, (length,)), f"{generator}.normal(0, {spread}, size={length})"),
            (Int(), f"int({generator}.integers(0, {d.tape.between(2, 9)}))"),
            (Int(), f"int(np.random.choice({chosen}))"),
        ]
    )
    d.line(f"{d.bind(d.fresh(), kind)} = {shown}" if kind else shown)
    return True
