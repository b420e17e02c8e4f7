"""Any number over the iterations."""

import numpy as np
import pytest

from stepnet.session.errors import CommandError
from stepnet.session.panes import timeline_view
from stepnet.session.session import Session
from tests.session.opening import NET, at


def test_an_expression_is_asked_at_the_end_of_every_iteration_so_far() -> None:
    session = Session.open("relu_net")
    session.goto("8/grad_b2")
    stop = session.do("plot np.linalg.norm(W2)")
    assert (stop.address, stop.text) == (
        "8/grad_b2",
        "the Timeline shows np.linalg.norm(W2) in 7 iterations",
    )
    norms = []
    other = Session.open("relu_net")
    for epoch in range(1, 8):
        other.goto(f"{epoch}/b2")
        norms.append(float(np.linalg.norm(other.value("W2"))))
    view = timeline_view(session, 100)
    assert (view.name, view.losses, view.iterations) == (
        "np.linalg.norm(W2)",
        tuple(norms),
        tuple(range(1, 8)),
    )
    assert timeline_view(session, 100, loss_only=True).name == "loss"
    assert session.do("plot").text == "the Timeline shows the loss"
    assert timeline_view(session, 100).name == "loss"


def test_what_has_a_value_only_later_has_none_before() -> None:
    session = Session.open("trask_neuron")
    session.goto("6/s")
    session.do("plot accuracies[3]")
    values = timeline_view(session, 100).losses
    assert np.isnan(values[:3]).all()
    assert values[3:] == (0.75, 0.75)


REFUSED = {
    "plot w": "w is no number but an array of shape (2, 1)\n  Write np.linalg.norm(w) or an entry.",
    "plot W9": "no name 'W9'\n    W9\n    ^",
    "plot done": "no name 'done'\n    done\n    ^",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_cannot_be_plotted_is_told_and_nothing_moves(line: str) -> None:
    session = at(NET, "2.2/d_w")
    with pytest.raises(CommandError) as error:
        session.do(line)
    assert str(error.value).splitlines()[:2] == REFUSED[line].splitlines()[:2]
    assert session.position.address == "2.2/d_w"
    assert session.plot is None


def test_before_an_iteration_has_ended_there_is_nothing_to_plot() -> None:
    with pytest.raises(CommandError) as error:
        at(NET, "1.2/d_w").do("plot loss")
    assert str(error.value) == "no iteration has ended yet\n  Run on, then plot what there was."


def test_the_losses_of_other_branches_are_drawn_too() -> None:
    session = Session.open("relu_net")
    session.goto("end")
    losses = tuple(session.machine.timeline.losses)
    session.goto("3/loss")
    session.do("set learning_rate = 0.2")
    session.goto("6")
    view = timeline_view(session, 100)
    assert view.branch == "A"
    assert len(view.losses) == 5
    assert view.losses[:3] == losses[:3]
    assert view.losses[3] < losses[3]
    assert [(other.branch, other.values) for other in view.others] == [("main", losses)]
