"""Every mistake is caught, and nearly every one is called by its name: a sample of the table.

``python -m tests.calculus.mutants`` judges them all.
"""

from __future__ import annotations

from collections import Counter

import pytest

from stepnet.calculus.mutations.table import EVERY
from tests.calculus.mutants import Judged, judged, sources, table

EVERY_NTH = {"regressor": 61, "jacobian_net": 37}
"""How many mutants of the larger scripts are passed over for one that is judged."""


def sample(name: str) -> list[Judged]:
    """Some mutants of a script, judged."""
    return list(judged(name, sources()[name], EVERY_NTH.get(name, 9)))


@pytest.mark.parametrize("name", sorted(sources()))
def test_mutants_are_caught_and_named(name: str) -> None:
    """None is judged right; of a sample at most two have another name."""
    results = sample(name)
    outcomes = Counter(result.outcome for result in results)
    assert not outcomes["missed"], table(results)
    unnamed = [r for r in results if r.outcome in ("caught", "scaled")]
    assert len(unnamed) <= 2, "\n".join(f"{r.mutant.made}: [{r.mistake}] {r.said}" for r in unnamed)
    assert outcomes["named"] or name == "regressor", table(results)


def test_every_mistake_has_a_name_of_its_own() -> None:
    """The name is how a finding tells which mistake it is."""
    names = [mistake.name for mistake in EVERY]
    assert len(set(names)) == len(names)
