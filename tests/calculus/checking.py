"""Checking a script given as text."""

from __future__ import annotations

from pathlib import Path

from stepnet.calculus.check import Truth, findings
from stepnet.calculus.finding import Finding
from stepnet.calculus.reason import explained
from stepnet.calculus.stretch import truth_here
from stepnet.session.session import Session
from stepnet.source.script import script_from_text

HERE = Path("script.py")


def findings_of(text: str, at: int = 1, path: Path = HERE) -> tuple[Finding, ...]:
    """The findings on one iteration of a script."""
    return judged_of(text, at, path)[0]


def verdicts_of(text: str, at: int = 1, path: Path = HERE) -> tuple[Finding, ...]:
    """The same without the mistakes' names, whose search takes longest."""
    session = opened(text, path)
    session.do(f"goto {at}")
    with session.machine.world.active():
        return findings(truth_here(session.machine, session.roles))


def judged_of(text: str, at: int = 1, path: Path = HERE) -> tuple[tuple[Finding, ...], Truth]:
    """The findings on one iteration of a script, and what they were compared with."""
    session = opened(text, path)
    session.do(f"goto {at}")
    with session.machine.world.active():
        truth = truth_here(session.machine, session.roles)
        return explained(findings(truth), truth), truth


def opened(text: str, path: Path = HERE) -> Session:
    """A session on a script."""
    return Session(script_from_text(path.stem, text, path))


def told(findings: tuple[Finding, ...]) -> str:
    """The findings as lines, for a failed assertion."""
    return "\n".join(
        f"{f.statement.line:4} {f.statement.text:50} {f.claim:12} {f.verdict:10} "
        f"{f.factor or ''!s:5} [{f.mistake}] {f.reason}"
        for f in findings
    )
