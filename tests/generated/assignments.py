"""Statements that bind names."""

from tests.generated.calls import lambda_body
from tests.generated.draft import Draft, bare, fraction, index
from tests.generated.kinds import (
    FLOAT,
    INTEGER,
    MASK,
    SINGLE,
    Array,
    Bool,
    DictOf,
    Float,
    Function,
    Int,
    Kind,
    ListOf,
    Parameter,
    Random,
    SetOf,
    Small,
    Text,
    TupleOf,
)

KEYS = (('"w"', '"b"'), ('"a"',), ('"x"', '"y"', '"z"'), ("0", "1", "2"))


def some_kind(d: Draft) -> Kind:
    """A kind for a new name."""
    shape = d.tape.pick(d.shapes)
    return d.tape.weighted(
        [
            (6, Int()),
            (6, Float()),
            (2, Bool()),
            (3, Text()),
            (12, Array(FLOAT, shape)),
            (5, Array(INTEGER, shape)),
            (2, Array(SINGLE, shape)),
            (2, Array(MASK, shape)),
            (5, ListOf(Int(), d.tape.below(4))),
            (3, ListOf(Float(), d.tape.below(4))),
            (3, ListOf(Array(FLOAT, shape), d.tape.between(1, 2))),
            (1, ListOf(ListOf(Int(), 1), 2)),
            (3, DictOf(d.tape.pick(KEYS), Array(FLOAT, shape))),
            (3, DictOf(d.tape.pick(KEYS), Float())),
            (1, DictOf(d.tape.pick(KEYS), ListOf(Int(), 1))),
            (2, SetOf()),
            (2, TupleOf((Int(), Float()))),
            (1, TupleOf((Array(FLOAT, shape), ListOf(Int(), 1)))),
            (1, Random()),
        ]
    )


def assign(d: Draft) -> bool:
    """A new name, or a new value for a name; where nothing depends on its kind, of any kind."""
    targets = d.targets()
    if targets and d.tape.chance(35):
        name = d.tape.pick(list(targets))
        shown = bounded(targets[name], d.value(targets[name]))
        d.read(name)
        d.line(f"{name} = {shown}")
        return True
    kind = some_kind(d)
    shown = bare(d.value(kind, d.tape.between(1, 3)))
    loose = [name for name in targets if _loose(d, name)]
    if loose and d.tape.chance(25):
        name = d.bind(d.tape.pick(loose), kind)
    else:
        name = d.bind(d.fresh(), kind)
    d.line(f"{name} = {shown}")
    return True


def bounded(kind: Kind, shown: str) -> str:
    """An expression for a name that has a value: what builds on itself may not grow for ever."""
    match kind:
        case Text():
            return f"{shown}[:16]"
        case ListOf():
            return f"{shown}[:8]"
        case _:
            return bare(shown)


def _loose(d: Draft, name: str) -> bool:
    """Whether nobody relies on what kind of value this name has."""
    scope = d.scope
    return (
        d.depth == 0
        and name in scope.names
        and name not in scope.pinned
        and not isinstance(scope.names[name], Function)
    )


def chain(d: Draft) -> bool:
    """`a = b = …`: two names of one thing."""
    kind = some_kind(d)
    shown = bare(d.value(kind))
    first = d.fresh()
    second = d.fresh((first,))
    d.line(f"{d.bind(first, kind)} = {d.bind(second, kind)} = {shown}")
    return True


def alias(d: Draft) -> bool:
    """Another name for an array, a list, a dict or a generator, or a view of an array."""
    shared = [
        (name, kind)
        for name, kind in d.visible().items()
        if isinstance(kind, Array | ListOf | DictOf | SetOf | Random | Function)
    ]
    if not shared:
        return False
    name, kind = d.tape.pick(shared)
    shown = d.read(name)
    if isinstance(kind, Array) and kind.shape and d.tape.chance(60):
        shown, kind = _view(d, name, kind)
    d.line(f"{d.bind(d.fresh(), kind)} = {shown}")
    return True


def _view(d: Draft, name: str, kind: Array) -> tuple[str, Array]:
    dtype, shape = kind.dtype, kind.shape
    size = 1
    for length in shape:
        size *= length
    views = [
        (f"{name}[:]", shape),
        (f"{name}.T", shape[::-1]),
        (f"{name}.reshape(-1)", (size,)),
        (f"{name}.ravel()", (size,)),
        (f"{name}[::-1]", shape),
        (f"{name}[None]", (1, *shape)),
    ]
    if shape[0] > 1:
        views += [(f"{name}[1:]", (shape[0] - 1, *shape[1:]))] * 2
        views.append((f"{name}[::2]", ((shape[0] + 1) // 2, *shape[1:])))
    if len(shape) == 2:
        views += [(f"{name}[{bare(index(d, shape[0]))}]", shape[1:])] * 2
        views.append((f"{name}[:, {bare(index(d, shape[1]))}]", shape[:1]))
    shown, seen = d.tape.pick(views)
    return shown, Array(dtype, seen)


def unpack(d: Draft) -> bool:
    """Several names at once."""
    form = d.tape.below(7)
    if form == 1 and _swap(d):
        return True
    if form == 2 and _rest(d):
        return True
    if form == 3 and _rows(d):
        return True
    if form == 4 and _stored(d):
        return True
    kinds = [some_kind(d) for _ in range(3)]
    values = [bare(d.value(kind)) for kind in kinds]
    first = d.fresh()
    second = d.fresh((first,))
    third = d.fresh((first, second))
    if form == 5:
        d.line(f"({first}, {second}), {third} = ({values[0]}, {values[1]}), {values[2]}")
        d.bind(third, kinds[2])
    else:
        left = d.tape.pick([f"{first}, {second}", f"({first}, {second})", f"[{first}, {second}]"])
        d.line(f"{left} = {values[0]}, {values[1]}")
    d.bind(first, kinds[0])
    d.bind(second, kinds[1])
    return True


def _swap(d: Draft) -> bool:
    """`a, b = b, a`, or three names passed round."""
    targets = d.targets()
    for name in targets:
        same = [other for other in targets if targets[other] == targets[name] and other != name]
        if same:
            other = d.tape.pick(same)
            d.line(f"{d.read(name)}, {d.read(other)} = {other}, {name}")
            return True
    return False


def _rest(d: Draft) -> bool:
    """A starred target."""
    lists = [
        (name, kind)
        for name, kind in d.visible().items()
        if isinstance(kind, ListOf) and kind.at_least > 0 and not isinstance(kind.item, Function)
    ]
    if not lists:
        return False
    name, kind = d.tape.pick(lists)
    d.read(name)
    one = d.fresh()
    rest = d.fresh((one,))
    d.line(f"{d.tape.pick([f'{one}, *{rest}', f'*{rest}, {one}'])} = {name}")
    d.bind(one, kind.item)
    d.bind(rest, ListOf(kind.item, kind.at_least - 1))
    return True


def _rows(d: Draft) -> bool:
    """A name for each row of an array: views of it."""
    arrays = [
        (name, kind)
        for name, kind in d.visible().items()
        if isinstance(kind, Array) and len(kind.shape) == 2 and 1 < kind.shape[0] < 4
    ]
    if not arrays:
        return False
    name, kind = d.tape.pick(arrays)
    d.read(name)
    taken: tuple[str, ...] = ()
    for _ in range(kind.shape[0]):
        taken += (d.fresh(taken),)
    d.line(f"{', '.join(taken)} = {name}")
    for row in taken:
        d.bind(row, Array(kind.dtype, kind.shape[1:]))
    return True


def _stored(d: Draft) -> bool:
    """Targets that are not names, stored to from left to right."""
    lists = d.names(ListOf(Int(), 1))
    if not lists:
        return False
    name = d.read(d.tape.pick(lists))
    kind = d.tape.pick([Int(), Float()])
    values = bare(d.value(Int())), bare(d.value(kind))
    place = d.tape.pick(["0", "-1", f"{d.value(Int(), 1)} % 1"])
    other = d.fresh()
    d.line(f"{name}[{place}], {other} = {values[0]}, {values[1]}")
    d.bind(other, kind)
    return True


def augment(d: Draft) -> bool:
    """An augmented assignment to a name that is not an array's."""
    targets = {
        name: kind
        for name, kind in d.targets().items()
        if isinstance(kind, Int | Float | Text | SetOf | Bool)
    }
    if not targets:
        return False
    name = d.tape.pick(list(targets))
    match targets[name]:
        case Int():
            sign = d.tape.pick(["+=", "-=", "*=", "//=", "%="])
            by = bare(d.value(Int())) if sign in ("+=", "-=") else str(d.tape.between(2, 5))
        case Float():
            sign = d.tape.pick(["+=", "-=", "*=", "/="])
            by = bare(d.value(Float())) if sign != "/=" else fraction(d)
        case Text():
            sign, by = "+=", f"{d.value(Text(), 1)}[:8]"
        case Bool():
            sign, by = d.tape.pick(["|=", "&=", "^="]), bare(d.value(Bool(), 1))
        case _:
            sign, by = d.tape.pick(["|=", "-=", "&=", "^="]), d.value(SetOf(), 1)
    d.line(f"{d.read(name)} {sign} {by}")
    return True


def function_value(d: Draft) -> bool:
    """A lambda that is given a name, or several that are kept in a list or a dict."""
    name = d.numbered("f")
    result: Kind = d.tape.pick([Int(), Float()])
    match d.tape.below(4):
        case 1:
            kept = d.tape.pick(["i", "j", "k"])
            body = lambda_body(d, {"x": Int(), kept: Small(2)}, Int(), 2)
            late = d.tape.pick(["x", "x", f"x, {kept}={kept}"])
            d.line(f"{name} = [lambda {late}: {body} + {kept} for {kept} in range(3)]")
            taken = (Parameter("x", Int()),)
            d.bind(name, ListOf(Function(taken, Int(), 8), 3))
        case 2:
            both: dict[str, Kind] = {"x": result, "y": result}
            first, second = (lambda_body(d, both, result, 2) for _ in range(2))
            d.line(f'{name} = {{"add": lambda x, y: {first}, "mul": lambda x, y: {second}}}')
            parameters = tuple(Parameter(key, result) for key in both)
            d.bind(name, DictOf(('"add"', '"mul"'), Function(parameters, result, 8)))
        case _:
            takes = some_kind(d)
            default = bare(d.value(Int(), 1))
            body = lambda_body(d, {"x": takes, "by": Int()}, result, 3)
            d.line(f"{name} = lambda x, by={default}: {body}")
            parameters = Parameter("x", takes), Parameter("by", Int(), optional=True)
            d.bind(name, Function(parameters, result, 8))
    return True


def forget(d: Draft) -> bool:
    """`del` of a name that nobody relies on."""
    loose = [name for name in d.targets() if _loose(d, name)]
    if len(loose) < 4:
        return False
    taken = d.tape.pick(loose)
    d.line(f"del {taken}")
    del d.scope.names[taken]
    return True
