"""Wrong scripts made out of right ones: every mistake on every line where it makes sense."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.calculus.check import Truth
from stepnet.calculus.mutations.derivation import Derivation
from stepnet.calculus.mutations.edit import value_of
from stepnet.calculus.mutations.mistake import Line, Mistake
from stepnet.calculus.mutations.slopes import Activation, activations
from stepnet.calculus.mutations.table import EVERY
from stepnet.calculus.roles import Roles
from stepnet.calculus.stretch import truth_here
from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish, travel
from stepnet.source.instruction import Return, Run, Statement


@dataclass(frozen=True, eq=False)
class Mutant:
    """A script with one mistake in it."""

    mistake: Mistake
    statement: Statement
    made: str
    """What stands in the place of the statement."""
    text: str
    """The whole script."""


def mutants(machine: Machine, roles: Roles) -> Iterator[Mutant]:
    """Every mutant of a right script; the machine stands in the iteration to look at."""
    origin = machine.tick
    truth = truth_here(machine, roles)
    finish(travel(machine, origin))
    text = machine.program.text
    seen: set[str] = {text}
    for statement, line in list(lines(machine, truth)):
        for mistake in EVERY:
            for made in mistake.edits(line):
                changed = written(text, statement, made)
                if changed not in seen:
                    seen.add(changed)
                    parts = "; ".join(ast.unparse(part) for part in made)
                    yield Mutant(mistake, statement, parts, changed)


def lines(machine: Machine, truth: Truth) -> Iterator[tuple[Statement, Line]]:
    """The gradient statements from here on, and those of the functions that they call."""
    claims = truth.gathered.claims
    if not claims:
        return
    claimed = {id(part.statement) for part in claims if part.statement.targets}
    last = max(part.tick for part in claims)
    first = min(part.tick for part in claims)
    found = known_activations(truth)
    stepped = () if truth.gathered.adds_up else truth.gathered.updates
    updates = tuple(part.statement.node for part in stepped)
    forward = _called(machine, claimed)
    gradients: list[str] = []
    done: set[int] = set()
    while machine.tick < last and (upcoming := machine.upcoming) is not None:
        statement = upcoming.statement
        inside = statement.unit not in forward and first <= machine.tick + 1
        if isinstance(upcoming, Run | Return) and upcoming.completes and id(statement) not in done:
            if id(statement) in claimed or (inside and _is_plain(statement)):
                done.add(id(statement))
                known = tuple(gradients)
                line = Line(_fresh(statement), _scope(machine), found, updates, known)
                if id(statement) in claimed or not _is_forward(line):
                    yield statement, line
            if id(statement) in claimed:
                gradients += statement.targets
        if not machine.step():
            return


def _called(machine: Machine, claimed: set[int]) -> frozenset[str]:
    """Functions that more than the gradient statements call, and the script itself."""
    found = {""}
    names = {part.targets[0] for part in machine.program.statements if _is_def(part)}
    for part in machine.program.statements:
        if id(part) not in claimed and not _is_def(part) and (not part.unit or part.unit in found):
            nodes = ast.walk(part.node) if not hasattr(part.node, "body") else ()
            found |= {node.id for node in nodes if isinstance(node, ast.Name)} & names
    return frozenset(found)


def _is_forward(line: Line) -> bool:
    """Is a value of the forward pass only computed again: ``a = sigmoid(z)``?"""
    value = value_of(line.node)
    made = None if value is None else line.evaluated(value)
    return any(
        np.shape(made) == part.shape and np.allclose(made, part.value)
        for activation in line.activations
        for part in (activation.lower, activation.upper)
        if made is not None
    )


def _is_def(statement: Statement) -> bool:
    return isinstance(statement.node, ast.FunctionDef) and bool(statement.targets)


def _is_plain(statement: Statement) -> bool:
    return isinstance(statement.node, ast.Assign | ast.Return) and bool(
        statement.targets or isinstance(statement.node, ast.Return)
    )


def _fresh(statement: Statement) -> ast.stmt:
    """The statement parsed again: the machine may have taken its tree apart."""
    body = ast.parse(f"def f():\n    {ast.unparse(statement.node)}").body[0]
    assert isinstance(body, ast.FunctionDef)
    return body.body[0]


def known_activations(truth: Truth) -> tuple[Activation, ...]:
    """Every activation between a named value and the loss."""
    if truth.root is None:
        return ()
    found: list[Activation] = []
    tape = truth.gathered.tape
    for variable in list(truth.adjoints):
        if variable.name:
            found += activations(Derivation(tape, truth.root, variable, truth.adjoints), variable)
    return tuple(found)


def _scope(machine: Machine) -> dict[str, Any]:
    """The names that the script speaks of, and what they are at this moment."""
    scope: dict[str, Any] = {}
    for node in ast.walk(ast.parse(machine.program.text)):
        label = node.id if isinstance(node, ast.Name) else getattr(node, "arg", None)
        if isinstance(label, str) and label not in scope:
            try:
                value = machine.scope[label]
            except (KeyError, NameError):
                continue
            scope[label] = value.copy() if isinstance(value, np.ndarray) else value
    return scope


def written(text: str, statement: Statement, made: tuple[ast.stmt, ...]) -> str:
    """The script with other statements in the place of one; a claim behind it stays."""
    listed = text.splitlines()
    indent = " " * statement.column
    new = [indent + row for part in made for row in _unparsed(part).splitlines()] or [
        f"{indent}pass"
    ]
    if statement.claim:
        new[-1] += f"  #: {statement.claim}"
    changed = [*listed[: statement.line - 1], *new, *listed[statement.end_line :]]
    return "\n".join(changed) + "\n"


def _unparsed(node: ast.stmt) -> str:
    return ast.unparse(ast.fix_missing_locations(node))
