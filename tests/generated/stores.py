"""Statements that change an array in place, and so everything that shares its memory."""

from collections.abc import Callable
from math import prod

from tests.generated.arrays import operand
from tests.generated.draft import Draft, bare, fraction, index, literal, rng
from tests.generated.kinds import FLOAT, INTEGER, MASK, SINGLE, Array, Bool, Float, Index, Int

Stores = list[Callable[[], str]]


def store(d: Draft) -> bool:
    """Change an array in place; False where there is none."""
    arrays = [
        (name, kind) for name, kind in d.visible().items() if isinstance(kind, Array) and kind.shape
    ]
    if not arrays:
        return False
    name, kind = d.tape.pick(arrays)
    options = [*_entries(d, name, kind), *_parts(d, name, kind), *_whole(d, name, kind)]
    options += _methods(d, name, kind)
    options += _floats(d, name, kind) if kind.dtype == FLOAT else []
    if name in d.targets():
        options += _augmented(d, name, kind) * 3
    line = d.tape.pick(options)()
    d.read(name)
    d.line(line)
    return True


def scalar(d: Draft, dtype: str) -> str:
    """A number that an entry may be set to."""
    if dtype == INTEGER:
        return bare(d.value(Int(), 1)) if d.tape.chance(50) else literal(d)
    if dtype == MASK:
        return bare(d.value(Bool(), 1))
    return bare(d.value(Float(), 2)) if d.tape.chance(50) else fraction(d)


def _sign(d: Draft, dtype: str) -> str:
    """Plain or augmented assignment."""
    signs = {
        INTEGER: ["=", "+=", "-=", "*=", "%="],
        MASK: ["=", "|=", "&=", "^="],
    }.get(dtype, ["=", "+=", "-=", "*=", "/="])
    return d.tape.pick(signs)


def _by(d: Draft, dtype: str, sign: str) -> str:
    """A number on the right of an assignment."""
    return str(d.tape.between(2, 5)) if sign in ("%=", "*=") else scalar(d, dtype)


def _entries(d: Draft, name: str, kind: Array) -> Stores:
    dtype, shape = kind.dtype, kind.shape

    def one() -> str:
        places = [bare(index(d, length)) for length in shape]
        ready = d.names(Index(shape))
        sign = _sign(d, dtype)
        if ready and d.tape.chance(50):
            where = f"[{d.read(d.tape.pick(ready))}]"
        else:
            nested = "".join(f"[{place}]" for place in places)
            where = d.tape.pick([f"[{', '.join(places)}]", nested])
        return f"{name}{where} {sign} {_by(d, dtype, sign)}"

    def flat() -> str:
        place = bare(index(d, prod(shape)))
        form = d.tape.pick(["{0}.flat[{1}]", "{0}.ravel()[{1}]", "{0}.reshape(-1)[{1}]"])
        sign = _sign(d, dtype)
        return f"{form.format(name, place)} {sign} {_by(d, dtype, sign)}"

    def masked() -> str:
        mask = bare(d.value(Array(MASK, shape), 2))
        sign = _sign(d, dtype)
        return f"{name}[{mask}] {sign} {_by(d, dtype, sign)}"

    def compared() -> str:
        sign = _sign(d, dtype)
        test = f"{name} {d.tape.pick(['>', '<', '=='])} {fraction(d)}"
        return f"{name}[{test}] {sign} {_by(d, dtype, sign)}"

    def selected() -> str:
        masks = d.names(Array(MASK, shape))
        if dtype == MASK:
            return masked()
        test = d.read(d.tape.pick(masks)) if masks else f"{name} > {fraction(d)}"
        return f"{name}[{test}] = {name}[{test}] {d.tape.pick(['*', '+'])} {d.tape.between(2, 4)}"

    return [one, one, flat, masked, masked, compared, selected]


def _parts(d: Draft, name: str, kind: Array) -> Stores:
    """Rows, columns and slices."""
    dtype, shape = kind.dtype, kind.shape
    first, rest = shape[0], shape[1:]

    def right(part: Array, sign: str) -> str:
        if sign == "%=" or not part.shape:
            return _by(d, dtype, sign)
        if dtype == MASK:
            return bare(d.value(part, 1))
        return bare(operand(d, part, 2))

    def row() -> str:
        sign = _sign(d, dtype)
        return f"{name}[{bare(index(d, first))}] {sign} {right(Array(dtype, rest), sign)}"

    def column() -> str:
        sign = _sign(d, dtype)
        place = bare(index(d, shape[1]))
        part = Array(dtype, (first, *shape[2:]))
        form = d.tape.pick(["{0}[:, {1}]", "{0}.T[{1}]"])
        return f"{form.format(name, place)} {sign} {right(part, sign)}"

    def piece() -> str:
        sign = _sign(d, dtype)
        start = d.tape.below(first)
        cut = f"{start}:" if start else d.tape.pick([":", "..."])
        return f"{name}[{cut}] {sign} {right(Array(dtype, (first - start, *rest)), sign)}"

    def shifted() -> str:
        sign = "=" if dtype == MASK else d.tape.pick(["=", "+=", "="])
        return f"{name}[1:] {sign} {name}[:-1]"

    def swapped() -> str:
        order = list(range(first))
        order[0], order[-1] = order[-1], order[0]
        plain = f"{name}[{list(range(first))}] = {name}[{order}]"
        tupled = f"{name}[0], {name}[{first - 1}] = {name}[{first - 1}].copy(), {name}[0].copy()"
        return d.tape.pick([plain, tupled, f"{name}[:] = {name}[::-1]"])

    return [row, piece, shifted, swapped] + ([column, column] if len(shape) == 2 else [])


def _whole(d: Draft, name: str, kind: Array) -> Stores:
    """Functions of numpy that write into an array they are given."""
    dtype = kind.dtype
    if dtype == MASK:
        return [lambda: f"np.logical_not({name}, out={name})"]

    def added() -> str:
        how = d.tape.pick(["add", "subtract", "multiply", "maximum"])
        given = kind if dtype == SINGLE else Array(d.tape.pick([dtype, INTEGER]), kind.shape)
        return f"np.{how}({name}, {bare(d.value(given, 1))}, out={name})"

    def copied() -> str:
        where = ""
        if d.tape.chance(40):
            where = f", where={bare(d.value(Array(MASK, kind.shape), 1))}"
        return f"np.copyto({name}, {bare(d.value(kind, 2))}{where})"

    found: Stores = [
        added,
        added,
        copied,
        lambda: f"np.put({name}, [{d.tape.below(prod(kind.shape))}], {literal(d)})",
        lambda: f"np.add.at({name}, [0, {d.tape.below(kind.shape[0])}, 0], 1)",
    ]
    if len(kind.shape) == 2:
        found += [lambda: f"np.fill_diagonal({name}, {scalar(d, dtype)})"] * 2
    return found


def _methods(d: Draft, name: str, kind: Array) -> Stores:
    return [
        lambda: f"{name}.sort()",
        lambda: f"{name}.sort(axis=0)",
        lambda: f"{name}.fill({scalar(d, kind.dtype)})",
        lambda: f"np.random.shuffle({name})",
        lambda: f"{rng(d)}.shuffle({name})",
    ]


def _floats(d: Draft, name: str, kind: Array) -> Stores:
    return [
        lambda: f"np.{d.tape.pick(['exp', 'tanh', 'negative', 'abs'])}({name}, out={name})",
        lambda: f"np.clip({name}, -1, {d.tape.between(1, 3)}, out={name})",
        lambda: f"np.divide({name}, {bare(operand(d, kind, 1))}, out={name})",
        lambda: f"{name}[np.isnan({name})] = 0",
    ]


def _augmented(d: Draft, name: str, kind: Array) -> Stores:
    """Augmented assignment to the name itself, which rebinds it to the array it was."""
    dtype = kind.dtype

    def plain() -> str:
        sign = _sign(d, dtype)
        while sign == "=":
            sign = {INTEGER: "-=", MASK: "^="}.get(dtype, "-=")
        if sign == "%=":
            return f"{name} %= {d.tape.between(2, 5)}"
        if dtype == MASK:
            return f"{name} {sign} {bare(d.value(kind, 1))}"
        return f"{name} {sign} {bare(operand(d, kind, 2))}"

    def own() -> str:
        if dtype == MASK:
            return f"{name} &= ~{name}"
        others = [f"{name}[0]", name, f"{name}[::-1]"]
        return f"{name} {d.tape.pick(['-=', '+='])} {d.tape.pick(others)}"

    def stepped() -> str:
        if dtype != FLOAT:
            return plain()
        return f"{name} -= {d.tape.pick(['0.1', '0.5'])} * {d.value(kind, 2)}"

    return [plain, plain, own, stepped]
