"""What is done by hand is written down, with what was seen, and replays green."""

import random
from pathlib import Path

import pytest

import stepnet.machine.travel as journeys
import stepnet.session.session as sessions
from stepnet.session.errors import CommandError
from stepnet.session.session import Session
from stepnet.session.steps.grammar import read_steps
from stepnet.session.steps.replay import replayed
from stepnet.session.steps.told import failure_text
from tests.session.steps.playing import written


@pytest.fixture
def net(tmp_path: Path) -> Session:
    written(tmp_path, "step\n")
    return Session.open(str(tmp_path / "net.py"))


def replay(path: Path) -> int:
    """How many expectations hold; all of them do."""
    outcomes = list(replayed(read_steps(path)))
    assert "\n".join(failure_text(made) for made in outcomes if made.word == "failed") == ""
    return sum(made.word == "passed" for made in outcomes)


def test_a_session_is_written_with_what_was_seen(net: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine.steps"
    assert net.do(f"record {path}").text == f"recording to {path}"
    net.do("until n")
    net.do("goto 2/dloss_dw")
    net.do("check")
    net.do("  step   2 ")
    with pytest.raises(CommandError):
        net.do("until W9")
    net.do("print n + 1")
    net.do("continue")
    net.do("reverse-continue")
    assert net.do("record off").text == f"recorded in {path}"
    net.do("step")
    assert (
        path.read_text(encoding="utf-8")
        == """\
steps 1
open net.py
until n
expect at /n
goto 2/dloss_dw
expect at 2/dloss_dw
expect loss ~= 2.88 rel 1e-6
expect shape dloss_dw == (2, 1)
check
expect dloss_dy is exact
expect dloss_dw is exact
step   2
expect at 2/15
expect error "no statement assigns 'W9'": until W9
print n + 1
expect n + 1 == 4
continue to end
expect stop == end
expect at end
expect loss ~= 1.179648 rel 1e-6
reverse-continue to start
expect at @0
"""
    )
    assert replay(path) == 13


def test_nothing_is_overwritten_and_nothing_ends_that_did_not_begin(
    net: Session, tmp_path: Path
) -> None:
    there = tmp_path / "net.py"
    with pytest.raises(CommandError) as error:
        net.do(f"record {there}")
    assert str(error.value) == (
        f"{there} exists already\n  Nothing is overwritten: give another name."
    )
    with pytest.raises(CommandError) as error:
        net.do(f"record {tmp_path / 'none' / 'a.steps'}")
    assert str(error.value) == (
        f"{tmp_path / 'none' / 'a.steps'} cannot be written: No such file or directory"
    )
    with pytest.raises(CommandError) as error:
        net.do("record off")
    assert str(error.value) == "nothing is being recorded\n  Write record FILE to begin."


def test_a_recording_may_begin_anywhere_and_survives_an_interruption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journeys, "PATIENCE", 0.0005)
    monkeypatch.setattr(sessions, "PATIENCE", 0.0005)
    session = Session.open("trask_neuron", seed=3)
    session.goto("2/E")
    session.record(str(tmp_path / "late"))
    session.step(3)
    run = session.perform("goto 900/E")
    next(run)
    run.close()
    session.step()
    text = (tmp_path / "late.steps").read_text(encoding="utf-8")
    assert text.startswith("steps 1\nopen trask_neuron seed 3\ngoto 2/E\nstep 3\nexpect at 2/")
    assert "  # interrupted: goto 900/E\n" in text
    assert replay(tmp_path / "late.steps") >= 4


def test_what_was_set_before_a_recording_began_is_written_first(
    net: Session, tmp_path: Path
) -> None:
    net.do("break dloss_dw when loss < 2.9")
    net.goto("1/w")
    net.do("set w = w * 0")
    net.do("set n = 4")
    net.record(str(tmp_path / "late.steps"))
    net.run()
    assert (
        (tmp_path / "late.steps")
        .read_text(encoding="utf-8")
        .startswith(
            "steps 1\nopen net.py\ngoto @10\nset w = w * 0\ngoto @11\nset n = 4\n"
            "break dloss_dw when loss < 2.9\ngoto @12\ncontinue\nexpect stop == breakpoint\n"
        )
    )
    assert replay(tmp_path / "late.steps") >= 4


def test_a_program_that_raises_is_recorded_as_such(tmp_path: Path) -> None:
    written(tmp_path, "step\n")
    session = Session.open(str(tmp_path / "faulty.py"))
    session.record(str(tmp_path / "mine.steps"))
    session.run()
    session.back()
    assert "continue\nexpect stop == exception\n" in (tmp_path / "mine.steps").read_text("utf-8")
    assert replay(tmp_path / "mine.steps") > 3


WALKS = ("step", "back", "over", "over-back", "finish", "finish-back", "next-iteration",
         "previous-iteration", "next-epoch", "step 7", "back 5", "goto 2", "until d_w",
         "goto 1.2/d_s", "check", "print d_s", "print w[0,0] < 1", "goto nowhere")  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("target", ["regressor", "relu_net"])
def test_whatever_is_done_replays_green(target: str, seed: int, tmp_path: Path) -> None:
    path = tmp_path / "walk.steps"
    session, rolls = Session.open(target), random.Random(seed)
    session.record(str(path))
    for _ in range(40):
        try:
            session.do(rolls.choice(WALKS))
        except CommandError:
            continue
    assert replay(path) >= 40
