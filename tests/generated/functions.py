"""Functions of the script: plain, recursive, closing over names, taking and returning functions."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.generated.assignments import some_kind
from tests.generated.calls import call
from tests.generated.draft import Draft, Scope, bare
from tests.generated.kinds import (
    CALLBACK,
    FLOAT,
    Array,
    Bool,
    Float,
    Function,
    Int,
    Kind,
    ListOf,
    Parameter,
    Small,
    TupleOf,
    assignable,
    callback,
)


@contextmanager
def inside(d: Draft, scope: Scope, result: Kind | None) -> Iterator[None]:
    """Write the body of a function."""
    before = d.scope, d.depth, d.loops, d.times, d.cost, d.result, d.left, d.over_dict, d.tape
    d.scope, d.depth, d.loops, d.times, d.cost = scope, 0, 0, 1, 0
    scope.ever |= scope.names.keys()
    d.result, d.left, d.over_dict = result, False, 0
    d.indent += 1
    try:
        yield
    finally:
        d.indent -= 1
        (d.scope, d.depth, d.loops, d.times, d.cost) = before[:5]
        (d.result, d.left, d.over_dict, d.tape) = before[5:]


def define(d: Draft) -> bool:
    """A function of one sort or another, and often a call of it."""
    sorts = [plain, plain, plain, plain, mapping, recursive, factory, remembering, higher, inplace]
    if d.scope.parent and d.scope.parent.parent:
        return False
    name, function = d.tape.pick(sorts)(d)
    d.bind(name, function)
    if d.tape.chance(60) and d.affords(function.cost):
        text = call(d, name, function, 2)
        if function.result:
            d.line(f"{d.bind(d.fresh(), function.result)} = {text}")
        else:
            d.line(text)
    return True


def _fixed(outer: Scope, parameters: tuple[Parameter, ...]) -> Scope:
    """The scope of a function whose parameters keep their kinds, since its last line needs them."""
    names = {parameter.name: parameter.kind for parameter in parameters}
    return Scope(outer, lazy=True, names=names, ever=set(names), pinned=set(names))


def early(d: Draft) -> bool:
    """`return` before the end."""
    d.line(f"if {bare(d.value(Bool()))}:")
    d.line(f"    {_return(d)}")
    return True


def _return(d: Draft) -> str:
    return f"return {bare(d.value(d.result))}" if d.result else "return"


def plain(d: Draft) -> tuple[str, Function]:
    """A function with parameters of every sort, and statements of any."""
    name = d.numbered("fn")
    parameters = _parameters(d)
    rest, options = d.tape.chance(20), d.tape.chance(35)
    result = _result(d)
    shown: list[str] = []
    for parameter in parameters:
        if parameter.keyword and not any(other.startswith("*") for other in shown):
            shown.append("*args" if rest else "*")
        default = f"={bare(d.value(parameter.kind, 1))}" if parameter.optional else ""
        shown.append(parameter.name + default)
    if rest and "*args" not in shown:
        shown.append("*args")
    if options:
        shown.append("**options")
    scope = Scope(d.scope, lazy=True)
    scope.names = {parameter.name: parameter.kind for parameter in parameters}
    if rest:
        scope.names["args"] = TupleOf(())
    scope.ever = {"options"} if options else set()
    d.line(f"def {name}({', '.join(shown)}):")
    with inside(d, scope, result):
        if d.tape.chance(15):
            d.line('"""What it does."""')
        _declare(d)
        if options:
            given = d.tape.pick(['options.get("scale", 1)', "len(options)", '"shift" in options'])
            d.line(f"{d.bind(d.fresh(), Int())} = int({given})")
        if rest:
            d.line(f"{d.bind(d.fresh(), Int())} = {d.tape.pick(['sum(args)', 'len(args)'])}")
        d.body(4)
        d.line(_return(d) if result or d.tape.chance(10) else "pass")
        cost = d.cost + 1
    return name, Function(tuple(parameters), result, cost, rest, options)


def _parameters(d: Draft) -> list[Parameter]:
    """Required ones first, then those with defaults, then those given only by name."""
    found: list[Parameter] = []
    taken: tuple[str, ...] = ("scale", "shift")
    for _ in range(d.tape.between(0, 3)):
        optional = bool(found and found[-1].optional) or d.tape.chance(25)
        kind: Kind = d.tape.pick([Int(), Float()]) if optional else some_kind(d)
        name = d.tape.pick([n for n in PARAMETERS if n not in taken])
        taken += (name,)
        found.append(Parameter(name, kind, optional))
    if found and d.tape.chance(15):
        name = d.tape.pick([n for n in PARAMETERS if n not in taken])
        found.append(Parameter(name, Int(), d.tape.chance(60), keyword=True))
    return found


PARAMETERS = ("a", "b", "x", "w", "y", "values", "rate", "n", "total", "grad")


def _result(d: Draft) -> Kind | None:
    if d.tape.chance(15):
        return None
    kind = some_kind(d)
    return kind if assignable(kind) else Int()


def _declare(d: Draft) -> None:
    """`global` or `nonlocal`, where there is a name around that may be rebound."""
    outer = d.scope.parent
    if outer is None or not d.tape.chance(35):
        return
    word = "nonlocal" if outer.parent else "global"
    names = [
        name
        for name, kind in outer.names.items()
        if name not in outer.reserved | outer.declared | d.scope.ever
        and "." not in name
        and isinstance(kind, Int | Float | Array | ListOf)
        and assignable(kind)
    ]
    if names:
        name = d.tape.pick(names)
        d.line(f"{word} {d.read(name)}")
        d.scope.declared.add(name)


def recursive(d: Draft) -> tuple[str, Function]:
    """A function that calls itself a few times."""
    name = d.numbered("again")
    kind = d.tape.pick([Int(), Array(FLOAT, d.tape.pick(d.shapes)), Float(), ListOf(Int(), 0)])
    parameters = Parameter("n", Small(3)), Parameter("x", kind)
    scope = _fixed(d.scope, parameters)
    d.line(f"def {name}(n, x):")
    with inside(d, scope, kind):
        d.line(f"if {d.tape.pick(['n <= 0', 'not n', 'n < 1'])}:")
        d.line(f"    return {bare(d.value(kind, 1))}")
        d.body(2)
        inner = f"{name}(n - 1, {bare(d.value(kind, 1))})"
        match kind:
            case Int():
                forms = [f"({inner} + n) % 1009", f"n * {inner} % 97", f"{inner} - {inner} // 2"]
            case ListOf():
                forms = [f"[n] + {inner}", f"{inner} + [n]"]
            case _:
                forms = [f"{inner} * 0.5 + x", inner, f"x - {inner}"]
        d.line(f"return {d.tape.pick(forms)}")
        cost = 16 * (d.cost + 1)
    return name, Function(parameters, kind, cost)


def factory(d: Draft) -> tuple[str, Function]:
    """A function that returns one of its own, with a state that outlives the call."""
    name, inner = d.numbered("make"), d.tape.pick(["step", "inner"])
    kind: Kind = d.tape.pick([Int(), Float(), Array(FLOAT, d.tape.pick(d.shapes))])
    outer = _fixed(d.scope, (Parameter("start", kind),))
    outer.ever |= {"state", inner}
    d.line(f"def {name}(start):")
    with inside(d, outer, None):
        d.line("state = start * 1")
        outer.names["state"] = kind
        default = bare(d.value(Int(), 1))
        scope = _fixed(outer, (Parameter("by", Int()),))
        d.line(f"def {inner}(by={default}):")
        with inside(d, scope, kind):
            if d.tape.chance(70):
                d.line("nonlocal state")
                scope.declared.add(d.read("state"))
                d.line(f"state {d.tape.pick(['+=', '-='])} by")
            d.body(2)
            d.line(f"return {d.tape.pick(['state', 'state + by', bare(d.value(kind, 1))])}")
            cost = d.cost + 1
        d.line(f"return {inner}")
    made = Function((Parameter("by", Int(), optional=True),), kind, cost)
    return name, Function((Parameter("start", kind),), made, 4)


def mapping(d: Draft, kind: Kind | None = None) -> tuple[str, Function]:
    """A function of one value that returns another of its kind: what others can be given."""
    name = d.numbered("fn")
    kind = kind or d.tape.pick(_common(d))
    parameters = (Parameter("x", kind),)
    d.line(f"def {name}(x):")
    with inside(d, _fixed(d.scope, parameters), kind):
        if d.tape.chance(60):
            d.body(2)
        d.line(_return(d))
        cost = d.cost + 1
    return name, Function(parameters, kind, cost)


def _common(d: Draft) -> list[Kind]:
    """The kinds of what functions that take functions apply them to."""
    return [Int(), Array(FLOAT, d.shapes[0]), Float()]


def remembering(d: Draft) -> tuple[str, Function]:
    """A function whose default is a list that all its calls share."""
    name = d.numbered("keep")
    parameters = Parameter("x", Int()), Parameter("seen", ListOf(Int(), 0), optional=True)
    scope = _fixed(d.scope, parameters)
    result: Kind = d.tape.pick([Int(), ListOf(Int(), 0)])
    d.line(f"def {name}(x, seen=[]):")
    with inside(d, scope, result):
        d.line(f"if len(seen) < {d.tape.between(3, 6)}:")
        d.line(f"    {d.tape.pick(['seen.append(x)', 'seen += [x]', 'seen.insert(0, x)'])}")
        d.body(2)
        shown = ["len(seen)", "sum(seen)"] if result == Int() else ["seen", "seen[:]"]
        d.line(f"return {d.tape.pick(shown)}")
        cost = d.cost + 1
    return name, Function(parameters, result, cost)


def higher(d: Draft) -> tuple[str, Function]:
    """A function that calls one it is given."""
    kind = d.tape.pick(_common(d))
    given = callback(kind, kind)
    if not d.names(given) and d.tape.chance(60):
        d.bind(*mapping(d, kind))
    parameters = Parameter("fn", given), Parameter("x", kind)
    scope = _fixed(d.scope, parameters)
    name = d.numbered("apply")
    d.line(f"def {name}(fn, x):")
    with inside(d, scope, kind):
        d.body(2)
        forms = ["fn(x)", "fn(fn(x))", "fn(x) + fn(x)", "x if fn is None else fn(x)"]
        d.line(f"return {d.tape.pick(forms)}")
        cost = d.cost + 2 * CALLBACK
    return name, Function(parameters, kind, cost)


def inplace(d: Draft) -> tuple[str, Function]:
    """A function that changes the array or the list it is given, and returns nothing or it."""
    name = d.numbered("update")
    array = Array(FLOAT, d.tape.pick(d.shapes))
    kind: Kind = d.tape.pick([array, array, ListOf(Int(), 1), ListOf(array, 1)])
    parameters = Parameter("w", kind), Parameter("rate", Float(), optional=True)
    scope = _fixed(d.scope, parameters)
    result = d.tape.pick([None, kind])
    changes: dict[type, list[str]] = {
        Array: ["w -= rate * w", "w[0] = rate", "w *= rate", "w[...] = w + rate", "w = w * rate"],
        ListOf: ["w[0] = w[-1]", "w.reverse()", "w[0] += 1", "w.append(w.pop(0))", "w += w[:0]"],
    }
    d.line(f"def {name}(w, rate=0.1):")
    with inside(d, scope, result):
        for _ in range(d.tape.between(1, 2)):
            d.line(d.tape.pick(changes[type(kind)]))
        d.body(2)
        d.line("return w" if result else "pass")
        cost = d.cost + 1
    return name, Function(parameters, result, cost)
