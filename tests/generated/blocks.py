"""Statements that hold others: branches and loops. And what may stand in a block."""

from collections.abc import Callable

from tests.generated import assignments, containers, functions, objects, printing, stores
from tests.generated.calls import call, callables
from tests.generated.draft import DEAREST, Draft, bare, literal
from tests.generated.failures import fail
from tests.generated.iteration import bind, source
from tests.generated.kinds import Bool, Int, Kind, ListOf, Small, Text

Statement = Callable[[Draft], bool]
DEEPEST = 3


def statement(d: Draft) -> None:
    """Write the next tape's statement; a blank tape writes none."""
    d.tape = d.tapes.pop()
    d.fail_after -= 1
    if d.fail_after == 0 and d.cost < 1400:
        fail(d)
    if not d.tape.data or d.tape.data[0] == 0:
        return
    simple: list[tuple[int, Statement]] = [
        (12, assignments.assign),
        (14, stores.store),
        (9, printing.show),
        (8, containers.change),
        (6, assignments.augment),
        (5, assignments.alias),
        (5, assignments.unpack),
        (2, assignments.chain),
        (5, effect),
        (2, containers.randomness),
        (2, assignments.function_value),
        (1, remark),
        (1 if d.depth == 0 else 0, assignments.forget),
        (4 if d.loops else 0, leave),
        (3 if d.scope.parent and d.depth else 0, functions.early),
    ]
    blocks: list[tuple[int, Statement]] = [
        (14, counted),
        (9, branch),
        (6, until),
        (3 if d.scope.parent or d.depth else 16, functions.define),
        (6, objects.guarded),
        (2, objects.quiet),
        (1 if d.scope.parent or d.depth else 7, objects.thing),
        (1 if d.scope.parent or d.depth else 5, objects.generator),
    ]
    chosen = d.tape.weighted(simple + (blocks if d.depth < DEEPEST and d.tapes else []))
    if not chosen(d):
        assignments.assign(d)


def remark(d: Draft) -> bool:
    """A comment or a phase marker, or nothing at all said aloud."""
    d.line(d.tape.pick(["pass", "# %% forward", "# one row a sample", "# %% update"]))
    return True


def effect(d: Draft) -> bool:
    """A call for its own sake, or for what it returns."""
    affordable = [(shown, f) for shown, f in callables(d) if d.affords(f.cost)]
    if not affordable:
        return False
    shown, function = d.tape.pick(affordable)
    text = call(d, shown, function, 2)
    if function.result and d.tape.chance(50):
        d.line(f"{d.bind(d.fresh(), function.result)} = {text}")
    else:
        d.line(text)
    return True


def leave(d: Draft) -> bool:
    """`break` or `continue`, under a condition."""
    d.line(f"if {bare(d.value(Bool()))}:")
    d.line(f"    {d.tape.pick(['break', 'continue'])}")
    d.left = True
    return True


def branch(d: Draft) -> bool:
    """`if`, with or without its `elif` and `else`."""
    test = bare(_test(d))
    whole = [name for name, kind in d.targets().items() if kind == Int()]
    if whole and d.tape.chance(8):
        d.line(f"if {test}: {d.read(d.tape.pick(whole))} += 1")
        return True
    d.line(f"if {test}:")
    with d.block():
        d.body()
    for _ in range(d.tape.pick([0, 0, 1, 2])):
        d.line(f"elif {bare(_test(d))}:")
        with d.block():
            d.body(2)
    if d.tape.chance(45):
        d.line("else:")
        with d.block():
            d.body(2)
    return True


def _test(d: Draft) -> str:
    """A condition; most values have a truth, not just truth values."""
    kind: Kind = d.tape.pick([Bool(), Bool(), Bool(), Int(), Text(), ListOf(Int(), 0)])
    return d.value(kind)


def counted(d: Draft) -> bool:
    """A `for` loop, perhaps with an `else`."""
    over = source(d)
    if d.times * over.count > DEAREST:
        return False
    taken: list[str] = []

    def name(kind: Kind) -> str:
        same = [n for n, k in d.targets().items() if k == kind and n not in taken]
        chosen = d.tape.pick(same) if same and d.tape.chance(20) else d.fresh(tuple(taken))
        taken.append(chosen)
        kinds[chosen] = kind
        return chosen

    kinds: dict[str, Kind] = {}
    d.line(f"for {bind(over.item, name)} in {over.text}:")
    _turns(d, kinds, over.count, over.at_least > 0, over.over_dict)
    return True


def _turns(
    d: Draft, kinds: dict[str, Kind], count: int, sure: bool, over_dict: bool = False
) -> None:
    """The body of a loop, its `else`, and the names that are bound once it has run."""
    times, left = d.times, d.left
    d.times, d.left, d.loops = times * max(count, 1), False, d.loops + 1
    d.over_dict += over_dict
    certain: dict[str, Kind] = {}
    with d.block():
        for name, kind in kinds.items():
            certain[d.bind(name, kind)] = kind
        for _ in range(d.tape.between(1, 4)):  # d.block() gives the header its tape back
            if d.tapes:
                statement(d)
            if not d.left:
                certain |= d.scope.names
    d.times, d.loops = times, d.loops - 1
    d.over_dict -= over_dict
    d.left = left
    if sure:
        d.scope.names |= certain
    if d.tape.chance(15):
        d.line("else:")
        with d.block():
            d.body(2)


def until(d: Draft) -> bool:
    """A `while` loop that ends: it counts something that nothing else changes."""
    count = d.tape.between(2, 4)
    if d.times * count > DEAREST:
        return False
    name = d.numbered(d.tape.pick(["turn", "left", "steps"]))
    form = d.tape.below(5)
    test = d.value(Bool(), 1)
    d.scope.reserved.add(name)
    if form == 4:
        d.line(f"{name} = [{', '.join(literal(d) for _ in range(count))}]")
        d.line(f"while {name}:")
        first = [f"{name}.pop()"]
    elif form == 3:
        d.line(f"{name} = {count}")
        d.line(f"while {name}:")
        first = [f"{name} -= 1"]
    elif form == 2:
        d.line(f"{name} = 0")
        d.line("while True:")
        first = [f"if {name} >= {count}:", "    break", f"{name} += 1"]
    elif form == 1:
        d.line(f"{name} = 0")
        d.line(f"while {name} < {count} and {test}:")
        first = [f"{name} += 1"]
    else:
        d.line(f"{name} = 0")
        d.line(f"while {name} < {count}:")
        first = [f"{name} += 1"]
    d.bind(name, ListOf(Int(), 0) if form == 4 else Int())
    d.scope.names.pop(name)  # nothing else may change it
    for line in first:
        d.lines.append("    " * (d.indent + 1) + line)
    d.cost += d.times * count * 2
    _turns(d, {} if form == 4 else {name: Small(count)}, count, form != 1)
    return True
