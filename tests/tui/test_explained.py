"""Every number explains itself: the formula, the numbers, the terms, and what takes part."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepnet.session.session import Session
from tests.tui.playing import Player, play
from tui.explained import explained
from tui.lines import plain, width_of


def test_an_entry_is_explained_by_its_sum_its_numbers_and_its_terms() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("Down Enter")
        text = player.text()
        assert "dE_dw[1,0] = Σₙ X[n,1]·dE_ds[n,0]" in text
        assert "= 0·0.07147 + 1·(−0.1101) + 0·(−0.1413) + 1·0.1123" in text
        assert "= 0.002255" in text
        assert "X[3,1]·dE_ds[3,0]     1·0.1123   0.1123  0.002255" in text
        await player.press("Down")
        assert "dE_dw[2,0] = Σₙ X[n,2]·dE_ds[n,0]" in player.text()

    play(script)


def test_row_and_column_that_take_part_stand_between_marks() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("Down Enter")
        values = [line for line in player.lines() if "‹" in line]
        assert any("‹0  1  0  1› @ ‹-0.1101›   = ‹ 0.0023›" in line for line in values)
        assert len(values) == 4
        await player.press("Escape")
        assert "‹" not in player.text()
        assert "Third link" in player.text()

    play(script)


def test_with_ascii_a_product_is_not_read_as_a_fraction() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("Down Enter")
        assert "= 0*0.07147 + 1*(-0.1101) + 0*(-0.1413) + 1*0.1123" in player.text()
        assert "<0  1  0  1> @ <-0.1101>   = < 0.0023>" in player.text()
        assert player.text().isascii()

    play(script, ascii_only=True)


def test_a_long_sum_shows_its_largest_terms_and_all_of_them_if_asked() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3.2/d_w1")
        await player.press("= Down Right Enter")
        text = player.text()
        assert "d_w1[1,1] = Σₙ batch_x[n,1]·d_sig1_out[n,1]" in text
        assert "24 more" in text
        assert "Enter: all 32 terms" in text
        assert text.count("batch_x[") == 9
        await player.press("Enter End")
        await player.press("Space Space")
        text = player.text()
        assert "batch_x[31," in text
        assert "more" not in text
        await player.press("Escape Escape")
        assert "Program" in player.text()

    play(script, "regressor")


def test_the_explanation_stays_with_its_entry_in_the_next_iteration() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("Down Enter ]")
        assert "dE_dw[1,0] = Σₙ" in player.text()
        assert "= 0.002255" not in player.text()
        await player.press("s")
        assert "Σₙ X[n" not in player.text()

    play(script, size=(120, 50))


def test_a_number_and_an_entry_made_in_a_function_are_explained() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/E")
        await player.press("Enter")
        assert "E = Σₙₘ 0.5·(y[n,0] − y_hat[n,0])²" in player.text()
        await player.go("goto 3/y_hat")
        await player.press("Enter")
        assert "y_hat[0,0] = σ(s[0,0])" in player.text()
        assert "returned by sigmoid" in " ".join(player.text().split())

    play(script, size=(120, 50))


def test_what_cannot_be_explained_is_said_in_the_footer(tmp_path: Path) -> None:
    path = tmp_path / "words.py"
    path.write_text("word = 'a text'\nother = word\n", encoding="utf-8")

    async def script(player: Player) -> None:
        await player.press("s Enter")
        assert player.lines()[-1].strip()
        assert "? help" not in player.lines()[-1]
        await player.press("s")
        assert player.debugger.session.position.tick == 2

    play(script, path)


@pytest.mark.parametrize("size", [(50, 15), (80, 24), (200, 60)])
def test_an_explanation_fits_its_pane(size: tuple[int, int]) -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("F3 Enter")
        assert "Σₙ X[n,0]" in player.text()
        assert max(map(len, player.lines())) <= size[0]

    play(script, size=size)


@pytest.mark.parametrize("width", [20, 48, 78, 120])
def test_every_line_of_a_table_has_room(width: int) -> None:
    session = Session.open("regressor")
    session.do("goto 3.2/d_w1")
    found = explained(session, "d_w1", (4, 7), full=False)
    assert all(width_of(found.table_line(n, width)) <= width for n in range(found.table_count))
    assert all(width_of(line) <= width for line in found.lines(width, roomy=True)) or width < 48
    last = plain(found.table_line(found.table_count - 1, width))
    assert "−0.001205" in last
    whole = explained(session, "d_w1", (4, 7), full=True)
    assert whole.table_count == 33
    assert plain(whole.table_line(32, width)).split()[-1] == "−0.001205"
