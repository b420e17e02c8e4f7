"""The same script on the screen: the real application, its panes, its exit status."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stepnet.session.steps.grammar import read_steps
from stepnet.session.steps.replay import opened, replayed
from stepnet.session.steps.script import Open
from tests.session.steps.playing import written
from tests.tui.playing import Player as Watcher
from tui.app import StepnetApp
from tui.bindings import default_keys
from tui.player import Player
from tui.settings import Settings
from tui.tally import Tally

STEPS = Path(__file__).parents[1] / "steps"


@dataclass
class Watched:
    """What was seen and said."""

    screen: str
    player: Player
    said: list[str] = field(default_factory=list)
    left: bool = False


def watch(*paths: Path, quits: bool = False, press: str = "") -> Watched:
    """Play scripts on a screen that nobody sees."""
    said: list[str] = []
    tally = Tally(said.append, said.append, as_json=False, several=len(paths) > 1)
    scripts = [(path.name, read_steps(path, path.name)) for path in paths]
    player = Player(scripts, tally, 0.0, quits)

    async def run() -> Watched:
        first = scripts[0][1][0].does
        assert isinstance(first, Open)
        app = StepnetApp(opened(first), Settings(default_keys()), plays=player.play)
        async with app.run_test(size=(120, 36)) as pilot:
            while not player.is_done:
                await asyncio.sleep(0.005)
            if not quits:
                await pilot.pause()
                seen = Watcher(app, pilot)
                if press:
                    await seen.press(press)
                return Watched(seen.text(), player, said)
        return Watched("", player, said, left=True)

    return asyncio.run(run())


def test_a_scenario_is_played_on_the_screen_as_it_is_without() -> None:
    path = STEPS / "trask_neuron.steps"
    watched = watch(path)
    alone = [made.word for made in replayed(read_steps(path)) if made.word != "done"]
    assert [made.word for made in watched.player.outcomes if made.word != "done"] == alone
    assert f" {len(alone)} passed, 0 failed" in watched.screen.splitlines()[-1]
    assert "trask_neuron       at the start" in watched.screen.splitlines()[0]


def test_a_failure_is_shown_over_the_screen_and_the_application_stays_open(tmp_path: Path) -> None:
    path = written(tmp_path, "until n\nexpect n == 4\nstep\n")
    watched = watch(path)
    assert "test.steps:4:8: n is not 4" in watched.screen
    assert "expect n == 4" in watched.screen
    assert watched.player.tally.status == 1
    closed = watch(path, press="Escape")
    assert closed.screen.splitlines()[0] == " stepnet · net       /n"


def test_it_may_be_left_at_the_end_having_played_every_file(tmp_path: Path) -> None:
    wrong = written(tmp_path, "until n\nexpect n == 4\nstep\n", "wrong.steps")
    right = written(tmp_path, "until n\nexpect n == 3\n", "right.steps")
    watched = watch(wrong, right, quits=True)
    assert watched.left
    assert watched.said[0] == "wrong.steps:4:8: n is not 4"
    assert watched.said[-2:] == [
        "wrong.steps: 0 passed, 1 failed",
        "right.steps: 1 passed, 0 failed",
    ]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("focus-next\nmaximise\nuntil n\n", "━ Chain rule ━"),
        ("open faulty.py\nuntil b\n", "faulty"),
        ("until w\nprint w\nuntil n\nexpect n == 3\n", "net       /n"),
    ],
)
def test_commands_of_the_screen_other_programs_and_answers_are_played_too(
    text: str, seen: str, tmp_path: Path
) -> None:
    watched = watch(written(tmp_path, text))
    assert watched.player.tally.status == 0
    assert seen in watched.screen


def test_escape_stops_a_replay_and_leaves_the_program_where_it_stands(tmp_path: Path) -> None:
    path = written(tmp_path, "until n\n" + "step\n" * 50)
    tally = Tally(print, print, as_json=False, several=False)
    player = Player([(path.name, read_steps(path, path.name))], tally, 0.03, False)

    async def run() -> None:
        first = player.scripts[0][1][0].does
        assert isinstance(first, Open)
        app = StepnetApp(opened(first), Settings(default_keys()), plays=player.play)
        async with app.run_test(size=(120, 36)) as pilot:
            while len(player.outcomes) < 3:
                await asyncio.sleep(0.005)
            await pilot.press("escape")
            await pilot.pause()
            seen = len(player.outcomes)
            assert "the replay was stopped; the rest is yours" in Watcher(app, pilot).text()
            await asyncio.sleep(0.2)
            assert len(player.outcomes) == seen < 50
            watcher = Watcher(app, pilot)
            tick = watcher.debugger.session.machine.tick
            await watcher.press("s")
            assert watcher.debugger.session.machine.tick == tick + 1
        assert not player.is_done

    asyncio.run(run())
