"""A notebook's lines are told by cell, and may be typed so: breakpoints, addresses, errors."""

import json
from pathlib import Path

import pytest

from stepnet.session.errors import CommandError
from stepnet.session.panes import program_rows
from stepnet.session.reload import reloaded
from stepnet.session.session import Session

CELLS = [
    ("markdown", "# Descent\n\nOne weight."),
    ("code", "%matplotlib inline\nw = 4.0"),
    ("markdown", "## Training\n$L = w^{2}$"),
    (
        "code",
        "for epoch in range(3):\n    loss = w * w\n    dw = 2 * w\n    w -= 0.1 * dw\n    print(w)",
    ),
    ("code", "v = w / 0"),
]


def written(path: Path, cells: list[tuple[str, str]]) -> str:
    book = [{"cell_type": kind, "source": text} for kind, text in cells]
    path.write_text(json.dumps({"nbformat": 4, "cells": book}), encoding="utf-8")
    return str(path)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session.open(written(tmp_path / "net.ipynb", CELLS))


@pytest.mark.parametrize("place", ["2:3", "/2:3"])
def test_a_breakpoint_stands_on_a_line_of_a_cell(session: Session, place: str) -> None:
    assert session.do(f"break {place}").text.startswith(f"1 break {place}")
    assert session.do("continue").address == "1/dw"
    assert session.do("continue").address == "2/dw"


def test_a_line_of_a_cell_is_an_address(session: Session) -> None:
    assert session.do("goto 2/2:4").address == "2/w"
    assert session.do("goto 3/2:5").address == "3/2:5"
    session.do("goto 1")
    assert session.do("goto 3/2:5").address == "3/2:5"


def test_a_cell_that_is_not_there_is_an_error(session: Session) -> None:
    with pytest.raises(CommandError, match="no statement assigns '7:1'"):
        session.do("goto 1/7:1")


def test_errors_are_told_with_cell_and_line(session: Session) -> None:
    session.do("end")
    assert session.position.fault.startswith("net.ipynb, cell 3, line 1: ZeroDivisionError")
    with pytest.raises(CommandError) as caught:
        session.do("goto 5")
    assert caught.value.advice == "cell 3, line 1: float division by zero"


def test_lines_are_numbered_anew_in_every_cell(session: Session) -> None:
    rows = [(row.number, row.kind, row.text) for row in program_rows(session)]
    assert rows[rows.index(("", "part", "# ── cell 2 ──")) :][:5] == [
        ("", "part", "# ── cell 2 ──"),
        ("", "blank", ""),
        ("", "comment", "# Training"),
        ("", "comment", "# L = w^2"),
        ("1", "statement", "for epoch in range(3):"),
    ]
    assert ("1", "comment", "# %matplotlib inline") in rows


def test_what_markdown_says_is_told_of_the_first_statement(session: Session) -> None:
    (loop,) = (part for part in session.program.statements if part.at == "cell 2, line 1")
    assert loop.narration == ("Training", "L = w^2")


def test_reloading_finds_breakpoints_in_their_cells_again(session: Session, tmp_path: Path) -> None:
    session.do("break 2:3")
    longer = [*CELLS[:2], ("markdown", "Many\n\nmore\n\nwords."), *CELLS[2:4]]
    written(tmp_path / "net.ipynb", longer)
    fresh, lost = reloaded(session)
    assert lost == ()
    assert fresh.do("continue").address == "1/dw"


def test_an_empty_cell_leaves_its_text_to_the_next(tmp_path: Path) -> None:
    cells = [("markdown", "Words."), ("code", ""), ("code", "x = 1")]
    session = Session.open(written(tmp_path / "net.ipynb", cells))
    (statement,) = session.program.statements
    assert (statement.at, statement.narration) == ("cell 2, line 1", ("Words.",))


def test_a_cell_may_be_indented_and_a_shell_line_may_go_on(tmp_path: Path) -> None:
    text = "    x = 1\n    !pip install a \\\n        b\n    y = x + 1"
    session = Session.open(written(tmp_path / "net.ipynb", [("code", text)]))
    session.do("end")
    assert session.machine.names["y"] == 2


def test_what_jupyter_gives_every_notebook_is_there(tmp_path: Path) -> None:
    text = "x = 1\ndisplay(x)\nget_ipython().run_line_magic('matplotlib', 'inline')\ny = 2"
    session = Session.open(written(tmp_path / "net.ipynb", [("code", text)]))
    assert session.do("end").reason == "end"
    assert [part.at for part in session.program.statements[2:4]] == [
        "cell 1, line 1",
        "cell 1, line 2",
    ]


def test_warnings_of_python_about_a_cell_stay_off_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = "a = 'relu'\nb = a is 'relu'\nc = '\\d'"
    session = Session.open(written(tmp_path / "net.ipynb", [("code", text)]))
    session.check()
    session.do("end")
    assert capfd.readouterr() == ("", "")
    assert session.machine.names["c"] == "\\d"
