"""A statement that raises, as people's do: one at a random place in about every tenth script."""

from collections.abc import Callable
from functools import partial

from tests.generated.draft import Draft, bare, literal, spelled
from tests.generated.kinds import Array, Bool, DictOf, Int, Kind, ListOf


def fail(d: Draft) -> None:
    """Write a statement that raises when it is reached."""
    options: list[Callable[[], str]] = [
        lambda: "print(undefined)",
        lambda: "total_loss += 1",
        lambda: f"print([1, 2][{d.tape.between(2, 9)}])",
        lambda: f'print({{"w": 1}}["{d.tape.pick(["b", "W"])}"])',
        lambda: f"print({literal(d)} / ({d.value(Int(), 1)} * 0))",
        lambda: f"print({d.value(Int(), 1)} // (3 - 3))",
        lambda: f'print("step" + {d.value(Int(), 1)})',
        lambda: f"print(np.ones((2, {d.tape.between(3, 4)})) @ np.ones(2))",
        lambda: "np.zeros((2, 3)).reshape(4, 2)",
        lambda: "print(len(3))",
        lambda: "(lambda x: x)()",
        lambda: "int('one')",
        lambda: "math.sqrt(-1.0)",
        lambda: "first, second = [1, 2, 3]",
        lambda: "np.array([1, 2]).sum(axis=1)",
        lambda: 'print("shown", end=" ") or undefined',
        lambda: f"print([6 // (2 - i) for i in range({d.tape.between(3, 5)})])",
        lambda: f"for i in range({d.tape.between(3, 5)}): print(i, 1 / (2 - i))",
    ]
    for name, kind in d.visible().items():
        options += [partial(spelled, d, form, name) for form in _wrong(d, kind)]
    line = d.tape.pick(options)()
    if d.tape.chance(25):
        d.line(f"if {bare(d.value(Bool(), 1))}:")
        line = f"    {line}"
    d.line(line)


def _wrong(d: Draft, kind: Kind) -> list[str]:
    """What goes wrong with a value of this kind, some of it halfway through the statement."""
    match kind:
        case Array(_, shape) if shape:
            first, longer = shape[0], shape[-1] + 2
            return [
                f"print({{0}}[{first}])",
                f"{{0}}[-{first + 1}] = 0",
                f"{{0}}[0], {{0}}[{first}] = 1, 2",
                f"print({{0}} + np.ones({longer}))",
                f"{{0}}[...] = np.ones({longer})",
                f"print({{0}} @ np.ones(({longer}, 1)))",
                f"if {{0}} is None or {{0}}[{first + 3}] > 0: pass",
                "{0}.fill(1 / 0)",
            ]
        case ListOf(item, _):
            forms = [
                "print({0}[99])",
                f"first, {{0}}[99] = {literal(d)}, 2",
                "{0}.append({0}.pop() / 0)",
                "while True: {0}.pop()",
                "print({0}.reverse(), {0}[99])",
                "[{0}.append(i // (1 - i)) for i in range(3)]",
            ]
            return [*forms, "{0}.remove(-99)"] if item == Int() else forms
        case DictOf():
            return ["del {0}[-1]", "print({0}.pop(-1))"]
        case _:
            return []
