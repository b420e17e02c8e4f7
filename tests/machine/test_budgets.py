"""A run of any length keeps no more for going back than it may."""

import tracemalloc

import numpy as np
import pytest

from stepnet.machine.keeper import Policy
from stepnet.machine.machine import Budget, Machine
from stepnet.machine.travel import finish, run_through, travel
from tests.machine.running import machine

MILLION = 1_000_000

TINY = f"""\
losses = []
w = 0.0
for step in range({MILLION}):
    loss = step * 0.5
    w -= loss
    losses.append(loss)
"""


@pytest.fixture(scope="module")
def long_run() -> Machine:
    """A million iterations have been run through; tests travel about in them."""
    made = machine(TINY, budget=Budget(undo=1 << 20, checkpoints=32 << 20))
    for _ in run_through(made):
        assert made.keeper.bytes <= 32 << 20
        assert made.log.bytes <= 1 << 20
    return made


def test_a_million_iterations_keep_to_the_budget(long_run: Machine) -> None:
    assert long_run.tick == 4 * MILLION + 3
    assert len(long_run.keeper.checkpoints) <= Policy().most
    assert len(long_run.keeper.checkpoints) > 20


@pytest.mark.parametrize("step", [1, 17, 500_000, 765_432, 999_999])
def test_any_of_a_million_iterations_can_be_gone_to(long_run: Machine, step: int) -> None:
    start = long_run.timeline.starts[0][step]
    finish(travel(long_run, start + 3))
    names = long_run.world.names
    assert names["step"] == step
    assert names["w"] == -0.25 * step * (step + 1)
    losses = names["losses"]
    assert isinstance(losses, list)
    assert losses == [0.5 * n for n in range(step + 1)]
    assert long_run.keeper.bytes <= long_run.keeper.budget
    assert long_run.log.bytes <= long_run.log.budget


def test_going_back_where_the_budget_holds_no_checkpoint_still_arrives() -> None:
    made = machine(TINY.replace(str(MILLION), "20000"), budget=Budget(undo=0, checkpoints=1))
    finish(run_through(made))
    for tick in (60_000, 7, 40_000):
        finish(travel(made, tick))
        assert made.tick == tick
        assert len(made.keeper.checkpoints) == 1
        assert made.log.bytes == 0


ARRAYS = """\
import numpy as np
w = np.zeros((100, 500))
v = np.zeros((100, 500))
kept = []
for step in range(300):
    loss = step
    w += 1.0
    v = v * 0.5 + w
    if step % 50 == 0:
        kept.append(w.copy())
"""

UNDO, CHECKPOINTS = 2 << 20, 6 << 20


@pytest.mark.parametrize("stride", [1, 100], ids=lambda stride: f"stride {stride}")
@pytest.mark.parametrize("stepping", [True, False], ids=["stepped", "run through"])
def test_big_arrays_that_change_keep_to_the_budget_when(stepping: bool, stride: int) -> None:
    made = machine(
        ARRAYS,
        budget=Budget(undo=UNDO, checkpoints=CHECKPOINTS),
        policy=Policy(stride=stride),
    )
    tracemalloc.start()
    try:
        if stepping:
            while made.step():
                assert made.log.bytes <= UNDO
                assert made.keeper.bytes <= CHECKPOINTS
        else:
            finish(run_through(made))
        finish(travel(made, 700))
        finish(travel(made, 20))
        finish(travel(made, made.timeline.starts[0][238] + 2))
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    own = 8 * 400_000
    assert made.fault is None
    assert held < UNDO + CHECKPOINTS + own
    assert most < UNDO + CHECKPOINTS + 2 * own
    assert made.keeper.bytes <= CHECKPOINTS
    assert made.world.names["step"] == 238
    assert np.array_equal(np.asarray(made.world.names["w"]), np.full((100, 500), 239.0))


def test_the_undo_log_gives_up_its_oldest_records() -> None:
    made = machine(ARRAYS, budget=Budget(undo=UNDO))
    made.steps(800)
    assert 1_000_000 < made.log.bytes <= UNDO
    assert 3 <= len(made.log.records) < 30
    assert made.undo()


def test_one_change_that_is_larger_than_the_budget_is_gone_back_over_all_the_same() -> None:
    made = machine(ARRAYS, budget=Budget(undo=1000))
    made.steps(7)
    before = np.array(made.world.names["w"])
    made.steps(6)
    finish(travel(made, 7))
    assert np.array_equal(np.asarray(made.world.names["w"]), before)
