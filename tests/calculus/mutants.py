"""Every mistake on every line of the scenarios and of some networks: is it caught, is it named?

``python -m tests.calculus.mutants`` prints the table.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stepnet.calculus.check import Truth
from stepnet.calculus.finding import Finding
from stepnet.calculus.mutations.diagnosis import searched
from stepnet.calculus.mutations.mutants import Mutant, mutants
from stepnet.calculus.mutations.table import EVERY
from stepnet.session.errors import CommandError
from stepnet.source.script import builtin_paths
from tests.calculus.checking import findings_of, judged_of, opened

NETWORKS = Path(__file__).parent / "networks"
SCENARIOS = ("trask_neuron", "relu_net", "regressor", "jacobian_net")
MULTIPLES = frozenset({"factor", "averaged"})
"""Mistakes that only scale."""
SCALES = (1.0, 0.5)
"""relu_net drops a 2 everywhere."""


@dataclass(frozen=True)
class Judged:
    """What became of a mutant."""

    script: str
    mutant: Mutant
    outcome: str
    """``named``, ``caught``, ``scaled``, ``missed``.

    Nothing to be caught: ``same``, every gradient keeps its value; ``right``, it has become right;
    ``raises``, Python itself stops there. ``alike``: another mistake gives the same numbers.
    """
    said: str = ""
    mistake: str = ""


def sources() -> dict[str, Path]:
    """The scripts that mutants are made of, by name."""
    scenarios = {name: builtin_paths()[name] for name in SCENARIOS}
    return scenarios | {path.stem: path for path in sorted(NETWORKS.glob("*.py"))}


def judged(name: str, path: Path, every: int = 1, at: int = 2) -> Iterator[Judged]:
    """Every so many mutants of a script, and how they were judged."""
    text = path.read_text(encoding="utf-8")
    session = opened(text, path)
    session.do(f"goto {at}")
    right = {number: findings_of(text, number, path) for number in (1, at)}
    wrong = {f.statement.line for f in right[at] if f.verdict == "wrong"}
    with session.machine.world.active():
        made = list(mutants(session.machine, session.roles))
    chosen = [mutant for mutant in made if mutant.statement.line not in wrong]
    for mutant in chosen[::every]:
        yield verdict(name, mutant, right, path, at)


Right = dict[int, tuple[Finding, ...]]


def verdict(name: str, mutant: Mutant, right: Right, path: Path, at: int) -> Judged:
    """How one mutant was judged: in a later iteration, or in the first if it gets no further."""
    text = mutant.text
    if mutant.mistake.name == "stale" and not mutant.statement.unit:
        text = with_start(mutant, right[at])
    for number in (at, 1):
        try:
            found, truth = judged_of(text, number, path)
        except CommandError:
            continue
        if any(f.statement.line >= mutant.statement.line for f in found):
            return _verdict(name, mutant, right[number], found, truth)
    return Judged(name, mutant, "raises")


def _verdict(
    name: str, mutant: Mutant, right: tuple[Finding, ...], found: tuple[Finding, ...], truth: Truth
) -> Judged:
    if same(found, right):
        return Judged(name, mutant, "same", "every gradient keeps its value")
    worse = list(changed(found, right))
    if not worse:
        best = all(f.verdict in ("exact", "unclaimed") or _was(f, right) for f in found)
        return Judged(name, mutant, "right" if best else "missed")
    first = next((f for f in worse if f.mistake != "built on"), worse[0])
    expected = mutant.mistake
    if first.mistake == expected.name:
        return Judged(name, mutant, "named", first.reason, first.mistake)
    if {first.mistake, expected.name} <= MULTIPLES:
        return Judged(name, mutant, "alike", first.reason, first.mistake)
    if first.claimed is not None and searched(first, first.claimed, truth, (expected,), SCALES):
        return Judged(name, mutant, "alike", first.reason, first.mistake)
    if not any(f.verdict == "wrong" for f in worse) and expected.name not in MULTIPLES:
        return Judged(name, mutant, "scaled", first.reason, first.mistake)
    return Judged(name, mutant, "caught", first.reason, first.mistake)


def _was(finding: Finding, right: tuple[Finding, ...]) -> bool:
    return any(f.name == finding.name and f.verdict == finding.verdict for f in right)


def changed(found: tuple[Finding, ...], right: tuple[Finding, ...]) -> Iterator[Finding]:
    """Findings that are worse than they were before."""
    before = Counter((f.name, f.verdict, f.factor) for f in right)
    for finding in found:
        key = (finding.name, finding.verdict, finding.factor)
        if before[key]:
            before[key] -= 1
            if finding.verdict != "wrong" or _equal(finding, right):
                continue
        if finding.verdict in ("wrong", "scaled"):
            yield finding


def _equal(finding: Finding, right: tuple[Finding, ...]) -> bool:
    return any(f.name == finding.name and np.array_equal(_array(f), _array(finding)) for f in right)


def _array(finding: Finding) -> np.ndarray:
    return np.zeros(0) if finding.claimed is None else finding.claimed


def same(found: tuple[Finding, ...], right: tuple[Finding, ...]) -> bool:
    """Do all gradients keep the values they had?"""
    old = {f.name: _array(f) for f in right}
    new = {f.name: _array(f) for f in found}
    return all(
        name in new
        and new[name].size == value.size
        and np.allclose(new[name].ravel(), value.ravel(), rtol=1e-9, atol=1e-12)
        for name, value in old.items()
    )


def with_start(mutant: Mutant, right: tuple[Finding, ...]) -> str:
    """``dW += …`` needs a ``dW`` before the first loop."""
    target = mutant.statement.targets[0]
    shape = next(_array(f).shape for f in right if f.name == target)
    lines = mutant.text.splitlines()
    where = next(n for n, line in enumerate(lines) if line.startswith("for "))
    lines.insert(where, f"{target} = np.zeros({shape})")
    return "\n".join(lines) + "\n"


COLUMNS = ("same", "right", "raises", "alike")


def table(results: list[Judged]) -> str:
    """Caught, named, of how many, by mistake; and what is no wrong script to be caught."""
    head = "".join(f"{column:>8}" for column in COLUMNS)
    rows = [f"{'mistake':20} {'of':>5} {'caught':>7} {'named':>6}  {head}"]
    total: Counter[str] = Counter()
    for mistake in EVERY:
        count = Counter(r.outcome for r in results if r.mutant.mistake is mistake)
        total += count
        rows.append(_row(mistake.name, count))
    return "\n".join([*rows, _row("all", total)])


def _row(name: str, count: Counter[str]) -> str:
    caught = count["named"] + count["caught"]
    wrong = caught + count["missed"] + count["scaled"]
    rest = "".join(f"{count[column]:>8}" for column in COLUMNS)
    return f"{name:20} {wrong:5} {caught:7} {count['named']:6}  {rest}"


def main() -> int:
    """Judge every mutant of every script and print the table."""
    results: list[Judged] = []
    for name, path in sources().items():
        if not sys.argv[1:] or name in sys.argv[1:]:
            results += judged(name, path)
    for one in results:
        if one.outcome in ("caught", "missed", "scaled", "alike"):
            print(
                f"{one.outcome:7} {one.script}:{one.mutant.statement.line} {one.mutant.made}"
                f"\n        is {one.mutant.mistake.name}, told [{one.mistake}] {one.said}"
            )
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
