"""Entries explained: where they were made, and the terms that add up to them."""

from __future__ import annotations

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
