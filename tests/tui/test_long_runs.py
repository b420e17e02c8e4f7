"""Runs that last: progress, Escape, typing ahead."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.terminal import ESCAPE, Terminal
from tests.tui.playing import Player, play


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    path = tmp_path / "endless.py"
    path.write_text(
        '"""Counts for a long time."""\n'
        "import numpy as np\n"
        "w = np.zeros((2, 2))\n"
        "for iteration in range(100_000_000):\n"
        "    E = 1.0 / (iteration + 1)\n"
        "    w += E\n",
        encoding="utf-8",
    )
    return path


async def started(player: Player, keys: str) -> None:
    """Begin a run without waiting for its end, and wait until it reports."""
    await player.pilot.press(*keys.split())
    for _ in range(200):
        await player.pilot.pause(0.01)
        if player.debugger.runs.running:
            break
    await player.pilot.pause(0.1)


def test_a_long_run_shows_how_far_it_is_and_escape_stops_it(endless: Path) -> None:
    async def script(player: Player) -> None:
        await started(player, "G")
        head = player.lines()[0]
        assert "running" in head
        assert "Escape interrupts" in head
        assert "iteration" in head
        await player.pilot.press("escape")
        await player.settle()
        position = player.debugger.session.position
        assert position.tick > 0
        assert "interrupted at" in player.lines()[-1]
        assert position.address in player.lines()[0]
        await player.press("s")
        assert player.debugger.session.position.tick == position.tick + 1
        await player.press("S S")
        assert player.debugger.session.position.tick == position.tick - 1

    play(script, endless)


def test_the_state_after_an_interruption_is_whole(endless: Path) -> None:
    async def script(player: Player) -> None:
        await started(player, "c")
        await player.pilot.press("escape")
        await player.settle()
        machine = player.debugger.session.machine
        iterations = player.debugger.session.position.iteration[0]
        expected = sum(1.0 / n for n in range(1, iterations + 1))
        weights = machine.names["w"]
        assert isinstance(weights, np.ndarray)
        found = float(weights[0, 0])
        assert min(abs(found - expected), abs(found + 1.0 / iterations - expected)) < 1e-6

    play(script, endless)


def test_what_is_typed_during_a_run_is_forgotten_with_escape(endless: Path) -> None:
    async def script(player: Player) -> None:
        await started(player, "G")
        player.debugger.carry_out("end")
        player.debugger.carry_out("step")
        await player.pilot.pause(0.1)
        assert "2 more typed ahead" in player.lines()[0]
        await player.pilot.press("escape")
        await player.settle()
        assert player.debugger.runs.idle

    play(script, endless)


def test_a_run_that_was_begun_on_the_command_line_is_finished() -> None:
    async def script(player: Player) -> None:
        assert player.address == "900/E"
        assert "900/E" in player.lines()[0]

    play(script, begin="goto 900/E")


def test_a_run_that_turns_out_to_lead_nowhere_is_explained() -> None:
    async def script(player: Player) -> None:
        assert "1000" in player.lines()[-1]
        assert player.debugger.session.position.tick == 0

    play(script, begin="goto 2000/E")


def test_a_long_run_is_looked_at_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.debugger.GLANCE_EVERY", 0.05)
    monkeypatch.setattr("tui.screens.debugger.GLANCE_SHARE", 1)
    path = tmp_path / "forever.py"
    path.write_text(
        "import numpy as np\ncount = 0\nw = np.zeros(3)\nwhile True:\n"
        "    count += 1\n    if count % 1000 == 0:\n        print('turn', count)\n",
        encoding="utf-8",
    )

    async def script(player: Player) -> None:
        await started(player, "G")
        await player.pilot.pause(0.6)
        text = player.text()
        assert "Nothing has run yet" not in text
        assert "turn" in text
        assert any(line.count("count") and "()" in line for line in player.lines())
        assert "running" in player.lines()[0]
        await player.pilot.press("escape")
        await player.settle()
        assert "interrupted at" in player.lines()[-1]

    play(script, path, size=(200, 60))


def test_escape_breaks_off_a_statement_that_listens_to_nobody(tmp_path: Path) -> None:
    """In a real terminal: while native code runs, the event loop reads no keys."""
    path = tmp_path / "net.py"
    path.write_text(
        "w = 1\nfor step in range(3):\n    w += 1\n    x = max(range(10**12))\n", encoding="utf-8"
    )
    command = [sys.executable, "-c", "from tui.cli import main; main()", str(path)]
    with Terminal.start(command, columns=100, rows=24) as terminal:
        terminal.wait_for("at the start|s step")
        terminal.send("c")
        time.sleep(0.5)
        terminal.send(ESCAPE)
        terminal.wait_for("interrupted at 1/w", timeout=10)
        terminal.send("S")
        terminal.wait_for("1/3 · 1 *$", timeout=10)
