"""Which stretch of a run a check looks at, and the findings about it."""

from __future__ import annotations

import ast
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from stepnet.calculus.check import Truth, findings, finished, truth_of
from stepnet.calculus.finding import Finding
from stepnet.calculus.gather import gathering
from stepnet.calculus.reason import explaining
from stepnet.calculus.roles import Roles
from stepnet.calculus.unattended import unattended
from stepnet.machine.machine import Machine
from stepnet.machine.travel import run_through, travel
from stepnet.source.permit import imported_modules
from stepnet.source.unwarned import tree_of

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Checked:
    """What is to be said of an iteration."""

    findings: tuple[Finding, ...]
    forgotten: tuple[str, ...]
    """A sentence for each parameter that the training forgets."""
    implied: str = ""
    """The loss that the gradients belong to, where the script computes none."""


def checking(machine: Machine, roles: Roles) -> Generator[None, None, Checked]:
    """Check the gradient statements of the iteration that the machine stands in, with pauses.

    The machine is left at the end of it. Without a loop, the whole script is one iteration.
    """
    truth = yield from _walked(machine, roles, _depth(machine))
    yield from _quiet(truth.judging())
    told = yield from _quiet(explaining(findings(truth), truth))
    with np.errstate(all="ignore"):
        return Checked(told, unattended(truth), truth.implied)


def checked(machine: Machine, roles: Roles) -> Checked:
    """The same without pauses."""
    return finished(checking(machine, roles))


def truth_here(machine: Machine, roles: Roles, *, innermost: bool = False) -> Truth:
    """The true derivatives of the iteration that the machine stands in.

    Where loss and gradients are sums over an inner loop, the iteration is that of the outermost
    one, unless `innermost` asks for one turn.
    """
    depth = machine.program.levels if innermost else _depth(machine)
    return finished(_walked(machine, roles, depth))


def _walked(machine: Machine, roles: Roles, depth: int) -> Generator[None, None, Truth]:
    yield from _to_start(machine, depth)
    modules = imported_modules(tree_of(machine.program.text))
    found = yield from _quiet(gathering(machine, roles, modules, depth))
    with np.errstate(all="ignore"):
        return truth_of(found, roles, machine.program.loss)


def _quiet(run: Generator[None, None, T]) -> Generator[None, None, T]:
    """A run without NumPy's warnings; in its pauses they are as they were."""
    while True:
        try:
            with np.errstate(all="ignore"):
                next(run)
        except StopIteration as done:
            outcome: T = done.value
            return outcome
        yield


def _depth(machine: Machine) -> int:
    levels = machine.program.levels
    return min(levels, 1) if _adds_up(machine) else levels


def _adds_up(machine: Machine) -> bool:
    """Is the loss a sum over inner iterations, which belong together then?"""
    return any(
        isinstance(statement.node, ast.AugAssign) and isinstance(statement.node.op, ast.Add)
        for statement in machine.program.statements
        if machine.program.loss in statement.targets
    )


def _to_start(machine: Machine, depth: int) -> Iterator[None]:
    """Go to where the iteration of this depth began; from outside to the next that begins."""
    if depth == 0:
        yield from travel(machine, 0)
        return
    if len(machine.registers.moment.iteration) >= depth:
        yield from travel(machine, machine.timeline.before(depth - 1, machine.tick))
        return
    yield from run_through(machine, stop=lambda now: len(now.registers.moment.iteration) >= depth)
