"""A script that was changed on the disk is opened again, with its breakpoints."""

from pathlib import Path

import pytest

from stepnet.session.reload import address_now, reloaded, stamp
from stepnet.session.session import Session
from stepnet.source.refusal import SourceError

TEXT = "import net\nw = 1\nfor epoch in range(5):\n    w += net.step\n    v = w\n"


def opened(folder: Path) -> Session:
    (folder / "main.py").write_text(TEXT, encoding="utf-8")
    (folder / "net.py").write_text("step = 2\n", encoding="utf-8")
    return Session.open(str(folder / "main.py"))


def test_a_change_of_any_of_its_files_is_seen(tmp_path: Path) -> None:
    session = opened(tmp_path)
    assert stamp(session.script) == session.stamp
    (tmp_path / "net.py").write_text("step = 30\n", encoding="utf-8")
    assert stamp(session.script) != session.stamp
    (tmp_path / "net.py").unlink()
    assert stamp(session.script)[1] == (0, 0)


def test_breakpoints_are_kept_where_they_still_have_a_place(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.do("break w when w > 3")
    session.do("break v")
    (tmp_path / "main.py").write_text(TEXT.replace("    v = w\n", ""), encoding="utf-8")
    fresh, lost = reloaded(session)
    assert [part.written for part in fresh.stoppers] == ["break w when w > 3"]
    assert lost == ("break v",)
    assert fresh.do("continue").reason == "breakpoint"
    assert fresh.machine.names["w"] == 5


def test_watches_are_kept_and_an_address_that_is_gone_becomes_its_iteration(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.do("watch w * 2")
    session.do("watch v")
    session.goto("3/v")
    (tmp_path / "main.py").write_text(TEXT.replace("    v = w\n", ""), encoding="utf-8")
    fresh, lost = reloaded(session)
    assert [watch.text for watch in fresh.watches] == ["w * 2"]
    assert lost == ("watch v",)
    known = {"3/v": "3", "3/w": "3/w", "/v": "@0", "2": "2", "@5": "@5", "end": "end"}
    assert {address: address_now(fresh, address) for address in known} == known


def test_what_cannot_be_opened_leaves_the_session_as_it_is(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.do("goto 2")
    (tmp_path / "main.py").write_text("import subprocess\n", encoding="utf-8")
    with pytest.raises(SourceError):
        reloaded(session)
    assert session.position.address == "2"
