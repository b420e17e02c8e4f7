"""Stepping with keys: forwards, back, by iterations, to addresses; what the panes then show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.playing import Player, play


def test_before_anything_ran_the_script_introduces_itself() -> None:
    async def script(player: Player) -> None:
        text = player.text()
        assert "Nothing has run yet" in text
        assert "gradient descent has to find that out" in text
        assert "at the start" in text

    play(script)


def test_a_step_and_a_step_back_end_where_they_began() -> None:
    async def script(player: Player) -> None:
        before = player.text()
        await player.press("s s s")
        assert player.debugger.session.position.tick == 3
        assert player.text() != before
        await player.press("S S S")
        assert player.text() == before

    play(script)


def test_the_screen_of_the_design_is_drawn_at_its_statement() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        text = player.text()
        assert "iteration 3/1000 · backward · 3/dE_dw" in text
        assert "dE_dw = X.T @ dE_ds" in text
        assert "X.T (3,4)" in text
        assert "-0.2514" in text
        assert "(3,4) @ (4,1) → (3,1)" in text
        assert "E 0.4232" in text
        assert any("▶" in line and "dE_dw = X.T @ dE_ds" in line for line in player.lines())
        assert any("▷" in line and "w -= learning_rate" in line for line in player.lines())
        assert any("▶ ∂E/∂w" in line for line in player.lines())
        assert any("dE_dw" in line and "Δ" in line for line in player.lines())

    play(script)


def test_the_keys_of_the_issue_lead_where_they_say() -> None:
    async def script(player: Player) -> None:
        await player.press("s s s s s s s s s s")
        assert player.debugger.session.position.tick == 10
        await player.press("S S S S S")
        assert player.debugger.session.position.tick == 5
        await player.press("G")
        assert player.address == "end"
        await player.press("g '500/dE_dw' Enter")
        assert player.address == "500/dE_dw"
        await player.press("]")
        assert player.address == "501/dE_dw"
        await player.press("[ [")
        assert player.address == "499/dE_dw"

    play(script)


def test_digits_before_a_key_repeat_it_and_are_shown_while_they_wait() -> None:
    async def script(player: Player) -> None:
        await player.press("1 2")
        assert "12" in player.lines()[-1]
        await player.press("s")
        assert player.debugger.session.position.tick == 12
        assert "help" in player.lines()[-1]

    play(script)


def test_escape_forgets_a_count() -> None:
    async def script(player: Player) -> None:
        await player.press("5 Escape s")
        assert player.debugger.session.position.tick == 1

    play(script)


def test_stepping_keys_work_whichever_pane_has_the_focus() -> None:
    async def script(player: Player) -> None:
        for tick, key in enumerate(["F2", "F3", "F4", "F6", "F7", "F8"], start=1):
            await player.press(f"{key} s")
            assert player.debugger.session.position.tick == tick

    play(script)


def test_many_keys_at_once_lose_no_step() -> None:
    async def script(player: Player) -> None:
        await player.pilot.press(*("s" * 14), *("S" * 5))
        await player.settle()
        assert player.debugger.session.position.tick == 9
        assert player.address in player.lines()[0]

    play(script)


def test_a_function_is_stepped_into_and_over() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 1/s")
        await player.press("s")
        assert "in sigmoid" in player.lines()[0]
        await player.go("goto 1/s")
        await player.press("n")
        assert player.address == "1/y_hat"

    play(script)


def test_run_to_the_cursor() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 2/E")
        await player.press("F2 Down Down Down t")
        assert player.address.startswith("2/d")

    play(script)


def test_the_chain_rule_pane_goes_where_its_cursor_is() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 4/dE_dw")
        await player.press("F4 Home Enter")
        assert player.address == "4/dE_dyhat"

    play(script)


def test_a_key_that_does_not_apply_says_why() -> None:
    async def script(player: Player) -> None:
        await player.press("S")
        assert "at the start" in player.lines()[-1]
        await player.press("G s")
        assert "at the end of the program" in player.lines()[-1]
        await player.press("[")
        assert "help" in player.lines()[-1]

    play(script)


def test_restart_goes_back_to_the_start() -> None:
    async def script(player: Player) -> None:
        await player.press("G R")
        assert player.debugger.session.position.tick == 0
        assert "Nothing has run yet" in player.text()

    play(script)


def test_what_the_script_prints_is_followed_in_the_output_pane() -> None:
    async def script(player: Player) -> None:
        await player.press("F7")
        assert "Nothing has been printed yet" in player.text()
        await player.press("G")
        assert "prediction" in player.text()

    play(script)


def test_the_timeline_shows_where_the_program_stands() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 300/E")
        await player.press("F8")
        text = player.text()
        assert "iteration 300 of 1000" in text
        assert "▲" in text
        assert "checkpoint" in text

    play(script)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.py"
    path.write_text(
        '"""Two matrices that do not fit."""\n'
        "import numpy as np\n"
        "a = np.ones((3, 4))\n"
        "b = np.ones((3, 4))\n"
        "c = a @ b  # cannot be\n",
        encoding="utf-8",
    )
    return path


def test_an_error_of_the_script_is_shown_and_can_be_stepped_back_from(broken: Path) -> None:
    async def script(player: Player) -> None:
        await player.press("G")
        text = player.text()
        assert "The script raised an error" in text
        assert "ValueError" in text
        assert "ERROR" in player.lines()[0]
        assert any("✗" in line and "c = a @ b" in line for line in player.lines())
        await player.press("S")
        assert "The script raised an error" not in player.text()
        await player.press("s s")
        assert "The script raised an error" in player.text()

    play(script, broken)
