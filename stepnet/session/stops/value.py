"""A value that is watched for changes, and how it is seen that it has changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stepnet.machine.machine import Machine
from stepnet.session.asking import Question, evaluated
from stepnet.session.stops.effects import frame_in
from stepnet.session.stops.frozen import UNSET, Frozen, array_of, change, frozen, short
from stepnet.source.instruction import Unit


@dataclass(frozen=True, eq=False)
class Value:
    """An expression over the names of one function, or of the script itself."""

    question: Question
    home: Unit

    @property
    def text(self) -> str:
        """As it is typed."""
        return self.question.text


@dataclass(eq=False)
class Changes:
    """Compares a value with what it was, whenever it is asked."""

    value: Value
    _before: Frozen = None
    _before_short: str = ""
    _now: Frozen = None
    _now_short: str = ""
    _object: object = None

    def begin(self, machine: Machine) -> None:
        """Take up the value as it is now."""
        current = self._current(machine)
        self._take(current, frozen(current))

    def comes(self, machine: Machine) -> bool:
        """Is there a value now, and another one than there was?"""
        current = self._current(machine)
        kept = frozen(current)
        if kept == self._now:
            return False
        self._before, self._before_short = self._now, self._now_short
        self._take(current, kept)
        return current is not UNSET

    def _take(self, current: object, kept: Frozen) -> None:
        self._object, self._now = current, kept
        self._now_short = short(current) if not isinstance(current, np.ndarray) else ""

    def _current(self, machine: Machine) -> object:
        frame = frame_in(self.value.home, machine)
        if frame is None:
            return UNSET
        try:
            return evaluated(self.value.question, frame)
        except Exception:
            return UNSET

    def told(self) -> tuple[str, str, str]:
        """What changed last, from what, to what."""
        before = self._before_short or short(array_of(self._before))
        return change(self.value.text, self._before, before, self._object)
