"""Breakpoints at the cursor, in the gutter, and what is said when one stops the run."""

from __future__ import annotations

import pytest

from tests.tui.playing import Player, play


def gutter(player: Player, text: str) -> str:
    """What stands left of a line of the program."""
    line = next(line for line in player.lines() if text in line)
    return line.partition(text)[0]


def test_b_sets_a_breakpoint_at_the_cursor_and_takes_it_away() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 1/s")
        await player.press("F2 j j b")
        assert "●" in gutter(player, "E = 0.5")
        assert "1 break" in player.lines()[-1]
        await player.press("c")
        assert player.address == "1/E"
        assert "breakpoint 1: " in player.lines()[-1]
        await player.press("c")
        assert player.address == "2/E"
        await player.press("C")
        assert player.address == "1/E"
        await player.press("b")
        assert "●" not in gutter(player, "E = 0.5")
        assert "removed 1 break" in player.lines()[-1]

    play(script)


@pytest.mark.parametrize(("ascii_only", "marks"), [(False, "◆○"), (True, "*.")])
def test_the_gutter_tells_a_choosy_breakpoint_from_a_disabled_one(
    ascii_only: bool, marks: str
) -> None:
    async def script(player: Player) -> None:
        await player.go("break E when E < 0.4")
        assert marks[0] in gutter(player, "E = 0.5")
        await player.go("disable 1")
        assert marks[1] in gutter(player, "E = 0.5")

    play(script, ascii_only=ascii_only)


def test_capital_b_opens_the_prompt_with_what_the_breakpoint_is() -> None:
    async def script(player: Player) -> None:
        await player.go("break E when E < 0.4")
        await player.go("goto 1/E")
        await player.press("B")
        assert ": edit-break 1 E when E < 0.4" in player.text()
        await player.press("BSpace BSpace BSpace '0.3' Enter c")
        assert player.debugger.session.stoppers[0].written == "break E when E < 0.3"
        assert player.debugger.session.position.loss is not None
        assert player.debugger.session.position.loss < 0.3

    play(script)


def test_a_list_of_breakpoints_and_a_long_answer_are_shown_in_full() -> None:
    async def script(player: Player) -> None:
        await player.go("break E")
        await player.go("on-change w[0,0]")
        await player.go("breakpoints")
        assert "1 break E (line" in player.text()
        assert "2 on-change w[0,0]" in player.text()
        await player.press("Escape")
        await player.press("W 'w' Enter")
        assert len(player.debugger.session.stoppers) == 3

    play(script)


def test_capital_t_goes_back_to_the_cursor() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/s")
        await player.press("F2 j j T")
        assert player.address == "2/E"
        await player.press("t")
        assert player.address == "3/E"

    play(script)


def test_what_a_breakpoint_writes_stands_among_the_output() -> None:
    async def script(player: Player) -> None:
        await player.go('break E when E < 0.5 log "E is {E:.3f}"')
        await player.go("goto 1000")
        await player.go("restart")
        await player.go("continue")
        await player.press("F7")
        assert "◆ E is 0." in player.text()

    play(script)
