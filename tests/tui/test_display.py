"""Colours, no colours, ASCII; copying; help and palette."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widget import Widget

from stepnet.session.commands import COMMANDS
from tests.tui.playing import Player, play
from tui.lines import plain
from tui.opening import OpenAsked


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_with_ascii_every_cell_of_the_screen_is_ascii(size: tuple[int, int]) -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        assert player.text().isascii()
        assert "dE/dw" in player.text()
        await player.press("F8")
        assert player.text().isascii()
        await player.press("?")
        assert player.text().isascii()
        await player.press("Escape")
        await player.pilot.press("ctrl+p")
        await player.settle()
        assert player.text().isascii()

    play(script, size=size, ascii_only=True)


@pytest.mark.parametrize(("theme", "ascii_only"), [("dark", True), ("light", False)])
def test_a_pane_paints_itself_as_textual_would_paint_it(theme: str, ascii_only: bool) -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("F2 Up")
        panes = [pane for pane in player.debugger.stage.panes.values() if pane.display]
        assert len(panes) > 3
        for pane in panes:
            for region in (pane.size.region, Region(3, 2, 9, 4)):
                own = [list(strip) for strip in pane.render_lines(region)]
                assert own == [list(strip) for strip in Widget.render_lines(pane, region)]

    play(script, theme=theme, ascii_only=ascii_only)


def test_without_colour_nothing_but_weight_and_reverse_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("F2 Up")
        sent = set(re.findall(r"\x1b\[([\d;]*)m", player.styles()))
        codes = {code for codes in sent for code in codes.split(";") if code}
        assert codes <= {"0", "1", "2", "3", "4", "7", "39", "49"}
        assert "1" in codes
        assert "7" in codes

    play(script)


def test_the_theme_changes_through_the_palette() -> None:
    async def script(player: Player) -> None:
        dark = player.styles()
        await player.choose("theme")
        assert player.app.theme == "light"
        assert player.styles() != dark

    play(script)


def test_both_themes_show_the_same_text() -> None:
    screens = []

    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        screens.append(player.text())

    play(script, theme="dark")
    play(script, theme="light")
    assert screens[0] == screens[1]


def test_copying_sends_numpy_text_to_the_terminals_clipboard() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("y")
        assert player.app.clipboard.startswith("np.array([[-0.25")
        assert "copied dE_dw (3,1)" in player.lines()[-1]
        await player.press("F6 Home y")
        assert player.app.clipboard.startswith("np.array([[")

    play(script)


def test_help_shows_every_command_with_its_keys_and_the_focused_pane() -> None:
    async def script(player: Player) -> None:
        await player.press("F4 ?")
        text = player.text()
        assert "The Chain rule pane" in text
        await player.press("Escape")
        assert "Chain rule" in player.text()

    play(script)

    async def whole(player: Player) -> None:
        await player.press("?")
        for command in COMMANDS:
            assert f":{command.name}" in player.text()
            assert all(key in player.text() for key in command.keys[:1])

    play(whole, size=(120, 160))


def test_the_first_page_of_help_has_the_stepping_keys() -> None:
    async def script(player: Player) -> None:
        await player.press("?")
        assert "Run the next statement, into functions." in player.text()
        assert "Undo the last statement" in player.text()

    play(script, size=(80, 24))


def test_the_palette_carries_a_command_out() -> None:
    async def script(player: Player) -> None:
        await player.choose("into functions")
        assert player.debugger.session.position.tick == 1

    play(script)


def test_the_footer_shows_help_first_and_fits_80_columns() -> None:
    async def script(player: Player) -> None:
        foot = player.lines()[-1]
        assert foot.lstrip().startswith("? help")
        assert "…" not in foot
        shown = [command.label for command in COMMANDS if command.footer]
        assert len(shown) <= 6
        assert all(label in foot for label in shown)

    play(script, size=(80, 24))


def test_a_large_matrix_is_a_window_that_scrolls(tmp_path: Path) -> None:
    path = tmp_path / "large.py"
    path.write_text(
        "import numpy as np\nW = np.arange(784 * 128).reshape(784, 128) / 8\nV = W * 2\n",
        encoding="utf-8",
    )

    async def script(player: Player) -> None:
        await player.press("s s s")
        assert "(784,128)" in player.text()
        assert "of 784" in player.text()
        before = player.text()
        await player.press("PgDn Right")
        assert player.text() != before
        await player.press("End End")
        assert "–783 of 784" in player.text()
        assert "–127 of 128" in player.text()
        assert "V[783,127] = 25087.75" in player.text()

    play(script, path)


def test_hidden_output_is_marked_when_something_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "prints.py"
    path.write_text("x = 1\nprint('wide', 'word ' * 30, 'end')\ny = 2\n", encoding="utf-8")

    async def script(player: Player) -> None:
        await player.press("s")
        assert "F7 Output" in player.text()
        assert "Output*" not in player.text()
        await player.press("s")
        assert "F7 Output*" in player.text()
        await player.press("F7")
        assert "Output*" not in player.text()
        assert any(" end" in line for line in player.lines())  # folded, not cut
        await player.press("F4 s")
        assert "Output*" not in player.text()

    play(script, path)


def test_a_key_that_is_not_bound_says_so() -> None:
    async def script(player: Player) -> None:
        await player.press("Z")
        assert "Z is not bound; ? lists the keys" in player.lines()[-1]
        await player.press("j Down <")
        assert "not bound" not in player.lines()[-1]

    play(script)


def test_a_script_that_is_refused_is_told_of_in_full(tmp_path: Path) -> None:
    path = tmp_path / "refused.py"
    path.write_text("import socket\nx = eval('1')\n", encoding="utf-8")

    async def script(player: Player) -> None:
        player.app.screen.post_message(OpenAsked(str(path)))
        await player.settle()
        text = player.text()
        assert "refused.py:1:8: 'import socket' is not opened" in text
        assert "^^^^^^" in text
        assert "the builtin eval is not opened" in text
        assert "Write the expression out." in text
        await player.press("Escape")
        assert "trask_neuron" in player.lines()[0]

    play(script)


def test_a_comment_that_is_only_a_shape_is_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "told.py"
    path.write_text(
        "import numpy as np\nw = np.ones((4, 1))  # (4, 1)\n# why (4, 1)\nv = w * 2  # (4,)\n",
        encoding="utf-8",
    )

    async def script(player: Player) -> None:
        step = player.debugger.stage.panes["step"]

        def shown() -> str:
            lines = (step.line(number, 80) for number in range(step.line_count()))
            return "\n".join(map(plain, lines))

        await player.press("s s")
        assert "  (4, 1)" not in shown()
        await player.press("s")
        assert "why (4, 1)" in shown()

    play(script, path)
