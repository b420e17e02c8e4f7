"""Items of dictionaries and lists, and attributes: addressed, listed and shown like names."""

from __future__ import annotations

import pytest

from stepnet.session.address import current_address
from stepnet.session.errors import CommandError
from stepnet.session.panes import name_rows, program_rows
from stepnet.session.step_pane import step_view
from tests.session.opening import at, session

TEXT = """\
import numpy as np

class Layer:
    def __init__(self):
        self.W = np.ones((2, 3))

    def step(self, dW):
        self.dW = dW
        self.W -= 0.1 * self.dW

X = np.ones((4, 2))
params = {"W1": np.ones((2, 3)), "b1": np.zeros(3), "lr": 0.1}
hidden = [np.ones(2), np.ones(5)]
layer = Layer()
grads = {}
for epoch in range(3):
    out = X @ params["W1"] + params["b1"]
    loss = np.sum(out ** 2)
    grads["dW1"] = 2 * X.T @ out
    grads["db1"] = 2 * out.sum(axis=0)
    params["W1"] -= params["lr"] * grads["dW1"]
    params["b1"] -= params["lr"] * grads["db1"]
    layer.step(grads["dW1"])
"""


def test_the_names_pane_lists_the_places_in_a_dictionary_a_list_and_an_object() -> None:
    rows = {row.name: row for row in name_rows(at(TEXT, "2/dW1"))}
    assert rows['params["W1"]'].shape == "(2,3)"
    assert rows['params["W1"]'].role == "parameter"
    assert rows['grads["dW1"]'].role == "gradient"
    assert rows['grads["dW1"]'].changed
    assert not rows['grads["db1"]'].changed
    assert rows["hidden[1]"].shape == "(5,)"
    assert rows["layer.W"].shape == "(2,3)"
    assert 'params["lr"]' not in rows


def test_its_rows_stand_below_the_name_that_holds_them() -> None:
    names = [row.name for row in name_rows(at(TEXT, "1/dW1"))]
    assert names[names.index("params") + 1 :][:2] == ['params["W1"]', 'params["b1"]']


@pytest.mark.parametrize("written", ['2/grads["dW1"]', "2/grads['dW1']", "2/dW1"])
def test_a_place_is_addressed_whole_or_by_what_it_is_called(written: str) -> None:
    assert current_address(at(TEXT, written).machine) == '2/grads["dW1"]'


def test_what_two_places_are_called_is_not_enough() -> None:
    text = TEXT.replace('grads["db1"]', 'other["dW1"]').replace(
        "grads = {}", "grads, other = {}, {}"
    )
    with pytest.raises(CommandError) as caught:
        at(text, "2/dW1")
    assert caught.value.message == "dW1 is ambiguous"
    assert caught.value.advice == 'Write grads["dW1"] or other["dW1"].'


def test_an_attribute_in_a_method_is_addressed_by_its_function() -> None:
    opened = at(TEXT, "2/dW")
    assert opened.machine.frame.unit.name == "step"
    assert at(TEXT, current_address(opened.machine)).machine.tick == opened.machine.tick


def test_the_step_pane_shows_the_item() -> None:
    view = step_view(at(TEXT, "2/dW1"))
    assert [operand.text for operand in view.results] == ['grads["dW1"]']
    assert [operand.shape for operand in view.results] == ["(2,3)"]


def test_the_program_shows_the_shape_of_the_item() -> None:
    shapes = {row.text.strip(): row.shape for row in program_rows(at(TEXT, "2/db1"))}
    assert shapes['grads["dW1"] = 2 * X.T @ out'] == "(2,3)"


def test_a_gradient_in_a_dictionary_is_checked() -> None:
    opened = session(TEXT)
    opened.do("goto 2")
    found = {finding.name: finding.verdict for finding in opened.check()}
    assert found['grads["dW1"]'] == found['grads["db1"]'] == "exact"


def test_what_gets_another_array_is_no_change_in_place() -> None:
    found = step_view(at(TEXT, '2/grads["dW1"]'))
    assert found.before == ()
    assert [part.text for part in found.operands] == ["2 * X.T", "out"]
    changed = step_view(at(TEXT, '2/params["W1"]'))
    assert [part.text for part in changed.before] == ['params["W1"]']
