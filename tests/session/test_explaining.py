"""Entries explained: where they were made, and the terms that add up to them."""

from __future__ import annotations

import numpy as np
import pytest

from stepnet.session.errors import CommandError
from stepnet.session.explaining import entry_view
from stepnet.session.session import Session
from tests.session.opening import NET, at


def test_a_product_is_the_sum_of_its_products() -> None:
    opened = Session.open("trask_neuron")
    opened.do("goto 3/dE_dw")
    view = entry_view(opened, "dE_dw[0,0]")
    assert view.formula == "dE_dw[0,0] = Σₙ X[n,0]·dE_ds[n,0]"
    assert view.numbers == (
        "0·0.07147 + 1·(−0.1101) + 1·(−0.1413) + 0·0.1123",
        "0 − 0.1101 − 0.1413 + 0",
        "−0.2514",
    )
    assert [term.total for term in view.terms][-1] == pytest.approx(view.value)
    assert [(part.text, part.block) for part in view.operands] == [
        ("X.T", ((0, 1), (0, 4))),
        ("dE_ds", ((0, 4), (0, 1))),
    ]
    assert [(part.text, part.block) for part in view.sources] == [
        ("X", ((0, 4), (0, 1))),
        ("dE_ds", ((0, 4), (0, 1))),
    ]


def test_a_chain_that_works_entry_by_entry_is_written_out() -> None:
    view = entry_view(at(NET, "2.1/d_s"), "d_s", (2, 0))
    assert view.formula == "d_s[2,0] = d_y_hat[2,0]·y_hat[2,0]·(1 − y_hat[2,0])"
    assert len(view.numbers[0].split("·")) == 3


def test_a_name_set_earlier_is_explained_where_it_was_made_and_nothing_moves() -> None:
    opened = at(NET, "2.2/d_w")
    view = entry_view(opened, "w[1,0]")
    assert (view.address, view.statement) == ("2.1/w", "w -= 0.5 * d_w")
    assert view.formula == "w[1,0] = w[1,0] − 0.5·d_w[1,0]"
    assert view.total == pytest.approx(view.value)
    assert opened.position.address == "2.2/d_w"


def test_an_entry_that_a_function_returned_is_explained_inside_of_it() -> None:
    view = entry_view(at(NET, "2.2/loss"), "y_hat", (0, 0))
    assert (view.address, view.statement) == ("2.2/sigmoid.s", "s = 1 / (1 + np.exp(-z))")
    assert view.formula == "y_hat[0,0] = σ(z[0,0])"
    assert view.assigned == "y_hat = sigmoid(s)"


def test_a_long_sum_shows_its_largest_terms_and_sums_the_rest() -> None:
    opened = Session.open("regressor")
    opened.do("goto 3.2/d_w1")
    view = entry_view(opened, "d_w1[4,7]")
    assert (view.count, len(view.terms), view.rest_count) == (32, 8, 24)
    sizes = [abs(term.value) for term in view.terms]
    assert sizes == sorted(sizes, reverse=True)
    assert view.terms[-1].total + view.rest_sum == pytest.approx(view.value)
    whole = entry_view(opened, "d_w1[4,7]", full=True)
    assert (len(whole.terms), whole.rest_count) == (32, 0)
    assert whole.terms[3].text == "batch_x[3,4]·d_sig1_out[3,7]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q[0]", "no name 'q'\n    q[0]\n    ^"),
        (
            "d_s[0,0]",
            "d_s is not assigned yet at 1.1/loss\n    d_s[0,0]\n    ^\n"
            "  Line 26 assigns it; go to an address after it.",
        ),
        (
            "w[5,0]",
            "index 5 is out of range: axis 0 of w has 2 entries\n    w[5,0]\n      ^",
        ),
        (
            "w[:,0]",
            "a slice is many entries\n    w[:,0]\n      ^\n"
            "  Name one entry: W1[0,2], params['W1'][0,2], or loss alone for a number.",
        ),
        (
            "w[1]",
            "w[1] is an array of shape (1,)\n    w[1]\n        ^\n"
            "  Name one of its entries: w[1,0]",
        ),
        ("w[0,0,0]", "w has 2 axes, and 3 indices are given\n    w[0,0,0]\n      ^"),
        ("sigmoid", "sigmoid is a function, not an array of numbers\n    sigmoid\n    ^"),
    ],
)
def test_what_cannot_be_explained_is_said_with_a_caret(text: str, message: str) -> None:
    with pytest.raises(CommandError) as caught:
        entry_view(at(NET, "1.1/loss"), text)
    assert str(caught.value) == message


STATEMENTS = """\
import copy
import numpy as np

np.random.seed(3)
rng = np.random.default_rng(4)
X = np.arange(12.0).reshape(3, 4) - 5
drawn = 2 * np.random.random((3, 1)) - rng.normal(size=(3, 1))
mask = X > 0
A = X.copy()
A[mask] = 0
B = A
B += 1
row = A[1]
row[2] = 9
np.multiply(X, 2, out=A)
params = {"W": np.ones((2, 2)), "list": [1.0, 2.0]}
params["W"][0] -= 0.25 * np.array([1.0, 2.0])
params["W"] *= 3
saved = copy.deepcopy(params["W"])
losses = []
for x, name in zip(X, "abc"):
    losses.append(x.sum())
mean = np.mean(losses)
grown = np.array([v * 2 for v in losses])
few = np.array([v for v in losses if v > 5])
top = X.max(axis=1)
picked = X[[2, 0], 1]
both = np.concatenate([picked, top])
odd = X if mean > 1000 else -X
A.sort(axis=0)
D = np.zeros(3)
for i in range(3):
    D[i] += X[i, 0]
"""


@pytest.mark.parametrize(
    ("address", "entry", "formula"),
    [
        ("/drawn", "drawn[1,0]", "2·np.random.random((3, 1))[1,0] − rng.normal(size=(3, 1))[1,0]"),
        ("/mask", "mask[2,3]", "X[2,3] > 0"),
        ("/A#2", "A[2,3]", "0"),
        ("/A#2", "A[0,0]", "X[0,0]"),
        ("/B#2", "A[0,0]", "B[0,0] + 1"),
        ("/row#2", "A[1,2]", "9"),
        ("/row#2", "A[1,1]", "B[1,1] + 1"),
        ("/15", "A[1,2]", "X[1,2]·2"),
        ('/params["W"]', 'params["W"][0,1]', 'params["W"][0,1] − 0.25·2.0'),
        ("/saved", 'params["W"][1,0]', 'params["W"][1,0]·3'),
        ("/saved", "saved[0,1]", 'params["W"][0,1]'),
        ("/mean", "losses[1]", "Σₙ x[n]"),
        ("/mean", "x[2]", "X[2,2]"),
        ("/mean", "mean", "Σₙ losses[n]/3"),
        ("/grown", "grown[1]", "losses[1]·2"),
        ("/few", "few[0]", "([v for v in losses if v > 5])[0]"),
        ("/top", "top[1]", "X[1,3], the max of 4"),
        ("/picked", "picked[0]", "X[2,1]"),
        ("/both", "both[3]", "top[1]"),
        ("/odd", "odd[0,1]", "−X[0,1]"),
        ("end", "D[1]", "D[1] + X[1,0]"),
    ],
)
def test_how_statements_make_entries(address: str, entry: str, formula: str) -> None:
    opened = at(STATEMENTS, address)
    view = entry_view(opened, entry)
    assert view.formula == f"{view.text} = {formula}"
    assert view.total == pytest.approx(float(view.value))  # type: ignore[arg-type]  # a number
    assert opened.position.address == address


@pytest.mark.parametrize(
    ("address", "entry", "note"),
    [
        ("/30", "A[0,0]", "changed in place by A.sort(axis=0)"),
        ("end", "i", "taken by for i in range(3)"),
        ("/drawn", "rng", "rng is a Generator"),
    ],
)
def test_what_is_not_known_is_said(address: str, entry: str, note: str) -> None:
    opened = at(STATEMENTS, address)
    try:
        told = entry_view(opened, entry).note
    except CommandError as error:
        told = str(error)
    assert note in told


def test_drawing_again_changes_nothing() -> None:
    plain, explained = at(STATEMENTS, "/drawn"), at(STATEMENTS, "/drawn")
    for row in range(3):
        view = entry_view(explained, "drawn", (row, 0))
        assert view.total == pytest.approx(float(view.value))  # type: ignore[arg-type]  # a number
    for opened in (plain, explained):
        opened.do("end")
    assert plain.machine.output == explained.machine.output
    assert _next_draw(plain) == _next_draw(explained)


def _next_draw(opened: Session) -> float:
    rng = opened.machine.names["rng"]
    assert isinstance(rng, np.random.Generator)
    return rng.random()


LAYERS = """\
import numpy as np

class Layer:
    def __init__(self, n, m):
        self.W = np.full((n, m), 0.5)
        self.grads = {}

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, g):
        self.grads["W"] = self.x.T @ g
        self.W -= 0.1 * self.grads["W"]
        return g @ self.W.T

X = np.arange(12.0).reshape(4, 3) / 10
layers = [Layer(3, 2), Layer(2, 1)]
for step in range(3):
    h = X
    for layer in layers:
        h = layer.forward(h)
    g = 2 * (h - 1)
    loss = np.sum((h - 1) ** 2)
    for layer in layers[::-1]:
        g = layer.backward(g)
    W = layers[0].W
"""


@pytest.mark.parametrize(
    ("entry", "address", "formula"),
    [
        ("layers[0].W[1,0]", "2/backward.self.W#2", 'self.W[1,0] − 0.1·self.grads["W"][1,0]'),
        ('layers[1].grads["W"][1,0]', '2/backward.self.grads["W"]', "Σₙ self.x[n,1]·g[n,0]"),
        ("W[1,0]", "2/W", "layers[0].W[1,0]"),
        ("h[2,0]", "2/forward.return#2", "Σₙ x[2,n]·self.W[n,0]"),
    ],
)
def test_fields_of_objects(entry: str, address: str, formula: str) -> None:
    opened = at(LAYERS, "2/W")
    view = entry_view(opened, entry)
    assert (view.address, view.formula) == (address, f"{entry} = {formula}")
    assert view.total == pytest.approx(float(view.value))  # type: ignore[arg-type]  # a number


def test_a_field_is_followed_out_of_its_method() -> None:
    view = entry_view(at(LAYERS, '2/backward.self.grads["W"]'), "self.W[1,0]")
    assert view.address == "1/backward.self.W"
