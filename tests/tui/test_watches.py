"""The Watches pane, and marks by their keys."""

from __future__ import annotations

import pytest

from tests.tui.playing import Player, play


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
def test_watches_are_shown_with_their_past_and_errors_in_their_row(size: tuple[int, int]) -> None:
    async def script(player: Player) -> None:
        await player.go("goto 1/E")
        await player.press("w 'E' Enter w 'w[7]' Enter F12")
        assert "1 E " in player.text()
        (row,) = [line for line in player.lines() if "2 w[7] " in line]
        assert "IndexError: index" in row
        first = player.debugger.session.watches[0].seen[0].text
        await player.go("goto 2/E")
        (row,) = [line for line in player.lines() if "1 E " in line]
        assert "Δ" in row
        assert row.rindex(first) > row.index("Δ")
        await player.go("unwatch all")
        assert "Nothing is watched; w adds it." in player.text()

    play(script, size=size)


def test_at_200_columns_the_watches_have_a_place_of_their_own() -> None:
    async def script(player: Player) -> None:
        for title in ("Names", "Watches", "Output", "Timeline", "Chain rule"):
            assert title in player.text()

    play(script, size=(200, 60))


def test_w_begins_with_the_name_under_the_cursor() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 1/E")
        await player.press("F6 Home w")
        name = player.debugger.stage.chosen_name
        assert name
        assert f": watch {name}" in player.text()

    play(script)


def test_m_marks_a_moment_and_the_quote_goes_there() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 2/E")
        await player.press("m Enter")
        assert "mark a is 2/E" in player.lines()[-1]
        await player.go("goto 9/E")
        await player.pilot.press("apostrophe")
        await player.press("'a' Enter")
        assert player.address == "2/E"
        await player.pilot.press("apostrophe")
        await player.press("Enter")
        assert player.address == "9/E"

    play(script)
