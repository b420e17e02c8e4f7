"""What became of ``.steps`` scripts, written as text or JSON, and the exit status it asks for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from stepnet.session.steps.grammar import read_steps
from stepnet.session.steps.replay import replayed
from stepnet.session.steps.script import StepsError
from stepnet.session.steps.told import closing_line, failure_text, outcome_record
from stepnet.source.refusal import SourceError
from stepnet.source.script import NoSuchScript
from tui.answering import EXPECTATION_FAILED, SCRIPT_RAISED, UNUSABLE, given

if TYPE_CHECKING:
    from stepnet.session.steps.replay import Outcome
    from stepnet.session.steps.script import Step


class Tally:
    """The files so far: how many expectations held, and what is to be said of the rest."""

    def __init__(
        self,
        write: Callable[[str], None],
        complain: Callable[[str], None],
        *,
        as_json: bool,
        several: bool,
    ) -> None:
        self.passed = self.failed = self.status = 0
        self._write = write
        self._complain = complain
        self._as_json = as_json
        self._several = several

    def read(self, name: str) -> tuple[Step, ...]:
        """The lines of one file; none if it cannot be read, which is said."""
        try:
            return read_steps(Path(name), name)
        except StepsError as error:
            self.unusable(str(error))
        except OSError as error:
            self.unusable(f"error: {name} cannot be read: {error.strerror}")
        return ()

    def play(self, name: str) -> None:
        """Play one file without a screen and write what became of it."""
        before = (self.passed, self.failed)
        try:
            for outcome in replayed(self.read(name), given()):
                self.count(outcome)
                self.tell(outcome)
        except (SourceError, NoSuchScript) as error:
            self.unusable(str(error))
        self.file_ended(name, *before)

    def count(self, outcome: Outcome) -> None:
        """Take account of a line that was carried out."""
        self.passed += outcome.word == "passed"
        self.failed += outcome.word == "failed"
        if outcome.word == "failed":
            status = SCRIPT_RAISED if outcome.raised else EXPECTATION_FAILED
            self.status = max(self.status, status)

    def tell(self, outcome: Outcome) -> None:
        """Write what there is to say of it."""
        if self._as_json:
            self._write(json.dumps(outcome_record(outcome), ensure_ascii=False))
        elif outcome.word == "failed":
            for line in failure_text(outcome).splitlines():
                self._write(line)
        if outcome.word == "skipped":
            step = outcome.step
            self._complain(
                f"{step.source.name}:{step.line}: {step.text} belongs to the screen: skipped"
            )

    def unusable(self, text: str) -> None:
        """Say why a file, or the program it opens, cannot be used."""
        self.status = max(self.status, UNUSABLE)
        sys.stdout.flush()
        self._complain(text)

    def file_ended(self, name: str, passed: int, failed: int) -> None:
        """Write the line of one file among several; the counts are those before it."""
        if self._several and not self._as_json:
            self._write(f"{name}: {closing_line(self.passed - passed, self.failed - failed)}")

    def close(self) -> None:
        """Write the closing line."""
        if self._as_json:
            self._write(json.dumps({"passed": self.passed, "failed": self.failed}))
        else:
            self._write(closing_line(self.passed, self.failed))
