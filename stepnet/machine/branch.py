"""Other runs of the same program: a value was edited at some tick, and from there on all differs.

An edit is an instruction that is executed at its tick, between two of the program's own; so it is
undone, replayed and kept in checkpoints like any other. All branches live in one machine: what is
not under way is set aside as its checkpoints, which share whatever has not changed, and the figures
of its iterations. Nothing else is copied, and going to a branch costs what `goto` costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from stepnet.machine.checkpoint import Checkpoint
from stepnet.machine.machine import Edits, Machine
from stepnet.machine.tape import Reel
from stepnet.machine.timeline import Timeline
from stepnet.machine.travel import rewind, travel
from stepnet.source.instruction import Run


@dataclass(eq=False)
class Branch:
    """One run: which edits it has, and, while another is under way, where it was left."""

    name: str
    parent: str
    """The branch it forked from; ``""`` for the run without edits."""
    edits: Edits
    origin: int
    """The tick at which it forked; 0 for the run without edits."""
    tick: int = 0
    """Where it was left."""
    timeline: Timeline | None = None
    checkpoints: list[Checkpoint] = field(default_factory=list)
    reel: Reel = field(default_factory=Reel)
    """What it has printed, and heard from outside."""


def fork(machine: Machine, current: Branch, name: str, parent: str, edit: Run) -> Branch:
    """Begin a branch with an edit that has not run yet, at the tick where the machine stands."""
    tick = machine.tick
    kept = {when: what for when, what in machine.edits.items() if when < tick}
    forked = Branch(name, parent, {**kept, tick: edit}, tick)
    outside = not machine.registers.moment.iteration
    _leave(machine, current)
    machine.edits = forked.edits
    machine.timeline = machine.timeline.until(tick, outside=outside)
    keeper = machine.keeper
    keeper.checkpoints = [made for made in keeper.checkpoints if made.tick <= tick]
    keeper.plan(tick)
    machine.world.tape.forget_ahead()
    machine.fault = None
    return forked


def abandon(machine: Machine, parent: Branch) -> None:
    """Take a fork back whose edit has not run: the parent stands where it stood."""
    here = len(machine.world.output)
    _enter(machine, parent)
    machine.world.tape.put_on(parent.reel)
    machine.world.printed(here)
    machine.keeper.plan(machine.tick)


def switch(machine: Machine, current: Branch, other: Branch, tick: int) -> Iterator[None]:
    """Put the current branch aside and go to a tick of another one, or as near as it gets."""
    _leave(machine, current)
    _enter(machine, other)
    machine.world.tape.put_on(other.reel)
    rewind(machine, machine.keeper.nearest(tick - 1))
    yield from travel(machine, tick)


def _leave(machine: Machine, branch: Branch) -> None:
    keeper = machine.keeper
    branch.tick = machine.tick
    branch.timeline = machine.timeline
    branch.checkpoints = keeper.checkpoints
    keeper.aside.append(branch.checkpoints)
    branch.reel = machine.world.tape.kept()


def _enter(machine: Machine, branch: Branch) -> None:
    keeper = machine.keeper
    assert branch.timeline is not None, "a branch that was never left is under way"
    machine.edits = branch.edits
    machine.timeline = branch.timeline
    keeper.aside = [each for each in keeper.aside if each is not branch.checkpoints]
    keeper.checkpoints = branch.checkpoints


def parted(first: Branch, second: Branch) -> int:
    """The tick up to which two branches are the same run."""
    edits = first.edits, second.edits
    ticks = sorted({*first.edits, *second.edits})
    return next(tick for tick in (*ticks, -1) if edits[0].get(tick) is not edits[1].get(tick))
