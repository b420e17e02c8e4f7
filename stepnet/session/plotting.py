"""Any number over the iterations, for the Timeline: the loss, or what was asked for."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from stepnet.machine.checkpoint import stack
from stepnet.machine.machine import Machine
from stepnet.machine.travel import run_through, travel
from stepnet.session.asking import Question, answer, question
from stepnet.session.errors import CommandError
from stepnet.session.excursion import excursion
from stepnet.session.steps.compare import shown

if TYPE_CHECKING:
    from stepnet.session.session import Session


@dataclass(frozen=True, eq=False)
class Plot:
    """The value of an expression at the end of each iteration of the outermost level."""

    expression: str
    branch: str
    values: tuple[float, ...]
    """NaN where it has none."""


def plot(session: Session, argument: str) -> Generator[None, None, tuple[str, str]]:
    """Show an expression over the iterations so far, or the loss again.

    Raises CommandError for what is no expression or no number, and where no iteration has ended.
    """
    yield
    machine = session.machine
    if not argument:
        session.plot = None
        return session.stop.reason, "the Timeline shows the loss"
    asked = question(argument, session.vocabulary)
    reached = len(machine.timeline.losses)
    if not reached:
        raise CommandError("no iteration has ended yet", advice="Run on, then plot what there was.")
    look = _Look(asked)
    with excursion(machine):
        yield from travel(machine, 0)
        yield from run_through(machine, stop=lambda now: look.at(now) >= reached)
    if look.refused is not None and all(map(math.isnan, look.values)):
        raise look.refused
    session.plot = Plot(argument, session.branches.current.name, tuple(look.values))
    return session.stop.reason, f"the Timeline shows {argument} in {reached} iterations"


class _Look:
    """Asks for a value whenever an iteration of the outermost level has ended."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self.values: list[float] = []
        self.refused: CommandError | None = None
        self._inside = 0

    def at(self, machine: Machine) -> int:
        """An iteration begins or ends: how many values there are then."""
        iteration = machine.registers.moment.iteration
        now = iteration[0] if iteration else 0
        if self._inside and now != self._inside:
            self.values.append(self._value(machine))
        self._inside = now
        return len(self.values)

    def _value(self, machine: Machine) -> float:
        outermost = list(stack(machine.frame))[-1]
        try:
            return _number(answer(self.asked, machine, outermost), self.asked.text)
        except CommandError as error:
            self.refused = error
            return math.nan


def _number(value: Any, text: str) -> float:
    found = np.asarray(value)
    if found.size != 1 or found.dtype.kind not in "fiub":
        what = f"an array of shape {found.shape}" if found.size != 1 else shown(value)
        raise CommandError(
            f"{text} is no number but {what}", advice=f"Write np.linalg.norm({text}) or an entry."
        )
    return float(found.reshape(-1)[0])
