"""The portrait of a name on the screen."""

import pytest

from tests.tui.playing import Player, play
from tui.screens.portrait import PortraitScreen


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
def test_the_name_that_was_just_assigned(size: tuple[int, int]) -> None:
    async def script(player: Player) -> None:
        await player.go("goto 30/w")
        await player.press("h")
        text = player.text()
        assert "w (3,1) f8 parameter" in text
        assert "norm over the run" in text
        assert "update ratio" in text
        assert "last at 30/w, Enter goes there" in text
        assert all(len(line) <= size[0] for line in player.lines())
        await player.press("Escape")
        assert player.address == "30/w"

    play(script, size=size)


def test_the_name_under_the_cursor_and_back_to_where_it_was_written() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 30/dE_dw")
        await player.press("F6 Home h")
        assert isinstance(player.app.screen, PortraitScreen)
        assert "w (3,1) f8 parameter" in player.text()
        await player.press("Enter")
        await player.settle()
        assert player.address == "29/w"

    play(script)


def test_typed_with_a_name() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 30/dE_dw")
        await player.press(": 'portrait' Space 'E' Enter")
        assert "E () f8 loss" in player.text() or "E () float loss" in player.text()

    play(script)


def test_a_name_without_history() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 1/s")
        await player.press("h")
        assert "No two iterations have ended yet: no history." in player.text()

    play(script)
