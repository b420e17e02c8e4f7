"""Scripts nobody wrote: the machine does what CPython does, both ways, wherever it comes from."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepnet.machine.keeper import Policy
from stepnet.machine.machine import Budget
from tests.cpython import run_in_cpython
from tests.generated.scripts import scripts
from tests.machine.agreement import quarrel
from tests.machine.journeys import astray, moments
from tests.machine.oracle import disagreement
from tests.machine.running import machine, run, stepped

POLICIES = (
    Policy(stride=1, most=2, patience=1),
    Policy(stride=1, most=100, patience=1),
    Policy(stride=7, most=3, patience=13),
    Policy(stride=1, most=8, patience=5),
    Policy(),
)
BUDGETS = (
    Budget(undo=0),
    Budget(undo=1500),
    Budget(undo=5000, checkpoints=3000),
    Budget(checkpoints=1),
    Budget(),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a script is written for CPython to read; the next one overwrites it."""
    return tmp_path_factory.mktemp("generated") / "script.py"


@settings(max_examples=200)
@given(text=scripts())
def test_the_end_is_cpythons_end_stepped_and_run_through(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")
    theirs = run_in_cpython(path)
    one, other = stepped(machine(text, path)), run(machine(text, path))
    assert disagreement(one, path, theirs) is None
    assert disagreement(other, path, theirs) is None
    assert one.tick == other.tick


@settings(max_examples=60)
@given(text=scripts())
def test_going_back_restores_every_moment_bit_for_bit(text: str, path: Path) -> None:
    assert quarrel(text, path) is None


@settings(max_examples=60)
@given(
    text=scripts(),
    policy=st.sampled_from(POLICIES),
    budget=st.sampled_from(BUDGETS),
    seed=st.integers(0, 2**32 - 1),
)
def test_travelling_to_a_tick_equals_stepping_to_it(
    text: str, policy: Policy, budget: Budget, seed: int
) -> None:
    made = machine(text, policy=policy, budget=budget)
    assert astray(made, moments(made), random.Random(seed), 20) is None
