"""``stepnet replay``: play ``.steps`` scripts and say what did not hold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.answering import EXPECTATION_FAILED, SCRIPT_RAISED, UNUSABLE, quiet_pipe, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from stepnet.session.steps.replay import Outcome
    from stepnet.session.steps.script import Step


@click.command("replay", short_help="Play .steps scripts and say what did not hold.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line of the script.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Print ASCII characters only.")
@click.pass_context
def verb(ctx: click.Context, files: tuple[str, ...], as_json: bool, ascii_only: bool) -> None:
    """Play each FILE, a .steps script, without a screen.

    A script holds the debugger's own commands, one a line, and what is expected between them. The
    last line counts the expectations. The exit status is 1 if one does not hold, 2 if a script
    cannot be read or its program cannot be opened, 3 if the program raises where that was not
    expected; of several, the worst.

    \b
    Example:
      steps 1
      open trask_neuron
      until E
      expect E ~= 0.61989 +- 1e-5
      expect shape w == (3, 1)
    """
    with quiet_pipe(ascii_only) as write:
        tally = Tally(write, as_json=as_json)
        for name in files:
            tally.play(name, several=len(files) > 1)
        tally.close()
    if tally.status:
        ctx.exit(tally.status)


class Tally:
    """What became of the files so far."""

    def __init__(self, write: Callable[[str], None], *, as_json: bool) -> None:
        self.passed = self.failed = self.status = 0
        self._write = write
        self._as_json = as_json

    def play(self, name: str, *, several: bool) -> None:
        """Play one file and write what became of it."""
        from stepnet.session.steps.grammar import read_steps
        from stepnet.session.steps.script import StepsError
        from stepnet.session.steps.told import closing_line
        from stepnet.source.refusal import SourceError
        from stepnet.source.script import NoSuchScript

        passed, failed = self.passed, self.failed
        try:
            self._carry_out(read_steps(Path(name), name))
        except (StepsError, SourceError, NoSuchScript) as error:
            self._unusable(str(error))
        except OSError as error:
            self._unusable(f"error: {name} cannot be read: {error.strerror}")
        if several and not self._as_json:
            self._write(f"{name}: {closing_line(self.passed - passed, self.failed - failed)}")

    def _carry_out(self, steps: tuple[Step, ...]) -> None:
        from stepnet.session.steps.replay import replayed

        for outcome in replayed(steps):
            self.passed += outcome.word == "passed"
            self.failed += outcome.word == "failed"
            if outcome.word == "failed":
                self.status = max(
                    self.status, SCRIPT_RAISED if outcome.raised else EXPECTATION_FAILED
                )
            self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        from stepnet.session.steps.told import failure_text, outcome_record

        if self._as_json:
            import json

            self._write(json.dumps(outcome_record(outcome), ensure_ascii=False))
        elif outcome.word == "failed":
            for line in failure_text(outcome).splitlines():
                self._write(line)
        if outcome.word == "skipped":
            step = outcome.step
            say(f"{step.source.name}:{step.line}: {step.text} belongs to the screen: skipped")

    def _unusable(self, text: str) -> None:
        self.status = max(self.status, UNUSABLE)
        sys.stdout.flush()
        say(text)

    def close(self) -> None:
        """Write the closing line."""
        from stepnet.session.steps.told import closing_line

        if self._as_json:
            import json

            self._write(json.dumps({"passed": self.passed, "failed": self.failed}))
        else:
            self._write(closing_line(self.passed, self.failed))
