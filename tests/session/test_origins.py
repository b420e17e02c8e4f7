"""Where an entry came from, and what it fed."""

from __future__ import annotations

import pytest

from stepnet.session.errors import CommandError
from stepnet.session.explaining import entry_view, origin_view, use_views
from stepnet.session.session import Session
from tests.session.opening import NET, at, session


def test_an_entry_is_followed_through_calls_and_iterations() -> None:
    opened = at(NET, "2.2/loss")
    view = origin_view(opened, "loss", depth=5)
    path = [view]
    while path[-1].origins:
        path.append(max(path[-1].origins, key=lambda part: (part.tick, part.text)))
    assert [(part.text, part.address) for part in path] == [
        ("loss", "2.2/loss"),
        ("y_hat[2,0]", "2.2/sigmoid.s"),
        ("z[2,0]", "2.2/sigmoid"),
        ("s[2,0]", "2.2/s"),
        ("b[0,0]", "2.1/b"),
        ("d_b[0,0]", "2.1/d_b"),
    ]
    assert opened.position.address == "2.2/loss"


def test_every_address_of_a_tree_can_be_typed_and_has_the_value() -> None:
    opened = at(NET, "3.1/d_w")
    found = [origin_view(opened, "d_w[1,0]", depth=3)]
    for view in found:
        found += view.origins
        opened.do(f"goto {view.address}")
        assert opened.position.tick == view.tick
        if not view.frame:  # in a function the entry has not been handed over yet
            assert entry_view(opened, view.text).value == view.value
    assert len(found) > 10


def test_origin_goes_there_and_come_back_returns() -> None:
    opened = at(NET, "2.2/d_w")
    stop = opened.do("origin w[0,0]")
    assert (stop.reason, stop.address) == ("goto", "2.1/w")
    assert stop.text == "w[0,0] was made here; come-back returns to 2.2/d_w"
    assert opened.do("origin d_s[1,0]").address == "2.1/d_s"
    assert opened.do("come-back").address == "2.1/w"
    assert opened.do("come-back").address == "2.2/d_w"
    with pytest.raises(CommandError, match="nowhere to come back to"):
        opened.do("come-back")


def test_origin_of_what_was_made_here_says_from_what() -> None:
    opened = at(NET, "2.2/d_b")
    stop = opened.do("origin d_b[0,0]")
    assert stop.address == "2.2/d_b"
    assert [line.split("  ")[0] for line in stop.text.splitlines()[:1]] == ["d_b[0,0] = −0.02863"]
    assert "2.2/d_s" in stop.text


def test_origin_of_what_a_call_returned_goes_into_the_function() -> None:
    opened = at(NET, "2.2/y_hat")
    assert opened.do("origin y_hat[0,0]").address == "2.2/sigmoid.s"


def test_an_entry_feeds_what_is_computed_from_it_until_the_iteration_ends() -> None:
    opened = at(NET, "2.2/s")
    views = use_views(opened, "s[1,0]")
    assert [(view.address, view.entries, view.size) for view in views] == [
        ("2.2/sigmoid.s", 1, 3),
        ("2.2/loss", 1, 1),
        ("2.2/d_y_hat", 1, 3),
        ("2.2/d_s", 1, 3),
        ("2.2/d_w", 2, 2),
        ("2.2/d_b", 1, 1),
        ("2.2/w", 2, 2),
        ("2.2/b", 1, 1),
    ]
    assert opened.position.address == "2.2/s"


STORES = """\
import numpy as np

X = np.arange(12.0).reshape(3, 4)
grads = {}
for step in range(2):
    part = X[:, 1:3]
    grads["part"] = part * 2
    total = grads["part"].sum(axis=1)
    kept = np.where(total > 10, total, 0.0)
    both = np.concatenate([total, kept])
    both[0] = 5.0
    top = both.max()
    X -= 1.0
"""


def test_marks_follow_slices_dicts_stores_and_joins() -> None:
    views = use_views(at(STORES, "2/part"), "part[1,0]")
    assert [(view.address, view.entries) for view in views] == [
        ('2/grads["part"]', 1),
        ("2/total", 1),
        ("2/kept", 1),
        ("2/both", 2),
        ("2/both#2", 2),
        ("2/top", 1),
    ]


def test_an_entry_that_nothing_reads_feeds_nothing() -> None:
    opened = session(STORES)
    opened.do("goto 1/top")
    assert use_views(opened, "top") == ()
    assert opened.do("uses top").text == "nothing later in this iteration was computed from top"


def test_an_entry_written_a_thousand_iterations_ago_is_found() -> None:
    opened = Session.open("trask_neuron")
    opened.do("goto 990/dE_dw")
    assert origin_view(opened, "X[1,0]", depth=0).address == "/X"
    assert origin_view(opened, "learning_rate", depth=0).address == "/learning_rate"
    assert opened.position.address == "990/dE_dw"


def test_marks_end_where_the_script_raises() -> None:
    text = "import numpy as np\nx = np.ones(2)\ny = x * 2\nz = np.zeros(3)\nz[:] = y\n"
    assert [view.address for view in use_views(at(text, "/x"), "x[0]")] == ["/y"]


KEPT = """\
import numpy as np
c = np.ones(3)
params = {"c": c, "k": 2.0}
seen = [c * 2]
for i in range(6000):
    params["k"] *= 0.999
    seen.append(i)
"""


def test_what_rests_in_a_container_that_changes_is_found_without_playing_it_all_again() -> None:
    opened = at(KEPT, "@11900")
    for entry, address in (('params["c"][1]', "/params"), ("seen[0][2]", "/seen"), ("c[0]", "/c")):
        assert origin_view(opened, entry, depth=0).address == address
    recent = origin_view(opened, 'params["k"]', depth=0)
    assert 11890 < recent.tick <= 11900
    assert opened.position.tick == 11900


def test_a_value_set_by_hand_is_where_it_came_from() -> None:
    opened = at(NET, "2.1/s")
    opened.do("set w[1,0] = 5")
    opened.do("step")
    view = entry_view(opened, "w[1,0]")
    assert (view.statement, view.formula) == ("set w[1,0] = 5", "w[1,0] = 5")
    assert origin_view(opened, "w[0,0]", depth=0).address == "1.2/w"


def test_outside_of_iterations_an_entry_is_followed_through_the_first_one() -> None:
    views = use_views(at(NET, "/X"), "X[0,1]")
    assert [view.address for view in views][:3] == ["1.1/s", "1.1/sigmoid.s", "1.1/loss"]
    assert {view.address.partition("/")[0] for view in views} == {"1.1"}
