"""Watching for a condition on tensors: which statements are asked, and what is kept meanwhile."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stepnet.machine.checkpoint import stack
from stepnet.machine.frame import Frame
from stepnet.machine.machine import Machine
from stepnet.session.errors import CommandError
from stepnet.session.stops import judging
from stepnet.session.stops.activations import activations
from stepnet.session.stops.probe import Probe, statements_of
from stepnet.session.stops.record import Stopper
from stepnet.session.stops.slots import Slot, array_of, slots
from stepnet.session.stops.tensors import Condition
from stepnet.source.instruction import Call, Instruction, Run, Statement

if TYPE_CHECKING:
    from stepnet.session.session import Session

Judge = Callable[[np.ndarray], str]
SATURATED = {"sigmoid": judging.saturated_sigmoid, "tanh": judging.saturated_tanh}


def on_condition(stopper: Stopper, wanted: Condition, session: Session) -> Probe:
    """A probe for a condition."""
    about = wanted.kind.about
    if about == "loss":
        return _on_loss(stopper, wanted, session)
    if about == "claims":
        from stepnet.session.stops.claims import on_claims

        return on_claims(stopper, wanted, session)
    if about == "updates":
        return _on_slots(stopper, session, _Updates(wanted), _chosen(wanted, session))
    judges = _judges(wanted, session)
    chosen = {s: parts for s, parts in _chosen(wanted, session).items() if s in judges}
    in_training = wanted.kind.name == "all-zero"
    return _on_slots(stopper, session, _States(judges, in_training), chosen)


def _chosen(wanted: Condition, session: Session) -> dict[Statement, tuple[Slot, ...]]:
    """The slots of every statement that is asked about."""
    found: dict[Statement, tuple[Slot, ...]] = {}
    for statement in session.program.statements:
        parts = tuple(part for part in slots(statement) if _is_meant(part, wanted.names))
        if parts:
            found[statement] = parts
    if wanted.kind.about != "updates":
        return found
    names = {part.text for s, parts in found.items() if _is_update(s, session) for part in parts}
    return {
        statement: kept
        for statement, parts in found.items()
        if (kept := tuple(part for part in parts if part.text in names))
    }


def _is_meant(slot: Slot, names: tuple[str, ...]) -> bool:
    return not names or slot.text in names or slot.text.rpartition(".")[2] in names


def _is_update(statement: Statement, session: Session) -> bool:
    """Does a statement step a parameter on?"""
    node = statement.node
    again = isinstance(node, ast.AugAssign) or bool(
        {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} & set(statement.targets)
        and isinstance(node, ast.Assign)
        and any(name in ast.unparse(node.value) for name in statement.targets)
    )
    roles = session.roles.of
    parameter = any(roles.get(name) == "parameter" for name in statement.targets)
    return again and (parameter or statement.phase == "update")


def _judges(wanted: Condition, session: Session) -> dict[Statement, Judge]:
    """The question for each statement that can be asked it."""
    bound, judge = wanted.bound, wanted.kind.judge
    about = wanted.kind.about
    if about in ("relus", "saturating"):
        kinds = activations(session.program)
        named = SATURATED if about == "saturating" else {"relu": judge}
        return {s: _bounded(named[kind], bound) for s, kind in kinds.items() if kind in named}
    statements: Iterable[Statement] = session.program.statements
    if about == "gradients":
        statements = session.roles.gradients
    if wanted.kind.name == "all-zero":
        statements = [s for s in statements if not _makes_zeros(s)]
    return {statement: _bounded(judge, bound) for statement in statements}


def _bounded(judge: Callable[..., str], bound: float) -> Judge:
    return lambda value: judge(value, bound)


def _makes_zeros(statement: Statement) -> bool:
    """``dW = np.zeros_like(W)`` is meant to be zero."""
    value = getattr(statement.node, "value", None)
    return isinstance(value, ast.Call) and "zeros" in ast.unparse(value.func)


@dataclass(eq=False)
class _States:
    """Remembers which values were in order, and tells when one no longer is."""

    judges: dict[Statement, Judge]
    in_training: bool
    wrong: dict[tuple[int, str], bool] = field(default_factory=dict)
    told: str = ""

    def begin(self, frame: Frame, found: Iterator[tuple[str, object]], slot: Slot) -> None:
        for text, value in found:
            self.wrong[frame.depth, text] = bool(self._judged(slot, value))

    def comes(self, frame: Frame, slot: Slot, machine: Machine) -> bool:
        hit = False
        for text, value in slot.stored(frame):
            told = self._judged(slot, value)
            if self.in_training and not machine.registers.moment.iteration:
                told = ""
            if told and not self.wrong.get((frame.depth, text), False):
                hit, self.told = True, f"{text}: {told}"
            self.wrong[frame.depth, text] = bool(told)
        return hit

    def _judged(self, slot: Slot, value: object) -> str:
        numbers = array_of(value)
        return self.judges[slot.statement](numbers) if numbers is not None else ""

    def left(self, depth: int) -> None:
        self.wrong = {key: state for key, state in self.wrong.items() if key[0] < depth}


@dataclass(eq=False)
class _Updates:
    """Remembers what parameters were, and asks about every change of one in training."""

    wanted: Condition
    before: dict[tuple[int, str], np.ndarray] = field(default_factory=dict)
    told: str = ""

    def begin(self, frame: Frame, found: Iterator[tuple[str, object]], slot: Slot) -> None:
        for text, value in found:
            numbers = array_of(value)
            if numbers is not None:
                self.before[frame.depth, text] = numbers.copy()

    def comes(self, frame: Frame, slot: Slot, machine: Machine) -> bool:
        hit = False
        for text, value in slot.stored(frame):
            numbers = array_of(value)
            if numbers is None:
                continue
            old = self.before.get((frame.depth, text))
            self.before[frame.depth, text] = numbers.copy()
            if old is None or old.shape != numbers.shape or not machine.registers.moment.iteration:
                continue
            told = self.wanted.kind.judge(old, numbers, self.wanted.bound)
            if told:
                hit, self.told = True, f"{text}: {told}"
        return hit

    def left(self, depth: int) -> None:
        self.before = {key: old for key, old in self.before.items() if key[0] < depth}


def _on_slots(
    stopper: Stopper,
    session: Session,
    kept: _States | _Updates,
    chosen: dict[Statement, tuple[Slot, ...]],
) -> Probe:
    sites = [p for _, p in session.sites.all if isinstance(p, Run) and p.completes]
    sites = [part for part in sites if part.statement in chosen]
    homes = {part: unit for unit, part in session.sites.all}
    by_unit: dict[object, list[Slot]] = {}
    for part in sites:
        by_unit.setdefault(homes[part], []).extend(chosen[part.statement])
    renewed = {part: _items_of(chosen[part.statement], by_unit[homes[part]]) for part in sites}

    def look(machine: Machine) -> bool:
        last, frame = machine.last, machine.registers.frame
        if isinstance(last, Call):
            if not frame.place:
                kept.left(frame.depth)
            return False
        assert isinstance(last, Run)
        found = [kept.comes(frame, slot, machine) for slot in chosen[last.statement]]
        for slot in renewed[last]:
            kept.begin(frame, slot.everything(frame), slot)
        return any(found)

    def prime(machine: Machine) -> None:
        kept.left(0)
        for frame in stack(machine.registers.frame):
            for slot in by_unit.get(frame.unit, ()):
                kept.begin(frame, slot.everything(frame), slot)

    text = stopper.target.text
    return Probe(
        stopper,
        frozenset([*sites, *session.sites.calls]),
        look,
        lambda: (f"{text}: {kept.told}", "", ""),
        prime,
        apart=statements_of(sites),
    )


def _items_of(stored: tuple[Slot, ...], among: list[Slot]) -> list[Slot]:
    """The items whose container may be another one after these slots were stored."""
    roots = {slot.root for slot in stored}
    return [slot for slot in among if slot.key is not None and slot.root in roots]


@dataclass(eq=False)
class _Lowest:
    """Where the loss was lowest among the first iterations; looks at each loss once."""

    done: int = 0
    best: int = 0

    def among(self, losses: Sequence[float], done: int) -> int:
        if done < self.done:
            self.done = self.best = 0
        for place in range(self.done, done):
            if losses[place] < losses[self.best] or math.isnan(losses[self.best]):
                self.best = place
        self.done = done
        return self.best


def require(wanted: Condition, session: Session) -> None:
    """Raise CommandError for a condition that nothing in the script can meet."""
    about, program = wanted.kind.about, session.program
    missing = ""
    if about in ("loss", "claims") and not program.levels:
        missing = "this script has no training loop"
    elif about == "loss" and not program.loss:
        missing = "no name of this script holds its loss"
    elif about in ("gradients", "claims") and not session.roles.gradients:
        missing = "no statement of this script computes a gradient"
    elif about == "updates" and not _chosen(wanted, session):
        missing = "no statement of this script updates a parameter"
    elif about in ("relus", "saturating") and not _judges(wanted, session):
        what = "a ReLU" if about == "relus" else "a sigmoid or tanh"
        missing = f"no statement of this script could be recognised as {what}"
    if missing:
        raise CommandError(missing, wanted.text, 0)


def _on_loss(stopper: Stopper, wanted: Condition, session: Session) -> Probe:
    """Asked whenever an iteration of the outermost loop has ended."""
    sites: list[Instruction] = [
        part
        for _, part in session.sites.all
        if getattr(part, "level", None) == 0 or getattr(part, "leaves", None) == 0
    ]
    told, lowest = [""], _Lowest()
    name = session.program.loss

    def look(machine: Machine) -> bool:
        moment = machine.registers.moment
        done = moment.turns - (1 if moment.iteration else 0)
        losses = machine.timeline.losses
        if not 0 < done <= len(losses):
            return False
        best = lowest.among(losses, done)
        told[0] = wanted.kind.judge(losses, done, best, wanted.bound)
        return bool(told[0])

    return Probe(
        stopper,
        frozenset(sites),
        look,
        lambda: (f"{stopper.target.text}: {name}: {told[0]}", "", ""),
        lambda machine: None,
        apart=statements_of(sites),
    )
