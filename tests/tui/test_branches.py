"""Editing on the screen: the entry under the cursor, the branch in the header."""

from tests.tui.playing import Player, play


def test_e_edits_the_entry_under_the_cursor_and_goes_on_in_a_branch() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/w")
        await player.press("e")
        assert ": set w[0,0] =" in player.text()
        await player.press("'9' Enter")
        assert player.lines()[0].startswith(" stepnet · trask_neuron [A]")
        assert "w[0, 0] was 0.65701265, is 9.0: branch A" in player.text()
        await player.go("branch main")
        assert player.lines()[0].startswith(" stepnet · trask_neuron   ")
        assert player.address == "3/w"

    play(script)


def test_a_list_of_branches_is_shown_whole() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 2/w")
        await player.go("set learning_rate = 0.1 as slow")
        await player.go("goto 9/E")
        await player.go("branches")
        assert "▶ slow  from main at 2/w" in player.text()

    play(script)


def test_the_timeline_draws_other_branches_upon_the_curve_and_goes_where_it_is_clicked() -> None:
    async def script(player: Player) -> None:
        for line in ("goto end", "goto 3/w", "set learning_rate = 0.1 as slow", "goto 500/E"):
            await player.go(line)
        await player.press("F8 =")
        lines = player.lines()
        assert " █ slow  o main" in "\n".join(lines)
        assert any("ooo" in line for line in lines)
        await player.pilot.click("#timeline", offset=(118, 8))
        await player.settle()
        assert player.address == "1000"
        await player.pilot.click("#timeline", offset=(13, 8))
        await player.settle()
        assert player.address == "1"
        await player.go("plot learning_rate * E")
        assert "learning_rate * E" in player.text()

    play(script)
