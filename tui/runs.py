"""Commands carried out one after another inside the event loop: no threads.

    submit("goto 900/E") ──► queue ──► session.perform ──► Advanced … Advanced, Stopped
                                            ▲                   or Refused
                                       interrupt() closes it

A long run is a generator that comes up for air about every 50 ms. Between two breaths the event
loop paints and reads keys; Escape is heard within a statement, too (see `tui.listening`). Short
runs are not painted one by one: while more commands wait, the screen is told only every now and
then, so a held key never lags behind.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from textual.message import Message

from stepnet.session.errors import CommandError

if TYPE_CHECKING:
    from stepnet.session.session import Session, Stop
    from stepnet.session.views import Progress

    Run = Generator[Progress, None, Stop]

BREATH = 0.002
"""Seconds given to the event loop at each breath: a key passes several queues on its way."""
REPAINT_EVERY = 0.05
"""While commands keep coming, the screen is brought up to date this often."""


PONDER: tuple[str, str, None] = ("", "", None)
"""In the queue: nothing but what is to be thought about."""


class Advanced(Message):
    """A long run has come this far."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class Stopped(Message):
    """The program stands still: a run has ended or was interrupted (`outcome` is None)."""

    def __init__(self, outcome: Stop | None) -> None:
        super().__init__()
        self.outcome = outcome


class Refused(Message):
    """A command line was wrong; nothing has changed."""

    def __init__(self, line: str, error: str, prompt: str) -> None:
        super().__init__()
        self.line = line
        self.error = error
        self.prompt = prompt
        """The prompt it was typed in, or ``""`` for a key."""


class Idled(Message):
    """Nobody has pressed a key for a while."""


class Pondered(Message):
    """What was thought about while nobody asked for anything is known, or was broken off."""

    def __init__(self, is_done: bool) -> None:
        super().__init__()
        self.is_done = is_done


class Runs:
    """The queue of commands and the one that is being carried out."""

    def __init__(self, session: Session, post: Callable[[Message], object]) -> None:
        self.session = session
        self.running = False
        """A run is under way and has lasted long enough to be noticed."""
        self._post = post
        self._lines: asyncio.Queue[tuple[str, str, Run | None]] = asyncio.Queue()
        self.working = False
        """A command is being carried out: the session must not be looked at now."""
        self._interrupted = False
        self._heard = 0
        """Keys that have interrupted the run already, and are still on their way here."""
        self._told = 0.0
        self._pondering: Generator[None, None, bool] | None = None

    def ponder(self, run: Generator[None, None, bool]) -> None:
        """Work on something as long as nobody asks for anything else."""
        self._pondering = run
        self._lines.put_nowait(PONDER)

    def leave(self) -> None:
        """Leave that at once, so that the session can be used."""
        run, self._pondering = self._pondering, None
        if run is not None:
            run.close()
            self._post(Pondered(is_done=False))

    def submit(self, line: str, prompt: str = "") -> None:
        """Queue a command line; what is typed during a run is done after it."""
        self._lines.put_nowait((line, prompt, None))

    def follow(self, run: Run) -> None:
        """Queue a run that somebody else has made."""
        self._lines.put_nowait(("", "", run))

    def interrupt(self) -> bool:
        """Stop a long run where it is, and forget what waits; False if there is none."""
        if self._heard:
            self._heard -= 1
            return True
        self._interrupted = self.running
        if self.running:
            self._forget()
        return self.running

    def heard(self) -> None:
        """Escape was pressed: break off the statement that runs. Called in any thread."""
        if self.working:
            self._heard += 1
            self.session.interrupt()

    def _forget(self) -> None:
        while not self._lines.empty():
            self._lines.get_nowait()

    @property
    def waiting(self) -> int:
        """Commands typed ahead."""
        return self._lines.qsize()

    @property
    def idle(self) -> bool:
        """Nothing is being carried out and nothing waits."""
        return not self.working and self._lines.empty()

    async def serve(self, begun: Run | None = None) -> None:
        """Carry out what is submitted, for ever; `begun` is a run that has started already."""
        if begun is not None:
            await self._finish(begun, "", "")
        while True:
            item = await self._lines.get()
            if item is PONDER:
                await self._ponder()
                continue
            line, prompt, run = item
            self.leave()
            await self._finish(run or self.session.perform(line), line, prompt)

    async def _ponder(self) -> None:
        while self._pondering is not None and self._lines.empty():
            try:
                next(self._pondering)
            except StopIteration as end:
                self._pondering = None
                if end.value:
                    self._post(Pondered(is_done=True))
                return
            await asyncio.sleep(BREATH)
        self.leave()

    async def _finish(self, run: Run, line: str, prompt: str) -> None:
        stop: Stop | None = None
        self._interrupted, self._heard = False, 0
        self.working = True
        try:
            while not self._interrupted:
                try:
                    progress = next(run)
                except StopIteration as end:
                    stop = end.value
                    break
                self.running = True
                self._post(Advanced(progress))
                await asyncio.sleep(BREATH)
        except CommandError as error:
            self._post(Refused(line, str(error), prompt))
            return
        finally:
            run.close()
            self.running = self.working = False
        if stop is not None and stop.reason == "pause":
            self._forget()
        now = time.monotonic()
        if self._lines.empty() or now - self._told > REPAINT_EVERY:
            self._told = now
            self._post(Stopped(stop))
            await asyncio.sleep(0)
