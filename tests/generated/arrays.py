"""Expressions whose value is an array of a given dtype and shape."""

from collections.abc import Callable
from math import prod

from tests.generated.draft import Draft, Scope, bare, fraction, index, literal, rng
from tests.generated.kinds import (
    DTYPES,
    FLOAT,
    INTEGER,
    MASK,
    SINGLE,
    Array,
    Bool,
    Float,
    Int,
    Shape,
    Small,
)

Options = list[Callable[[], str]]


def array(d: Draft, kind: Array, depth: int) -> str:
    """An array of that dtype and shape."""
    if depth <= 0:
        return constructed(d, kind)
    special = {FLOAT: _floats, SINGLE: _singles, INTEGER: _integers, MASK: _masks}[kind.dtype]
    options: Options = [
        lambda: constructed(d, kind),
        lambda: constructed(d, kind),
        *special(d, kind, depth),
        *rearranged(d, kind, depth),
    ]
    return d.tape.pick(options)()


def constructed(d: Draft, kind: Array) -> str:
    """An array made from nothing."""
    dtype, shape = kind.dtype, kind.shape
    size = _shape(shape)
    given = f", dtype={DTYPES[dtype]}"
    options: Options = [
        lambda: f"np.zeros({size}{'' if dtype == FLOAT else given})",
        lambda: f"np.ones({size}{'' if dtype == FLOAT else given})",
        lambda: f"np.array({_entries(d, kind, shape)}{given if dtype == SINGLE else ''})",
        lambda: f"np.array({_entries(d, kind, shape)}{given if dtype == SINGLE else ''})",
    ]
    if dtype == MASK:
        return options[d.tape.pick([0, 1, 2])]()
    options.append(lambda: f"np.full({size}, {_scalar(d, kind)}{given})")
    options.append(lambda: f"np.arange({prod(shape)}{given}).reshape({size})")
    if shape and len(shape) == 2 and shape[0] == shape[1]:
        options.append(lambda: f"np.eye({shape[0]}{given})")
    if dtype == INTEGER:
        options.append(lambda: f"np.random.randint(0, {d.tape.between(2, 9)}, {size})")
        options.append(lambda: f"{rng(d)}.integers(0, {d.tape.between(2, 9)}, size={size})")
    if dtype == FLOAT:
        options.append(lambda: f"np.random.random({size})")
        options.append(lambda: f"(2 * np.random.random({size}) - 1)")
        options.append(lambda: f"{rng(d)}.normal(size={size})")
        options.append(lambda: f"{rng(d)}.uniform(-1, 1, {size})")
        options.append(lambda: f"np.linspace(0, 1, {prod(shape)}).reshape({size})")
        if shape:
            arguments = ", ".join(map(str, shape))
            options.append(lambda: f"np.random.randn({arguments})")
            options.append(lambda: f"np.random.rand({arguments})")
    if dtype == SINGLE:
        options.append(lambda: f"{rng(d)}.random({size}, dtype=np.float32)")
    return d.tape.pick(options)()


def _shape(shape: Shape) -> str:
    return str(shape[0]) if len(shape) == 1 else str(shape)


def _scalar(d: Draft, kind: Array) -> str:
    if kind.dtype == INTEGER:
        return literal(d)
    return d.tape.pick(["True", "False"]) if kind.dtype == MASK else fraction(d)


def _entries(d: Draft, kind: Array, shape: Shape) -> str:
    """The nested lists of an array written out."""
    if not shape:
        return _scalar(d, kind)
    return f"[{', '.join(_entries(d, kind, shape[1:]) for _ in range(shape[0]))}]"


def operand(d: Draft, kind: Array, depth: int) -> str:
    """Something that broadcasts to `kind` and leaves its dtype alone."""
    dtype, shape = kind.dtype, kind.shape
    narrow = tuple(1 if d.tape.chance(30) else length for length in shape)
    shapes = [shape, shape, shape[1:], narrow, ()]
    chosen = d.tape.pick(shapes)
    if dtype == FLOAT:
        dtype = d.tape.pick([FLOAT, FLOAT, FLOAT, INTEGER, SINGLE])
        if not chosen:
            return d.value(d.tape.pick([Float(), Int()]), depth - 1)
    if not chosen:
        return fraction(d) if dtype == SINGLE else _scalar(d, kind)
    return d.value(Array(dtype, chosen), depth - 1)


def _floats(d: Draft, kind: Array, depth: int) -> Options:
    shape = kind.shape

    def part() -> str:
        return d.value(kind, depth - 1)

    def binary() -> str:
        left, right = part(), operand(d, kind, depth)
        if d.tape.chance(30):
            left, right = right, left
        return f"({left} {d.tape.pick(['+', '-', '*', '*', '/'])} {right})"

    def function() -> str:
        names = ["tanh", "exp", "abs", "sqrt", "log", "square", "sign", "sin", "negative"]
        return f"np.{d.tape.pick(names)}({bare(part())})"

    def selected() -> str:
        mask = d.value(Array(MASK, shape), depth - 1)
        return f"np.where({bare(mask)}, {bare(part())}, {bare(operand(d, kind, depth))})"

    return [
        binary,
        binary,
        binary,
        function,
        function,
        selected,
        lambda: f"(-{part()})",
        lambda: f"({part()} ** 2)",
        lambda: f"(1 / (1 + np.exp(-{part()})))",
        lambda: f"np.maximum(0, {bare(part())})",
        lambda: f"np.maximum({bare(part())}, {bare(operand(d, kind, depth))})",
        lambda: f"np.clip({bare(part())}, -1, {fraction(d)})",
        lambda: f"({d.value(Array(INTEGER, shape), depth - 1)} / {d.tape.between(2, 5)})",
        lambda: f"{d.value(Array(INTEGER, shape), depth - 1)}.astype(float)",
        lambda: f"{part()}.round(2)",
        *_products(d, kind, depth),
        *_reduced(d, kind, depth),
        *_accumulated(d, kind, depth),
    ]


def _singles(d: Draft, kind: Array, depth: int) -> Options:
    def part() -> str:
        return d.value(kind, depth - 1)

    return [
        lambda: f"({part()} {d.tape.pick(['+', '-', '*'])} {part()})",
        lambda: f"({part()} {d.tape.pick(['+', '*', '/'])} {fraction(d)})",
        lambda: f"np.{d.tape.pick(['tanh', 'exp', 'abs', 'square'])}({bare(part())})",
        lambda: f"{d.value(Array(FLOAT, kind.shape), depth - 1)}.astype(np.float32)",
        *_products(d, kind, depth),
    ]


def _integers(d: Draft, kind: Array, depth: int) -> Options:
    shape = kind.shape

    def part() -> str:
        return d.value(kind, depth - 1)

    def position() -> str:
        axis = d.tape.below(len(shape) + 1)
        source = Array(FLOAT, (*shape[:axis], d.tape.between(2, 3), *shape[axis:]))
        best = f"arg{d.tape.pick(['max', 'min'])}"
        return f"{d.value(source, depth - 1)}.{best}(axis={axis})"

    found: Options = [
        lambda: f"({part()} {d.tape.pick(['+', '-'])} {operand(d, kind, depth)})",
        lambda: f"({part()} * {d.tape.between(2, 5)})",
        lambda: f"({part()} {d.tape.pick(['//', '%'])} {d.tape.between(2, 5)})",
        lambda: f"(-{part()})",
        lambda: f"np.abs({bare(part())})",
        lambda: f"(({part()} % 7) ** 2)",
        lambda: f"{d.value(Array(MASK, shape), depth - 1)}.astype(int)",
        *_products(d, kind, depth),
        *_accumulated(d, kind, depth),
    ]
    if shape:
        found.append(position)
    return found


def _masks(d: Draft, kind: Array, depth: int) -> Options:
    def part() -> str:
        return d.value(kind, depth - 1)

    def compared() -> str:
        of = Array(d.tape.pick([FLOAT, FLOAT, INTEGER]), kind.shape)
        sign = d.tape.pick([">", "<", ">=", "<=", "==", "!="])
        right = d.tape.pick([literal, fraction])(d) if d.tape.chance(60) else operand(d, of, depth)
        return f"({d.value(of, depth - 1)} {sign} {right})"

    return [
        compared,
        compared,
        compared,
        lambda: f"({part()} {d.tape.pick(['&', '|', '^'])} {part()})",
        lambda: f"(~{part()})",
        lambda: f"np.isnan({bare(d.value(Array(FLOAT, kind.shape), depth - 1))})",
    ]


def _products(d: Draft, kind: Array, depth: int) -> Options:
    """Matrix products: what networks are made of."""
    dtype, shape = kind.dtype, kind.shape

    def matrix() -> str:
        inner = d.tape.pick([length for known in d.shapes for length in known] or [2])
        left = d.value(Array(dtype, (*shape[:1], inner)), depth - 1)
        right = d.value(Array(dtype, (inner, *shape[1:])), depth - 1)
        return f"({left} @ {right})"

    def dot() -> str:
        inner = d.tape.between(1, 4)
        left = d.value(Array(dtype, (*shape[:1], inner)), depth - 1)
        right = d.value(Array(dtype, (inner, *shape[1:])), depth - 1)
        return f"np.dot({bare(left)}, {bare(right)})"

    def transposed() -> str:
        samples = d.tape.pick([known[0] for known in d.shapes if known] or [2])
        left = d.value(Array(dtype, (samples, shape[0])), depth - 1)
        right = d.value(Array(dtype, (samples, *shape[1:])), depth - 1)
        return f"({left}.T @ {right})"

    def outer() -> str:
        left, right = (d.value(Array(dtype, (length,)), depth - 1) for length in shape)
        return f"np.outer({bare(left)}, {bare(right)})"

    if len(shape) == 2:
        return [matrix, matrix, dot, transposed, outer]
    return [matrix, transposed] if len(shape) == 1 else []


def _reduced(d: Draft, kind: Array, depth: int) -> Options:
    """An axis added up or averaged away."""
    shape = kind.shape

    def away() -> str:
        axis = d.tape.below(len(shape) + 1)
        source = Array(kind.dtype, (*shape[:axis], d.tape.between(2, 3), *shape[axis:]))
        how = d.tape.pick(["sum", "mean", "max", "std"])
        if d.tape.chance(50):
            return f"{d.value(source, depth - 1)}.{how}(axis={axis})"
        return f"np.{how}({bare(d.value(source, depth - 1))}, axis={axis})"

    def kept() -> str:
        axis = d.tape.pick([place for place, length in enumerate(shape) if length == 1])
        source = Array(kind.dtype, (*shape[:axis], d.tape.between(2, 3), *shape[axis + 1 :]))
        how = d.tape.pick(["sum", "mean", "max"])
        return f"{d.value(source, depth - 1)}.{how}(axis={axis}, keepdims=True)"

    return ([away] if len(shape) <= 2 else []) + ([kept, kept] if 1 in shape else [])


def _accumulated(d: Draft, kind: Array, depth: int) -> Options:
    """Arrays sorted or added up along an axis."""
    if not kind.shape:
        return []
    axis = d.tape.below(len(kind.shape))
    return [
        lambda: (
            f"np.{d.tape.pick(['sort', 'flip'])}({bare(d.value(kind, depth - 1))}, axis={axis})"
        ),
        lambda: f"np.cumsum({bare(d.value(kind, depth - 1))}, axis={axis})",
    ]


def rearranged(d: Draft, kind: Array, depth: int) -> Options:
    """The entries of other arrays: copies of them and views, mostly views."""
    dtype, shape = kind.dtype, kind.shape

    def of(other: Shape) -> str:
        return d.value(Array(dtype, other), depth - 1)

    def same() -> str:
        copies = ["{0}.copy()", "np.copy({0})", "copy.deepcopy({0})", "np.array({0})", "{0}[:]"]
        return d.tape.pick(copies).format(of(shape))

    def reshaped() -> str:
        known = [other for other in d.shapes if prod(other) == prod(shape)]
        source = d.tape.pick([*known, (prod(shape),)])
        return f"{of(source)}.reshape({d.tape.pick([_shape(shape), _open(shape)])})"

    found: Options = [same, reshaped]
    if len(shape) == 1:
        found.append(lambda: f"{of((shape[0], d.tape.between(1, 2)))}[:, {d.tape.below(1)}]")
        known = [other for other in d.shapes if len(other) == 2 and prod(other) == shape[0]]
        if known:
            found.append(lambda: f"{of(d.tape.pick(known))}.{d.tape.pick(['ravel', 'flatten'])}()")
        rows = [other[0] for other in d.shapes if len(other) == 2 and other[1:] == shape]
        if rows:
            found += [lambda: _row(d, Array(dtype, (d.tape.pick(rows), *shape)), depth)] * 2
        if dtype == FLOAT:
            found.append(lambda: _listed(d, shape[0], depth))
    if len(shape) == 2:
        found += [lambda: f"{of(shape[::-1])}.T"] * 2
        if 1 in shape:
            flat = (prod(shape),)
            place = ":, None" if shape[1] == 1 else "None, :"
            found.append(lambda: f"{of(flat)}[{place}]")
        if shape[0] > 1:
            found.append(
                lambda: f"np.vstack([{bare(of((1, shape[1])))}, {of((shape[0] - 1, shape[1]))}])"
            )
    if shape:
        longer = (shape[0] + 1, *shape[1:])
        turned = [shape[0] - 1 - place for place in range(shape[0])]
        found.append(lambda: f"{of(shape)}[::-1]")
        found.append(lambda: f"{of(longer)}[{d.tape.pick(['1:', ':-1', f':{shape[0]}'])}]")
        found.append(lambda: f"{of(shape)}[{turned}]")
        if shape[0] > 1:
            first = d.tape.between(1, shape[0] - 1)
            found.append(
                lambda: (
                    f"np.concatenate([{bare(of((first, *shape[1:])))}, "
                    f"{bare(of((shape[0] - first, *shape[1:])))}])"
                )
            )
    if 0 not in shape and d.names(Bool()) and depth > 1:
        found.append(lambda: f"({of(shape)} if {d.value(Bool(), 1)} else {of(shape)})")
    return found


def _row(d: Draft, source: Array, depth: int) -> str:
    return f"{d.value(source, depth - 1)}[{index(d, source.shape[0])}]"


def _open(shape: Shape) -> str:
    """The same shape with its last axis left for numpy to work out."""
    return _shape((*shape[:-1], -1)) if shape and 0 not in shape else _shape(shape)


def _listed(d: Draft, length: int, depth: int) -> str:
    """A vector made by a comprehension."""
    name = d.temporary()
    with d.around(Scope(d.scope, names={name: Small(length - 1)}, ever={name}), length):
        shown = d.value(Float(), depth - 1)
    return f"np.array([float({bare(shown)}) for {name} in range({length})])"
