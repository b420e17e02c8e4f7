"""Classes and their objects, generators, and statements that are guarded against errors."""

from tests.generated.assignments import some_kind
from tests.generated.draft import Draft, Scope, bare, literal
from tests.generated.failures import fail
from tests.generated.functions import inside
from tests.generated.kinds import FLOAT, Array, Float, Function, Int, Kind, ListOf, Parameter

CAUGHT = ("Exception", "(IndexError, ValueError)", "ZeroDivisionError", "(TypeError, NameError)")


def guarded(d: Draft) -> bool:
    """`try` with what belongs to it; what raises is often caught."""
    d.line("try:")
    with d.block():
        d.body()
        if d.tape.chance(40):
            fail(d)
            d.left = True
    handled = d.tape.chance(85)
    if handled:
        name = d.numbered("error")
        for kind in [d.tape.pick(CAUGHT)][: d.tape.between(0, 1)]:
            d.line(f"except {kind} as {name}:")
            with d.block():
                d.line(f"print(type({name}).__name__)")
                d.body(2)
        d.line(d.tape.pick(["except Exception:", "except:"]))
        with d.block():
            d.body(2)
            if d.loops and d.tape.chance(20):
                d.line(d.tape.pick(["break", "continue"]))
                d.left = True
        if d.tape.chance(30):
            d.line("else:")
            with d.block():
                d.body(2)
    if not handled or d.tape.chance(40):
        d.line("finally:")
        with d.block():
            d.body(2)
    return True


def quiet(d: Draft) -> bool:
    """A context that changes how numpy computes or prints."""
    contexts = ['np.errstate(all="ignore")', 'np.errstate(divide="ignore", over="warn")',
                "np.printoptions(precision=3)"]  # fmt: skip
    d.line(f"with {d.tape.pick(contexts)}:")
    with d.block():
        d.body()
    return True


def thing(d: Draft) -> bool:
    """A class, and an object of it, whose attributes and methods can be used like names."""
    if d.scope.parent and d.scope.parent.parent:
        return False
    kind, name = d.numbered("Thing"), d.numbered("thing")
    first, second = some_kind(d), d.tape.pick([Int(), Float(), ListOf(Int(), 1)])
    attributes: dict[str, Kind] = {"w": first, "_log": second}
    private = d.tape.chance(30)
    base = d.tape.pick(["", "", "(object)", "(Base)"])
    if base == "(Base)":
        base = f"({d.numbered('Base')})"
        d.line(f"class {base[1:-1]}:")
        d.line("    def __init__(self, w):")
        d.line("        self.w = w")
        d.line("    def same(self):")
        d.line("        return self.w")
    d.line(f"class {kind}{base}:")
    d.indent += 1
    d.line(f"made = {literal(d)}")
    parent = base not in ("", "(object)")
    d.line(f"def __init__(self, w, log={bare(d.value(second, 1))}):")
    d.line("    super().__init__(w)" if parent else "    self.w = w")
    d.line("    self._log = log")
    d.line(f"    {kind}.made += 1")
    methods = _methods(d, kind, attributes, private)
    operator = d.tape.chance(25)
    if operator:
        d.line("def __add__(self, other):")
        d.line(f"    {kind}.made -= 1")
        d.line("    return other")
        d.line("def __len__(self):")
        d.line(f"    return {d.tape.between(0, 2)}")
    d.indent -= 1
    d.line(f"{name} = {kind}({bare(d.value(first, 1))})")
    if d.tape.chance(30):
        alias = d.numbered("thing")
        d.line(f"{alias} = {name}")
        name = d.tape.pick([name, alias])
    for attribute, held in attributes.items():
        d.bind(f"{name}.{attribute}", held)
    d.bind(f"{name}.made", Int())
    for method, function in methods:
        d.bind(f"{name}.{method}", function)
    if operator:
        d.line(f"print({name} + {literal(d)}, len({name}), [1] if {name} else [])")
    return True


def _methods(
    d: Draft, kind: str, attributes: dict[str, Kind], private: bool
) -> list[tuple[str, Function]]:
    found: list[tuple[str, Function]] = []
    for _ in range(d.tape.between(1, 2)):
        name = d.numbered("do")
        result = attributes[d.tape.pick(["w", "_log"])]
        scope = Scope(d.scope, lazy=True)
        scope.names = {f"self.{attribute}": held for attribute, held in attributes.items()}
        scope.names["by"] = Int()
        shown = f"__{name}" if private else name
        d.line(f"def {shown}(self, by=1):")
        with inside(d, scope, result):
            d.body(3)
            d.line(f"return {bare(d.value(result))}")
            cost = d.cost + 1
        if private:
            d.line(f"def {name}(self, by=2):")
            d.line(f"    return self.__{name}(by)")
            cost += 1
        found.append((name, Function((Parameter("by", Int(), True),), result, cost)))
    if d.tape.chance(30):
        d.line("@property")
        d.line("def size(self):")
        d.line(f"    {kind}.made += 1")
        d.line("    return np.size(self.w)")
        attributes["size"] = Int()
    if d.tape.chance(30):
        d.line(f"@{d.tape.pick(['staticmethod', 'classmethod'])}")
        first = "" if d.lines[-1].endswith("staticmethod") else "cls, "
        d.line(f"def plain({first}x):")
        d.line("    return x")
        found.append(("plain", Function((Parameter("x", Int()),), Int(), 2)))
    return found


def generator(d: Draft) -> bool:
    """A function that yields, and somebody who reads what it gives."""
    if d.scope.parent and d.scope.parent.parent:
        return False
    name, count = d.numbered("each"), d.tape.between(2, 4)
    kind: Kind = d.tape.pick([Int(), Array(FLOAT, d.shapes[0]), Float()])
    scope = Scope(d.scope, lazy=True, names={"n": Int()}, ever={"n", "at"}, pinned={"n", "at"})
    scope.reserved = {"n", "at"}
    d.line(f"def {name}(n):")
    with inside(d, scope, None):
        d.line("at = 0")
        d.line("while at < n:")
        d.indent += 1
        d.times *= count
        d.body(2)
        d.line(f"yield {bare(d.value(kind, 1))}")
        d.line("at += 1")
        d.indent -= 1
        cost = d.cost + 1
    if not d.affords(2 * cost):
        return True
    d.cost += 2 * cost * d.times
    match d.tape.below(5):
        case 0:
            d.line(f"{d.bind(d.fresh(), ListOf(kind, 0))} = list({name}({count}))")
        case 1:
            kept = d.numbered("kept")
            d.line(f"{kept} = {name}({count})")
            d.line(f"{d.bind(d.fresh(), kind)} = next({kept})")
            d.line(f"for more in {kept}:")
            d.line("    break")
        case 2:
            taken = d.numbered("rest")
            d.line(f"{taken} = [v for v in zip({name}({count}), {name}(2))]")
        case 3:
            d.line(f"for number, {d.bind(d.fresh(), kind)} in enumerate({name}({count})):")
            with d.block():
                d.body(2)
        case _:
            d.line(f"for {d.bind(d.fresh(), kind)} in {name}({count}):")
            with d.block():
                d.body(2)
                if d.tape.chance(30):
                    d.line("break")
                    d.left = True
    return True
