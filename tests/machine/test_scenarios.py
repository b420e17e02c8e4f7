"""The scenarios that come with stepnet: what CPython computes, forwards, back, and from afar."""

import random
from functools import cache
from pathlib import Path

import pytest

from stepnet.machine import travel as journeys
from stepnet.machine.keeper import Policy
from stepnet.machine.machine import Budget
from stepnet.machine.travel import back, finish, run_through, travel
from stepnet.source.script import builtin_paths
from tests.cpython import Run, run_in_cpython
from tests.machine.fingerprint import Print, fingerprint, first_difference
from tests.machine.journeys import astray, moments
from tests.machine.oracle import disagreement
from tests.machine.running import machine, run

SCENARIOS = builtin_paths()
STRETCH = 250
"Ticks of a scenario that are looked at one by one."
STEPPED = 30_000
"A scenario of more ticks is stepped so far, and run through to its end."


@cache
def in_cpython(path: Path) -> Run:
    return run_in_cpython(path)


@pytest.fixture(params=SCENARIOS, name="path")
def scenario(request: pytest.FixtureRequest) -> Path:
    return SCENARIOS[request.param]


def test_run_through_it_ends_as_in_cpython(path: Path) -> None:
    made = run(machine(path.read_text(), path))
    assert disagreement(made, path, in_cpython(path)) is None
    assert made.fault is None


def test_stepped_it_comes_to_what_running_through_comes_to(path: Path) -> None:
    through = machine(path.read_text(), path)
    whole = run(through).tick
    made = machine(path.read_text(), path)
    steps = made.steps(min(whole, STEPPED))
    assert steps == min(whole, STEPPED)
    if whole <= STEPPED:
        assert made.is_ended
        assert disagreement(made, path, in_cpython(path)) is None
    finish(travel(through, steps))
    assert first_difference(fingerprint(made), fingerprint(through)) == ""


@pytest.mark.parametrize("start", [0, 10_007])
def test_as_many_steps_back_restore_every_name_bit_for_bit(path: Path, start: int) -> None:
    made = machine(path.read_text(), path)
    finish(travel(made, start))
    start = made.tick
    prints = [fingerprint(made, hidden=True)]
    while len(prints) < STRETCH and made.step():
        prints.append(fingerprint(made, hidden=True))
    for tick in range(len(prints) - 2, -1, -1):
        assert made.undo()
        assert made.tick == start + tick
        assert first_difference(prints[tick], fingerprint(made, hidden=True)) == ""


@pytest.mark.parametrize(
    ("policy", "budget"),
    [
        (Policy(), Budget()),
        (Policy(stride=1, most=3, patience=1), Budget(undo=0)),
        (Policy(stride=100, most=50, patience=100), Budget(undo=20_000)),
        (Policy(stride=7, most=9, patience=40), Budget(undo=5000, checkpoints=200_000)),
    ],
    ids=["as it comes", "every tick", "a hundred ticks", "hardly any room"],
)
def test_going_to_a_tick_is_stepping_to_it(
    path: Path, policy: Policy, budget: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journeys, "HISTORY", 20)
    prints = list(_known(path))
    made = machine(path.read_text(), path, policy=policy, budget=budget)
    finish(run_through(made, until=min(len(prints) - 1, 350)))
    rolls = random.Random(len(prints))
    finish(travel(made, rolls.randrange(len(prints))))
    assert astray(made, prints, rolls, 10, through=False) is None


@cache
def _known(path: Path) -> tuple[Print, ...]:
    return tuple(moments(machine(path.read_text(), path), STRETCH))


def test_going_back_from_the_end_works(path: Path) -> None:
    made = run(machine(path.read_text(), path))
    end = made.tick
    for _ in range(20):
        assert back(made)
    other = machine(path.read_text(), path)
    finish(travel(other, end - 20))
    assert made.tick == end - 20
    assert first_difference(fingerprint(other), fingerprint(made)) == ""
