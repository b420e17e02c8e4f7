"""Checking gradients in a session."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from stepnet.session.checking import counted, reports
from stepnet.session.errors import CommandError, ScriptRaised
from stepnet.session.panes import chain_formula, chain_rows, program_rows, step_view
from stepnet.session.session import Session
from stepnet.session.verdicts import MUCH, NOT_YET
from stepnet.source.script import open_script, script_from_text

RAISES = """import numpy as np
W = np.ones((2, 1))
X = np.ones((3, 2))
y = np.zeros((3, 1))
for step in range(20):
    out = X @ W
    loss = np.sum((out - y) ** 2)
    if step == 4:
        X @ y
    d_out = 2 * (out - y)
    d_W = X.T @ d_out
    W -= 0.01 * d_W
"""


def opened(text: str) -> Session:
    return Session(script_from_text("script", text, Path("script.py").resolve()))


def with_change(name: str, old: str, new: str) -> Session:
    script = open_script(name)
    assert old in script.text
    return Session(script_from_text(name, script.text.replace(old, new), script.path))


@pytest.mark.parametrize(
    ("name", "iterations", "count"),
    [
        ("trask_neuron", ["1", "10"], "4 exact"),
        ("relu_net", ["1", "10"], "7 scaled"),
        ("regressor", ["1.1", "10.1"], "11 exact"),
    ],
)
def test_the_first_iteration_and_a_later_one(name: str, iterations: list[str], count: str) -> None:
    found = reports(Session.open(name))
    assert [report.iteration for report in found] == iterations
    assert [counted(report.findings) for report in found] == [count, count]


CACHED = """import numpy as np
rng = np.random.default_rng(3)
X, labels, W = rng.normal(size=(9, 2)), rng.integers(0, 3, 9), rng.normal(size=(2, 3))

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def forward(X, W):
    scores = X @ W
    return softmax(scores)

def backward(p):
    delta = p.copy()
    delta[range(len(labels)), labels] -= 1
    delta /= len(labels)
    return X.T @ delta

for step in range(3):
    p = forward(X, W)
    loss = -np.log(p[range(len(labels)), labels]).mean()
    W -= 0.1 * backward(p)
"""


def test_a_gradient_by_a_value_of_another_function_is_called_by_its_name_there() -> None:
    found = {f.statement.text: f for f in reports(opened(CACHED), ["1"])[0].findings}
    delta = found["delta /= len(labels)"]
    assert (delta.claim, delta.verdict) == ("∂loss/∂scores", "exact")


def test_a_gradient_by_a_value_that_has_no_name_tells_its_line() -> None:
    text = CACHED.replace("z - z.max(axis=1, keepdims=True)", "z / 1.5")
    found = {f.statement.text: f for f in reports(opened(text), ["1"])[0].findings}
    delta = found["delta /= len(labels)"]
    assert (delta.claim, delta.verdict) == ("∂loss/∂(a value of line 6)", "exact")


def test_addresses_choose_the_iterations() -> None:
    found = reports(Session.open("trask_neuron"), ["7", "7/dE_dw", "3/E"])
    assert [report.iteration for report in found] == ["7", "3"]
    with pytest.raises(CommandError, match="no iteration 2000"):
        reports(Session.open("trask_neuron"), ["2000"])


def test_a_script_without_a_loop_is_one_iteration() -> None:
    (report,) = reports(Session.open("activations_and_losses"))
    assert report.iteration == ""
    assert "wrong" not in counted(report.findings)


def test_the_scripts_own_error() -> None:
    first, last = reports(opened(RAISES))
    assert (first.iteration, first.fault) == ("1", "")
    assert last.iteration == "5"
    assert "ValueError" in last.fault
    with pytest.raises(ScriptRaised, match="line 9"):
        reports(opened(RAISES), ["12"])


def test_the_program_stands_where_it_stood() -> None:
    session = Session.open("relu_net")
    session.do("goto 4/grad_W1")
    before, output = session.position.tick, session.machine.output
    value = np.array(session.machine.names["W1"])
    stop = session.do("check")
    assert stop.text == "7 scaled"
    assert session.position.tick == before
    assert session.position.address == "4/grad_W1"
    assert session.machine.output == output
    assert np.array_equal(np.asarray(session.machine.names["W1"]), value)


def test_an_error_stays_where_the_program_stands_at_one() -> None:
    session = opened(RAISES)
    session.do("continue")
    fault = session.position.fault
    assert "ValueError" in fault
    session.check()
    assert session.position.fault == fault


def test_an_interrupted_check_leaves_no_trace() -> None:
    session = Session.open("jacobian_net")
    session.do("goto 2.2/dL_dh1")
    tick = session.position.tick
    run = session.verdicts.checking(session)
    for _ in range(30):
        next(run)
    run.close()
    assert session.position.tick == tick
    assert session.verdicts.here(session) is None


def test_what_nobody_asked_for_is_done_once_and_only_if_it_is_quick() -> None:
    session = Session.open("trask_neuron")
    assert not session.check_quickly()  # nothing has run
    session.do("goto 1/E")
    assert session.check_quickly()
    assert not session.check_quickly()  # it is known
    session.do("goto 2/E")
    session.machine.names["X"] = np.zeros(MUCH)
    assert not session.check_quickly()  # arrays in reach are large


def test_panes_say_what_was_found() -> None:
    session = Session.open("relu_net")
    session.do("goto 3/grad_W1")
    assert {row.verdict for row in chain_rows(session)} == {NOT_YET}
    assert step_view(session).verdict == NOT_YET
    assert {row.verdict for row in program_rows(session)} == {""}
    session.check()
    assert {row.verdict for row in chain_rows(session)} == {"scaled"}
    marked = [row for row in program_rows(session) if row.verdict]
    assert [row.factor for row in marked] == ["½"] * 7
    told = step_view(session).diagnosis
    assert told is not None
    assert "½ of ∂loss/∂W1" in told.reason


def test_a_wrong_gradient_is_told_with_both_values() -> None:
    session = with_change("trask_neuron", "dE_dw = X.T @ dE_ds", "dE_dw = X.T @ dE_dyhat")
    session.do("goto 3/dE_dw")
    session.check()
    view = step_view(session)
    assert view.verdict == "wrong"
    told = view.diagnosis
    assert told is not None
    assert told.worst is not None
    assert (told.claimed.text, told.true.text) == ("dE_dw", "∂E/∂w")
    claimed, true = np.asarray(told.claimed.value), np.asarray(told.true.value)
    assert np.abs(claimed - true).max() == abs(claimed[told.worst] - true[told.worst])


@pytest.mark.parametrize(
    ("name", "address", "formula"),
    [
        ("trask_neuron", "3/dE_dw", "∂E/∂w ∂E/∂ŷ ∂ŷ/∂s ∂s/∂w"),
        ("trask_neuron", "3/w", "∂E/∂w ∂E/∂ŷ ∂ŷ/∂s ∂s/∂w"),
        ("trask_neuron", "3/E", ""),
        ("regressor", "1.2/d_w3", "∂loss/∂w3 ∂loss/∂l3_out ∂l3_out/∂w3"),
        ("jacobian_net", "1.2/dL_dh1", "∂L/∂h1 ∂L/∂ŷ ∂ŷ/∂h2 ∂h2/∂z1 ∂z1/∂h1"),
    ],
)
def test_the_chain_from_the_loss_to_the_current_name(name: str, address: str, formula: str) -> None:
    session = Session.open(name)
    session.do(f"goto {address}")
    assert " ".join(chain_formula(session)) == formula


def test_rows_say_which_of_them_lead_to_the_current_one() -> None:
    session = Session.open("regressor")
    session.do("goto 1.2/d_w2")
    leading = [row.name for row in chain_rows(session) if row.leads_here]
    assert leading == ["d_loss", "input_grad_w3", "d_l2_out", "d_w2"]


LAYERS = """import numpy as np

class Layer:
    def __init__(self):
        self.W = np.ones((2, 2))
    def forward(self, x):
        self.x = x
        return x @ self.W
    def backward(self, upstream):
        self.dW = self.x.T @ upstream
        back = upstream @ self.W.T
        return back

X, y = np.eye(2), np.zeros((2, 2))
layer = Layer()
for step in range(3):
    out = layer.forward(X)
    loss = 0.5 * np.sum((out - y) ** 2)
    layer.backward(out - y)
    layer.W -= 0.1 * layer.dW
"""


def test_the_chain_tells_a_gradient_of_an_attribute_while_its_object_is_in_reach() -> None:
    session = opened(LAYERS)
    session.do("goto 2/backward.back")
    inside = {row.name: (row.shape, row.value) for row in chain_rows(session)}
    assert inside["self.dW"] == ("(2,2)", "0.9 … 0.9")
    session.do("goto 2/backward.self.dW")
    session.do("back")
    before = {row.name: (row.shape, row.value) for row in chain_rows(session)}
    assert before["self.dW"] == ("", "")
    session.do("goto 2/layer.W")
    outside = {row.name: (row.shape, row.value) for row in chain_rows(session)}
    assert outside["self.dW"] == ("", "")


def test_looking_at_operators_of_the_scripts_own_objects_does_not_call_them() -> None:
    text = """\
import numpy as np
class Tensor:
    asked = 0
    def __init__(self, data):
        self.data = data
    def __sub__(self, other):
        Tensor.asked += 1
        return Tensor(self.data - other.data)
    def sum(self):
        Tensor.asked += 1
        return Tensor(2 * self.data)
w, y = Tensor(np.ones(2)), Tensor(np.zeros(2))
for epoch in range(3):
    error = w - y
    dw = (w - y).sum().data
    loss = (error.data ** 2).sum()
    assert Tensor.asked == 3 * (epoch + 1)
    w.data = w.data - 0.1 * dw
"""
    session = opened(text)
    session.goto("2")
    session.check()
    assert session.verdicts.fault == ""
