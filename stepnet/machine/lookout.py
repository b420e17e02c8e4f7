"""Looking up at certain instructions while the rest is run through without stopping."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stepnet.source.instruction import Call, Instruction, Program, Unit

if TYPE_CHECKING:
    from stepnet.machine.machine import Machine

Pieces = Mapping[Unit, Unit]
"""For each unit one that says what of it can be run at once."""


@dataclass(frozen=True, eq=False)
class Lookout:
    """Where a run looks up, and what it asks there."""

    pieces: Pieces
    """What is run at once: no piece has an instruction of `after` but as its last one."""
    after: Mapping[Instruction, Callable[[Machine], bool]]
    """Asked right after the instruction has run: shall the run stop here?"""

    def stops(self, machine: Machine) -> bool:
        """Shall the run stop after what has just run?"""
        ask = self.after.get(machine.last) if machine.last is not None else None
        return ask is not None and ask(machine)


def own_pieces(program: Program, other: Program) -> Pieces:
    """The fused pieces of `other`, the same script with statements kept apart, for `program`."""
    pieces = {program.module: other.module}
    for mark, unit in program.units.items():
        pieces[unit] = other.units[mark]
    return pieces


def units(program: Program) -> Iterator[Unit]:
    """Every unit of a program: the module, functions, lambdas and comprehensions."""
    waiting = [program.module, *program.units.values()]
    seen: set[int] = set()
    while waiting:
        unit = waiting.pop()
        if id(unit) in seen:
            continue
        seen.add(id(unit))
        yield unit
        waiting += [part.unit for part in unit.instructions if isinstance(part, Call) and part.unit]
