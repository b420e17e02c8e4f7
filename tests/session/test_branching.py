"""Edit and go on: branches made by hand, listed, gone to and compared."""

from pathlib import Path

import numpy as np
import pytest

from stepnet.session.errors import CommandError
from stepnet.session.session import Session
from stepnet.source.script import script_from_text
from tests.session.opening import NET, at, session

EPOCH_2 = "2.2/b"


def edited() -> Session:
    """A session on a branch whose step size is smaller from epoch 2 on."""
    opened = at(NET, EPOCH_2)
    opened.do("set w = w * 0.5")
    return opened


def test_an_edited_run_is_the_run_of_a_script_that_does_the_same() -> None:
    same = NET.replace(
        "    print(epoch,", "    if epoch == 1:\n        w = w * 0.5\n    print(epoch,"
    )
    opened, other = edited(), session(same)
    opened.do("end")
    other.do("end")
    assert np.array_equal(opened.value("w"), other.value("w"))
    assert opened.machine.output == other.machine.output


def test_the_original_stays_and_each_branch_is_where_it_was_left() -> None:
    opened, untouched = edited(), session(NET)
    untouched.do("end")
    changed = opened.value("w")
    stop = opened.do("branch main")
    assert (stop.address, stop.text) == (EPOCH_2, "branch main")
    assert np.array_equal(2 * changed, opened.value("w"))
    opened.do("end")
    assert np.array_equal(opened.value("w"), untouched.value("w"))
    assert opened.machine.output == untouched.machine.output
    opened.do("branch A")
    assert np.array_equal(opened.value("w"), changed)
    assert opened.do("branch A").text == "this is branch A"


def test_going_back_before_an_edit_and_forward_again_does_it_again() -> None:
    opened = edited()
    after = opened.value("w")
    assert opened.stop.text.endswith("branch A")
    assert opened.back().address == EPOCH_2
    assert np.array_equal(opened.value("w"), 2 * after)
    assert np.array_equal((opened.step(), opened.value("w"))[1], after)
    opened.goto("1.1/s")
    opened.goto("3")
    opened.do("previous-epoch")
    opened.goto(EPOCH_2)
    assert np.array_equal(opened.value("w"), 2 * after)


def test_several_values_set_at_one_moment_belong_to_one_branch() -> None:
    opened = at(NET, EPOCH_2)
    opened.do("set w[0] = 1")
    opened.do("set b[0,0] += 2")
    assert list(opened.branches.all) == ["main", "A"]
    opened.step()
    opened.do("set b = np.zeros((1, 1)) as none")
    assert list(opened.branches.all) == ["main", "A", "none"]
    assert opened.do("branches").text == (
        "  main  iteration 2, loss 0.485097 in 1\n"
        "  A     from main at 2.2/b  set w[0] = 1, set b[0,0] += 2; "
        "iteration 2, loss 0.485097 in 1\n"
        "▶ none  from A at /29  set b = np.zeros((1, 1)); iteration 2, loss 0.485097 in 1"
    ).replace("/29", opened.branches.addresses["none"].partition(" ")[0])


def test_a_script_that_raises_can_be_mended_by_hand() -> None:
    text = "import numpy as np\na = np.ones(3)\nb = np.ones(4)\nc = a @ b\nd = c + 1\n"
    opened = session(text)
    assert opened.run().reason == "exception"
    opened.do("set b = b[:3]")
    assert opened.run().reason == "end"
    assert opened.value("d") == 4
    assert opened.do("branch main").address == "/b"
    assert opened.run().reason == "exception"


REFUSED = {
    "set w9 = 3": "no name 'w9'\n    w9 = 3\n    ^\n  Did you mean w?",
    "set w =": "this is no edit: invalid syntax\n    w =\n      ^\n"
    "  Write set NAME = EXPR or set NAME[0,2] = EXPR.",
    "set w[7] = 3": "IndexError: index 7 is out of bounds for axis 0 with size 2\n"
    "    w[7] = 3\n    ^",
    "set w[0] = [1, 2, 3]": "ValueError: could not broadcast input array from shape (3,) into "
    "shape (1,)",
    "set w == 3": "this is no edit\n    w == 3\n    ^\n"
    "  Write set NAME = EXPR or set NAME[0,2] = EXPR.",
    "set w, b = 1, 2": "one value is edited at a time\n    w, b = 1, 2\n    ^\n"
    "  Write set NAME = EXPR or set NAME[0,2] = EXPR.",
    "set w = np.random.rand(2, 1)": "np.random.rand would draw from the script's random numbers\n"
    "    w = np.random.rand(2, 1)\n        ^\n  Asking must not change anything.",
    "set w = b as main": "a branch is called main already\n  Give another name.",
    "branch B": "no branch is called 'B'\n    B\n    ^\n  There is main.",
    "compare main": "this is branch main\n  Name another one to compare with.",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_cannot_be_done_is_told_and_changes_nothing(line: str) -> None:
    opened = at(NET, EPOCH_2)
    before = opened.value("w")
    with pytest.raises(CommandError) as error:
        opened.do(line)
    assert str(error.value) == REFUSED[line]
    assert opened.position.address == EPOCH_2
    assert np.array_equal(opened.value("w"), before)
    assert list(opened.branches.all) == ["main"]
    assert opened.run().reason == "end"


def test_a_name_of_the_script_is_not_rebound_from_within_a_function() -> None:
    opened = at(NET, "1.1/sigmoid")
    with pytest.raises(CommandError) as error:
        opened.do("set w = w + 1")
    assert str(error.value) == (
        "w is no name of sigmoid\n    w = w + 1\n    ^\n"
        "  finish leads out of it; w[...] = … changes an array's entries from here."
    )
    opened.do("set w[...] = 0")
    opened.do("set z = z * 0")
    opened.do("over")
    assert np.array_equal(opened.value("s"), np.full((3, 1), 0.5))
    opened.do("finish")
    assert np.array_equal(opened.value("w"), np.zeros((2, 1)))


def test_branches_are_compared_where_they_stand_and_elsewhere() -> None:
    opened = edited()
    opened.goto("3.1/loss")
    told = opened.do("compare main").text.splitlines()
    assert told[0] == "A and main at 3.1/loss"
    names = [line.split()[0] for line in told[1:] if line.startswith("  ")]
    assert names == ["w", "s", "y_hat", "loss"]
    assert "2 of 2 entries differ, most at [" in told[1]
    assert told[5] == "they part at 3.1/s, line 20: s = X @ w + b"
    assert opened.position.address == "3.1/loss"
    assert opened.branches.current.name == "A"
    assert opened.do("compare main 1.2/w").text.splitlines()[1] == "  every value is the same"
    with pytest.raises(CommandError) as error:
        opened.do("compare main 9")
    assert str(error.value) == "in branch A: there is no iteration 9: the last one is 3"
    assert opened.position.address == "3.1/loss"


def test_a_verdict_is_one_of_its_own_branch() -> None:
    opened = at(NET, "2.1/y_hat")
    assert opened.verdict("d_s") == "exact"
    opened.do("set y_hat = y_hat * 2")
    assert opened.verdicts.here(opened) is None
    assert opened.verdict("d_s") == "wrong"
    opened.do("branch main")
    assert opened.verdict("d_s") == "exact"


def test_an_edit_is_recorded_and_replayed(tmp_path: Path) -> None:
    from stepnet.session.steps.grammar import read_steps
    from stepnet.session.steps.replay import replayed

    (tmp_path / "net.py").write_text(NET, encoding="utf-8")
    opened = Session(script_from_text("net", NET, tmp_path / "net.py"))
    opened.record(str(tmp_path / "net.steps"))
    opened.goto(EPOCH_2)
    opened.do("set w[0,0] = 0.25 as quarter")
    opened.goto("3.2/loss")
    opened.do("branch main")
    opened.do("compare quarter 3.2/loss")
    words = [made.word for made in replayed(read_steps(tmp_path / "net.steps"))]
    assert "failed" not in words
    assert words.count("passed") > 5


CLASSES = """\
import numpy as np
class Layer:
    def __init__(self, n):
        self.W = np.ones((n, 2))
net = Layer(3)
params = {"lr": 0.1}
for epoch in range(4):
    y = np.ones((1, 3)) @ net.W
    net.W -= params["lr"] * y
"""


def test_attributes_and_entries_of_dictionaries_are_set_and_compared() -> None:
    opened = at(CLASSES, "2/y")
    opened.do("set net.W[0,0] = 5")
    opened.do('set params["lr"] = 0.01')
    opened.do("end")
    told = opened.do("compare main 3/y").text.splitlines()
    assert [line.split()[0] for line in told[1:-1]] == ["net.W", "params['lr']", "y"]
    assert told[1].startswith("  net.W         6 of 6 entries differ, most at [0,0]: ")
    assert told[-1] == 'they part at 2/net.W, line 9: net.W -= params["lr"] * y'
    opened.do("branch main")
    opened.do("end")
    assert np.ptp(opened.value("net.W")) == 0
