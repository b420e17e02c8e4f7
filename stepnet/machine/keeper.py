"""When checkpoints are taken, and which are given up for want of room."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stepnet.machine.checkpoint import Checkpoint, digest, taken
from stepnet.machine.copy_on_write import Entry, entry_size

if TYPE_CHECKING:
    from stepnet.machine.machine import Machine

NAMES = 150
"""Bytes counted for each name of a kept frame."""


@dataclass(frozen=True)
class Policy:
    """How checkpoints are spaced."""

    stride: int = 8192
    """Ticks between two checkpoints at first; doubles whenever every second one is given up."""
    most: int = 128
    """How many checkpoints are kept at most."""
    patience: int = 16384
    """Ticks outside any iteration after which one is taken all the same."""


class Keeper:
    """The checkpoints of a run, in order of time. The first one, at tick 0, is never given up."""

    def __init__(self, policy: Policy, budget: int) -> None:
        self.policy = policy
        self.budget = budget
        self.stride = policy.stride
        self.checkpoints: list[Checkpoint] = []
        self.aside: list[list[Checkpoint]] = []
        """Those of the branches that are not under way; they begin like ours."""
        self.bytes = 0
        """An upper bound of what the checkpoints keep alive."""
        self.due = 0
        """The tick from which one is taken even between iterations."""
        self.due_iteration = 0
        """The tick from which one is taken where an iteration begins."""
        self.diverged = ""
        """Set when a replay came to another state than the run it repeats."""

    def nearest(self, tick: int) -> Checkpoint:
        """The last checkpoint not after `tick`."""
        ticks = [checkpoint.tick for checkpoint in self.checkpoints]
        return self.checkpoints[max(0, bisect_right(ticks, tick) - 1)]

    def consider(self, machine: Machine) -> None:
        """Take a checkpoint if it is time; compare with the one that was taken here before."""
        tick = machine.tick
        last = self.checkpoints[-1].tick if self.checkpoints else -1
        if tick <= last:
            self._compare(machine)
        elif last < 0 or tick - last >= self.stride:
            self._take(machine)
        self.plan(tick)

    def plan(self, tick: int) -> None:
        """Say when the next one is due; while a run repeats itself, where it is to be compared."""
        newest = self.checkpoints[-1].tick if self.checkpoints else 0
        if tick < newest:
            later = bisect_right([made.tick for made in self.checkpoints], tick)
            self.due = self.due_iteration = self.checkpoints[later].tick
        else:
            self.due = tick + max(self.stride, self.policy.patience)
            self.due_iteration = newest + self.stride

    def _take(self, machine: Machine) -> None:
        made = taken(machine.tick, machine.registers, machine.world, machine.cow)
        if made is None:
            return
        known = {id(entry) for entry in self.checkpoints[-1].entries} if self.checkpoints else set()
        counted: set[int] = set()
        fresh = (entry for entry in made.entries if id(entry) not in known)
        self.bytes += _frames_size(made) + sum(2 * entry_size(entry, counted) for entry in fresh)
        self.checkpoints.append(made)
        if len(self.checkpoints) > self.policy.most:
            self._thin(machine)
            self.bytes = self._measured(made)
        if self.bytes > self.budget:
            self._keep_to_budget(machine, made)

    def returned(self, machine: Machine, checkpoint: Checkpoint) -> None:
        """The run went to a checkpoint: what it shares with the others is another thing now."""
        self._keep_to_budget(machine, checkpoint)
        self.plan(machine.tick)

    def _keep_to_budget(self, machine: Machine, here: Checkpoint) -> None:
        self.bytes = self._measured(here)
        while self.bytes > self.budget and len(self.checkpoints) > 1:
            self._thin(machine)
            self.bytes = self._measured(here)

    def _thin(self, machine: Machine) -> None:
        """Give up every second checkpoint and take them half as often from now on."""
        for kept in (self.checkpoints, *self.aside):
            kept[:] = kept[:1] + kept[2::2]
        self.stride *= 2
        machine.cow.forget(
            {id(entry): entry for made in self._everything() for entry in made.entries}.values()
        )

    def _everything(self) -> Collection[Checkpoint]:
        """Every checkpoint of every branch, once."""
        lists = (self.checkpoints, *self.aside)
        return {id(made): made for each in lists for made in each}.values()

    def _measured(self, here: Checkpoint) -> int:
        """What the checkpoints keep alive; objects that the run has too, since `here`, are free."""
        counted = {id(entry.thing) for entry in here.entries}
        entries: dict[int, Entry] = {
            id(entry): entry for made in self._everything() for entry in made.entries
        }
        held = sum(entry_size(entry, counted) for entry in entries.values())
        return held + sum(_frames_size(made) for made in self._everything())

    def _compare(self, machine: Machine) -> None:
        checkpoint = self.nearest(machine.tick)
        if checkpoint.tick == machine.tick and digest(machine.registers) != checkpoint.digest:
            self.diverged = (
                f"the run did not repeat itself at tick {machine.tick}: "
                "something in the script is not deterministic"
            )


def _frames_size(checkpoint: Checkpoint) -> int:
    names = sum(len(state.names) for state in checkpoint.frames)
    return 600 + NAMES * names + 8 * len(checkpoint.entries)
