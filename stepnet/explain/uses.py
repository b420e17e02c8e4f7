"""Which later values an entry fed: its mark is carried through every operation that ran."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.calculus.record import recorded
from stepnet.calculus.tape import Entry, Tape, Variable
from stepnet.explain.inside import modules_of
from stepnet.explain.subject import Index
from stepnet.explain.words import MOVES
from stepnet.machine.machine import Machine

LONGEST = 20_000
"""Instructions after which nobody waits for more."""

Mask = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Fed:
    """A value that was computed from the entry, directly or not."""

    variable: Variable
    mask: Mask
    """Which of its entries depend on the entry."""


def taped(machine: Machine, value: Any, name: str) -> Generator[None, None, tuple[Tape, Variable]]:
    """Run to the end of the iteration, writing down what is computed from here on.

    Outside of any, to the end of the first one that follows. The variable is the one that `value`
    is at the start.
    """
    tape = Tape(modules_of(machine.program))
    iteration = machine.registers.moment.iteration
    root = tape.variable(value, machine.tick, name) or Variable(value, value, name)
    for number, _ in enumerate(recorded(machine, tape)):
        now = machine.registers.moment.iteration
        if not iteration and len(now) == machine.program.levels:
            iteration = now
        if now[: len(iteration)] != iteration or number >= LONGEST:
            break
        if number % 16 == 0:
            yield
    return tape, root


def fed(tape: Tape, root: Variable, index: Index) -> Iterator[Fed]:
    """The values that the entry fed, in the order in which they were computed."""
    masks = {root: np.zeros(root.shape, dtype=bool)}
    masks[root][index] = True
    for entry in tape.entries:
        if any(part in masks for part in entry.inputs):
            mask = spread(entry, [masks.get(part) for part in entry.inputs])
            if mask.any():
                masks[entry.output] = mask
                yield Fed(entry.output, mask)


def spread(entry: Entry, masks: list[Mask | None]) -> Mask:
    """Which entries of an operation's result depend on the marked entries of its operands."""
    shape = np.shape(entry.output.value)
    marked = [
        mask if mask is not None else np.zeros(part.shape, dtype=bool)
        for part, mask in zip(entry.inputs, masks, strict=True)
    ]
    rule = entry.known.rule if entry.known is not None else None
    if rule is not None and rule.name == "length":
        return np.zeros(shape, dtype=bool)
    if rule is not None and (rule.entrywise and rule.name != "where"):
        found = np.zeros(shape, dtype=bool)
        for mask in marked:
            found |= np.broadcast_to(mask, shape)
        return found
    try:
        if rule is not None and rule.name in MOVES:
            again = entry.again(dict(zip(entry.inputs, marked, strict=True)))
            return np.asarray(again, dtype=bool).reshape(shape)
        return _poisoned(entry, marked)
    except Exception:
        return np.full(shape, any(mask.any() for mask in marked))


def _poisoned(entry: Entry, marked: list[Mask]) -> Mask:
    """Put NaN where the marks are: what the operation makes of them is NaN as well."""
    poisoned = {}
    for part, mask in zip(entry.inputs, marked, strict=True):
        value = np.array(part.value, dtype=float)
        value[mask] = np.nan
        poisoned[part] = value if part.shape else float(value)
    with np.errstate(all="ignore"):
        again = np.asarray(entry.again(poisoned))
    before = np.asarray(entry.output.value)
    if again.dtype.kind != "f" or again.shape != before.shape:
        return np.full(before.shape, True)
    found: Mask = np.isnan(again) & ~np.isnan(before)
    return found
