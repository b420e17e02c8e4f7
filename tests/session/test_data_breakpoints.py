"""A value that changes stops the run, forwards and backwards, with the same pairs swapped."""

import ast

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepnet.machine.keeper import Policy
from stepnet.machine.machine import Machine
from stepnet.session.session import Session, Stop
from stepnet.session.stops import hunt
from stepnet.session.stops.frozen import frozen
from stepnet.source.scope import names_bound_by
from tests.generated.scripts import scripts
from tests.session.opening import NET, session
from tests.session.test_breakpoints import stops

Pair = tuple[int, str, str]


def pairs(found: list[tuple[int, Stop]]) -> list[Pair]:
    return [(tick, hit.old, hit.new) for tick, stop in found for hit in stop.hits]


def visited(opened: Session, command: str) -> list[tuple[int, Stop]]:
    """Every stop with the tick it is at."""
    found: list[tuple[int, Stop]] = []
    while (stop := opened.do(command)).hits:
        found.append((opened.machine.tick, stop))
    return found


def mirrored(opened: Session) -> list[Pair]:
    """Go to the end and back; the stops must be the same, with old and new swapped."""
    forwards = pairs(visited(opened, "continue"))
    end = opened.machine.tick
    at_end = bool(forwards) and forwards[-1][0] == end
    backwards = pairs(visited(opened, "reverse-continue"))
    swapped = [(tick, new, old) for tick, old, new in reversed(backwards)]
    assert swapped == [pair for pair in forwards if not (at_end and pair[0] == end)]
    assert opened.machine.tick == 0
    return forwards


def stepped(text: str, name: str) -> list[int]:
    """The ticks at which a name of the module has another value, found by looking every time."""
    machine = Machine(session(text).program)
    found: list[int] = []
    value: object = None
    while machine.step():
        names = machine.world.names
        now = frozen(names[name]) if name in names else None
        if now is not None and now != value:
            found.append(machine.tick)
        value = now
    return found


def test_an_entry_stops_the_run_whenever_it_changes() -> None:
    opened = session(NET)
    assert opened.do("on-change w[0,0]").text == "1 on-change w[0,0]"
    texts = [stop.text for stop in stops(opened, "continue")]
    assert texts[:3] == [
        "data breakpoint 1: w[0,0]: no value → 1.6243454",
        "data breakpoint 1: w[0,0]: 1.6243454 → 1.5639735, hit 2",
        "data breakpoint 1: w[0,0]: 1.5639735 → 1.5038213, hit 3",
    ]
    assert len(texts) == 7
    back = [stop.text for stop in stops(opened, "reverse-continue")]
    assert back[-2:] == [
        "data breakpoint 1: w[0,0]: 1.5639735 → 1.6243454 on the way back",
        "data breakpoint 1: w[0,0]: 1.6243454 → no value on the way back",
    ]


def test_of_an_array_the_number_of_changed_entries_and_the_first_are_told() -> None:
    opened = session("import numpy as np\na = np.zeros((2, 3))\na[1, 1:] = 4\na = a + 1\n")
    opened.do("on-change a")
    assert [
        stop.text.partition(": ")[2].partition(", hit")[0] for stop in stops(opened, "continue")
    ][:2] == [
        "a: no value → (2,3) 0 … 0",
        "2 of 6 entries of a, a[1,1]: 0.0 → 4.0",
    ]


def test_a_change_through_an_alias_and_in_a_function_is_seen() -> None:
    text = (
        "import numpy as np\nW = np.zeros(3)\nlayers = [W]\nview = W[1:]\n"
        "def grow(x):\n    x += 1\n    return x\n"
        "for step in range(3):\n    view[0] = step\n    layers[0][2] -= 1\n    grow(W)\n"
        "    y = W * 2\n"
    )
    opened = session(text)
    opened.do("on-change W")
    ticks = [tick for tick, _ in visited(opened, "continue")]
    assert ticks == stepped(text, "W")
    assert len(ticks) == 7  # zeros stored over zeros, and y, are no change


def test_a_change_to_the_same_bits_is_none_and_nan_does_not_differ_from_itself() -> None:
    text = "import numpy as np\na = np.nan\na = float('nan') * 1\nb = 0.0\nb = -b\nb = b + 0\n"
    opened = session(text)
    opened.do("on-change b")
    assert [stop.address for stop in stops(opened, "continue")] == ["/b", "/b#2", "end"]
    opened = session("a = 1\na = 1\na = 2\n")
    opened.do("on-change a")
    assert [tick for tick, _ in visited(opened, "continue")] == [1, 3]


def test_an_expression_and_a_condition() -> None:
    opened = session(NET)
    opened.do("on-change w.argmax()")
    assert len(stops(opened, "continue")) == 1
    opened.do("edit-break 1 loss when loss < 0.49 and epoch > 0")
    opened.do("restart")
    assert opened.do("continue").address == "2.1/loss"


def test_a_name_of_a_function_is_looked_for_in_that_function() -> None:
    opened = session(NET)
    opened.do("on-change z[0, 0]")
    assert [stop.address for stop in stops(opened, "continue")][:2] == [
        "1.1/sigmoid",
        "1.2/sigmoid",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "on-change w",
        "on-change b[0, 0] every 2",
        "on-change loss when loss < 0.48",
        "on-change loss hits 3",
        "on-change s.sum()",
        "break sigmoid.s every 3",
    ],
)
@pytest.mark.parametrize("near", [0, 2000])
def test_every_stop_forward_has_its_mirror_backwards(
    line: str, near: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hunt, "NEAR", near)
    opened = session(NET)
    opened.machine = Machine(opened.program, policy=Policy(stride=10, most=6, patience=10))
    opened.do(line)
    assert mirrored(opened)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=scripts(), choice=st.integers(0, 99), every=st.integers(0, 3))
def test_generated_scripts_stop_at_every_change_and_at_its_mirror(
    text: str, choice: int, every: int
) -> None:
    opened = session(text)
    opened.machine = Machine(opened.program, policy=Policy(stride=7, most=5, patience=9))
    names = sorted(
        {name for part in opened.program.statements for name in part.targets if part.unit == ""}
    )
    own = names_bound_by(ast.parse(text).body)
    names = [name for name in names if name in own and not name.startswith("__")]
    if not names:
        return
    name = names[choice % len(names)]
    opened.do(f"on-change {name}" + (f" every {every}" if every else ""))
    found = [pair[0] for pair in mirrored(opened)]
    ticks = stepped(text, name)
    expected = [tick for n, tick in enumerate(ticks, 1) if not every or n % every == 0]
    assert found == expected
    assert np.all(np.diff(found) > 0)


def test_a_piece_that_ends_where_its_loop_begins_again_is_looked_at_behind_its_last_statement() -> (
    None
):
    text = "n = 3\nwhile n:\n    n -= 1\n    for k in range(2):\n        m = k\n    z = n\n"
    opened = session(text)
    opened.do("on-change z")
    assert [tick for tick, _ in visited(opened, "continue")] == stepped(text, "z")
