"""Places where a breakpoint may stand: a line, a name, an address, a phase.

A place is found once, as the instructions after which it may be reached; whether it is reached then
is asked only there.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from stepnet.machine.event import latest
from stepnet.machine.lookout import units
from stepnet.machine.machine import Machine
from stepnet.session import address
from stepnet.session.errors import CommandError
from stepnet.source.instruction import Call, Instruction, Program, Statement, Unit
from stepnet.source.section import line_of

FORMS = (
    "A place is a line (12), a name (grad_W2), an address (3/grad_W2) or a phase (phase backward)."
)


@dataclass(frozen=True, eq=False)
class Place:
    """Where a breakpoint stands."""

    text: str
    """As it is typed."""
    kind: str
    """``line``, ``name``, ``address`` or ``phase``."""
    sites: tuple[Instruction, ...]
    """After these instructions it is reached."""
    entered: tuple[Unit, ...] = ()
    """It is reached when one of these functions has been given a frame."""
    moment: address.Place | None = None
    """The iteration, and which time in it, for an address."""

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines it stands at."""
        statements = [part.statement for part in self.sites]
        statements += [unit.statement for unit in self.entered if unit.statement]
        return tuple(sorted({statement.line for statement in statements}))


@dataclass(frozen=True, eq=False)
class Sites:
    """Every instruction of a program, to be looked through."""

    program: Program

    @cached_property
    def all(self) -> tuple[tuple[Unit, Instruction], ...]:
        """Each instruction with the unit it stands in."""
        return tuple((u, part) for u in units(self.program) for part in u.instructions)

    @cached_property
    def functions(self) -> tuple[Unit, ...]:
        """The units that a ``def`` made."""
        return tuple(
            unit
            for unit in units(self.program)
            if unit.statement is not None and isinstance(unit.statement.node, ast.FunctionDef)
            if unit.name == unit.statement.label
        )

    @cached_property
    def calls(self) -> tuple[Instruction, ...]:
        """Instructions that may give a function a frame."""
        return tuple(part for _, part in self.all if isinstance(part, Call))

    def completing(self) -> Iterator[Instruction]:
        """Instructions that end a statement, definitions of functions aside."""
        for _, part in self.all:
            if part.completes and not isinstance(part.statement.node, ast.FunctionDef):
                yield part


def place(text: str, sites: Sites, machine: Machine) -> Place:
    """Find the place that a text names; the statement that has just run where it is empty.

    Raises CommandError for a place that the script does not have.
    """
    if not text:
        event = latest(machine)
        if event is None:
            raise CommandError(
                "nothing has run yet: there is no statement to stop at", "", -1, FORMS
            )
        line = event.statement.line
        return _line(sites.program.spot(line), line, sites)
    word, _, rest = text.partition(" ")
    if word == "phase" and rest.strip():
        return _phase(text, rest.strip(), sites)
    bare = text.lstrip("/")
    wanted = int(bare) if bare.isdigit() else line_of(sites.program.sections, bare)
    if wanted is not None:
        return _line(text, wanted, sites)
    if text[0] in "@" or "/" in text or "#" in text or text[0].isdigit() or text == "end":
        return _address(text, sites)
    return _name(text, sites)


def _line(text: str, line: int, sites: Sites) -> Place:
    """The statement on a line, or the next one below it."""
    ends = {part.statement.end_line for part in sites.completing()}
    ends |= {unit.statement.end_line for unit in sites.functions if unit.statement}
    last = max(ends, default=0)
    for number in range(line, last + 1):
        found = [p for p in sites.completing() if _covers(p.statement, number)]
        heads = [u for u in sites.functions if u.statement and _covers(u.statement, number)]
        if found or heads:
            own = _covers_any(found, heads, line)
            told = text if own else sites.program.spot(number)
            return Place(told, "line", tuple(found), tuple(heads))
    at = sites.program.at
    raise CommandError(
        f"no statement stands on {at(line)} or below it",
        text,
        0,
        f"The last one ends on {at(last).removeprefix('line ')}.",
    )


def _covers(statement: Statement, line: int) -> bool:
    return statement.line <= line <= statement.end_line


def _covers_any(found: Iterable[Instruction], heads: Iterable[Unit], line: int) -> bool:
    statements = [part.statement for part in found]
    statements += [unit.statement for unit in heads if unit.statement]
    return any(_covers(statement, line) for statement in statements)


def _name(text: str, sites: Sites) -> Place:
    meant = address.meanings(sites.program, text)
    found = [p for p in sites.completing() if _assigns(p.statement, text, meant)]
    heads = [u for u in sites.functions if u.name == text or u.name.rpartition(".")[2] == text]
    if found or heads:
        return Place(text, "name", tuple(found), tuple(heads))
    if text in _phases(sites):
        return _phase(text, text, sites)
    raise CommandError(f"no statement assigns {text!r}", text, 0, _near(text, sites))


def _assigns(statement: Statement, name: str, meant: list[str]) -> bool:
    """Does a statement store under a name, or into an item of it?"""
    if statement.label in (name, *meant) or name in statement.targets:
        return True
    return any(target.startswith(f"{name}[") for target in statement.targets)


def _near(text: str, sites: Sites) -> str:
    names = {name for p in sites.completing() for name in p.statement.targets}
    names |= {unit.name for unit in sites.functions} | _phases(sites)
    near = difflib.get_close_matches(text, sorted(names), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else FORMS


def _phases(sites: Sites) -> set[str]:
    return {part.statement.phase for part in sites.completing()} - {""}


def _phase(text: str, phase: str, sites: Sites) -> Place:
    """Right after the first statement of every stretch that belongs to a phase."""
    first = {id(part) for part in _first_of(phase, sites.program)}
    found = [p for p in sites.completing() if id(p.statement) in first]
    heads = [u for u in sites.functions if id(u.statement) in first and u.name == text]
    if not found:
        known = ", ".join(sorted(_phases(sites))) or "none"
        raise CommandError(
            f"no phase is called {phase!r}", text, text.index(phase), f"This script has: {known}."
        )
    return Place(text, "phase", tuple(found), tuple(heads))


def _first_of(phase: str, program: Program) -> Iterator[Statement]:
    known = {id(part.node): part for part in program.statements}
    inside = {
        id(child)
        for part in program.statements
        for name in ("body", "orelse", "finalbody")
        for child in getattr(part.node, name, [])
    }
    top = [part.node for part in program.statements if id(part.node) not in inside]
    yield from _stretches(top, "", phase, known)


def _stretches(
    nodes: list[ast.stmt], before: str, phase: str, known: dict[int, Statement]
) -> Iterator[Statement]:
    for node in nodes:
        statement = known.get(id(node))
        if statement is None:
            continue
        own = statement.phase
        if own == phase and before != phase:
            yield statement
        before = own
        for name in ("body", "orelse", "finalbody"):
            yield from _stretches(getattr(node, name, []), own, phase, known)


def _address(text: str, sites: Sites) -> Place:
    found = address.parsed(text)
    if isinstance(found, address.Place) and found.label is not None:
        return _moment(text, found, sites)
    if isinstance(found, address.Place) and found.iteration:
        level = len(found.iteration) - 1
        begins = [p for _, p in sites.all if getattr(p, "level", None) == level]
        if not begins:
            raise CommandError(f"there is no iteration {text}", text, 0, FORMS)
        return Place(text, "address", tuple(begins), (), found)
    raise CommandError(f"{text} cannot be a breakpoint", text, 0, FORMS)


def _moment(text: str, found: address.Place, sites: Sites) -> Place:
    label = address.resolved(sites.program, found.label or "")
    found = replace(found, label=label, iteration=found.iteration or ())
    if label.isdigit() and label not in sites.program.labels:
        parts = [p for p in sites.completing() if _covers(p.statement, int(label))]
    else:
        parts = [p for p in sites.completing() if p.statement.label == label]
    heads = [unit for unit in sites.functions if unit.name == label]
    if not parts and not heads:
        what = None
        if label.isdigit():
            what = f"no statement stands on {sites.program.at(int(label))}"
        raise CommandError(what or f"no statement assigns {label!r}", text, text.index(label))
    return Place(text, "address", tuple(parts), tuple(heads), found)
