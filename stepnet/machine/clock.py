"""Breaking off a statement that takes too long, and finding out that it does.

A run can always be broken off between two statements. Within one, a timer looks at the script every
tenth of a second, and raises where somebody has asked for that or a limit is reached: nothing of
the statement has happened then, and steps lead back from there. A signal is only heard by Python
code, though, so whatever native code could read or compute without an end comes up for it:

    what                                     why it is heard
    loops, comprehensions, recursion         Python code
    generators of the script                 `break_off` at every element: `resume`
    sorted(key=f), np.vectorize(f), map(f)   f is Python code
    range(10**12) in max, list, zip, *range  a long range is read by Python code: `ranges`
    itertools, csv                           read element by element: `iterators`
    iter(f, end), kept iterators             `break_off` at every element: `iterated`
    10**10**8, pow, math.factorial           refused before it is computed: `limits`
    x * x again and again                    Python looks up in long products; `giant`
    [0] * 10**11, np.zeros((10**6, 10**6))   refused by the system: `Memory`
    a pattern that backtracks                `re` listens to signals by itself

What is left is one native operation on what is in memory already: a product of large matrices, a
sort of 10**8 numbers, a native function that is mapped over a list of long lists. Its end is waited
for; the headless verbs are stopped from outside by --max-seconds.
"""

from __future__ import annotations

import contextlib
import gc
import math
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from stepnet.machine.limits import LARGEST
from stepnet.source.mark import FILENAME

HERE = str(Path(__file__).parent)
OUTSIDE = tuple(str(Path(__file__).with_name(name)) for name in ("limits.py", "surroundings"))
"""Where code of ours stands that may be broken off: what a script calls, and changes nothing."""
LOOK = 0.1
"""Seconds between two looks at a script that runs."""
AGAIN = 0.3
"""Seconds until an interruption is repeated that nobody has heard."""
SOON = 0.002
"""Seconds to the next look where a script cannot be stopped just now."""


class Stopping(BaseException):
    """Takes a run out of the statement it is in; no script can catch it."""


class LimitReached(Stopping):
    """A run has used up what it was given."""


class Interrupted(Stopping):
    """Somebody wants to look around."""


class Clock:
    """The time that a run may take, counted while the script runs or the debugger looks on."""

    def __init__(self, seconds: float | None, names: dict[str, object]) -> None:
        self.seconds = seconds
        self._names = names
        self._due = time.monotonic() + seconds if seconds is not None else math.inf
        self._breaks = math.inf
        """When the run is to be interrupted."""
        self._listens = False
        self.is_wanted = False
        """Whoever reads on and on for native code is to call `break_off`."""

    @contextlib.contextmanager
    def interruptible(self, seconds: float = math.inf) -> Iterator[None]:
        """While this holds, a run may raise `Interrupted`: when asked to, or after so long."""
        self._breaks, self._listens = time.monotonic() + seconds, True
        try:
            yield
        finally:
            self._breaks, self._listens = math.inf, False

    def interrupt(self, seconds: float = 0.0) -> None:
        """Have the run raise `Interrupted` after so long, if it may; called from any thread."""
        if self._listens:
            self._breaks = time.monotonic() + seconds

    def check(self) -> None:
        """Raise `Interrupted` if that was asked for; again soon, unless it was `heard`.

        Python drops what is raised while it collects garbage.
        """
        if time.monotonic() >= self._breaks:
            self._breaks = time.monotonic() + AGAIN
            raise Interrupted

    def heard(self) -> None:
        """The run has been broken off: what is still to be done for that is not."""
        self._breaks = math.inf

    def break_off(self) -> None:
        """The same, and LimitReached if the time is over: to be called within a statement."""
        self.is_wanted = False
        self.check()
        if self.is_over:
            raise LimitReached(self.told())

    @property
    def is_over(self) -> bool:
        """Is the time used up?"""
        return time.monotonic() >= self._due

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """While this holds, Python code of the script is looked at now and then.

        It is broken off when somebody asks for it, when the time is over, or when it computes with
        a giant. Only the main thread of a system with timers can do so.
        """
        is_main = threading.current_thread() is threading.main_thread()
        if not is_main or not hasattr(signal, "setitimer"):
            yield
            return
        before = signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        self.is_wanted = self.is_over or time.monotonic() >= self._breaks
        if not _may_raise(frame):
            if self.is_wanted:
                signal.setitimer(signal.ITIMER_REAL, SOON, LOOK)
            return
        assert frame is not None
        self.break_off()
        reason = self.reason() or giant(frame.f_locals)
        if reason:
            raise LimitReached(reason)

    def reason(self) -> str:
        """Why the run should not go on; ``""`` if it may."""
        return self.told() if self.is_over else giant(self._names)

    def told(self) -> str:
        """What is said when the time is used up."""
        return f"the {self.seconds:g} seconds of --max-seconds are used up"


def _may_raise(frame: FrameType | None) -> bool:
    """Is this code of the script, or what it calls? The machine itself is not broken off.

    What the machine does between two statements takes but a moment. Python drops what is raised
    while it tells somebody that it collects garbage.
    """
    deaf = {getattr(told, "__code__", None) for told in gc.callbacks}
    while frame is not None:
        if frame.f_code in deaf:
            return False
        name = frame.f_code.co_filename
        if name == FILENAME:
            return True
        if name.startswith(HERE) and not name.startswith(OUTSIDE):
            return False
        frame = frame.f_back
    return False


def giant(names: dict[str, Any]) -> str:
    """That an integer has grown beyond all use; ``""`` if none has."""
    for name, value in list(names.items()):
        if type(value) is int and value.bit_length() > LARGEST:
            return f"{name} is an integer of more than {LARGEST} bits"
    return ""
