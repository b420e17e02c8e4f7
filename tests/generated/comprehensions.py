"""Comprehensions and generator expressions of every kind."""

import re

from tests.generated.draft import Draft, Scope, bare
from tests.generated.iteration import Source, bind, source
from tests.generated.kinds import Bool, DictOf, Int, Kind, ListOf


def gathered(d: Draft, kind: Kind, depth: int) -> str:
    """A number or a truth value that a generator expression comes down to."""
    if isinstance(kind, Bool):
        return f"{d.tape.pick(['any', 'all'])}({_clauses(d, Bool(), depth, 0)})"
    match d.tape.below(4):
        case 0:
            return f"sum({_clauses(d, kind, depth, 0)})"
        case 1:
            return f"{d.tape.pick(['max', 'min'])}({_clauses(d, kind, depth, 1)})"
        case 2:
            start = "0" if isinstance(kind, Int) else "0.0"
            return f"max(({_clauses(d, kind, depth, 0)}), default={start})"
        case _:
            return f"sum([{_clauses(d, kind, depth, 0)}])"


def listed(d: Draft, kind: ListOf, depth: int) -> str:
    """A list made by a comprehension, or by a generator expression or a map inside list()."""
    inner = _clauses(d, kind.item, depth, kind.at_least)
    return d.tape.pick(["[{}]", "[{}]", "list({})"]).format(inner)


def mapped(d: Draft, kind: DictOf, depth: int) -> str:
    """A dict made by a comprehension over its keys."""
    name = d.temporary()
    keys = f"({', '.join(kind.keys)},)"
    with d.around(Scope(d.scope, names={name: Int()}, ever={name}), len(kind.keys)):
        del d.scope.names[name]  # its kind is nobody's business: a key may be a string
        shown = bare(d.value(kind.value, depth - 1))
    return f"{{{name}: {shown} for {name} in {keys}}}"


def members(d: Draft, depth: int) -> str:
    """A set of small integers made by a comprehension."""
    inner = _clauses(d, Int(), depth, 0, "{} % 5")
    return f"{{{inner}}}"


def _clauses(d: Draft, kind: Kind, depth: int, at_least: int, form: str = "{}") -> str:
    """What stands between a comprehension's brackets."""
    scope = Scope(d.scope)
    before, times, cost = d.scope, d.times, d.cost
    first = source(d, at_least)
    shown = f"for {_bound(d, scope, first)} in {first.text}"
    d.scope, d.times = scope, times * max(first.count, 1)
    if depth > 1 and not at_least and d.tape.chance(20):
        second = source(d, 0, 3)
        shown += f" for {_bound(d, scope, second, second.text)} in {second.text}"
        d.times *= max(second.count, 1)
    if not at_least and d.tape.chance(35):
        shown += f" if {d.value(Bool(), min(depth - 1, 1))}"
    item = d.value(kind, depth - 1)
    item = form.format(item) if form != "{}" else bare(item)
    d.scope, d.times = before, times
    d.cost = max(d.cost, cost + times * first.count)
    return f"{item} {shown}"


def _bound(d: Draft, scope: Scope, over: Source, unfit: str = "") -> str:
    """Bind the targets of one clause, which may not be names that `unfit` reads."""
    taken: list[str] = re.findall(r"\w+", unfit)

    def name(kind: Kind) -> str:
        chosen = d.temporary()
        while chosen in taken:
            chosen = d.numbered("e")
        taken.append(chosen)
        scope.ever.add(chosen)
        scope.names[chosen] = kind
        return chosen

    return bind(over.item, name)
