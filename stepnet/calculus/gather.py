"""Collecting what a stretch of a run claims: every gradient statement with the value it gave."""

from __future__ import annotations

import ast
import copy
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from stepnet.calculus.claimed import Claimed, Update
from stepnet.calculus.claims import Claim
from stepnet.calculus.factors import Multiplied, factor_of, resolved
from stepnet.calculus.placing import Look, assigned, named_in, place_now, scattered
from stepnet.calculus.reader import qualified
from stepnet.calculus.record import recorded
from stepnet.calculus.roles import Roles
from stepnet.calculus.steps import directions, is_written_out, parts_of, step_of, unscaled
from stepnet.calculus.tape import NUMBERS, Tape, Variable
from stepnet.machine.event import Event
from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine
from stepnet.machine.objects import attributes
from stepnet.source.by_name import stored_by_name
from stepnet.source.effects import is_pure, loaded
from stepnet.source.instruction import Run, Statement
from stepnet.source.mark import expression_code
from stepnet.source.place import container_of, item_of, leaf_of, value_at
from stepnet.source.statements import targets_of

T = TypeVar("T", Claimed, Update)


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
    pending = _Pending(tape, machine, roles)
    for event in recorded(machine, tape):
        updates += pending.updates(event)
        claims += pending.stepped(event)
        if machine.registers.moment.iteration[:depth] != start:
            break
        is_claim = id(event.instruction.statement) in gradients - roles.steps
        if is_claim and event.instruction.completes:
            claims += _claims(event, tape, roles, machine.tick)
        elif scattered(event.instruction.statement.node) is not None:
            found = _claims(event, tape, roles, machine.tick)
            claims += [claim for claim in found if roles.claim(claim.name)]
        pending.look()
        yield
    for update, step in resolved(pending.products, tape):
        updates.append(update)
        claims += [step] if step else []
    roots = _seeded(claims) or _losses(tape, machine.program.loss)
    claims = list(_summed_up(claims))
    adds_up = depth < machine.program.levels
    return Gathered(tape, _in_time(claims), _in_time(updates), roots, adds_up)


def _in_time(parts: list[T]) -> tuple[T, ...]:
    return tuple(sorted(parts, key=lambda part: part.tick))


def _losses(tape: Tape, name: str) -> tuple[Variable, ...]:
    """The variables that were called by the loss's name, in whatever function, in order."""
    found = {
        part: None
        for key, held in tape.named.items()
        if name and (key == name or key.endswith(f".{name}"))
        for part in held
    }
    return tuple(sorted(found, key=lambda part: part.tick))


def _claims(event: Event, tape: Tape, roles: Roles, tick: int) -> Iterator[Claimed]:
    statement, look = event.instruction.statement, looking(event.frame)
    whole = {id(target) for target in targets_of(statement.node)}
    for place, node in assigned(statement.node, look):
        value, claim = look(node), roles.claim(place)
        if isinstance(value, NUMBERS) and not isinstance(value, bool):
            yield Claimed(
                statement,
                place,
                np.array(value, dtype=float),
                tape.known.get(id(value)),
                tick,
                event.frame.unit.name,
                is_entry=id(node) not in whole,
                by=claim.by if claim else "",
                about=_own_value(claim, node, look, tape)
                if claim and claim.beside
                else _beside(place, claim, event.frame, tape),
                beside=claim is not None and claim.beside,
            )


def _beside(place: str, claim: Claim | None, frame: Frame, tape: Tape) -> Variable | None:
    """What a claim speaks of, in the dictionary or the object that holds the claim."""
    held = container_of(place)
    if claim is None or not held:
        return None
    other = f"{held}.{claim.by}" if place[len(held)] == "." else item_of(held, claim.by)
    if "[" in claim.by:  # grad_W[1]: the item of another list, of the same number
        other = place.removesuffix(leaf_of(place)) + claim.by
    if other == place:
        return _across(held, place[len(held) :], frame, tape)
    thing = value_at(frame.names, other)
    return None if thing is None else tape.known.get(id(thing))


def _across(held: str, item: str, frame: Frame, tape: Tape) -> Variable | None:
    """What ``layer.grads["w"]`` speaks of: ``layer.params["w"]``, whatever that is called."""
    owner = container_of(held)
    own = value_at(frame.names, f"{held}{item}")
    beside = attributes(value_at(frame.names, owner)) if owner else None
    for name in beside or ():
        other = value_at(frame.names, f"{owner}.{name}{item}") if name.isidentifier() else None
        if not isinstance(own, np.ndarray) or not isinstance(other, np.ndarray):
            continue
        if other is not own and other.shape == own.shape:
            return tape.known.get(id(other))
    return None


def _own_value(claim: Claim, node: ast.expr, look: Look, tape: Tape) -> Variable | None:
    """What ``p.grad`` speaks of: the value that the same object holds."""
    if not isinstance(node, ast.Attribute):
        return None
    holder = look(node.value)
    thing = value_at({"holder": holder}, f"holder.{claim.by}")
    known = tape.attributes.get((id(holder), claim.by))
    if known is not None and known[1] is thing:
        return known[2]
    return None if thing is None else tape.known.get(id(thing))


def _summed_up(claims: list[Claimed]) -> Iterator[Claimed]:
    """The claims; of a gradient that an object gathers term by term only the last state."""
    last = {id(part.about): part for part in claims if part.beside and not _begins(part)}
    for part in claims:
        if not part.beside or (part.about is not None and last.get(id(part.about)) is part):
            yield part


def _begins(claimed: Claimed) -> bool:
    """``p.grad = 0``, ``self.grad = np.ones_like(self.data)``"""
    value = getattr(claimed.statement.node, "value", None)
    plain = isinstance(claimed.statement.node, ast.Assign | ast.AnnAssign)
    return (
        plain
        and (np.ptp(claimed.value) == 0 and claimed.value.flat[0] in (0, 1))
        and not any(isinstance(part, ast.BinOp) for part in ast.walk(value or ast.Pass()))
    )


def _seeded(claims: list[Claimed]) -> tuple[Variable, ...]:
    """The values whose own gradient was set to 1: where a backward pass of objects begins."""
    ones = (part for part in claims if part.beside and _begins(part) and part.value.flat[0] == 1)
    return tuple(part.about for part in ones if part.about is not None)


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

    def __init__(self, tape: Tape, machine: Machine, roles: Roles) -> None:
        self.tape = tape
        self.machine = machine
        self.steps = roles.steps
        self.found: Update | None = None
        self.step: Claimed | None = None
        self.product: Multiplied | None = None
        self.products: list[Multiplied] = []
        """Steps that were taken and are products."""
        self.look()

    def look(self) -> None:
        """Note the upcoming statement if it is an update."""
        self.found = self.step = self.product = None
        upcoming = self.machine.upcoming
        if not isinstance(upcoming, Run) or not upcoming.completes:
            return
        made = step_of(upcoming.statement.node)
        # What is added to elsewhere is a sum, or a weight that is nudged to see what it does.
        if made is not None and (made[2] < 0 or upcoming.statement.phase == "update"):
            target, step, sign = made
            # What calls of the script's own functions gave stands in the instruction only.
            run = upcoming.value
            named = stored_by_name(ast.Expr(run)) if run is not None else None
            run = run if named is None else named[1]
            if named is not None or isinstance(upcoming.statement.node, ast.Assign):
                run = run.right if isinstance(run, ast.BinOp) else None
            self._note(upcoming.statement, target, run or step, sign)

    def _note(self, statement: Statement, target: ast.expr, step: ast.expr, sign: int) -> None:
        look, key, whole = looking(self.machine.frame), None, target
        if isinstance(target, ast.Subscript) and isinstance(look(target.value), np.ndarray):
            whole = target.value
            place = ast.Subscript(ast.Name(".key", ast.Load()), target.slice, ast.Load())
            key = look(ast.copy_location(place, target))
        array, name = look(whole), place_now(whole, look)
        if not isinstance(array, np.ndarray) and (statement.phase != "update" or not name):
            return  # a count
        called = qualified(self.machine.frame, name)
        variable = self.tape.variable(array, self.machine.tick, called, name)
        if variable is None:
            return
        parts = () if is_written_out(statement.node) else directions(step)
        names = tuple(name for part in parts for name in named_in(part, look))
        read = (look(ast.parse(part, mode="eval").body) for part in names)
        held = (self.tape.known.get(id(thing)) for thing in read)
        sources = frozenset(source for source in held if source is not None)
        bare, sign = unscaled(step, look, sign)
        tick = self.machine.tick + 1
        update = Update(statement, variable, key, names, sources, tick, adds=sign > 0)
        factors = [factor_of(part, look, self.tape) for part in parts_of(step)]
        if all(factors) and key is None and not is_written_out(statement.node):
            unit, is_claim = self.machine.frame.unit.name, id(statement) in self.steps
            known = tuple(part for part in factors if part is not None)
            self.product = Multiplied(update, name, unit, known, is_claim)
            return
        if not isinstance(array, np.ndarray):
            return
        self.found = update
        if id(statement) in self.steps and is_pure(bare) and name and key is None:
            value = look(bare)
            if isinstance(value, np.ndarray | np.generic):
                unit, gradient = self.machine.frame.unit.name, np.array(value, dtype=float)
                self.step = Claimed(statement, name, gradient, None, tick, unit, steps=variable)

    def stepped(self, event: Event) -> list[Claimed]:
        """The step of the update that has just run, where that is a claim itself."""
        step = self.step
        return [step] if step and step.statement is event.instruction.statement else []

    def updates(self, event: Event) -> list[Update]:
        """The update that has just run, if it was one."""
        found, product = self.found, self.product
        if product and product.update.statement is event.instruction.statement:
            self.products.append(product)
        return [found] if found and found.statement is event.instruction.statement else []
