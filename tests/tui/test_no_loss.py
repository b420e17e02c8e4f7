"""A script that computes no loss: the screen says so, and what shows a number instead."""

from pathlib import Path

from tests.tui.playing import Player, play

TEXT = """\
import numpy as np
X, y, w = np.eye(2), np.ones((2, 1)), np.zeros((2, 1))
for epoch in range(3):
    a = X @ w
    error = y - a
    w += 0.1 * X.T @ error
"""


def test_the_timeline_says_how_to_see_a_curve_where_there_is_no_loss(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(TEXT, encoding="utf-8")

    async def script(player: Player) -> None:
        assert "No names yet." in player.text()
        await player.go("end")
        await player.press("f8")
        assert "The script computes no loss;" in player.text()
        assert ":plot EXPRESSION shows a number." in player.text()
        await player.go("plot np.abs(error).mean()")
        assert "The script computes no loss;" not in player.text()

    play(script, path)


def test_an_answer_that_is_too_long_for_the_footer_is_shown_whole(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    long = TEXT.replace("y - a", "values_wanted_of_it - a").replace(
        "X, y", "X, values_wanted_of_it"
    )
    path.write_text(long, encoding="utf-8")

    async def script(player: Player) -> None:
        await player.go("goto 2/error")
        await player.press("v")
        assert "Answer" in player.text()
        told = " ".join(line.strip(" ┃") for line in player.lines())
        assert "make it half_sse (½Σ(ŷ − y)²)" in " ".join(told.split())

    play(script, path, (80, 24))
