"""Watches are looked at at every stop; marks are gone back to."""

import pytest

from stepnet.session.errors import CommandError
from stepnet.session.stops.frozen import short
from tests.session.opening import NET, at, session


def test_a_watch_is_looked_at_at_every_stop_and_remembers_the_last_ones() -> None:
    opened = at(NET, "1.1/loss")
    first = short(opened.machine.names["loss"])
    assert opened.do("watch loss").text == f"1 loss = {first}"
    opened.do("goto 1.2/loss")
    opened.do("goto 2.1/loss")
    (watch,) = opened.watches
    assert [seen.address for seen in watch.seen] == ["2.1/loss", "1.2/loss", "1.1/loss"]
    assert watch.has_changed
    opened.do("print loss")
    assert len(opened.watches[0].seen) == 3
    opened.do("step")
    assert not opened.watches[0].has_changed
    assert opened.do("watches").text.endswith(f", {first} (1.1/loss)")


def test_an_error_stays_in_its_row() -> None:
    opened = session(NET)
    opened.do("watch w[9]")
    opened.do("watch w.shape")
    assert [watch.seen[0].text for watch in opened.watches] == ["w has no value here"] * 2
    opened.do("goto 1.1/s")
    first, second = opened.watches
    assert first.seen[0].is_error
    assert first.seen[0].text == "IndexError: index 9 is out of bounds for axis 0 with size 2"
    assert second.seen[0].text == "(2, 1)"


def test_watches_are_taken_away_by_number_and_by_expression() -> None:
    opened = at(NET, "1.1/s")
    for text in ("w", "b", "s.sum()"):
        opened.do(f"watch {text}")
    assert opened.do("unwatch 1").text == "removed 1 w"
    assert opened.do("unwatch s.sum()").text == "removed 3 s.sum()"
    with pytest.raises(CommandError) as error:
        opened.do("unwatch 1")
    assert str(error.value) == "1 is not watched\n    1\n    ^\n  There are 2 b."
    opened.do("unwatch all")
    assert opened.do("watches").text == "nothing is watched"
    with pytest.raises(CommandError, match="nothing is watched"):
        opened.do("unwatch 1")


def test_what_is_no_expression_is_not_watched() -> None:
    opened = session(NET)
    with pytest.raises(CommandError, match="no name 'W9'"):
        opened.do("watch W9")
    assert opened.watches == ()


def test_a_mark_is_gone_back_to_and_from() -> None:
    opened = at(NET, "2.1/d_w")
    assert opened.do("mark").text == "mark a is 2.1/d_w"
    opened.do("goto 1.1/s")
    assert opened.do("mark here").text == "mark here is 1.1/s"
    opened.do("goto end")
    assert opened.do("to-mark a").address == "2.1/d_w"
    assert opened.do("to-mark").address == "end"
    assert opened.do("to-mark").address == "2.1/d_w"
    told = [line.split()[:2] for line in opened.do("marks").text.splitlines()]
    assert told == [["here", "1.1/s"], ["a", "2.1/d_w"], ["'", "end"]]
    opened.do("mark a")
    assert len(opened.marks) == 3


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("mark a b", "'a b' cannot be a mark\n    a b\n    ^\n  Write a letter or a name."),
        ("to-mark x", "no mark x\n    x\n    ^\n  m sets a mark."),
    ],
)
def test_what_is_no_mark_is_told(line: str, told: str) -> None:
    opened = at(NET, "1.1/s")
    with pytest.raises(CommandError) as error:
        opened.do(line)
    assert str(error.value) == told
