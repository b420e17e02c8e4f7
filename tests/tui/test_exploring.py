"""From a number to its origins and uses, and into a statement: there and back."""

from __future__ import annotations

from pathlib import Path

from tests.tui.playing import Player, play


def test_where_an_entry_came_from_is_a_list_to_go_along_and_to_come_back_from() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("Down o")
        text = player.text()
        assert "Where dE_dw[1,0] came from" in text
        assert "dE_dw[1,0] = Σₙ X[n,1]·dE_ds[n,0] = 0.002255" in text
        assert "dE_ds[3,0]" in text
        await player.press("Down Enter")
        assert player.address == "3/dE_ds"
        assert "dE_ds[3,0] = 0.1123" in player.text()
        await player.press("o Enter")
        assert player.address in ("3/dE_dyhat", "3/dyhat_ds")
        await player.press("O")
        assert player.address == "3/dE_ds"
        await player.press("O")
        assert player.address == "3/dE_dw"

    play(script)


def test_an_origin_in_an_earlier_iteration_is_gone_to() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/s")
        await player.press("F6 Home o")
        assert "Where w[0,0] came from" in player.text()
        await player.press("Escape F3 < o")
        assert "Where w[0,0] came from" in player.text()
        assert "2/w" in player.text()
        await player.press("Enter")
        assert player.address == "2/w"
        assert "w[0,0] = " in player.text()

    play(script)


def test_what_an_entry_fed_is_listed_in_the_order_of_the_program() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dyhat_ds")
        await player.press("u")
        text = player.text()
        assert "What dyhat_ds[0,0] fed" in text
        assert text.index("3/dE_ds") < text.index("3/dE_dw") < text.index("3/w")
        await player.press("Enter")
        assert player.address == "3/dE_ds"
        await player.press("O")
        assert player.address == "3/dyhat_ds"

    play(script)


def test_a_statement_is_looked_into_piece_by_piece() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        before = player.text()
        await player.press("F2 Enter")
        assert "Inside dE_dw = X.T @ dE_ds" in player.text()
        assert "1 of 4" in player.text()
        await player.press(">")
        assert "2 of 4" in player.text()
        assert ".T (4,3) → (3,4)" in player.text()
        await player.press("Right Enter")
        assert "X.T[0,1] = X[1,0]" in player.text()
        await player.press("> >")
        assert "4 of 4" in player.text()
        assert "X.T @ dE_ds[0,0]" in player.text() or "(X.T @ dE_ds)[0,0]" in player.text()
        await player.press("Escape Escape")
        assert player.text() == before

    play(script)


def test_a_value_changed_in_place_is_one_piece_with_what_changes_it() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/w")
        await player.press("F2 Enter > > > >")
        text = player.text()
        assert "5 ▶ w - learning_rate * dE_dw" in text
        assert "4     learning_rate * dE_dw" in text
        await player.press("Enter")
        assert "w[0,0] − learning_rate·dE_dw[0,0]" in player.text()

    play(script, size=(80, 24))


def test_a_wrong_gradient_makes_room_for_an_explanation() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 1.2/dL_dW1")
        await player.press("v")
        assert "worst: " in player.text()
        await player.press("Enter")
        assert "dL_dW1[0,0] = dL_dW1[0,0] + Σₙ dL_dh1[0,n]·dh1_dW1[0,n,0]" in player.text()
        assert "worst: " not in player.text()
        await player.press("Escape")
        assert "worst: " in player.text()

    play(script, "jacobian_net", size=(80, 24))


def test_stepping_goes_on_from_inside_a_statement() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("F2 Enter ]")
        assert "Inside dE_dw" in player.text()
        assert player.address == "4/dE_dw"
        await player.press("s")
        assert "Inside" not in player.text()

    play(script)


def test_an_operand_that_is_no_name_is_explained_too() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("< < Down Enter")
        assert "X.T[1,0] = X[0,1]" in player.text()
        await player.press(">")
        assert "dE_ds[0,0] = dE_dyhat[0,0]·dyhat_ds[0,0]" in player.text()
        assert "made at 3/dE_ds: dE_ds = dE_dyhat * dyhat_ds" in player.text()

    play(script)


def test_enter_on_another_line_says_what_it_looks_into() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("F2 Up Enter")
        assert "t runs to line" in player.lines()[-1]

    play(script)


def test_what_has_no_entry_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "words.py"
    path.write_text("word = 'a text'\nfor i in range(2):\n    x = i\n", encoding="utf-8")

    async def script(player: Player) -> None:
        for key in ("o", "u", "Enter", "z"):
            await player.press(key)
            assert "? help" not in player.lines()[-1], key
        await player.press("s o")
        assert len(player.lines()) > 5
        await player.press("Escape s F2 Enter")
        assert player.text()

    play(script, path)
