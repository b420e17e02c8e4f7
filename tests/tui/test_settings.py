"""Keys from the configuration file."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepnet.session.commands import COMMANDS
from tests.tui.playing import Player, play
from tui.bindings import default_keys
from tui.settings import SettingsError, read_settings, settings_path


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_keys_are_as_declared(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml").keys == default_keys()


def test_the_file_is_looked_for_where_the_desktop_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
    assert settings_path() == Path("/somewhere/stepnet/config.toml")


def test_keys_are_given_as_text(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, '[keys]\nstep = "x, F11"\nback = "X"\n'))
    assert settings.keys["step"] == ("x", "F11")
    assert settings.keys["back"] == ("X",)
    assert settings.keys["over"] == ("n", "F10")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[keys\n", "not TOML"),
        ('[keys]\nstpe = "x"\n', "did you mean 'step'?"),
        ("[keys]\nstep = 3\n", "give keys as text"),
        ('[keys]\nstep = ""\n', "give keys as text"),
        ('[keys]\nstep = "nonsense"\n', "is not a key"),
        ('[keys]\nstep = "escape"\n', "is taken"),
        ('[keys]\nstep = "7"\n', "digits are a count"),
        ('[keys]\nstep = "n"\n', "n already means 'over'"),
        ('keys = "s"\n', "must be a table"),
        ('[colours]\nred = "blue"\n', "unknown table"),
    ],
)
def test_a_mistake_in_the_file_is_said_clearly(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


def test_remapped_keys_work_and_are_shown() -> None:
    async def script(player: Player) -> None:
        assert "x step" in player.lines()[-1]
        await player.press("x x")
        assert player.debugger.session.position.tick == 2
        await player.press("s")
        assert player.debugger.session.position.tick == 1

    play(script, keys={"step": ("x",), "back": ("s",)})


def test_every_declared_key_means_one_thing() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
