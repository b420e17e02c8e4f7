"""What is shown as a position can be typed, and leads there."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepnet.machine.travel import finish, travel
from stepnet.session.address import current_address
from stepnet.session.errors import CommandError
from stepnet.session.session import Session
from stepnet.source.refusal import SourceError
from stepnet.source.script import builtin_paths
from tests.generated.scripts import scripts
from tests.machine.cases import trained
from tests.session.opening import NET, at, session


def mistyped(opened: Session, other: Session, ticks: list[int], rolls: random.Random) -> str | None:
    """Type the addresses of these ticks, as shown in one session, into another one.

    Says which of them did not lead to its tick, or was shown otherwise there.
    """
    addresses = {}
    for tick in sorted(ticks):
        finish(travel(opened.machine, tick))
        addresses[opened.machine.tick] = current_address(opened.machine)
    shuffled = list(addresses.items())
    rolls.shuffle(shuffled)
    for tick, address in shuffled:
        start = other.machine.tick
        stop = other.do(f"goto {address}")
        if other.machine.tick != tick:
            return f"{address} is @{tick}, but leads from @{start} to @{other.machine.tick}"
        if stop.address != address and not stop.address.startswith("@"):
            return f"{address} is {stop.address} when one comes from @{start}"
    return None


@settings(max_examples=60)
@given(text=scripts(), looped=st.booleans(), seed=st.integers(0, 2**32 - 1))
def test_every_position_of_a_generated_script_can_be_typed_back(
    text: str, looped: bool, seed: int
) -> None:
    rolls = random.Random(seed)
    head, _, body = text.partition("\n\n")
    text = f"{head}\n{trained(body)}" if looped else text
    opened, other = session(text), session(text)
    end = opened.machine.steps(20_000)
    ticks = [rolls.randint(0, end) for _ in range(20)] + [end]
    assert mistyped(opened, other, ticks, rolls) is None


@pytest.mark.parametrize("name", builtin_paths())
def test_positions_of_a_scenario_can_be_typed_back(name: str) -> None:
    rolls = random.Random(name)
    opened, other = Session.open(name), Session.open(name)
    opened.do("end")
    end = opened.machine.tick
    ticks = [rolls.randint(0, end) for _ in range(15)] + [rolls.randint(0, 200) for _ in range(15)]
    assert mistyped(opened, other, ticks, rolls) is None


def test_no_two_ticks_have_the_same_address() -> None:
    opened = session(NET)
    seen = [current_address(opened.machine)]
    while opened.machine.step():
        seen.append(current_address(opened.machine))
    assert len(seen) == len(set(seen))


ADDRESSES = {
    "@0": 0,
    "start": 0,
    "/X": 3,
    "/9": 3,
    "/w": 6,
    "1": 8,
    "1.1": 9,
    "1.1/s": 10,
    "1.1/20": 10,
    "1.1/sigmoid": 11,
    "1.1/sigmoid.s": 12,
    "1.1/5": 12,
    "1.1/sigmoid.return": 13,
    "1.1/y_hat": 14,
    "1.2": 22,
    "1.2/w": 33,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_means_the_moment_after_its_statement(address: str) -> None:
    assert at(NET, address).machine.tick == ADDRESSES[address]


@pytest.mark.parametrize("start", ["@0", "2.1/d_s", "end"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_it_means_the_same_from_anywhere(address: str, start: str) -> None:
    opened = at(NET, start)
    opened.do(f"goto {address}")
    assert opened.machine.tick == ADDRESSES[address]


def test_a_bare_name_is_looked_for_in_the_current_iteration() -> None:
    opened = at(NET, "2.1/d_b")
    assert opened.do("goto s").address == "2.1/s"
    assert opened.do("goto loss").address == "2.1/loss"
    assert opened.do("goto sigmoid.s").address == "2.1/sigmoid.s"


def test_an_address_of_an_epoch_finds_a_statement_in_its_batches() -> None:
    assert at(NET, "2/loss").stop.address == "2.1/loss"
    assert at(NET, "2/loss#2").stop.address == "2.2/loss"
    assert at(NET, "2/32").stop.address == "2/32"


REPEATED = """\
total = 0
for epoch in range(2):
    loss = 0
    for i in range(3):
        total += i
    def f(x):
        total = x
        return total
    loss = f(1) + f(2)
total = 0
total = 1
"""


def test_an_ordinal_is_which_time_it_runs_in_its_iteration() -> None:
    assert at(REPEATED, "1/total").machine.names["total"] == 0
    opened = at(REPEATED, "2/total#3")
    assert (opened.machine.names["total"], opened.machine.names["i"]) == (6, 2)
    assert opened.stop.address == "2/total#3"
    assert at(REPEATED, "1/f.total#2").machine.names["total"] == 2
    assert at(REPEATED, "1/f#2").stop.address == "1/f#2"
    assert at(REPEATED, "/total#3").machine.is_ended is True


ONE_LINE = """\
a = 1; b = 2; print(a); print(b)
for epoch in range(2):
    if epoch: a = 5; print(a)
    loss = a
"""


def test_statements_on_one_line_have_addresses_of_their_own() -> None:
    opened = session(ONE_LINE)
    seen = []
    while opened.machine.step():
        seen.append(current_address(opened.machine))
    assert seen[:7] == ["/a", "/b", "/1", "/1#2", "1", "1/3", "1/loss"]
    assert seen[7:11] == ["2", "2/3", "2/a", "2/3#2"]
    for tick, address in enumerate(seen, start=1):
        opened.do(f"goto {address}")
        assert opened.machine.tick == tick


def test_a_multi_line_statement_is_found_by_any_of_its_lines() -> None:
    text = "x = 1\ny = (x +\n     2 +\n     3)\nz = 4\n"
    for line in (2, 3, 4):
        assert at(text, f"/{line}").stop.address == "/y"


def test_a_long_iteration_has_positions_that_can_be_typed_back() -> None:
    text = "for epoch in range(2):\n    loss = 0\n    for i in range(9000):\n        loss += i\n"
    opened = session(text)
    for tick in (17_000, 30_000, 16_390):
        finish(travel(opened.machine, tick))
        address = current_address(opened.machine)
        opened.do("goto @3")
        opened.do(f"goto {address}")
        assert opened.machine.tick == tick


GIVING = """\
def pieces(n):
    for at in range(n):
        size = at
        yield size
for epoch in range(2):
    for number, x in enumerate(pieces(2)):
        loss = x
for epoch in pieces(2):
    loss = epoch
"""
GIVEN_TO_EPOCHS = """\
def pieces(n):
    for at in range(n):
        yield at
for epoch in pieces(3):
    loss = epoch
"""


@pytest.mark.parametrize("text", [GIVING, GIVEN_TO_EPOCHS], ids=["batches", "epochs"])
def test_an_iteration_that_is_left_for_its_generator_does_not_begin_again(text: str) -> None:
    opened = session(text)
    seen = []
    while opened.machine.step():
        seen.append(current_address(opened.machine))
    for start in (0, len(seen)):
        for tick, address in enumerate(seen, start=1):
            finish(travel(opened.machine, start))
            assert opened.do(f"goto {address}").address == address
            assert opened.machine.tick == tick


LATER = """\
def inner(n):
    for i in range(n):
        # %% forward
        loss = i
    return loss
x = inner(2)
for epoch in range(2):
    x = inner(2)
x = inner(3)
"""


def test_an_inner_loop_outside_of_its_outer_one_counts_nothing() -> None:
    opened = session(LATER)
    seen = []
    while opened.machine.step():
        seen.append(current_address(opened.machine))
    assert len(seen) == len(set(seen))
    assert "1.2/inner.loss" in seen
    for tick, address in enumerate(seen, start=1):
        opened.do(f"goto {address}")
        assert opened.machine.tick == tick
    opened.do("restart")
    opened.do("end")
    for tick, address in enumerate(seen, start=1):
        opened.do(f"goto {address}")
        assert opened.machine.tick == tick


ERRORS = {
    "3 / x": """\
'3 / x' is not an address
    3 / x
     ^
  An address is 3/name, 2.5/name, 3/name#2, /12 (a line), @417 (a tick), 1000 or end.""",
    "@x": """\
'@x' is not an address
    @x
      ^
  An address is 3/name, 2.5/name, 3/name#2, /12 (a line), @417 (a tick), 1000 or end.""",
    "2.0/w": """\
iterations count from 1
    2.0/w
      ^
  An address is 3/name, 2.5/name, 3/name#2, /12 (a line), @417 (a tick), 1000 or end.""",
    "4": "there is no iteration 4: the last one is 3",
    "2.3/w": "iteration 2 has no part 2.3",
    "1.1.1": "there is no iteration 1.1.1: this script counts them as N.M",
    "@1000": "the program ends at tick 96, before @1000",
    "2.1/d_ww": "no statement assigns 'd_ww'\n  Did you mean d_w?",
    "1.1/X": "X does not run in iteration 1.1",
    "1.1/loss#2": "loss runs only once in iteration 1.1",
    "1/loss#3": "loss runs only 2 times in iteration 1",
    "1.1/9": "line 9 does not run in iteration 1.1",
    "/33#2": "line 33 runs only once in this run",
}


@pytest.mark.parametrize("address", ERRORS)
def test_an_address_that_is_not_there_is_told_and_nothing_moves(address: str) -> None:
    opened = at(NET, "2.1/d_s")
    with pytest.raises(CommandError) as error:
        opened.do(f"goto {address}")
    assert str(error.value) == ERRORS[address]
    assert opened.position.address == "2.1/d_s"


def test_addresses_of_a_script_without_a_loop() -> None:
    opened = session("x = 1\ny = x + 1\nx = 2\n")
    assert opened.do("goto y").address == "/y"
    assert opened.do("goto /x").address == "/x"
    assert opened.do("goto /x#2").address == "end"
    with pytest.raises(CommandError, match="no iteration 1: the script has no training loop"):
        opened.do("goto 1")


def test_an_address_behind_an_error_of_the_script_is_told() -> None:
    opened = session("for epoch in range(5):\n    loss = 1 / (2 - epoch)\n    x = 1\nz = 1\n")
    for address, told in (
        ("4/x", "the script raises ZeroDivisionError before iteration 4"),
        ("3/x", "the script raises ZeroDivisionError before x has run in iteration 3"),
    ):
        with pytest.raises(CommandError, match=told):
            opened.do(f"goto {address}")
        assert opened.position.address == "@0"


def test_an_empty_script_has_one_position() -> None:
    opened = session("# nothing\n")
    assert opened.position.address == "@0"
    assert opened.do("end").reason == "end"
    assert opened.do("goto @0").address == "@0"


def test_refused_scripts_are_no_sessions() -> None:
    with pytest.raises(SourceError):
        session("import subprocess\n")
