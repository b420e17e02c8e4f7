"""Breakpoints stop where they say, in both directions, and are kept as they were written."""

import pytest

from stepnet.session.errors import CommandError
from stepnet.session.session import Session, Stop
from tests.session.opening import NET, at, session


def stops(opened: Session, command: str) -> list[Stop]:
    """Every stop on the way to the end, or to the start."""
    found: list[Stop] = []
    while (stop := opened.do(command)).hits:
        found.append(stop)
    return found


def addresses(opened: Session, command: str) -> list[str]:
    return [stop.address for stop in stops(opened, command)]


PLACES = {
    "loss": [f"{epoch}.{batch}/loss" for epoch in (1, 2, 3) for batch in (1, 2)],
    "23 when batch == 0": ["1.1/loss", "2.1/loss", "3.1/loss"],
    "epoch": ["1", "2", "3"],
    "sigmoid hits 3": ["2.1/sigmoid"],
    "sigmoid.s every 4": ["2.2/sigmoid.s"],
    "sigmoid.return when s[0, 0] < 0.6 and len(z) == 3 hits 2": ["1.2/sigmoid.return"],
    "2.2/d_s": ["2.2/d_s"],
    "2/32": ["2/32"],
    "3.1": ["3.1"],
    "/w": ["/w"],
    "2.1/sigmoid.s": ["2.1/sigmoid.s"],
    "phase update every 2": ["1.2/w", "2.2/w", "3.2/w"],
    "phase backward when epoch > 0 hits 1": ["2.1/d_y_hat"],
    "13": ["/13"],
    "33": ["end"],
    "30 when w[0, 0] < w[1, 0]": [],
}


@pytest.mark.parametrize("written", PLACES)
def test_a_breakpoint_stops_at_its_places_forwards_and_backwards(written: str) -> None:
    opened = session(NET)
    opened.do(f"break {written}")
    forwards = stops(opened, "continue")
    assert [stop.address for stop in forwards] == PLACES[written]
    assert {stop.reason for stop in forwards} <= {"breakpoint"}
    opened.do("goto end")
    if PLACES[written] == ["end"]:
        return
    backwards = addresses(opened, "reverse-continue")
    assert backwards == [stop.address for stop in reversed(forwards)]
    assert opened.machine.tick == 0
    assert opened.stop.reason == "entry"


def test_a_place_without_a_word_is_the_current_statement() -> None:
    opened = at(NET, "1.1/d_w")
    assert opened.do("break").text == "1 break 27"
    assert opened.do("continue").address == "1.2/d_w"


def test_a_line_without_a_statement_is_the_next_one_that_has_one() -> None:
    assert session(NET).do("break 22").text == "1 break 23"


def test_a_tick_is_kept_as_the_address_that_it_is() -> None:
    opened = session(NET)
    assert opened.do("break @40").text == "1 break 2.1/sigmoid (line 4)"
    assert opened.machine.tick == 0


def test_moves_stop_at_breakpoints_on_their_way_and_say_so() -> None:
    opened = at(NET, "1.1/s")
    opened.do("break sigmoid.s")
    for forward, back in (("over", "over-back"), ("next-epoch", "previous-epoch")):
        opened.do("goto 1.1/s")
        stop = opened.do(forward)
        assert (stop.reason, stop.address) == ("breakpoint", "1.1/sigmoid.s")
        opened.do("goto 1.1/y_hat" if back == "over-back" else "goto 2.1/s")
        stop = opened.do(back)
        assert stop.reason == "breakpoint"
        assert stop.address == ("1.1/sigmoid.s" if back == "over-back" else "1.2/sigmoid.s")
    opened.do("goto 1.1/d_s")
    assert opened.do("next-iteration").address == "1.2/sigmoid.s"
    opened.do("goto 1.1/s")
    assert opened.do("step 10").address == "1.1/sigmoid.s"
    assert opened.do("step").address == "1.1/sigmoid.return"
    assert opened.do("back").reason == "breakpoint"


def test_a_move_onto_a_breakpoint_tells_of_it_and_one_past_none_does_not() -> None:
    opened = at(NET, "1.1/s")
    opened.do("break loss")
    assert opened.do("over").reason == "step"
    stop = opened.do("over")
    assert (stop.reason, stop.text) == ("breakpoint", "breakpoint 1: loss")


def test_an_item_of_a_dictionary_is_a_name_and_its_last_part_too() -> None:
    text = 'p = {}\np["W"] = 1.0\nfor k in range(3):\n    p["W"] -= 0.5\n    p["b"] = k\n'
    for name, count in (("W", 4), ('p["W"]', 4), ("p", 8), ("b", 3), ("2/W", 1)):
        opened = session(text)
        opened.do(f"break {name}")
        assert len(stops(opened, "continue")) + (opened.stop.reason == "breakpoint") == count


def test_methods_and_attributes_of_classes_are_places_too() -> None:
    text = (
        "class Net:\n    def __init__(self):\n        self.w = 1.0\n"
        "    def forward(self, x):\n        self.h = x * self.w\n        return self.h\n"
        "    def peek(self):\n        return self.w * 2\n"
        "net = Net()\nfor k in range(3):\n    y = net.forward(k)\n    net.w -= 0.25\n"
    )
    opened = session(text)
    opened.do("break forward when x > 0")
    opened.do("on-change net.w")
    assert addresses(opened, "continue") == [
        "/net", "1/net.w", "2/forward", "2/net.w", "3/forward", "3/net.w",
    ]  # fmt: skip
    opened.do("goto 2/net.w")
    assert opened.do("print net.peek()").text == "1.0"
    with pytest.raises(CommandError, match=r"forward would change self\.h \(line 5\)"):
        opened.do("print net.forward(1)")


def test_goto_and_end_pass_breakpoints() -> None:
    opened = session(NET)
    opened.do("break loss")
    assert opened.do("goto 2.1/w").address == "2.1/w"
    assert opened.do("end").address == "end"
    assert opened.do("restart").address == "@0"


def test_until_goes_to_a_place_and_back_to_it() -> None:
    opened = at(NET, "1.1/s")
    assert opened.do("until d_w").address == "1.1/d_w"
    assert opened.do("until phase forward").address == "1.2/s"
    assert opened.do("until 32").address == "1/32"
    assert opened.do("until-back d_w").address == "1.2/d_w"
    assert opened.do("until-back sigmoid").address == "1.2/sigmoid"
    opened.do("break d_b")
    assert opened.do("until 32").address == "1.2/d_b"


def test_until_a_place_that_is_not_reached_stays() -> None:
    opened = at(NET, "3.2/s")
    with pytest.raises(CommandError) as error:
        opened.do("until X")
    assert str(error.value) == "X does not run again before the end\n    X\n    ^"
    assert opened.position.address == "3.2/s"
    with pytest.raises(CommandError) as error:
        opened.do("until-back 33")
    assert str(error.value) == "33 does not run before here\n    33\n    ^"
    assert opened.position.address == "3.2/s"


def test_a_message_is_written_instead_of_stopping() -> None:
    opened = session(NET)
    opened.do('break loss when batch == 1 log "loss {loss:.2f}, {w.shape[0]} weights"')
    assert not stops(opened, "continue")
    assert [line.text for line in opened.logged.values()] == [
        "loss 0.49, 2 weights",
        "loss 0.47, 2 weights",
        "loss 0.46, 2 weights",
    ]
    opened.do("restart")
    opened.do("continue")
    assert len(opened.logged) == 3


def test_a_condition_that_fails_stops_and_says_why() -> None:
    opened = session(NET)
    opened.do("break y_hat when w[9] > 0")
    stop = opened.do("continue")
    assert stop.address == "1.1/y_hat"
    assert stop.text == (
        "breakpoint 1: y_hat, whose condition cannot be asked: IndexError: index 9 is out of "
        "bounds for axis 0 with size 2"
    )
    opened.do("edit-break 1 y_hat when w > 0")
    assert opened.do("continue").text == (
        "breakpoint 1: y_hat, whose condition cannot be asked: ValueError: The truth value of an "
        "array with more than one element is ambiguous. Use a.any() or a.all()"
    )


def test_a_condition_on_a_name_that_has_no_value_yet_does_not_hold() -> None:
    opened = session(NET)
    opened.do("break y_hat when loss < 0.48")
    assert opened.do("continue").address == "2.2/y_hat"


def test_breakpoints_are_listed_switched_edited_and_taken_away() -> None:
    opened = session(NET)
    assert opened.do("breakpoints").text == "there are no breakpoints"
    opened.do("break loss when loss < 0.4 hits 2")
    opened.do("on-change w[0,0]")
    opened.do("break sigmoid")
    assert opened.do("disable 1, 3").text == (
        "disabled 1 break loss when loss < 0.4 hits 2, 3 break sigmoid"
    )
    assert opened.do("breakpoints").text.splitlines() == [
        "1 break loss when loss < 0.4 hits 2 (line 23), disabled",
        "2 on-change w[0,0]",
        "3 break sigmoid (line 4), disabled",
    ]
    assert opened.do("continue").reason == "data breakpoint"
    assert opened.do("edit-break 1 d_w every 3").text == "1 break d_w every 3 (line 27), disabled"
    assert opened.do("edit-break 2 on-change b").text == "2 on-change b"
    assert opened.do("enable d_w").text == "enabled 1 break d_w every 3"
    assert opened.do("unbreak on-change b").text == "removed 2 on-change b"
    assert opened.do("unbreak all").text == "removed 1 break d_w every 3, 3 break sigmoid"
    assert not stops(opened, "continue")


def test_the_same_breakpoint_comes_of_what_is_written_of_it() -> None:
    opened = session(NET)
    lines = [
        "break loss when loss < 0.4 and 'log' != \"when\" every 2",
        'break sigmoid log "z is {z[0, 0]:.2f}"',
        "on-change w[0,0] when epoch == 2 hits 1",
    ]
    for line in lines:
        opened.do(line)
    assert [stopper.written for stopper in opened.stoppers] == lines


ERRORS = {
    "break W9": (
        "no statement assigns 'W9'\n    W9\n    ^\n"
        "  A place is a line (12), a name (grad_W2), an address (3/grad_W2) or a phase "
        "(phase backward)."
    ),
    "break los": "no statement assigns 'los'\n    los\n    ^\n  Did you mean loss?",
    "break phase foward": (
        "no phase is called 'foward'\n    phase foward\n          ^\n"
        "  This script has: backward, data, forward, functions, loss, parameters, update."
    ),
    "break 999": (
        "no statement stands on line 999 or below it\n    999\n    ^\n  The last one ends on 33."
    ),
    "break loss when los > 1": (
        "no name 'los'\n    loss when los > 1\n              ^\n  Did you mean loss?"
    ),
    "break loss when": "this is no expression: invalid syntax\n    loss when\n             ^",
    "break loss when w.fill(0)": (
        "w.fill would change what the script works with\n    loss when w.fill(0)\n"
        "              ^\n  Asking must not change anything."
    ),
    "break loss hits often": (
        "'often' is not a count\n    loss hits often\n              ^\n  Write a number from 1 on."
    ),
    "break loss hits 2 every 3": (
        "every is written twice\n    loss hits 2 every 3\n                ^\n"
        '  It is written: PLACE when EXPR hits N log "TEXT {EXPR}".'
    ),
    'break loss log "half': (
        'the message has no closing quote\n    loss log "half\n             ^'
    ),
    "break": (
        "nothing has run yet: there is no statement to stop at\n"
        "  A place is a line (12), a name (grad_W2), an address (3/grad_W2) or a phase "
        "(phase backward)."
    ),
    "break 9.9.9/loss when True": None,
    "on-change 3": "this never changes: it reads no name of the script\n    3\n    ^",
    "on-change W9": "no name 'W9'\n    W9\n    ^",
    "unbreak 1": "there are no breakpoints",
    "edit-break 3 loss": "no breakpoint 3\n    3 loss\n    ^\n  breakpoints lists them.",
}


@pytest.mark.parametrize("line", [line for line, told in ERRORS.items() if told])
def test_what_cannot_be_a_breakpoint_is_told_with_its_place(line: str) -> None:
    opened = session(NET)
    with pytest.raises(CommandError) as error:
        opened.do(line)
    assert str(error.value) == ERRORS[line]
    assert opened.stoppers == ()
