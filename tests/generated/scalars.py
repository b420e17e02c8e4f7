"""Expressions whose value is one number, one truth value or one string."""

from collections.abc import Callable
from functools import partial

from tests.generated.draft import Draft, bare, fraction, index, literal, spelled
from tests.generated.kinds import (
    FLOAT,
    INTEGER,
    MASK,
    SINGLE,
    Array,
    Bool,
    DictOf,
    Float,
    Index,
    Int,
    Kind,
    ListOf,
    SetOf,
    Small,
    Text,
)

WORDS = ['"loss"', '"W1"', '"step"', '"a"', '"σ"', '"epoch "', '""']


def integer(d: Draft, depth: int) -> str:
    """An integer."""
    if depth <= 0:
        return literal(d)

    def part() -> str:
        return d.value(Int(), depth - 1)

    options: list[Callable[[], str]] = [
        lambda: literal(d),
        lambda: f"({part()} + {part()})",
        lambda: f"({part()} - {part()})",
        lambda: f"({part()} * {d.tape.between(2, 4)})",
        lambda: f"({part()} * {part()} % {d.tape.between(7, 97)})",
        lambda: f"({part()} // {d.tape.between(2, 5)})",
        lambda: f"({part()} % {d.tape.between(2, 9)})",
        lambda: f"({part()} // (abs({part()}) + 1))",
        lambda: f"(-{part()})",
        lambda: f"abs({bare(part())})",
        lambda: f"{d.tape.pick(['max', 'min'])}({bare(part())}, {bare(part())})",
        lambda: f"({part()} {d.tape.pick(['or', 'and'])} {part()})",
        lambda: f"int({bare(d.value(Bool(), depth - 1))})",
        lambda: f"len({bare(d.value(Text(), depth - 1))})",
        lambda: f"divmod({bare(part())}, {d.tape.between(2, 5)})[{d.tape.below(2)}]",
        lambda: f"(~{part()} & 7)",
        lambda: f"(({part()} % 5) ** 2)",
    ]
    return d.tape.pick([*options, *_measures(d), *_entries(d, INTEGER)])()


def _measures(d: Draft) -> list[Callable[[], str]]:
    """Sizes and counts of what there is."""
    found: list[Callable[[], str]] = []
    for name, kind in d.visible().items():
        if isinstance(kind, ListOf) and kind.item == Int():
            found.append(partial(_there_and_back, d, name))
        found.extend(partial(spelled, d, form, name) for form in _whole(kind))
    return found


def _whole(kind: Kind) -> list[str]:
    """How a value of this kind can be measured in whole numbers."""
    match kind:
        case ListOf(Int(), at_least) if at_least:
            return ["len({0})", "sum({0})", "max({0})", "{0}.count(3)"]
        case ListOf() | SetOf() | DictOf():
            return ["len({0})"]
        case Array(dtype, shape) if shape:
            mask = ["int({0}.sum())"] if dtype == MASK else []
            return ["{0}.size", "{0}.shape[0]", "int({0}.argmax())", *mask]
        case _:
            return []


def _there_and_back(d: Draft, name: str) -> str:
    """An expression that changes a list while it is evaluated, and changes it back."""
    return f"({d.read(name)}.append({bare(d.value(Int(), 1))}) or {d.read(name)}.pop())"


def floating(d: Draft, depth: int) -> str:
    """A number with a fraction."""
    if depth <= 0:
        return fraction(d)

    def part() -> str:
        return d.value(d.tape.pick([Float(), Float(), Float(), Int()]), depth - 1)

    def own() -> str:
        return d.value(Float(), depth - 1)

    options: list[Callable[[], str]] = [
        lambda: fraction(d),
        lambda: f"({own()} + {part()})",
        lambda: f"({own()} - {part()})",
        lambda: f"({part()} * {own()})",
        lambda: f"({own()} / {d.tape.pick(['2', '4.0', '0.3'])})",
        lambda: f"({part()} / (abs({part()}) + 1))",
        lambda: f"({part()} / {d.tape.between(2, 7)})",
        lambda: f"(-{own()})",
        lambda: f"abs({bare(own())})",
        lambda: f"round({bare(own())}, {d.tape.between(1, 4)})",
        lambda: f"{d.tape.pick(['max', 'min'])}({bare(own())}, {bare(own())})",
        lambda: f"math.sqrt(abs({bare(own())}))",
        lambda: f"math.tanh({bare(own())})",
        lambda: f"math.exp(-abs({bare(own())}))",
        lambda: f"np.{d.tape.pick(['tanh', 'exp', 'sin', 'square', 'log'])}({bare(own())})",
        lambda: f"(1 / (1 + np.exp(-{own()})))",
        lambda: f"float({bare(d.value(Int(), depth - 1))})",
        lambda: f"np.float32({fraction(d)})",
        lambda: d.tape.pick(["np.inf", "np.nan", "math.pi", "1e300"]),
        lambda: f"({own()} % 3)",
        lambda: f"({own()} or {fraction(d)})",
        lambda: d.tape.pick(["np.random.rand()", "rng.random()", "np.random.normal(0, 1)"]),
    ]
    return d.tape.pick([*options, *_sums(d, depth), *_entries(d, FLOAT), *_entries(d, SINGLE)])()


def _sums(d: Draft, depth: int) -> list[Callable[[], str]]:
    """What an array of numbers comes down to."""

    def some(ndim: int) -> Array:
        shapes = [shape for shape in d.shapes if len(shape) == ndim]
        return Array(FLOAT, d.tape.pick(shapes)) if shapes else Array(FLOAT, (2, 2)[:ndim])

    def whole() -> str:
        return d.value(some(d.tape.between(1, 2)), depth - 1)

    def dot() -> str:
        kind = some(1)
        return f"np.dot({bare(d.value(kind, depth - 1))}, {bare(d.value(kind, depth - 1))})"

    def difference() -> str:
        kind = some(2)
        left, right = d.value(kind, depth - 1), d.value(kind, depth - 1)
        return f"(({left} - {right}) ** 2).{d.tape.pick(['sum', 'mean'])}()"

    def masked() -> str:
        names = [name for name, kind in d.visible().items() if isinstance(kind, Array)]
        if not names:
            return whole_sum()
        name = d.read(d.tape.pick(names))
        return f"float({name}[{name} > {fraction(d)}].sum())"

    def whole_sum() -> str:
        return f"{whole()}.{d.tape.pick(['sum', 'mean', 'max', 'min', 'std'])}()"

    return [
        whole_sum,
        lambda: f"np.{d.tape.pick(['sum', 'mean', 'max', 'prod'])}({bare(whole())})",
        lambda: f"np.linalg.norm({bare(whole())})",
        dot,
        difference,
        masked,
    ]


def _entries(d: Draft, dtype: str) -> list[Callable[[], str]]:
    """One entry of each array of that dtype."""
    return [
        partial(_entry, d, name, kind.shape)
        for name, kind in d.visible().items()
        if isinstance(kind, Array) and kind.dtype == dtype and kind.shape
    ]


def _entry(d: Draft, name: str, shape: tuple[int, ...]) -> str:
    ready = d.names(Index(shape))
    if ready and d.tape.chance(60):
        return f"{d.read(name)}[{d.read(d.tape.pick(ready))}]"
    places = [bare(index(d, length)) for length in shape]
    where = d.tape.pick([f"[{', '.join(places)}]", _nested(places)])
    return f"{d.read(name)}{where}"


def _nested(places: list[str]) -> str:
    return "".join(f"[{place}]" for place in places)


def boolean(d: Draft, depth: int) -> str:
    """A truth value, to decide by."""
    if depth <= 0:
        return d.tape.pick(["True", "False"])
    compare = ["<", ">", "<=", ">=", "==", "!="]

    def number() -> Kind:
        return d.tape.pick([Int(), Float(), Int()])

    def comparison() -> str:
        kind = number()
        left, right = d.value(kind, depth - 1), d.value(kind, depth - 1)
        return f"({left} {d.tape.pick(compare)} {right})"

    def chain() -> str:
        kind = number()
        signs = d.tape.pick(["< <", "<= <", "> >=", "== ==", "< >", "!= <="]).split()
        parts = [d.value(kind, depth - 1) for _ in range(3)]
        return f"({parts[0]} {signs[0]} {parts[1]} {signs[1]} {parts[2]})"

    def joined() -> str:
        left, right = d.value(Bool(), depth - 1), d.value(Bool(), depth - 1)
        return f"({left} {d.tape.pick(['and', 'or'])} {right})"

    def member() -> str:
        where = d.names(ListOf(Int(), 0)) + d.names(SetOf())
        group = d.read(d.tape.pick(where)) if where else "(1, 2, 5)"
        return f"({d.value(Int(), depth - 1)} {d.tape.pick(['in', 'not in'])} {group})"

    def entries() -> str:
        array = Array(MASK, d.tape.pick(d.shapes))
        return f"{d.value(array, depth - 1)}.{d.tape.pick(['any', 'all'])}()"

    options: list[Callable[[], str]] = [
        comparison,
        comparison,
        chain,
        joined,
        lambda: f"(not {d.value(Bool(), depth - 1)})",
        member,
        entries,
        lambda: f"np.isnan({bare(d.value(Float(), depth - 1))})",
        lambda: f"({bare(d.value(Int(), depth - 1))} % 2 == 0)",
        lambda: f"({d.value(Text(), depth - 1)} {d.tape.pick(['==', '<', 'in'])} {WORDS[0]})",
        lambda: f"isinstance({bare(d.value(Int(), depth - 1))}, int)",
        lambda: _identity(d),
    ]
    return d.tape.pick(options)()


def _identity(d: Draft) -> str:
    """Whether two names are names of one thing: what aliasing is about."""
    names = [name for name, kind in d.visible().items() if isinstance(kind, Array | ListOf)]
    if len(names) < 2:
        return "(None is None)"
    left, right = d.read(d.tape.pick(names)), d.read(d.tape.pick(names))
    return f"({left} {d.tape.pick(['is', 'is not'])} {right})"


def text(d: Draft, depth: int) -> str:
    """A short string."""
    if depth <= 0:
        return d.tape.pick(WORDS)

    def part() -> str:
        return d.value(Text(), depth - 1)

    options: list[Callable[[], str]] = [
        lambda: d.tape.pick(WORDS),
        lambda: formatted(d),
        lambda: f"str({bare(d.value(Int(), depth - 1))})",
        lambda: f"({part()} + {part()})[:12]",
        lambda: part() + d.tape.pick([".upper()", ".strip()", ".replace('s', '_')"]),
        lambda: f"({part()} * {d.tape.between(1, 3)})[:8]",
        lambda: f"{part()}[{d.tape.pick(['::-1', '1:', ':2'])}]",
        lambda: f'", ".join([{bare(part())}, {bare(part())}])',
        lambda: f'("%d of %s" % ({bare(d.value(Int(), depth - 1))}, {bare(part())}))',
        lambda: f'("%.3f" % {d.value(Float(), depth - 1)})',
        lambda: f'"{{}} {{:>4}}".format({bare(part())}, {bare(d.value(Int(), depth - 1))})',
        lambda: f"repr({bare(d.value(Float(), depth - 1))})",
    ]
    return d.tape.pick(options)()


def formatted(d: Draft) -> str:
    """An f-string of one or two replacement fields."""
    fields = [_field(d) for _ in range(d.tape.between(1, 2))]
    before, between = d.tape.pick(["", "value ", "x = "]), d.tape.pick([" ", ", "])
    return f'f"{before}{between.join(fields)}"'


def _field(d: Draft) -> str:
    kind = d.tape.pick([Int(), Float(), Float(), Text(), Bool()])
    shown = d.value(kind, 1)
    if any(sign in shown for sign in '"{\\') or shown.startswith("lambda"):
        kind, shown = Int(), literal(d)
    formats = {
        Int(): ["", ":3d", ":>5", "!r"],
        Float(): ["", ":.3f", ":8.2e", ":.4g", "!r", ":+.1f"],
    }.get(kind, ["", "!r"])
    return f"{{{shown}{d.tape.pick(formats)}}}"


def small(d: Draft, high: int) -> str:
    """An integer from 0 to `high`."""
    names = d.names(Small(high))
    if names and d.tape.chance(60):
        return d.read(d.tape.pick(names))
    if d.tape.chance(30):
        return f"({d.value(Int(), 1)} % {high + 1})"
    return str(d.tape.below(high + 1))
