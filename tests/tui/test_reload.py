"""When the file changes on the disk, the footer says so and `r` opens it again, right there."""

from pathlib import Path

from tests.tui.playing import Player, play

TEXT = "w = 1\nfor epoch in range(5):\n    w += 2\n"


def test_a_changed_file_is_offered_and_reloaded_at_the_same_address(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(TEXT, encoding="utf-8")

    async def script(player: Player) -> None:
        await player.go("goto 3/w")
        player.debugger.files.look()
        assert "changed on the disk" not in player.text()
        path.write_text(TEXT.replace("2", "20"), encoding="utf-8")
        player.debugger.files.look()
        await player.settle()
        assert "net.py has changed on the disk: r reloads it" in player.text()
        await player.press("r")
        await player.settle()
        assert player.address == "3/w"
        assert player.debugger.session.machine.names["w"] == 61

    play(script, path)


def test_a_file_that_cannot_be_opened_any_more_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(TEXT, encoding="utf-8")

    async def script(player: Player) -> None:
        await player.go("goto 3/w")
        session = player.debugger.session
        path.write_text("import subprocess\n", encoding="utf-8")
        await player.press("r")
        assert "'import subprocess' is not opened" in player.text()
        await player.press("Escape")
        assert player.debugger.session is session
        assert player.address == "3/w"

    play(script, path)
