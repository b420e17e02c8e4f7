"""Verdicts in the application: when idle, on demand, and what the panes make of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stepnet.session.session import Session
from stepnet.source.script import open_script
from tests.session.test_completed import PLAIN
from tests.tui.playing import Player, play
from tui.verdict import tally, verdict_mark

SOON = 0.01


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.py"
    text = open_script("trask_neuron").text
    path.write_text(text.replace("X.T @ dE_ds ", "X.T @ dE_dyhat "), encoding="utf-8")
    return path


def row(player: Player, text: str) -> str:
    """The line of the screen that holds a text."""
    return next(line for line in player.lines() if text in line)


def test_verdicts_come_by_themselves_when_nobody_types() -> None:
    async def script(player: Player) -> None:
        assert "not checked yet" in player.text() or "4 exact" in player.text()
        await player.pilot.pause(0.5)
        assert "4 exact" in row(player, "Chain rule")
        assert "∂E/∂w exact" in row(player, "dE_dw = X.T @ dE_ds ━")
        assert "✓" in row(player, "dE_ds = dE_dyhat")

    play(script, "trask_neuron", begin="goto 3/dE_dw", idle=SOON)


def test_a_check_on_demand_says_what_it_found() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/grad_W1")
        assert "v checks" in row(player, "Chain rule") or "not checked" in row(player, "Chain rule")
        await player.press("v")
        assert "7 scaled" in player.lines()[-1]
        assert "7 scaled" in row(player, "Chain rule")
        assert "½×" in row(player, "grad_W2 = ")
        assert player.address == "3/grad_W1"

    play(script, "relu_net")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
def test_a_wrong_gradient_says_why_and_by_how_much(wrong: Path, size: tuple[int, int]) -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("v")
        text = player.text()
        assert "∂E/∂w wrong" in text
        assert "wrong: " in text
        assert "worst: [0,0] is -0.5" in text
        assert "▌-0.5787▐" in text
        assert "▌-0.1192▐" in text
        assert "≠" in text
        assert "✗" in row(player, "▶     dE_dw")
        assert "1 wrong" in row(player, "Chain rule")

    play(script, wrong, size)


def test_words_in_place_of_marks_where_there_is_only_ascii(wrong: Path) -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("v")
        assert "WRONG" in row(player, "     dE_dw = X")
        assert " ok " in row(player, "dE_ds = dE_dyhat")

    play(script, wrong, ascii_only=True)


def test_the_chain_rule_as_a_formula() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        assert "∂E/∂w = ∂E/∂ŷ · ∂ŷ/∂s · ∂s/∂w" in player.text()
        await player.press("F4 Up Up Enter")
        assert player.address == "3/dyhat_ds"

    play(script, "trask_neuron")


def test_a_derived_backward_pass_is_said(tmp_path: Path) -> None:
    path = tmp_path / "forward.py"
    path.write_text(PLAIN, encoding="utf-8")

    async def script(player: Player) -> None:
        await player.pilot.pause(0.1)
        assert "were derived" in player.lines()[-1]
        assert "(backward derived)" in player.lines()[0]
        await player.go("goto 2/dW1")
        await player.press("v")
        assert "exact" in row(player, "Chain rule")

    play(script, path)


def test_marks_differ_without_colour() -> None:
    words = ("exact", "scaled", "approximate", "wrong")
    for ascii_only in (False, True):
        marks = [verdict_mark(word, ascii_only=ascii_only) for word in words]
        assert len(set(marks)) == 4
        assert all(mark.isascii() for mark in marks) or not ascii_only
    assert verdict_mark("scaled", "½") == "½×"


def test_the_worst_is_counted_first() -> None:
    line = tally(["exact", "wrong", "exact", "scaled"])
    assert "".join(text for text, _ in line) == "1 wrong  1 scaled  2 exact"


def test_a_key_breaks_off_what_is_thought_about_and_finds_the_program_where_it_stood() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        debugger = player.debugger
        pondering = debugger.session.pondering()
        assert next(pondering, "done") in (None, "done")
        debugger.runs.ponder(pondering)
        assert debugger.session.position.address == "3/dE_dw"
        await player.press("s")
        assert player.address != "3/dE_dw"
        await player.pilot.pause(0.5)
        assert "4 exact" in row(player, "Chain rule")

    play(script, "trask_neuron", idle=SOON)


def test_what_is_thought_about_stops_every_few_milliseconds() -> None:
    session = Session.open("regressor")
    session.do("goto 1.1/d_b1")
    run = session.pondering()
    next(run)
    assert session.machine.tick != 0
    run.close()
    assert session.position.address == "1.1/d_b1"
    assert session.verdicts.here(session) is None
    assert session.check_quickly()
    assert session.verdicts.here(session)


def test_a_script_without_gradients_says_so_in_full(tmp_path: Path) -> None:
    path = tmp_path / "plain.py"
    path.write_text("x = 1\ny = 2\n", encoding="utf-8")

    async def script(player: Player) -> None:
        text = " ".join(player.text().replace("│", " ").split())
        assert " script. " in text
        assert "scr…" not in text

    play(script, str(path), size=(120, 36))


def test_a_notebook_that_skips_a_magic_is_not_called_derived(tmp_path: Path) -> None:
    path = tmp_path / "net.ipynb"
    cells = [{"cell_type": "code", "source": ["%matplotlib inline\n", "x = 1\n"]}]
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")

    async def script(player: Player) -> None:
        await player.press("s")
        assert "derived" not in player.lines()[0]

    play(script, path)
