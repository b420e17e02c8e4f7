"""One breakpoint as it was asked for: frozen, so that a session's stops are a plain value."""

from __future__ import annotations

from dataclasses import dataclass

from stepnet.session.asking import Question
from stepnet.session.stops.places import Place
from stepnet.session.stops.tensors import Condition
from stepnet.session.stops.value import Value


@dataclass(frozen=True, eq=False)
class Stopper:
    """Something that stops a run: a breakpoint, a data breakpoint, a condition on tensors."""

    number: int
    """What people call it by."""
    target: Place | Value | Condition
    """Where it stops, what must change, or which condition is watched for."""
    when: Question | None = None
    """Stops only where this holds."""
    hits: int = 0
    """Stops only at this hit of the run, or at every multiple of it; 0 for all."""
    every: bool = False
    log: Question | None = None
    """A message to be written instead of stopping: a formatted text."""
    enabled: bool = True

    @property
    def command(self) -> str:
        """The command that makes one like it."""
        if isinstance(self.target, Place):
            return "break"
        return "on-change" if isinstance(self.target, Value) else "stop-on"

    @property
    def reason(self) -> str:
        """Why a run stops here, in the Debug Adapter Protocol's words."""
        return "breakpoint" if isinstance(self.target, Place) else "data breakpoint"

    @property
    def argument(self) -> str:
        """What is written behind the command."""
        parts = [self.target.text]
        if self.when is not None:
            parts.append(f"when {self.when.text}")
        if self.hits:
            parts.append(f"{'every' if self.every else 'hits'} {self.hits}")
        if self.log is not None:
            parts.append(f"log {self.log.text[1:]}")
        return " ".join(parts)

    @property
    def written(self) -> str:
        """The whole command line."""
        return f"{self.command} {self.argument}"

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines of the script that it stands at; none for one that watches values."""
        return self.target.lines if isinstance(self.target, Place) else ()

    def is_due(self, count: int) -> bool:
        """Is the hit of this number one of those that were asked for?"""
        if not self.hits:
            return True
        return count % self.hits == 0 if self.every else count == self.hits

    @property
    def is_plain(self) -> bool:
        """It stops every time, and does nothing else."""
        return self.when is None and not self.hits and self.log is None


@dataclass(frozen=True)
class Hit:
    """Why a run has stopped."""

    number: int
    """Of the breakpoint."""
    reason: str
    text: str
    """A sentence for people."""
    old: str = ""
    """For a value that changed: what it was on the side that the run came from."""
    new: str = ""
    count: int | None = None
    """Which hit of the run it is, where that is known."""


@dataclass(frozen=True)
class Logged:
    """A line that a breakpoint wrote instead of stopping."""

    tick: int
    printed: int
    """Pieces of the script's output before it."""
    number: int
    text: str
