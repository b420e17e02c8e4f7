"""Predict mode on the screen: hidden until answered or skipped, and never in the way."""

from tests.tui.playing import Player, play


def test_a_result_is_hidden_until_it_was_predicted() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_ds")
        await player.press("p s")
        assert "shape of dE_dw:" in player.text()
        assert "-0.2514" not in player.text()
        assert "(3,1), the shape of w" not in player.text()
        await player.press("'3x1' Enter")
        assert "Right: dE_dw is (3,1)." in player.text()
        assert "-0.2514" not in player.text(), "an entry is asked for next"
        assert "1/1 " in player.text()
        await player.press("Escape")
        assert "-0.2514" in player.text()

    play(script)


def test_an_answer_that_cannot_be_read_is_asked_again() -> None:
    async def script(player: Player) -> None:
        await player.press("p")
        await player.go("goto 1/s")
        await player.press("'tall' Enter")
        assert "'tall' is no shape. Type a shape" in player.text()
        await player.press("'4,1' Enter")
        assert "Right: s is (4,1)." in player.text()

    play(script)


def test_a_wrong_answer_says_why_and_counts() -> None:
    async def script(player: Player) -> None:
        await player.press("p")
        await player.go("goto 1/s")
        await player.press("'1x4' Enter")
        assert "No: (1,4) is the other way round; s is (4,1)." in player.text()
        await player.press("p")
        assert "predict mode off: 0 of 1 right" in player.text()
        await player.press("s")
        assert "shape of" not in player.text()

    play(script)


def test_skipping_is_one_key_and_stepping_goes_on() -> None:
    async def script(player: Player) -> None:
        await player.press("p")
        await player.go("goto 1/s")
        await player.press("Escape")
        assert "'?'" not in player.text()
        assert player.address == "1/s"
        await player.press("n")
        assert player.address == "1/y_hat"
        assert "shape of y_hat:" in player.text()
        await player.press("Enter")
        await player.press("p")
        assert "2 skipped" in player.text()

    play(script)


def test_going_back_asks_nothing() -> None:
    async def script(player: Player) -> None:
        await player.go("goto 3/dE_dw")
        await player.press("p S")
        assert player.address == "3/dE_ds"
        assert "shape of" not in player.text()
        assert "0.0715" in player.text()

    play(script)


def test_moving_on_without_an_answer_shows_what_was_hidden() -> None:
    async def script(player: Player) -> None:
        await player.press("p")
        await player.go("goto 1/s")
        await player.go("end")
        assert player.debugger.session.hidden == frozenset()

    play(script)


def test_the_question_fits_a_small_screen() -> None:
    async def script(player: Player) -> None:
        await player.press("p")
        await player.go("goto 1/dE_dw")
        assert "shape of dE_dw:" in player.text()
        assert "X (4,3), dE_ds (4,1)" in player.text()
        assert all(len(line) <= 80 for line in player.lines())

    play(script, size=(80, 24))
