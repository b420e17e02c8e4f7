"""A cursor on the entries of every matrix: keys, mouse, selection, copying, the whole screen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.tui.playing import Player, play
from tui.grid import grid_of
from tui.matrix import picture
from tui.numbers import Format
from tui.sight import Sight


def place_of(player: Player, text: str) -> tuple[int, int]:
    """Column and row of the screen where a text stands."""
    for row, line in enumerate(player.lines()):
        if text in line:
            return line.index(text), row
    raise AssertionError(f"{text!r} is not on the screen:\n{player.text()}")


def test_the_entry_under_the_cursor_is_told_with_all_its_digits() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        assert "dE_dw[0,0] = -0.2513" in player.text()
        await player.press("Down Down")
        assert "dE_dw[2,0] = -0.0675" in player.text()
        await player.press("<")
        assert "dE_ds[0,0] = 0.0714" in player.text()
        await player.press("< Right End")
        assert "X.T[0,3] = 0" in player.text()
        await player.press("]")
        assert "X.T[0,3] = 0" in player.text()

    play(script)


def test_a_click_puts_the_cursor_there_and_dragging_selects() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        x, y = place_of(player, "-0.1413")
        await player.pilot.mouse_down(None, offset=(x, y - 1))
        assert "dE_ds[1,0] = " in player.text()
        await player.pilot.hover(None, offset=(x, y + 1))
        await player.pilot.mouse_up(None, offset=(x, y + 1))
        assert "dE_ds: 3×1 selected" in player.text()
        await player.press("y")
        assert player.app.clipboard.count("],\n") == 2
        assert "copied 3×1 entries of dE_ds" in player.lines()[-1]
        await player.press("Escape Escape")
        assert "dE_ds[3,0] = " in player.text()

    play(script)


def test_shift_and_arrows_select_and_the_selection_is_numpy_text() -> None:
    async def script(player: Player) -> None:
        await player.go("goto /X")
        await player.pilot.press("shift+down", "shift+right")
        await player.press("y")
        assert player.app.clipboard == "np.array([[0, 0],\n          [1, 1]])"

    play(script)


def test_digits_and_shades_are_switched_by_keys() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        assert "-0.2514 " in player.text()
        await player.press(". .")
        assert "-0.251382" in player.text()
        await player.press(", , ,")
        assert "-0.251 " in player.text()
        await player.press("#")
        assert "-██ " in player.text()
        await player.press("#")
        assert "-0.251█" in player.text()
        await player.press("#")
        assert "-0.251 " in player.text()

    play(script)


def test_with_ascii_shades_are_characters() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("#")
        assert "-##" in player.text()
        assert player.text().isascii()

    play(script, ascii_only=True)


def test_the_slices_of_a_tensor_are_visited_with_keys() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 1.2/dh1_dW1")
        assert "[0,·,·] of 3" in player.text()
        await player.press(") )")
        assert "[2,·,·] of 3" in player.text()
        assert "dh1_dW1[2,0,0] = " in player.text()
        await player.press("( a")
        assert "[·,0,·] of 3" in player.text()
        await player.press("a")
        assert "[·,·,0] of 2" in player.text()

    play(script, "jacobian_net")


def test_tensors_of_one_statement_are_cut_at_the_same_place(tmp_path: Path) -> None:
    path = tmp_path / "tensors.py"
    path.write_text(
        "import numpy as np\nA = np.arange(12).reshape(3, 2, 2)\nB = A * 2\n", encoding="utf-8"
    )

    async def script(player: Player) -> None:
        await player.press("s s s )")
        assert player.text().count("[1,·,·] of 3") == 2
        assert "B[1,0,0] = 8" in player.text()

    play(script, path)


def test_a_name_is_shown_over_the_whole_screen_and_follows_the_program() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        before = player.text()
        await player.press("F6 Home Enter")
        text = player.text()
        assert "Chain rule" not in text
        assert "w (3,1)" in text
        assert "mean" in text
        first = text[text.index("w[0,0] = ") :].split()[2]
        await player.press("s")
        assert "4/" in player.lines()[0] or "3/w" in player.lines()[0]
        assert first not in player.text()
        await player.press("S Escape F3")
        assert player.text() == before

    play(script)


def test_what_is_no_name_is_shown_as_long_as_the_program_stands_still() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("< < z")
        assert "X.T (3,4)" in player.text()
        await player.press("s")
        assert "X.T is not a name at 3/w" in player.text()
        await player.press("Escape")
        assert "Program" in player.text()

    play(script)


def test_large_matrices_are_explored_by_page_edge_and_wheel(tmp_path: Path) -> None:
    path = tmp_path / "large.py"
    path.write_text(
        "import numpy as np\nW = np.arange(784 * 128).reshape(784, 128) / 8\nW[3, 1] = np.nan\n",
        encoding="utf-8",
    )

    async def script(player: Player) -> None:
        await player.press("s s s")
        await player.go("goto /2")
        await player.press("F6 Enter PgDn PgDn")
        row = int(player.text().split("W[")[-1].split(",")[0])
        assert row > 50
        await player.press("End End")
        assert "W[783,127] = " in player.text()
        assert "columns 1" in player.text()
        await player.press("Home Home")
        assert "W[0,0] = 0" in player.text()
        await player.press("s")
        assert "1 NaN of 100352" in player.text()
        assert "▌" in player.text()
        await player.press("Escape F3")
        assert "1 NaN" in player.text()

    play(script, path)


def test_inspecting_by_name_and_what_is_not_there() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press(": 'inspect' Space 'E' Enter")
        assert "E[] = " not in player.text()
        assert "E = 0.4232" in player.text()
        await player.press("Escape : 'inspect' Space 'nothing' Enter")
        assert "nothing is not a name here" in player.lines()[-1]
        await player.press("F2")
        assert "Chain rule" in player.text()

    play(script)


def test_an_entry_of_the_whole_screen_is_explained_in_words() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press(": 'inspect' Space 'dE_dw' Enter")
        await player.press("Down Enter")
        assert "Σₙ X[n,1]·dE_ds[n,0]" in player.text()
        await player.press("Escape o")
        assert "Where dE_dw[1,0] came from" in player.text()

    play(script)


def test_the_wheel_scrolls_the_matrix_under_it_and_two_clicks_explain(tmp_path: Path) -> None:
    path = tmp_path / "large.py"
    path.write_text(
        "import numpy as np\nW = np.arange(784 * 3).reshape(784, 3)\nV = W * 2\n",
        encoding="utf-8",
    )

    async def script(player: Player) -> None:
        await player.press("s s s")
        x, y = place_of(player, "V (784,3)")
        top = "V[0,0] = 0"
        assert top in player.text()
        await player.wheel(x + 2, y + 3)
        assert top not in player.text()
        assert "V[3,0] = 18" in player.text()
        await player.pilot.click(None, offset=(x + 2, y + 4), times=2)
        await player.settle()
        assert "= W[" in player.text()

    play(script, path)


def test_moving_the_cursor_writes_one_row_and_not_the_matrix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[object] = []
    original = Format.cell

    def counting(self: Format, value: object) -> str:
        written.append(value)
        return original(self, value)

    grid = grid_of(np.random.default_rng(0).normal(size=(784, 128)))
    monkeypatch.setattr(Format, "cell", counting)
    picture(grid, 118, 32, Sight(row=5), active=True)
    whole, written[:] = len(written), []
    drawn = picture(grid, 118, 32, Sight(row=5, column=1), active=True)
    assert len(written) == drawn.columns < whole == drawn.columns * drawn.rows
