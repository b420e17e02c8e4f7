"""Statements that print."""

from collections.abc import Callable

from tests.generated.draft import Draft, bare
from tests.generated.kinds import Float, Int, SetOf, Text, printable
from tests.generated.scalars import formatted


def show(d: Draft) -> bool:
    """Print a value or several, in one of the ways of writing that."""
    shown = [name for name, kind in d.visible().items() if printable(kind)]
    sets = d.names(SetOf())

    def one() -> str:
        if shown and d.tape.chance(75):
            return d.read(d.tape.pick(shown))
        if sets and d.tape.chance(40):
            return f"sorted({d.read(d.tape.pick(sets))})"
        return bare(d.value(d.tape.pick([Int(), Float(), Text()])))

    def some() -> str:
        return ", ".join(one() for _ in range(d.tape.between(1, 3)))

    labels = '"loss"', '"=="', 'f"{1 + 1}"'
    forms: list[Callable[[], str]] = [
        lambda: f"print({some()})",
        lambda: f"print({some()})",
        lambda: f"print({d.tape.pick(labels)}, {some()})",
        lambda: f'print({some()}, sep="; ")',
        lambda: f'print({some()}, end=" | ")',
        lambda: f'print({some()}, sep="", end="\\n\\n")',
        lambda: f"print({formatted(d)})",
        lambda: f"print({formatted(d)}, {some()})",
        lambda: f'print("%s %5.2f" % ({bare(d.value(Text(), 1))}, {bare(d.value(Float(), 1))}))',
        lambda: f"print({some()}, flush=True)",
        lambda: f"print(*[{some()}])",
        lambda: "print()",
    ]
    d.line(d.tape.pick(forms)())
    return True
