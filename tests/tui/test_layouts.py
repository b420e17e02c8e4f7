"""Sizes from a wall to a stamp: what is seen, and that nothing breaks on the way between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.playing import Player, play
from tui.layout import PANES, Places, arrangement
from tui.lines import plain

SIZES = [(200, 60), (120, 36), (80, 24), (60, 20), (40, 12), (20, 6), (240, 14), (30, 60)]


@pytest.mark.parametrize("size", SIZES)
def test_the_step_is_seen_at_every_size(size: tuple[int, int]) -> None:
    async def script(player: Player) -> None:
        await player.go("goto 2/dE_dyhat")
        assert "dE_dyhat =" in player.text()
        assert all(len(line) <= size[0] for line in player.lines())
        assert len(player.lines()) <= size[1]

    play(script, size=size)


def test_at_80_columns_the_others_take_turns_beneath_the_step() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        for key, shown in [
            ("F4", "▶ ∂E/∂w"),
            ("F6", "learning"),
            ("F7", "starting weights"),
            ("F8", "iteration 3 of 1000"),
        ]:
            await player.press(key)
            assert shown in player.text(), key
            assert "(3,4) @ (4,1) → (3,1)" in player.text()
            assert "▶     dE_dw" in player.text()

    play(script, size=(80, 24))


def test_at_200_columns_every_pane_has_a_place() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        text = player.text()
        for title in [
            "Program",
            "dE_dw = X.T @ dE_ds",
            "Chain rule",
            "Names",
            "Output",
            "Timeline",
        ]:
            assert title in text

    play(script, size=(200, 60))


def test_tab_visits_every_pane_and_shows_it() -> None:
    async def script(player: Player) -> None:
        seen = []
        for _ in PANES:
            await player.press("Tab")
            seen.append(player.debugger.stage.places.focused)
            assert player.debugger.stage.panes[seen[-1]].has_focus
        assert sorted(seen) == sorted(PANES)
        await player.press("BTab")
        assert player.debugger.stage.places.focused == seen[-2]

    play(script, size=(80, 24))


def test_a_pane_is_maximised_and_given_back() -> None:
    async def script(player: Player) -> None:
        before = player.text()
        await player.press("=")
        assert "Chain rule" not in player.text()
        await player.press("Escape")
        assert player.text() == before
        await player.press("= =")
        assert player.text() == before

    play(script)


def test_resizing_a_running_application_rearranges_it() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        for width, height in [(80, 24), (40, 12), (200, 60), (60, 20), (120, 36)]:
            await player.pilot.resize_terminal(width, height)
            await player.settle()
            assert "dE_dw = X.T @ dE_ds" in player.text()
            assert max(len(line) for line in player.lines()) <= width
            assert "3/dE_dw" in player.lines()[0]

    play(script)


def test_places_follow_the_focus() -> None:
    places = Places("step")
    beside = arrangement(120, 36)
    assert set(places.seen(beside)) == {"program", "step", "chain", "names"}
    places.focus("timeline")
    places.focus("output")
    assert set(places.seen(beside)) == {"program", "step", "output", "timeline"}
    assert places.focused == "output"
    assert places.beside(1) == "timeline"


def test_a_statement_that_is_cut_says_so_and_is_shown_whole_in_the_step_pane() -> None:
    async def script(player: Player) -> None:
        await player.go("goto /X")
        text = player.text()
        assert "…" in text
        assert "[0, 1, 1]])" in " ".join(text.split())

    play(script, size=(80, 24))


def test_a_long_line_of_the_program_scrolls_sideways() -> None:
    async def script(player: Player) -> None:
        await player.go("goto /X")
        await player.press("F2 Right Right Right Right Right Right Right Right Right")
        assert any("▶" in line and "1, 1]])" in line for line in player.lines())

    play(script, size=(80, 24))


def test_a_name_that_was_set_is_in_view_from_the_first_frame_and_after_a_resize() -> None:
    async def script(player: Player) -> None:
        player.debugger.focus_pane("names")
        for size in [(120, 36), (80, 24), (200, 60)]:
            await player.pilot.resize_terminal(*size)
            await player.settle()
            assert any("Δ│" in line.replace("┃", "│") for line in player.lines()), size

    play(script, "regressor", size=(200, 60), begin="goto 2.3/d_w2")

    async def at_first(player: Player) -> None:
        assert any("d_w2" in line and "Δ│" in line for line in player.lines())

    play(at_first, "regressor", size=(200, 60), begin="goto 2.3/d_w2")


def test_inside_a_function_its_name_is_a_heading_and_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "calls.py"
    path.write_text(
        "def update_weights(weights, rate):\n    moved = weights - rate\n    return moved\n"
        "w = update_weights(3.0, float('nan'))\n",
        encoding="utf-8",
    )

    async def script(player: Player) -> None:
        await player.press("s s s")
        pane = player.debugger.stage.panes["names"]
        lines = [plain(pane.line(n, 40)).split() for n in range(pane.line_count())]
        assert lines[0] == ["in", "update_weights"]
        assert [line[0] for line in lines[1:4]] == ["weights", "rate", "moved"]
        assert lines[2].count("NaN") == 1
        assert lines[4] == ["outside", "of", "functions"]
        await player.press("F6 Home y")
        assert "nothing to copy" in player.lines()[-1]

    play(script, path)
