"""Choosing a scenario."""

from __future__ import annotations

from stepnet.source.builtin import builtin_scenarios
from tests.tui.playing import Player, play
from tui.screens.debugger import Debugger
from tui.screens.picker import Picker


def test_without_a_target_every_scenario_is_offered() -> None:
    async def script(player: Player) -> None:
        text = player.text()
        for scenario in builtin_scenarios():
            assert scenario.name in text
            assert f"{scenario.statements} statements" in text

    play(script, target=None, size=(80, 24))


def test_the_chosen_scenario_is_described_and_opened() -> None:
    async def script(player: Player) -> None:
        assert isinstance(player.app.screen, Picker)
        last = builtin_scenarios()[-1]
        await player.press("End")
        text = " ".join(player.text().split())
        assert last.title in text
        assert last.introduction.split(".")[0].split("\n")[0] in text
        assert "From:" in text
        await player.press("Enter")
        assert isinstance(player.app.screen, Debugger)
        assert last.name in player.lines()[0]
        await player.press("s")
        assert player.debugger.session.position.tick == 1

    play(script, target=None)


def test_another_scenario_is_opened_from_the_debugger() -> None:
    async def script(player: Player) -> None:
        await player.press("L")
        assert isinstance(player.app.screen, Picker)
        await player.press("Escape")
        assert "trask_neuron" in player.lines()[0]
        await player.press("L Home Enter")
        assert builtin_scenarios()[0].name in player.lines()[0]
        await player.press(": 'open' Space 'relu_net' Enter")
        assert "relu_net" in player.lines()[0]

    play(script)


def test_what_cannot_be_opened_is_explained() -> None:
    async def script(player: Player) -> None:
        await player.press(": 'open' Space 'nonsense' Enter")
        assert "nonsense is not opened" in player.lines()[0]
        await player.press("Escape")
        assert "trask_neuron" in player.lines()[0]

    play(script)


def test_a_long_introduction_can_be_read_to_its_end() -> None:
    async def script(player: Player) -> None:
        for _ in builtin_scenarios():
            for _ in range(6):
                await player.press("PgDn")
            assert "statements in" in player.text()
            await player.press("Down")

    play(script, target=None, size=(60, 16))
