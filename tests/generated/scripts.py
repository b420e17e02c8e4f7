"""Scripts nobody wrote: valid, terminating NumPy programs for the machine to be tried on.

`scripts()` is a hypothesis strategy of source texts. A script is made of tapes of bytes, one a
statement: leaving out a tape leaves out its statement, so hypothesis shrinks a failing script to
the few statements that matter. Most scripts run to their end; about one in ten raises.

What a script may contain is written down in the modules beside this one:

    assignments, stores, containers, printing    statements
    blocks, functions, objects, failures         statements that hold others, or raise
    values                                       expressions, of `scalars`, `arrays`,
                                                 `comprehensions` and `calls`
"""

from hypothesis import strategies as st

from tests.generated import blocks, printing
from tests.generated.draft import Draft
from tests.generated.kinds import FLOAT, INTEGER, Array, Int, ListOf, Shape
from tests.generated.tape import Tape
from tests.generated.values import value

SHORTEST, LONGEST = 8, 34
LENGTH = 40
"How many choices a statement has before it takes the simplest ones."


def scripts() -> st.SearchStrategy[str]:
    """Source texts of scripts."""
    tape = st.binary(min_size=LENGTH, max_size=LENGTH)
    tapes = st.lists(tape, min_size=SHORTEST, max_size=LONGEST)
    return st.tuples(tape, tapes).map(lambda drawn: script(*drawn))


def script(header: bytes, tapes: list[bytes]) -> str:
    """The script that these bytes stand for."""
    d = Draft([Tape(data) for data in reversed(tapes)], value, blocks.statement)
    d.tape = first = Tape(header)
    d.shapes = _shapes(first)
    if first.chance(17):
        d.fail_after = first.between(2, 14)
    seeds = first.below(10), first.below(10)
    d.scope.ever.add("rng")
    d.scope.reserved.add("rng")
    _begin(d)
    while d.tapes:
        blocks.statement(d)
    d.tape = first
    for _ in range(first.between(0, 2)):
        printing.show(d)
    body = "\n".join(d.lines)
    head = [f"import {name}" for name in ("copy", "math") if f"{name}." in body]
    head.append("import numpy as np\n")
    if "np.random." in body:
        head.append(f"np.random.seed({seeds[0]})")
    if "rng" in body:
        head.append(f"rng = np.random.default_rng({seeds[1]})")
    return "\n".join([*head, body]) + "\n"


def _shapes(tape: Tape) -> list[Shape]:
    """A few shapes that go together."""
    rows, columns, hidden = tape.between(2, 4), tape.between(2, 3), tape.between(1, 3)
    shapes: list[Shape] = [
        (rows, columns),
        (columns,),
        (columns, hidden),
        (rows,),
        (rows, hidden),
        (1, columns),
        (columns, rows),
        (rows, 1),
    ]
    return shapes[: tape.between(3, 8)] + ([(2, rows, columns)] if tape.chance(10) else [])


def _begin(d: Draft) -> None:
    """Something to work with."""
    for kind in (Array(FLOAT, d.shapes[0]), ListOf(Int(), 3), Array(INTEGER, d.shapes[1]), Int()):
        if d.tape.chance(60):
            shown = d.value(kind, 1)
            d.line(f"{d.bind(d.fresh(), kind)} = {shown}")
