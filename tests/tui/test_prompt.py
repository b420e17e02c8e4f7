"""Typing: commands, addresses, searches; what was wrong; what was typed before."""

from __future__ import annotations

from tests.tui.playing import Player, play
from tui.editing import LineEditor


def typed(editor: LineEditor, *keys: str) -> str:
    for key in keys:
        editor.press(key, key if len(key) == 1 else None)
    return editor.text


def test_a_line_is_edited_with_the_usual_keys() -> None:
    editor = LineEditor()
    editor.start("command", "")
    assert typed(editor, "a", "b", "c", "left", "X") == "abXc"
    assert typed(editor, "backspace", "delete") == "ab"
    assert typed(editor, "home", "1", "end", "2") == "1ab2"
    assert typed(editor, "ctrl+u") == ""
    editor.insert("goto 3/\ndE_dw")
    assert editor.text == "goto 3/ dE_dw"
    assert typed(editor, "ctrl+w") == "goto 3/ "


def test_a_line_remembers_earlier_ones_of_its_kind() -> None:
    editor = LineEditor()
    for line in ["step 3", "back", "back"]:
        editor.start("command", line)
        editor.remember()
    editor.start("command", "")
    editor.recall(-1)
    assert editor.text == "back"
    editor.recall(-1)
    assert editor.text == "step 3"
    editor.recall(1)
    editor.recall(1)
    assert editor.text == ""
    editor.start("goto", "")
    editor.recall(-1)
    assert editor.text == ""


def test_a_command_is_completed_with_tab_and_carried_out() -> None:
    async def script(player: Player) -> None:
        await player.press(": 'resta' Tab")
        assert ": restart" in player.text()
        await player.press("Escape")
        await player.press(": 'step' Space '4' Enter")
        assert player.debugger.session.position.tick == 4

    play(script)


def test_the_grammar_of_a_command_is_shown_while_it_is_typed() -> None:
    async def script(player: Player) -> None:
        await player.press(": 'goto'")
        assert "goto ADDRESS" in player.text()

    play(script)


def test_a_wrong_address_is_explained_and_what_was_typed_stays() -> None:
    async def script(player: Player) -> None:
        await player.press("s s g '3/dE_dx' Enter")
        text = player.text()
        assert "no statement assigns 'dE_dx'" in text
        assert "dE_dw" in text
        assert "go to 3/dE_dx" in text
        assert player.debugger.session.position.tick == 2
        await player.press("BSpace 'w' Enter")
        assert player.address == "3/dE_dw"
        assert "go to" not in player.lines()[-2]

    play(script)


def test_an_unknown_command_is_explained() -> None:
    async def script(player: Player) -> None:
        await player.press(": 'stpe' Enter")
        assert "stpe" in player.text()
        assert player.debugger.prompt.is_open

    play(script)


def test_up_brings_the_last_line_back() -> None:
    async def script(player: Player) -> None:
        await player.press(": 'step' Enter : Up Enter")
        assert player.debugger.session.position.tick == 2

    play(script)


def test_escape_leaves_the_prompt_and_changes_nothing() -> None:
    async def script(player: Player) -> None:
        await player.press("g '3' Escape")
        assert not player.debugger.prompt.is_open
        assert player.debugger.session.position.tick == 0

    play(script)


def test_keys_typed_behind_a_line_are_carried_out_after_it() -> None:
    async def script(player: Player) -> None:
        await player.press("g '5/dE_dw' Enter s S S")
        assert player.address == "5/dE_ds"

    play(script)


def test_a_search_goes_from_match_to_match() -> None:
    async def script(player: Player) -> None:
        await player.press("/ 'dyhat' Enter")
        assert "match 1 of" in player.lines()[-1]
        first = player.debugger.stage.program.cursor_line
        await player.press("/ Enter")
        assert "match 2 of" in player.lines()[-1]
        assert player.debugger.stage.program.cursor_line > first
        await player.press("t")
        assert player.address.endswith(("dyhat", "dyhat_ds", "dE_ds"))

    play(script)


def test_a_search_that_finds_nothing_says_so() -> None:
    async def script(player: Player) -> None:
        await player.press("/ 'zzz' Enter")
        assert "nowhere" in player.lines()[-1]

    play(script)


def test_screen_commands_can_be_typed_too() -> None:
    async def script(player: Player) -> None:
        await player.press(": 'names' Enter")
        assert player.debugger.stage.places.focused == "names"

    play(script)
