"""Each move goes where it says, and its mirror comes back."""

import random

import pytest

from stepnet.machine import travel as journeys
from stepnet.machine.travel import finish, travel
from stepnet.session import session as sessions
from stepnet.session.address import current_address
from stepnet.session.errors import CommandError
from stepnet.session.session import Session
from tests.machine.fingerprint import fingerprint, first_difference
from tests.session.opening import NET, at, session

END = 96
"The tick at which the network of these tests has ended."


def chain(command: str, start: str) -> list[str]:
    """The addresses that a command comes to, given again and again."""
    opened = at(NET, start)
    seen = [opened.position.address]
    while (stop := opened.do(command)).address != seen[-1]:
        seen.append(stop.address)
    return seen


def mirrored(forward: str, backward: str, start: str, until: str) -> None:
    """Go from `start` to `until` by one command, and the same way back by the other."""
    opened = at(NET, start)
    ticks = [opened.machine.tick]
    while opened.position.address != until:
        opened.do(forward)
        assert opened.machine.tick > ticks[-1], "it does not come there"
        ticks.append(opened.machine.tick)
    for tick in reversed(ticks[:-1]):
        opened.do(backward)
        assert opened.machine.tick == tick


@pytest.mark.parametrize(
    ("forward", "backward", "start", "until"),
    [
        ("step", "back", "@0", "end"),
        ("over", "over-back", "@0", "end"),
        ("over", "over-back", "1.1/sigmoid", "1.1/sigmoid.return"),
        ("finish", "finish-back", "@0", "end"),
        ("next-iteration", "previous-iteration", "1.1/d_s", "3.2/d_s"),
        ("next-iteration", "previous-iteration", "1.1/sigmoid.s", "3.2/sigmoid.s"),
        ("next-iteration", "previous-iteration", "1.1", "3.2"),
        ("next-iteration", "previous-iteration", "1/32", "3/32"),
        ("next-epoch", "previous-epoch", "1.2/d_s", "3.2/d_s"),
        ("next-epoch", "previous-epoch", "1/32", "3/32"),
        ("next-epoch", "previous-epoch", "1", "3"),
    ],
)
def test_a_move_and_its_mirror_come_back_to_where_they_began(
    forward: str, backward: str, start: str, until: str
) -> None:
    mirrored(forward, backward, start, until)


def test_over_does_not_stop_inside_a_function() -> None:
    seen = chain("over", "1.1/s")
    assert seen[:3] == ["1.1/s", "1.1/y_hat", "1.1/loss"]
    assert not any("sigmoid" in address for address in seen)


def test_over_inside_a_function_goes_on_in_it_and_then_out() -> None:
    assert chain("over", "1.1/sigmoid")[:4] == [
        "1.1/sigmoid",
        "1.1/sigmoid.s",
        "1.1/sigmoid.return",
        "1.1/y_hat",
    ]


def test_over_back_from_behind_a_call_goes_over_all_of_it() -> None:
    opened = at(NET, "1.1/y_hat")
    assert opened.do("over-back").address == "1.1/s"


def test_over_back_at_the_head_of_a_function_goes_out_of_it() -> None:
    opened = at(NET, "1.1/sigmoid.s")
    assert opened.do("over-back").address == "1.1/sigmoid"
    assert opened.do("over-back").address == "1.1/s"


def test_step_goes_into_a_function_and_out_of_it() -> None:
    assert chain("step", "1.1/s")[1:5] == [
        "1.1/sigmoid",
        "1.1/sigmoid.s",
        "1.1/sigmoid.return",
        "1.1/y_hat",
    ]


def test_finish_goes_from_phase_to_phase() -> None:
    assert chain("finish", "1.1")[:6] == [
        "1.1",
        "1.1/y_hat",
        "1.1/loss",
        "1.1/d_b",
        "1.1/b",
        "1.2",
    ]


def test_finish_in_a_function_leaves_it() -> None:
    opened = at(NET, "1.1/sigmoid.s")
    assert opened.do("finish").address == "1.1/sigmoid.return"
    assert opened.machine.frame.caller is None
    opened = at(NET, "1.1/sigmoid.s")
    assert opened.do("finish-back").address == "1.1/s"


COUNTED = ["step", "over", "finish", "next-iteration", "next-epoch"]
BACK = ["back", "over-back", "finish-back", "previous-iteration", "previous-epoch"]


@pytest.mark.parametrize("command", [*COUNTED, *BACK])
@pytest.mark.parametrize("start", ["2.1/d_s", "2/32", "2.1/sigmoid.s"])
def test_a_count_is_so_many_times_the_command(command: str, start: str) -> None:
    one, other = at(NET, start), at(NET, start)
    one.do(f"{command} 2")
    other.do(command)
    other.do(command)
    assert one.machine.tick == other.machine.tick


@pytest.mark.parametrize("command", COUNTED)
def test_forward_ends_at_the_end(command: str) -> None:
    opened = session(NET)
    stop = opened.do(f"{command} 5000000000")
    assert (stop.reason, stop.address, opened.machine.tick) == ("end", "end", END)
    stop = opened.do(command)
    assert (stop.reason, stop.address, opened.machine.tick) == ("end", "end", END)


@pytest.mark.parametrize("command", ["back", "over-back", "finish-back", "reverse-continue"])
def test_back_ends_at_the_start(command: str) -> None:
    opened = at(NET, "2.1/d_s")
    argument = "" if command == "reverse-continue" else " 5000000000"
    stop = opened.do(command + argument)
    assert (stop.reason, stop.address, opened.machine.tick) == ("entry", "@0", 0)
    stop = opened.do(command)
    assert (stop.reason, stop.address, opened.machine.tick) == ("entry", "@0", 0)


def test_iterations_end_at_the_first_one() -> None:
    opened = at(NET, "1.2/d_s")
    assert opened.do("previous-iteration 7").address == "1.1/d_s"
    stop = opened.do("previous-iteration")
    assert (stop.address, stop.text) == ("1.1/d_s", "")
    assert session(NET).do("previous-epoch").text == "there is no earlier iteration"


def test_from_outside_of_the_loops_one_comes_to_where_an_iteration_begins() -> None:
    assert at(NET, "/w").do("next-iteration").address == "1.1"
    assert at(NET, "/w").do("next-epoch").address == "1"
    assert at(NET, "end").do("previous-iteration").address == "3.2"
    assert at(NET, "end").do("previous-epoch").address == "3"


def test_a_statement_that_does_not_run_in_the_next_iteration_is_told() -> None:
    text = "for epoch in range(3):\n    loss = epoch\n    if epoch == 1:\n        x = 5\n"
    stop = at(text, "2/x").do("next-iteration")
    assert (stop.address, stop.text) == ("3", "x does not run in iteration 3")


def test_the_second_time_of_a_statement_is_the_second_time_in_the_next_iteration() -> None:
    text = "for epoch in range(3):\n    loss = 0\n    for i in range(3):\n        loss += i\n"
    opened = at(text, "1/loss#3")
    assert opened.do("next-iteration").address == "2/loss#3"
    assert opened.machine.names["i"] == 1


def test_without_a_loop_there_is_no_iteration() -> None:
    with pytest.raises(CommandError, match="this script has no training loop"):
        session("x = 1\n").do("next-iteration")


def test_until_runs_on_to_a_name_or_a_line() -> None:
    opened = session(NET)
    assert opened.do("until loss").address == "1.1/loss"
    assert opened.do("until loss").address == "1.2/loss"
    assert opened.do("until /32").address == "1/32"
    assert opened.do("until 20").address == "2.1/s"
    assert opened.do("until sigmoid.return").address == "2.1/sigmoid.return"
    with pytest.raises(CommandError) as error:
        opened.do("until X")
    assert str(error.value) == "X does not run again before the end\n    X\n    ^"
    assert opened.position.address == "2.1/sigmoid.return"


def test_until_a_name_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(CommandError) as error:
        session(NET).do("until los")
    assert str(error.value) == "no statement assigns 'los'\n    los\n    ^\n  Did you mean loss?"


def test_restart_and_end() -> None:
    opened = at(NET, "2.1/d_s")
    assert opened.do("restart").reason == "entry"
    assert opened.position.address == "@0"
    assert opened.do("end").reason == "end"
    assert opened.machine.output.splitlines()[-1] == "done"
    assert opened.do("restart").address == "@0"
    assert opened.machine.output == ""


FAULTY = """\
import numpy as np
w = np.ones(3)
def product(w, n):
    return np.dot(w, np.ones(n))
for epoch in range(100):
    # %% forward
    y = w * 2
    z = product(y, 3 + epoch // 40)
    # %% loss
    loss = float((y ** 2).sum())
"""


@pytest.mark.parametrize(
    "command", ["continue", "end", "step 5000", "over 5000", "finish 5000", "next-iteration 90"]
)
def test_every_move_stops_at_an_error(command: str) -> None:
    opened = session(FAULTY)
    stop = opened.do(command)
    assert stop.reason == "exception"
    assert stop.text == "ValueError: shapes (3,) and (4,) not aligned: 3 (dim 0) != 4 (dim 0)"
    assert stop.address == "41/product"
    assert opened.machine.fault is not None
    assert opened.machine.fault.statement.line == 4


def test_one_can_go_back_from_an_error_and_elsewhere() -> None:
    opened = session(FAULTY)
    opened.do("continue")
    stop = opened.do("back")
    assert (stop.reason, stop.address, stop.text) == ("step", "41/y", "")
    assert opened.position.fault == ""
    assert opened.do("step 2").reason == "exception"
    assert opened.do("goto 5/z").address == "5/z"
    assert opened.position.fault == ""
    assert opened.do("next-iteration").address == "6/z"
    assert opened.do("continue").reason == "exception"
    assert opened.do("step").reason == "exception"


def test_an_error_is_shown_with_its_line_a_caret_and_what_to_do() -> None:
    opened = session(FAULTY)
    opened.do("continue")
    assert opened.position.fault == (
        "script.py:4: ValueError: shapes (3,) and (4,) not aligned: 3 (dim 0) != 4 (dim 0)\n"
        "    return np.dot(w, np.ones(n))\n"
        "    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  The values are those before this statement. S steps back from here."
    )


LONG = """\
total = 0
for epoch in range(4000):
    loss = epoch % 7
    total += loss
"""


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs report so often that they can be interrupted in the middle."""
    monkeypatch.setattr(journeys, "PATIENCE", 0.0005)
    monkeypatch.setattr(sessions, "PATIENCE", 0.0005)


def interrupt(opened: Session, line: str, after: int) -> int:
    run = opened.perform(line)
    seen = 0
    for seen, progress in enumerate(run, start=1):
        assert 0 <= progress.tick <= 16_000
        if seen == after:
            run.close()
            break
    return seen


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "line", ["end", "goto 3900/total", "step 9000", "over 9000", "finish", "@12000"]
)
@pytest.mark.parametrize("after", [1, 3])
def test_an_interrupted_run_stands_where_stepping_would_have_come(line: str, after: int) -> None:
    opened = session(LONG)
    line = f"goto {line}" if line.startswith("@") else line
    if line == "finish":
        opened.do("step 3")
    assert interrupt(opened, line, after) == after
    assert (opened.stop.reason, opened.stop.text) == ("pause", "interrupted")
    other = session(LONG).machine
    other.steps(opened.machine.tick)
    assert first_difference(fingerprint(other), fingerprint(opened.machine)) == ""
    assert opened.stop.address == current_address(opened.machine)
    opened.do("step")
    opened.do("back")
    assert first_difference(fingerprint(other), fingerprint(opened.machine)) == ""
    assert opened.do("end").reason == "end"
    assert opened.machine.tick == 12_002


@pytest.mark.usefixtures("hurried")
def test_a_run_can_be_interrupted_again_and_again() -> None:
    opened = session(LONG)
    rolls = random.Random(3)
    for _ in range(8):
        interrupt(opened, f"goto @{rolls.randrange(12_000)}", rolls.randint(1, 3))
        tick = opened.machine.tick
        other = session(LONG).machine
        finish(travel(other, tick))
        assert first_difference(fingerprint(other), fingerprint(opened.machine)) == ""
