"""What became of a script, in words.

trask.steps:4:8: E is not 0.62 +- 1e-05
    expect E ~= 0.62 +- 1e-5
           ^^^^^^^^^^^^^^^^^
  found     0.6198935261
  expected  0.62 +- 1e-05
  off by    0.000106, 10.6 times the tolerance
  here      1/E, line 37: E = 0.5 * np.sum((y - y_hat) ** 2)
  changed   1/E
  open      stepnet trask_neuron --at 1/E
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepnet.session.steps.replay import Outcome
from stepnet.source.refusal import Refusal, render

MOST = 9
"""Letters of the longest label."""


def failure_text(outcome: Outcome) -> str:
    """A failure as a compiler would print it; `outcome` is one that failed."""
    step, failure = outcome.step, outcome.failure
    assert failure is not None
    end = step.column + step.width
    refusal = Refusal(step.line, step.column, end, failure.message, "")
    head = render(step.source.name, _stripped(step.source.lines), refusal)
    return "\n".join([head, *_details(outcome)])


def _stripped(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in lines)


def _details(outcome: Outcome) -> Iterator[str]:
    failure, standing = outcome.failure, outcome.standing
    assert failure is not None
    yield from _detail("found", failure.found)
    yield from _detail("expected", failure.expected)
    yield from _detail("", failure.off)
    if standing is not None:
        here = standing.address
        if standing.line:
            here += f", {standing.at}: {standing.statement}"
        yield from _detail("here", here)
        yield from _detail("changed", standing.changed and f"at {standing.changed}")
        yield from _detail("open", standing.command)
    if failure.advice:
        yield f"  {failure.advice}"


def _detail(label: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines()):
        yield f"  {label if number == 0 else '':{MOST}} {line}".rstrip()


def closing_line(passed: int, failed: int) -> str:
    """``12 passed, 0 failed``: expectations that were judged, and lines that failed."""
    return f"{passed} passed, {failed} failed"


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """A line's outcome as JSON has it."""
    step, failure, standing = outcome.step, outcome.failure, outcome.standing
    record: dict[str, Any] = {
        "file": step.source.name,
        "line": step.line,
        "text": step.text,
        "outcome": outcome.word,
    }
    if failure is not None:
        record["message"] = failure.message
        for name in ("found", "expected", "off", "advice"):
            record[name] = getattr(failure, name) or None
    if standing is not None:
        record |= {
            "address": standing.address,
            "program_line": standing.line or None,
            "last_changed": standing.changed or None,
            "open": standing.command,
        }
    return record
