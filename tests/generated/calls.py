"""Calls of the script's own functions, and functions handed to others."""

from tests.generated.draft import Draft, Scope, bare
from tests.generated.kinds import (
    DictOf,
    Function,
    Int,
    Kind,
    ListOf,
)


def callables(d: Draft) -> list[tuple[str, Function]]:
    """Everything that can be called here, as it is written."""
    found: list[tuple[str, Function]] = []
    for name, kind in d.visible().items():
        match kind:
            case Function():
                found.append((name, kind))
            case ListOf(Function() as item, at_least) if at_least:
                found.append((f"{name}[{at_least - 1}]", item))
            case DictOf(keys, Function() as item) if keys:
                found.append((f"{name}[{keys[0]}]", item))
    return found


def call(d: Draft, shown: str, function: Function, depth: int) -> str:
    """A call: arguments by place, by name, left to their defaults, or unpacked."""
    d.read(shown.split("[")[0])
    d.cost += d.times * function.cost
    places: list[str] = []
    named: list[str] = []
    by_name = False
    for parameter in function.parameters:
        if parameter.optional and d.tape.chance(45):
            by_name = True  # what follows cannot be given by place any more
            continue
        argument = bare(d.value(parameter.kind, depth))
        if parameter.name and (by_name or parameter.keyword or d.tape.chance(20)):
            by_name = True
            named.append(f"{parameter.name}={argument}")
        else:
            places.append(argument)
    if function.rest and not by_name:
        places += _further(d, depth)
    if function.options and d.tape.chance(75):
        named.append(d.tape.pick(["scale=2", '**{"scale": 3}', "scale=0.5, shift=2"]))
    if len(named) > 1 and d.tape.chance(30):
        named.reverse()
    if len(places) > 1 and not named and d.tape.chance(10):
        return f"{shown}(*[{', '.join(places)}])"
    return f"{shown}({', '.join([*places, *named])})"


def _further(d: Draft, depth: int) -> list[str]:
    """What a function with *args gets besides its own parameters."""
    lists = d.names(ListOf(Int(), 0))
    if lists and d.tape.chance(40):
        return [f"*{d.read(d.tape.pick(lists))}"]
    return [bare(d.value(Int(), depth)) for _ in range(d.tape.between(0, 3))]


def passed(d: Draft, wanted: Function, depth: int) -> str:
    """A lambda that can be called as wanted; names of functions that can are found by name."""
    taken: list[str] = []
    for _ in wanted.parameters:
        taken.append(d.tape.pick([name for name in ("v", "r", "e", "o") if name not in taken]))
    kinds = {name: p.kind for name, p in zip(taken, wanted.parameters, strict=True)}
    assert wanted.result is not None
    return f"(lambda {', '.join(taken)}: {lambda_body(d, kinds, wanted.result, depth)})"


def lambda_body(d: Draft, kinds: dict[str, Kind], result: Kind, depth: int) -> str:
    """What a lambda with these parameters returns; nobody knows how often it will be called."""
    cost = d.cost
    with d.around(Scope(d.scope, lazy=True, names=dict(kinds), ever=set(kinds)), 8):
        body = bare(d.value(result, max(depth - 1, 1)))
    d.cost = cost
    return body
