"""Why, where people see it: in the Step pane beneath the shapes, and in a trace."""

import json

import pytest
from click.testing import CliRunner

from tests.tui.playing import Player, play
from tui.cli import main


@pytest.mark.parametrize("size", [(120, 36), (200, 60)])
def test_the_step_pane_says_why_beneath_the_scripts_own_comment(size: tuple[int, int]) -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        lines = player.lines()
        shapes = next(n for n, line in enumerate(lines) if "(3,4) @ (4,1) → (3,1)" in line)
        comment = next(n for n, line in enumerate(lines) if "Third link" in line)
        why = next(n for n, line in enumerate(lines) if "dE_dw[i,j] = Σₙ X[n,i]" in line)
        assert shapes < comment < why

    play(script, size=size)


def test_on_a_small_screen_it_can_be_scrolled_to() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        assert "dE_dw[i,j]" not in player.text()
        await player.press("F3")
        for _ in range(6):
            await player.pilot.press("shift+down")
        await player.settle()
        assert "dE_dw[i,j] = Σₙ X[n,i]·dE_ds[n,j]" in player.text()

    play(script, size=(80, 24))


def test_a_trace_says_why_where_it_is_asked_to() -> None:
    asked = ["trace", "trask_neuron", "--from", "1/dyhat_ds", "--to", "1/dyhat_ds"]
    told = CliRunner().invoke(main, [*asked, "--why"]).stdout
    assert "σ′(s) = y_hat(1 − y_hat): written in the output y_hat, not in s." in told
    assert "σ′" not in CliRunner().invoke(main, asked).stdout
    (record,) = CliRunner().invoke(main, [*asked, "--why", "--json"]).stdout.splitlines()
    assert json.loads(record)["why"][0].startswith("σ′(s) = y_hat(1 − y_hat)")
    (record,) = CliRunner().invoke(main, [*asked, "--json"]).stdout.splitlines()
    assert "why" not in json.loads(record)


def test_a_trace_in_ascii_loses_nothing() -> None:
    asked = ["trace", "trask_neuron", "--to", "2", "--why", "--ascii"]
    told = CliRunner().invoke(main, asked).stdout
    assert told.isascii()
    assert "?" not in told


def test_an_explained_entry_says_why_its_statement_is_what_it_is() -> None:
    asked = ["explain", "trask_neuron", "3/w", "dE_dw[0,0]"]
    told = CliRunner().invoke(main, asked).stdout
    assert told.rstrip().endswith("only this order of (3,4) and (4,1) gives (3,1).")
    record = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    assert record["why"][0].startswith("dE_dw[i,j] = Σₙ X[n,i]·dE_ds[n,j]")
