"""What a script sees around it: builtins, modules and the global generator of one run.

Every machine has a world of its own, so that two runs in one process never disturb each other,
and so that a script can reach nothing but what computes.
"""

from __future__ import annotations

import contextlib
import gc
import random as chances
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from stepnet.machine.clock import Clock, giant
from stepnet.machine.limits import Limits, Memory, bounded_functions
from stepnet.machine.objects import Namespace
from stepnet.machine.sizes import measured_operations
from stepnet.machine.surroundings.builtin_names import builtin_names
from stepnet.machine.surroundings.drawn import Plots
from stepnet.machine.surroundings.files import Files
from stepnet.machine.surroundings.numerical import FLOATS
from stepnet.machine.surroundings.system import Stream
from stepnet.machine.tape import Tape
from stepnet.source.bounded import OPERATE
from stepnet.source.scope import MODULE_NAMES

Names = dict[str, object]

LONG = 0.25
"""Seconds after which it is asked what has taken so long."""
PATIENT = (50_000, 20, 100)
"""How often cyclic garbage is looked for while a script runs: the undo log is long and has none."""


class Settings(dict[str, Names]):
    """What numpy keeps for a whole process, and a script for itself.

    Written back by a step into the past, it holds at once.
    """

    def update(self, *parts: Any, **named: Any) -> None:
        """As of any dictionary."""
        super().update(*parts, **named)
        if self.enforced is not None:
            self.enforce()

    enforced: Names | None = None
    """How numpy prints by itself; None while the script does not run."""

    def enforce(self) -> None:
        """Make numpy do as the script has said, and otherwise as it does by itself."""
        np.set_printoptions(**{**(self.enforced or {}), **self.get("print", {})})  # type: ignore[arg-type]  # numpy checks them
        np.seterr(**{**FLOATS, **self.get("floats", {})})  # type: ignore[arg-type]  # numpy checks them


def nobody() -> str:
    """Answers to ``input()`` where nobody can be asked."""
    raise EOFError("EOF when reading a line: there is nobody to ask here")


@dataclass(frozen=True)
class Given:
    """What a run is given from outside."""

    arguments: tuple[str, ...] = ()
    """What follows the script's name in ``sys.argv``."""
    answers: Callable[[], str] = nobody
    """Reads a line for ``input()``; raises EOFError where there is none."""
    limits: Limits = field(default_factory=Limits)


class World:
    """The surroundings of one run: what it prints, what it draws from, what it may call."""

    tape: Tape
    seed: int
    memory: Memory
    random: np.random.RandomState
    chance: chances.Random
    files: Files
    plots: Plots

    def __init__(self, path: Path, seed: int, given: Given | None = None) -> None:
        self.path = path
        self.folder = path.parent.resolve()
        self.seed = seed
        self.given = given or Given()
        self.tape = Tape()
        self.output = self.tape.pieces
        """What the script printed, piece by piece."""
        self.warnings: list[str] = []
        """What numpy complained of since somebody last looked."""
        self.random = np.random.RandomState(seed)
        self.chance = chances.Random(seed)
        self.memory = Memory(self.given.limits.bytes)
        self.options = Settings()
        self.numbers = [0]
        """How many objects have been given a number to be hashed by."""
        self.plots = Plots(self.tape)
        self.files = Files(self.folder, self.tape)
        self.stdout = Stream(self, is_heard=True)
        self.stderr = Stream(self, is_heard=False)
        self.modules: dict[str, ModuleType] = {}
        self.builtins = {**builtin_names(self), **bounded_functions()}
        self.builtins[OPERATE] = measured_operations(self.memory)
        self.names: Names = {
            "__name__": "__main__",
            "__file__": str(path),
            "__doc__": None,
            "__builtins__": self.builtins,
        }
        self.builtins[MODULE_NAMES] = self.names
        self.is_active = False
        self.clock = Clock(self.given.limits.seconds, self.names)
        self.over = False
        """There may be a reason to stop the run."""
        self.about_to_change: Callable[[object], None] = lambda thing: None
        """Told of an object that changes where no statement shows it."""

    def printed(self, pieces: int) -> None:
        """Make the output what it was, or will be, when so many pieces were printed."""
        self.tape.wind(pieces)

    def namespace(self, **named: Any) -> Any:
        """An empty object with attributes."""
        return Namespace(**named)

    @contextlib.contextmanager
    def active(self) -> Iterator[None]:
        """While the script runs: its settings hold, and complaints are kept for us."""
        if self.is_active:
            yield
            return
        self.is_active = True
        threshold = gc.get_threshold()
        gc.set_threshold(*PATIENT)
        began = time.monotonic()
        try:
            with (
                warnings.catch_warnings(),
                np.errstate(call=self._complain),
                np.printoptions(),
                self.memory.limited(),
                self.clock.watched(),
            ):
                warnings.simplefilter("ignore")
                self.options.enforced = dict(np.get_printoptions())
                self.options.enforce()
                yield
        finally:
            self.options.enforced = None
            gc.set_threshold(*threshold)
            self.is_active = False
            if self.clock.is_over or time.monotonic() - began > LONG:
                self.over = True

    def reason_to_stop(self, names: Names) -> str:
        """Why the run should not go on, where these are the names at hand; ``""`` if it may."""
        reason = self.clock.reason() or giant(names)
        self.over = bool(reason)
        return reason

    def _complain(self, kind: str, _flag: int) -> None:
        if len(self.warnings) < 100:
            self.warnings.append(kind)
