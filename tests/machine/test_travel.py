"""Going to a moment, from anywhere and whatever was kept, comes to what stepping comes to."""

import random
from collections.abc import Iterator

import pytest

from stepnet.machine import travel as journeys
from stepnet.machine.keeper import Policy
from stepnet.machine.machine import Budget
from stepnet.machine.travel import back, finish, run_through, travel
from tests.machine.cases import trained
from tests.machine.fingerprint import fingerprint, first_difference
from tests.machine.journeys import astray, moments
from tests.machine.running import machine, run, stepped
from tests.machine.test_going_back import STATEMENTS
from tests.machine.test_loops import LOOPS, SETUP

TIGHT = Policy(stride=1, most=8, patience=5)


@pytest.fixture
def brief_history(monkeypatch: pytest.MonkeyPatch) -> None:
    """Journeys run through fused code nearly to their end, as in a script of millions of ticks."""
    monkeypatch.setattr(journeys, "HISTORY", 1)


def lost(text: str, policy: Policy = TIGHT, budget: Budget | None = None) -> str | None:
    """Run a script through, then travel about; says where it was not as when stepped."""
    prints = moments(machine(text, policy=policy))
    made = run(machine(text, policy=policy, budget=budget))
    if found := first_difference(prints[-1], fingerprint(made)):
        return f"at the end: {found}"
    return astray(made, prints, random.Random(len(text)), 12)


@pytest.mark.usefixtures("brief_history")
@pytest.mark.parametrize("name", STATEMENTS)
def test_checkpoints_keep_what_fused_code_changes_when(name: str) -> None:
    assert lost("import numpy as np\n" + trained(STATEMENTS[name], 5)) is None


@pytest.mark.usefixtures("brief_history")
@pytest.mark.parametrize("name", LOOPS)
def test_checkpoints_keep_the_position_of_a_loop_over(name: str) -> None:
    assert lost(SETUP + trained(LOOPS[name], 3)) is None


TRAINING = """\
import numpy as np
np.random.seed(1)
w = np.random.randn(3)
layers = {"b": [np.zeros(2)]}
losses = []
def update(w, g):
    w -= 0.1 * g
    for i in range(2):
        w[i] += i
    return w
for epoch in range(40):
    for batch in range(5):
        # %% forward
        x = np.random.randn(3)
        y = w * x
        loss = float((y ** 2).sum())
        # %% update
        w = update(w, 2 * y * x)
        layers["b"][0] += loss
        losses.append(loss)
        if batch == 3:
            print(epoch, f"{loss:.3f}")
    np.random.shuffle(losses)
"""


@pytest.fixture(scope="module")
def prints() -> list[tuple[object, ...]]:
    return moments(machine(TRAINING))


@pytest.mark.usefixtures("brief_history")
@pytest.mark.parametrize("undo", [0, 2_000, 100_000], ids=lambda budget: f"{budget} bytes to undo")
@pytest.mark.parametrize("stride", [1, 50, 1000], ids=lambda stride: f"stride {stride}")
@pytest.mark.parametrize("most", [2, 5, 100], ids=lambda most: f"{most} checkpoints")
def test_every_policy_and_budget_comes_to_the_same_with(
    prints: list[tuple[object, ...]], undo: int, stride: int, most: int
) -> None:
    policy = Policy(stride=stride, most=most, patience=3 * stride)
    made = run(machine(TRAINING, policy=policy, budget=Budget(undo=undo)))
    assert astray(made, prints, random.Random(undo + stride + most), 12) is None


def test_going_back_works_on_when_the_undo_log_is_empty(prints: list[tuple[object, ...]]) -> None:
    made = run(machine(TRAINING, budget=Budget(undo=0), policy=Policy(200, 50, 200)))
    for tick in range(made.tick - 1, made.tick - 40, -1):
        assert back(made)
        assert made.tick == tick
        assert first_difference(prints[tick], fingerprint(made)) == ""


def test_back_at_the_start_says_so() -> None:
    made = machine(TRAINING)
    assert not back(made)
    assert made.tick == 0


def test_a_tick_beyond_the_end_is_the_end() -> None:
    made = machine("x = 1\ny = 2\n")
    finish(travel(made, 100))
    assert made.is_ended
    assert made.tick == 2


def test_a_tick_beyond_an_error_is_the_error() -> None:
    made = machine("x = 1\ny = x / 0\nz = 3\n")
    finish(travel(made, 100))
    assert made.tick == 1
    assert made.fault is not None
    finish(travel(made, 0))
    assert made.fault is None


def break_off(journey: Iterator[None], after: int) -> None:
    for number, _ in enumerate(journey):
        if number == after:
            return


LONG = """\
total = 0
seen = []
for step in range(6000):
    loss = step % 7
    total += loss
    seen.append(loss)
"""


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_run_that_is_broken_off_stands_at_a_whole_tick(
    after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journeys, "PATIENCE", 0.0005)
    made = machine(LONG)
    break_off(run_through(made), after)
    assert 0 < made.tick < 18_000
    other = machine(LONG)
    other.steps(made.tick)
    assert first_difference(fingerprint(other), fingerprint(made)) == ""


def test_a_broken_off_journey_can_be_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journeys, "PATIENCE", 0.0005)
    made = machine(LONG)
    for after in (0, 2, 1):
        break_off(travel(made, 12_000), after)
    finish(travel(made, 12_000))
    other = machine(LONG)
    other.steps(12_000)
    assert first_difference(fingerprint(other), fingerprint(made)) == ""


def test_a_loop_inside_a_fused_piece_can_run_for_long() -> None:
    text = """\
for step in range(1):
    loss = 0
    for i in range(11000):
        loss += i
    n = 0
    while n < 11000:
        n += 1
"""
    made, other = run(machine(text)), stepped(machine(text))
    assert made.tick == other.tick
    assert made.world.names["loss"] == other.world.names["loss"]


def test_the_error_in_a_fused_piece_is_where_it_is_when_stepped() -> None:
    text = """\
import numpy as np
w = np.zeros(3)
done = []
for step in range(10):
    loss = step
    w[step % 3] += 1
    done.append(step)
    w[step // 2] = 1 / (5 - step)
    done.append(-step)
"""
    made, other = run(machine(text)), stepped(machine(text))
    assert made.fault == other.fault
    assert made.fault is not None
    assert made.fault.statement.line == 8
    assert first_difference(fingerprint(other), fingerprint(made)) == ""
    back(made)
    other.undo()
    assert first_difference(fingerprint(other), fingerprint(made)) == ""
