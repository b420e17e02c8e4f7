"""Conditions on tensors stop where a tensor goes wrong, forwards and backwards."""

import pytest

from stepnet.session.errors import CommandError
from stepnet.session.stops.tensors import KINDS
from tests.session.opening import NET, session
from tests.session.test_breakpoints import stops
from tests.session.test_data_breakpoints import mirrored, visited

BROKEN = """\
import numpy as np

def relu(z):
    return np.maximum(0, z)

np.random.seed(0)
X = np.random.randn(6, 3)
y = np.random.randn(6, 2)
params = {"W1": np.random.randn(3, 4), "W2": np.random.randn(4, 2)}
b1 = np.array([0.0, -100.0, 0.0, 0.0])
b2 = np.zeros(2)
lr = 0.1
for step in range(6):
    # %% forward
    h = relu(X @ params["W1"] + b1)
    t = np.tanh(50 * h)
    out = h @ params["W2"] + b2
    # %% loss
    loss = np.mean((out - y) ** 2)
    # %% backward
    d_out = 2 * (out - y) / y.size
    d_W2 = h.T @ d_out
    d_h = d_out @ params["W2"].T
    d_z = d_h * (h > 0)
    d_W1 = X.T @ d_z
    d_b1 = d_out.sum() * np.zeros(4)
    d_b2 = d_out.sum(axis=0)
    if step == 3:
        d_W2 = d_W2 * 1e5
    # %% update
    params["W1"] -= lr * d_W1
    params["W2"] -= lr * d_W2
    b1 = b1 - lr * d_b1
    b2 -= lr * d_b2
    if step == 4:
        lr = np.inf
"""

FIRST = {
    "nonfinite": ("5/lr", "lr: it is Inf"),
    "nonfinite for params": ('6/params["W1"]', "params['W1']: "),
    "all-zero": ("1/d_b1", "d_b1: all 4 entries are 0"),
    "vanishing-gradient": ("1/d_b1", "d_b1: its largest entry is 0"),
    "exploding-gradient 1e4": ("4/d_W2#2", "d_W2: its norm is 5.542e+04"),
    "exploding-gradient 1e4 for d_W1": None,
    "unchanged-weight": ("1/b1", "b1: its update changed no entry"),
    "update-ratio above 100": ('4/params["W2"]', "params['W2']: the update is"),
    "update-ratio below 0.01 for b2": None,
    "dead-relu": ("1/h", "h: unit 1 of 4: 0 for every sample"),
    "saturated 0.2": ("1/t", "t: "),
    "loss-rose": ("6", "loss: it rose in iteration 5"),
    "loss-stalled 2": None,
}


@pytest.mark.parametrize("condition", FIRST)
def test_a_condition_stops_where_it_first_holds(condition: str) -> None:
    opened = session(BROKEN)
    assert opened.do(f"stop-on {condition}").text == f"1 stop-on {condition}"
    stop = opened.do("continue")
    expected = FIRST[condition]
    if expected is None:
        return
    assert stop.reason == "data breakpoint"
    assert stop.text.startswith(f"data breakpoint 1: {condition}: {expected[1]}")
    assert stop.address == expected[0]


@pytest.mark.parametrize("condition", [kind.name for kind in KINDS])
def test_every_condition_stops_at_the_same_moments_backwards(condition: str) -> None:
    opened = session(BROKEN)
    opened.do(f"stop-on {condition}")
    mirrored(opened)


def test_a_gradient_that_is_not_exact_is_named_with_the_reason() -> None:
    opened = session(NET.replace("d_s = d_y_hat * y_hat * (1 - y_hat)", "d_s = d_y_hat * y_hat"))
    opened.do("stop-on inexact-gradient for d_w")
    stop = opened.do("continue")
    assert stop.address == "1.1/d_w"
    assert stop.text.startswith("data breakpoint 1: inexact-gradient for d_w: d_w is wrong")
    assert opened.do("continue").address == "1.2/d_w"
    assert len(stops(opened, "continue")) == 4
    right = session(NET)
    right.do("stop-on inexact-gradient")
    assert not right.do("continue").hits


def test_a_condition_that_goes_on_holding_stops_once() -> None:
    opened = session(
        "import numpy as np\na = np.zeros(2)\nfor i in range(5):\n    a = a + np.inf\n"
    )
    opened.do("stop-on nonfinite")
    assert len(stops(opened, "continue")) == 1


def test_a_loss_that_does_not_fall_is_told_once_in_so_many_iterations() -> None:
    text = "loss = 9.0\nfor i in range(20):\n    loss = loss - 1 if i < 5 else 4.5\n"
    opened = session(text)
    opened.do("stop-on loss-stalled 5")
    texts = [stop.text for stop in stops(opened, "continue")]
    assert texts == [
        "data breakpoint 1: loss-stalled 5: loss: it has not fallen below 4 for 5 iterations",
        "data breakpoint 1: loss-stalled 5: loss: it has not fallen below 4 for 10 iterations, "
        "hit 2",
        "data breakpoint 1: loss-stalled 5: loss: it has not fallen below 4 for 15 iterations, "
        "hit 3",
    ]


def test_plain_lists_of_numbers_are_looked_at_too() -> None:
    opened = session("w = [0.5, 1.0]\nfor i in range(3):\n    w[1] = w[1] * 1e200\n")
    opened.do("stop-on nonfinite")
    stop = opened.do("continue")
    assert stop.address == "2/w"


ERRORS = {
    "stop-on nonfinit": (
        "no condition is called 'nonfinit'\n    nonfinit\n    ^\n  Did you mean nonfinite?"
    ),
    "stop-on update-ratio 3": (
        "no condition is called 'update-ratio'\n    update-ratio 3\n    ^\n"
        "  Write update-ratio above 0.1 or update-ratio below 0.0001."
    ),
    "stop-on saturated much": (
        "'much' is not a number\n    saturated much\n              ^\n  More than this share of a "
        "sigmoid's or tanh's entries are within 0.01 of a limit."
    ),
    "stop-on nonfinite 3": (
        "nonfinite has no bound\n    nonfinite 3\n              ^\n  An entry is NaN or infinite."
    ),
    "stop-on nonfinite for los": (
        "no name 'los'\n    nonfinite for los\n                  ^\n  Did you mean loss?"
    ),
    "stop-on dead-relu": (
        "no statement of this script could be recognised as a ReLU\n    dead-relu\n    ^"
    ),
}


@pytest.mark.parametrize("line", ERRORS)
def test_what_cannot_be_watched_for_is_told(line: str) -> None:
    opened = session(NET)
    with pytest.raises(CommandError) as error:
        opened.do(line)
    assert str(error.value) == ERRORS[line]


def test_an_item_of_a_container_that_was_replaced_is_judged_by_what_it_was() -> None:
    text = (
        "import numpy as np\nfor n in range(3):\n    b = {1: np.ones(2) * 0}\n"
        "    c = np.ones(2)\n    b[1] *= c\n"
    )
    opened = session(text)
    opened.do("stop-on all-zero")
    assert mirrored(opened) == []


def test_the_ticks_of_a_condition_do_not_depend_on_where_the_run_began() -> None:
    opened, other = session(BROKEN), session(BROKEN)
    opened.do("stop-on update-ratio above 0.05")
    ticks = [tick for tick, _ in visited(opened, "continue")]
    assert len(ticks) > 4
    for tick in ticks[1:]:
        other.do(f"goto @{tick - 1}")
        other.stoppers = opened.stoppers
        assert other.do("continue").hits
        assert other.machine.tick == tick
