"""A script that stops after its loss, with the backward pass and the update written behind it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from stepnet.calculus.differentiate import Derived, derived
from stepnet.calculus.parameters import parameters
from stepnet.calculus.roles import roles
from stepnet.calculus.rules.rule import NotInTable
from stepnet.calculus.stretch import truth_here
from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish, run_through
from stepnet.session.errors import CommandError
from stepnet.source.instruction import Program, Statement
from stepnet.source.program import compile_program
from stepnet.source.script import Script

RATES = ("learning_rate", "lr", "alpha", "eta", "rate", "step_size", "grad_step")
"""Names under which scripts keep the learning rate."""


@dataclass(frozen=True, eq=False)
class Backward:
    """A derived backward pass and where it belongs."""

    statements: tuple[Derived, ...]
    loss: Statement
    """The statement behind which it stands."""
    parameters: tuple[str, ...]
    rate: str
    """The name of the learning rate; ``""`` if the script has none."""


def backward_of(script: Script) -> Backward:
    """Derive the backward pass of a script by running its first iteration.

    Raises CommandError where there is no loss to start from, or an operation on the way to it is
    not in the rule table.
    """
    program = compile_program(script)
    known = roles(program)
    machine = Machine(program)
    loss = _loss_statement(program)
    truth = truth_here(machine, known)
    if loss is None or truth.root is None:
        raise CommandError(_no_loss(machine), advice="Assign the loss to a name: loss = ...")
    wanted = parameters(program, known)
    try:
        statements = derived(truth, wanted, loss.unit)
    except NotInTable as error:
        advice = "stepnet check judges gradients by differences where there is no rule."
        raise CommandError(f"no rule for {error}", advice=advice) from None
    names = {name for part in program.statements for name in part.targets}
    rate = next((name for name in RATES if name in names), "")
    found = tuple(name for name in _in_order(program, wanted) if _is_derived(name, statements))
    return Backward(statements, loss, found, rate)


def completed(script: Script) -> Script:
    """The script with its backward pass and update; itself if it has them.

    Raises CommandError where they cannot be derived.
    """
    backward = backward_of(script)
    lines = list(script.lines)
    indent = " " * backward.loss.column
    added = [f"{indent}# %% backward"]
    for part in backward.statements:
        note = f"  # {part.claim}" + (f", of line {part.of.line}" if part.of else "")
        added.append(f"{indent}{part.text}{note}")
    rate = backward.rate or "0.1"
    added.append(f"{indent}# %% update")
    names = {part.variable.name.rpartition(".")[2]: part.name for part in backward.statements}
    added += [f"{indent}{name} -= {rate} * {names[name]}" for name in backward.parameters]
    at = backward.loss.end_line
    return replace(script, text="\n".join([*lines[:at], *added, *lines[at:]]) + "\n")


def _loss_statement(program: Program) -> Statement | None:
    """The last statement that assigns the loss where training happens."""
    found = [
        statement
        for statement in program.statements
        if program.loss in statement.targets and not isinstance(statement.node, ast.For)
    ]
    inner = [statement for statement in found if statement.column > 0]
    return (inner or found or [None])[-1]  # type: ignore[list-item]  # nothing found


def _no_loss(machine: Machine) -> str:
    if machine.fault is not None:
        return f"the script raises {machine.fault.kind}: {machine.fault.message}"
    if not machine.is_ended and not machine.program.loss:
        finish(run_through(machine))
    return "no statement computes a loss, so there is nothing to derive"


def _in_order(program: Program, wanted: frozenset[str]) -> list[str]:
    """The parameters in the order in which the script makes them."""
    names = [name for part in program.statements for name in part.targets]
    return [name for name in dict.fromkeys(names) if name in wanted]


def _is_derived(name: str, statements: tuple[Derived, ...]) -> bool:
    return any(part.variable.name.rpartition(".")[2] == name for part in statements)
