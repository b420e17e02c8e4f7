"""Checking a script given as text."""

from __future__ import annotations

from pathlib import Path

from stepnet.calculus.finding import Finding
from stepnet.calculus.stretch import checked
from stepnet.session.session import Session
from stepnet.source.script import script_from_text

HERE = Path("script.py")


def findings_of(text: str, at: int = 1, path: Path = HERE) -> tuple[Finding, ...]:
    """The findings on one iteration of a script."""
    session = opened(text, path)
    session.do(f"goto {at}")
    with session.machine.world.active():
        return checked(session.machine, session.roles)


def opened(text: str, path: Path = HERE) -> Session:
    """A session on a script."""
    return Session(script_from_text(path.stem, text, path))


def told(findings: tuple[Finding, ...]) -> str:
    """The findings as lines, for a failed assertion."""
    return "\n".join(
        f"{f.statement.line:4} {f.statement.text:50} {f.claim:12} {f.verdict:10} "
        f"{f.factor or '':5} [{f.mistake}] {f.reason}"
        for f in findings
    )
