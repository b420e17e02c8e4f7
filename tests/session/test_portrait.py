"""The portrait of a name tells what going there would show."""

import math
from pathlib import Path

import numpy as np
import pytest

from stepnet.session import history as histories
from stepnet.session.errors import CommandError
from stepnet.session.portrait import PortraitView
from stepnet.session.predict import questions
from stepnet.session.session import Session
from tests.machine.fingerprint import fingerprint, first_difference
from tests.session.opening import NET, at, session

LOOP = """\
import numpy as np

w = np.array([1.0, -2.0])
for step in range({turns}):
    loss = float(np.sum(w ** 2))
    dw = 2 * w
    w -= 0.1 * dw
"""


def portrayed(opened: Session, name: str) -> PortraitView:
    """The portrait that the command makes."""
    opened.do(f"portrait {name}")
    assert opened.portrait is not None
    return opened.portrait


@pytest.mark.parametrize("many", [histories.MANY, 0])
def test_its_history_is_what_going_there_shows(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(histories, "MANY", many)
    opened = at(LOOP.format(turns=40), "30/dw")
    samples = portrayed(opened, "w").samples
    assert samples
    for sample in samples:
        there = at(LOOP.format(turns=40), str(sample.iteration))
        before = np.array(there.value("w"))
        there.goto(f"{sample.iteration}/w")
        after = there.value("w")
        assert sample.norm == pytest.approx(float(np.linalg.norm(after)), rel=1e-15)
        assert (sample.low, sample.high) == (after.min(), after.max())
        moved = np.linalg.norm(after - before) / np.linalg.norm(before)
        assert sample.ratio == pytest.approx(float(moved), rel=1e-12)


def test_it_looks_at_no_more_iterations_than_it_needs() -> None:
    opened = at(LOOP.format(turns=500), "end")
    iterations = [sample.iteration for sample in portrayed(opened, "w").samples]
    assert len(iterations) <= histories.POINTS
    assert (iterations[0], iterations[-1]) == (1, 500)


def test_asking_leaves_the_program_where_it_stands() -> None:
    opened = at(NET, "2.2/d_s")
    before, address = fingerprint(opened.machine), opened.position.address
    for name in ("w", "d_s", "X", "epoch", "loss"):
        portrayed(opened, name)
        assert opened.position.address == address
        assert first_difference(before, fingerprint(opened.machine)) == ""
    assert opened.do("back").address == "2.2/d_y_hat"


def test_asking_can_be_broken_off() -> None:
    opened = at(LOOP.format(turns=3000), "end")
    address = opened.position.address
    run = opened.perform("portrait w")
    for _ in range(2):
        next(run, None)
    run.close()
    assert opened.position.address == address


def test_it_names_writers_and_readers() -> None:
    view = portrayed(at(NET, "2.2/d_s"), "w")
    assert view.written == "2.1/w"
    assert [part.statement for part in view.writers] == [
        "w = np.random.randn(2, 1)",
        "w -= 0.5 * d_w",
    ]
    assert [part.statement for part in view.readers] == ["s = X @ w + b"]
    assert (view.role, view.is_parameter) == ("parameter", True)


def test_what_was_written_long_ago_is_found() -> None:
    assert portrayed(at(NET, "3.2/d_s"), "X").written == "/X"


def test_a_gradient_tells_its_claim_and_verdict() -> None:
    opened = at(NET, "2.2/d_w")
    opened.check()
    view = portrayed(opened, "d_w")
    assert (view.claim, view.verdict) == ("∂loss/∂w", "exact")


def test_the_name_that_was_just_assigned_is_meant_unless_another_is_given() -> None:
    assert portrayed(at(NET, "2.2/d_s"), "").name == "d_s"
    with pytest.raises(CommandError, match="no name was just assigned"):
        session(NET).do("portrait")


def test_an_expression_has_a_history_too() -> None:
    view = portrayed(at(LOOP.format(turns=9), "end"), "np.abs(w).max()")
    assert [round(sample.low, 6) for sample in view.samples] == [
        round(2 * 0.8**turn, 6) for turn in range(1, 10)
    ]


def test_what_does_not_exist_is_an_error() -> None:
    with pytest.raises(CommandError, match="no name 'nothing'"):
        at(NET, "2.2/d_s").do("portrait nothing")


def test_what_is_no_number_has_no_history() -> None:
    view = portrayed(
        at("items = ['a']\nfor step in range(3):\n    items = items + ['b']\n", "end"), "items"
    )
    assert view.samples == ()


@pytest.mark.parametrize(
    ("rate", "told"),
    [("0.0", "DOES NOT MOVE"), ("0.4", "LARGE, above 0.1"), ("1e-6", "SMALL, below 0.0001")],
)
def test_an_unusual_step_is_said_in_capitals(rate: str, told: str) -> None:
    stop = at(LOOP.format(turns=5).replace("0.1 *", f"{rate} *"), "end").do("portrait w")
    assert told in stop.text


def test_a_value_that_breaks_is_said_to() -> None:
    text = LOOP.format(turns=6).replace("w -= 0.1 * dw", "w -= 0.1 * dw / (3 - step)")
    opened = at(text, "end")
    stop = opened.do("portrait w")
    assert "NOT FINITE since iteration 4" in stop.text
    assert "2 NaN of 2" in stop.text or "Inf" in stop.text
    assert opened.portrait is not None
    assert any(math.isnan(sample.low) for sample in opened.portrait.samples)


def test_in_a_function_a_name_of_its_own_has_a_portrait() -> None:
    view = portrayed(at(NET, "2.1/sigmoid.s"), "z")
    assert view.shape == "(3,1)"
    assert [part.unit for part in view.readers] == ["sigmoid"]


def test_nothing_is_looked_at_before_the_first_iteration_has_ended() -> None:
    assert portrayed(at(NET, "1.1/s"), "w").samples == ()


def test_a_scenario_too(tmp_path: Path) -> None:
    opened = Session.open("regressor")
    opened.goto("4.2/d_w1")
    stop = opened.do("portrait w1")
    assert stop.text.startswith("w1 (13,10) f8 parameter, at 4.2/d_w1")


KEPT = """\
import numpy as np

class Net:
    def __init__(self):
        self.w = np.array([[1.0], [-2.0]])

    def forward(self, x):
        self.out = x @ self.w
        return self.out

    def step(self, grad):
        self.w -= 0.1 * grad

net = Net()
x = np.array([[1.0, 2.0], [0.5, -1.0]])
for turn in range(6):
    loss = np.sum(net.forward(x) ** 2)
    net.step(x.T @ (2 * net.out))
"""


def test_an_attribute_has_a_portrait() -> None:
    view = portrayed(at(KEPT, "end"), "net.w")
    assert [part.line for part in view.writers] == [5, 12]
    assert [part.line for part in view.readers] == [8]
    assert len(view.samples) == 6
    assert view.is_parameter
    assert not math.isnan(view.samples[-1].ratio)


def test_what_a_class_keeps_can_be_predicted() -> None:
    opened = at(KEPT, "1/8")
    (question, *_) = questions(opened)
    assert (question.name, question.answer) == ("self.out", "(2,1)")
