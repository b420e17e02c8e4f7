"""The loss of a backward pass that is tried alone: it begins with a gradient that is made up.

Whoever tests one layer draws ``dout`` and hands it to ``backward``. What comes back are the
derivatives of Σ out·dout, whatever loss ``dout`` would come from.
"""

from __future__ import annotations

import ast

import numpy as np

from stepnet.calculus.gather import Gathered
from stepnet.calculus.implied import Implied
from stepnet.calculus.known import known_operation
from stepnet.calculus.tape import Variable
from stepnet.source.instruction import Statement

_NAMES = ("dout", "d_out", "grad_out", "grad_output", "dy", "dY", "dL_dout", "upstream")
"""What the gradient by a layer's result is called."""


def upstream(gathered: Gathered) -> Implied | None:
    """That loss and what makes it, where a made up gradient meets a result of its shape."""
    tape = gathered.tape
    made = {entry.output: entry for entry in tape.entries}
    for tick, _, place, given in tape.bound:
        if place not in _NAMES or given in made or not isinstance(given.kept, np.ndarray):
            continue
        begun = min((c.tick for c in gathered.claims if c.tick > tick), default=0)
        results = [
            (held, name)
            for at, _, name, held in tape.bound
            if held in made and at < begun and held.shape == given.shape and _is_result(name)
        ]
        if not results:
            continue
        result, name = results[-1]
        root = _written(gathered, result, given, made[result].statement)
        if root is not None:
            return Implied(root, f"no loss is computed: {place} makes it Σ {name}·{place}", begun)
    return None


def _is_result(name: str) -> bool:
    return name in ("out", "output", "y", "Y", "result", "z", "Z", "a", "A")


def _written(
    gathered: Gathered, result: Variable, given: Variable, statement: Statement
) -> Variable | None:
    """Write the loss behind all that was executed."""
    tape = gathered.tape
    numpy = next((name for name, module in tape.modules.items() if module == "numpy"), "np")
    last: Variable | None = None
    for text, sides in (
        ("p * y", {"p": result, "y": given}),
        (f"{numpy}.sum(p)", {}),
    ):
        node = ast.parse(text, mode="eval").body
        known = known_operation(node, {**tape.modules, numpy: "numpy"})
        if known is None:
            return None
        inputs = tuple(sides.get(ast.unparse(part), last) for part in known.operands)
        kept = tuple(part for part in inputs if part is not None)
        last = tape.add(node, known, known.operands, kept, {numpy: np}, statement)
        if last is None:
            return None
        last.tick = result.tick
    return last
