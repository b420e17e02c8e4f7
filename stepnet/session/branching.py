"""Branches: edit a value and go on, list the runs there are, go from one to another.

The run of the script as it is written is called ``main``; a run with an edit has a letter, or the
name it was given. Several edits at one moment belong to one branch.
"""

from __future__ import annotations

import difflib
from collections.abc import Generator, Iterator
from string import ascii_uppercase
from typing import TYPE_CHECKING

from stepnet.machine.branch import Branch, abandon, fork, switch
from stepnet.session.asking import value_here
from stepnet.session.editing import Edit, read_edit
from stepnet.session.errors import CommandError
from stepnet.session.stops.frozen import short
from stepnet.session.verdicts import Verdicts

if TYPE_CHECKING:
    from stepnet.session.session import Session

Done = Generator[None, None, tuple[str, str]]
MAIN = "main"


class Branches:
    """The runs of one session; one of them is under way."""

    def __init__(self) -> None:
        self.current = Branch(MAIN, "", {}, 0)
        self.all: dict[str, Branch] = {MAIN: self.current}
        self.verdicts: dict[str, Verdicts] = {}
        """What is known of the gradients of each."""
        self.addresses: dict[str, str] = {}
        """Where each forked and what was set there, for people."""

    @property
    def told(self) -> str:
        """The name of the branch that is under way; ``""`` of the script as it is written."""
        return "" if self.current.name == MAIN else self.current.name

    def named(self, name: str) -> Branch:
        """The branch of a name. Raises CommandError if there is none."""
        if name in self.all:
            return self.all[name]
        near = difflib.get_close_matches(name, self.all, n=1, cutoff=0.6)
        known = f"Did you mean {near[0]}?" if near else f"There is {', '.join(self.all)}."
        raise CommandError(f"no branch is called {name!r}", name, 0, known)

    def parent_at(self, tick: int) -> str:
        """The branch that the current one is still the same as at a tick: it, or one before it."""
        branch = self.current
        while branch.parent and tick <= branch.origin:
            branch = self.all[branch.parent]
        return branch.name

    def next_name(self, wanted: str) -> str:
        """The name of a new branch. Raises CommandError if it is taken."""
        if wanted in self.all:
            raise CommandError(f"a branch is called {wanted} already", advice="Give another name.")
        letters = (letter * times for times in range(1, 99) for letter in ascii_uppercase)
        return wanted or next(letter for letter in letters if letter not in self.all)


def set_value(session: Session, argument: str) -> Done:
    """Give a value another one here, and go on from that in a branch of its own."""
    yield
    machine, branches = session.machine, session.branches
    edit = read_edit(session, argument)
    before = _told(session, edit)
    address = session.position.address
    joins = _joins(session) and not edit.label
    current = branches.current
    if joins:
        machine.edits[machine.tick] = edit.instruction
        machine.fault = None
        forked = current
    else:
        name, parent = branches.next_name(edit.label), branches.parent_at(machine.tick)
        forked = fork(machine, current, name, parent, edit.instruction)
    if not machine.step():
        assert machine.fault is not None
        message = f"{machine.fault.kind}: {machine.fault.message}"
        machine.fault = None
        if joins:
            del machine.edits[machine.tick]
        else:
            abandon(machine, current)
        raise CommandError(message)
    if not joins:
        branches.all[forked.name] = forked
        branches.addresses[forked.name] = f"{address}  {edit.instruction.statement.text}"
        _under_way(session, forked)
    else:
        branches.addresses[forked.name] += f", {edit.instruction.statement.text}"
        session.verdicts = Verdicts()
    return "step", f"{edit.target} was {before}, is {_told(session, edit)}: branch {forked.name}"


def _told(session: Session, edit: Edit) -> str:
    """A value on one line."""
    return short(value_here(session, edit.target))


def _joins(session: Session) -> bool:
    """Has nothing run since the last edit of this branch, so that another one belongs to it?"""
    machine = session.machine
    last = max(machine.edits, default=-2)
    return last == machine.tick - 1


def _under_way(session: Session, branch: Branch) -> None:
    """From here on this branch is the one that is looked at."""
    branches = session.branches
    branches.verdicts[branches.current.name] = session.verdicts
    branches.current = branch
    session.verdicts = branches.verdicts.get(branch.name) or Verdicts()


def switched(session: Session, branch: Branch, tick: int) -> Iterator[None]:
    """Go to a tick of another branch, or as near as it gets."""
    current = session.branches.current
    if branch is current:
        return
    run = switch(session.machine, current, branch, tick)
    _under_way(session, branch)
    yield from run


def branch_to(session: Session, argument: str) -> Done:
    """Go to another branch, where it was left."""
    yield
    branch = session.branches.named(argument)
    if branch is session.branches.current:
        return session.stop.reason, f"this is branch {branch.name}"
    yield from switched(session, branch, branch.tick)
    return "goto", f"branch {branch.name}"


def list_branches(session: Session, argument: str) -> Done:
    """Tell which branches there are."""
    yield
    return session.stop.reason, "\n".join(branch_lines(session))


def branch_lines(session: Session) -> Iterator[str]:
    """A line a branch: its name, where it forked, what was set, how far it has come."""
    branches = session.branches
    width = max(map(len, branches.all))
    for name, branch in branches.all.items():
        is_here = branch is branches.current
        timeline = session.machine.timeline if is_here else branch.timeline
        assert timeline is not None
        reached = len(timeline.starts[0]) if timeline.starts else 0
        told = f"from {branch.parent} at {branches.addresses[name]}" if branch.parent else ""
        known = len(timeline.losses)
        far = f"iteration {reached}" if reached else "not in the loop yet"
        loss = session.program.loss
        far += f", {loss} {timeline.losses[-1]:.6g} in {known}" if known and loss else ""
        mark = "▶" if is_here else " "
        yield f"{mark} {name:{width}}  {'; '.join(part for part in (told, far) if part)}"
