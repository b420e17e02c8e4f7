"""Collecting what a stretch of a run claims: every gradient statement with the value it gave."""

from __future__ import annotations

import ast
import copy
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from stepnet.calculus.placing import Look, assigned, named_in
from stepnet.calculus.record import recorded
from stepnet.calculus.roles import Roles
from stepnet.calculus.tape import NUMBERS, Tape, Variable
from stepnet.machine.event import Event
from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine
from stepnet.source.effects import loaded
from stepnet.source.instruction import Run, Statement
from stepnet.source.mark import expression_code
from stepnet.source.place import container_of, item_of, value_at
from stepnet.source.statements import targets_of


@dataclass(frozen=True, eq=False)
class Claimed:
    """A gradient statement that was executed."""

    statement: Statement
    name: str
    """The place that it was given to: ``dW1``, ``grads["dW1"]``."""
    value: np.ndarray
    variable: Variable | None
    """What it is on the tape."""
    tick: int
    unit: str
    """The function it ran in."""
    is_entry: bool = False
    """Only entries of it were assigned."""
    about: Variable | None = None
    """What its claim speaks of, where that stands beside it: ``layer["W"]`` for ``layer["dW"]``."""


@dataclass(frozen=True, eq=False)
class Update:
    """``W -= …``: a step against a gradient."""

    statement: Statement
    target: Variable
    """What was updated, as it was before."""
    key: object
    """The entry, where only one was updated; else None."""
    names: tuple[str, ...]
    """Places in the step that is subtracted."""
    sources: frozenset[Variable]
    """The values that were read from them."""
    tick: int


@dataclass(frozen=True, eq=False)
class Gathered:
    """A stretch of a run: its operations, claims and updates."""

    tape: Tape
    claims: tuple[Claimed, ...]
    updates: tuple[Update, ...]
    roots: tuple[Variable, ...]
    """The variables that were the loss, in order."""
    adds_up: bool
    """Loss and gradients are sums over inner iterations, right only at the end of them all."""


def gathering(
    machine: Machine, roles: Roles, modules: dict[str, str], depth: int
) -> Generator[None, None, Gathered]:
    """Run to the end of the current iteration and collect; pauses after every step.

    `depth` is how many levels of the iteration must stay what they are.
    """
    tape = Tape(modules)
    start = machine.registers.moment.iteration[:depth]
    gradients = {id(statement) for statement in roles.gradients}
    claims: list[Claimed] = []
    updates: list[Update] = []
    pending = _Pending(tape, machine)
    for event in recorded(machine, tape):
        updates += pending.updates(event)
        if machine.registers.moment.iteration[:depth] != start:
            break
        if id(event.instruction.statement) in gradients and event.instruction.completes:
            claims += _claims(event, tape, roles, machine.tick)
        pending.look()
        yield
    roots = tuple(tape.named.get(machine.program.loss, ()))
    adds_up = depth < machine.program.levels
    return Gathered(tape, tuple(claims), tuple(updates), roots, adds_up)


def _claims(event: Event, tape: Tape, roles: Roles, tick: int) -> Iterator[Claimed]:
    statement, look = event.instruction.statement, looking(event.frame)
    whole = {id(target) for target in targets_of(statement.node)}
    for place, node in assigned(statement.node, look):
        value = look(node)
        if isinstance(value, NUMBERS) and not isinstance(value, bool):
            yield Claimed(
                statement,
                place,
                np.array(value, dtype=float),
                tape.known.get(id(value)),
                tick,
                event.frame.unit.name,
                is_entry=id(node) not in whole,
                about=_beside(place, event.frame, tape, roles),
            )


def _beside(place: str, frame: Frame, tape: Tape, roles: Roles) -> Variable | None:
    """What a claim speaks of, in the dictionary or the object that holds the claim."""
    claim, held = roles.claim(place), container_of(place)
    if claim is None or not held:
        return None
    other = f"{held}.{claim.by}" if place[len(held)] == "." else item_of(held, claim.by)
    thing = value_at(frame.names, other)
    return None if thing is None else tape.known.get(id(thing))


def looking(frame: Frame) -> Look:
    """How to evaluate an expression in a frame."""

    def look(node: ast.expr) -> Any:
        try:
            return eval(expression_code(loaded(copy.deepcopy(node))), frame.scope)
        except Exception:  # whatever the script's own objects raise
            return None

    return look


class _Pending:
    """The update that runs next, seen before it runs: afterwards its target is another."""

    def __init__(self, tape: Tape, machine: Machine) -> None:
        self.tape = tape
        self.machine = machine
        self.found: Update | None = None
        self.look()

    def look(self) -> None:
        """Note the upcoming statement if it is an update."""
        self.found = None
        upcoming = self.machine.upcoming
        if not isinstance(upcoming, Run) or not upcoming.completes:
            return
        node = upcoming.statement.node
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub):
            self._note(upcoming.statement, node.target, node.value)

    def _note(self, statement: Statement, target: ast.expr, step: ast.expr) -> None:
        look, key = looking(self.machine.frame), None
        container = look(target)
        if isinstance(target, ast.Subscript) and isinstance(look(target.value), np.ndarray):
            container = look(target.value)
            place = ast.Subscript(ast.Name(".key", ast.Load()), target.slice, ast.Load())
            key = look(ast.copy_location(place, target))
        if not isinstance(container, np.ndarray):
            return
        variable = self.tape.variable(container, self.machine.tick)
        if variable is None:
            return
        names = tuple(named_in(step, look))
        read = (look(ast.parse(name, mode="eval").body) for name in names)
        known = (self.tape.known.get(id(thing)) for thing in read)
        sources = frozenset(source for source in known if source is not None)
        self.found = Update(statement, variable, key, names, sources, self.machine.tick + 1)

    def updates(self, event: Event) -> list[Update]:
        """The update that has just run, if it was one."""
        found = self.found
        return [found] if found and found.statement is event.instruction.statement else []
