"""The configuration file: ``$XDG_CONFIG_HOME/stepnet/config.toml``.

    [keys]
    step = "s,F11"
    back = "S"

A mistake in it is said clearly and stops the start: a key that silently does nothing is worse.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stepnet.session.commands import COMMANDS

KEY = re.compile(
    r"(?:(?:shift|ctrl|alt)\+)*"
    r"(?:\S|f[1-9]|f1[0-9]|tab|enter|escape|space|backspace|delete|insert|"
    r"up|down|left|right|home|end|pageup|pagedown)",
    re.IGNORECASE,
)
"""What may stand for a key."""
RESERVED = {"escape": "Escape unwinds", "ctrl+p": "the command palette"} | {
    str(digit): "digits are a count" for digit in range(10)
}


class SettingsError(Exception):
    """The configuration file cannot be used; the text says where and why."""


@dataclass(frozen=True)
class Settings:
    """What the configuration file says."""

    keys: Mapping[str, tuple[str, ...]]
    """Every command's keys."""


def settings_path() -> Path:
    """Where the configuration file is looked for."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "stepnet" / "config.toml"


def read_settings(path: Path | None = None) -> Settings:
    """The settings of the file at `path`, or the defaults if there is none."""
    path = path or settings_path()
    keys = {command.name: command.keys for command in COMMANDS}
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(keys)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not TOML: {error}") from error
    unknown = sorted(set(table) - {"keys"})
    if unknown:
        raise SettingsError(f"{path}: unknown table [{unknown[0]}]; there is [keys]")
    given = table.get("keys", {})
    if not isinstance(given, dict):
        raise SettingsError(f"{path}: `keys` must be a table: write [keys] above the keys")
    for name, value in given.items():
        keys[name] = _parsed(name, value, keys, f"{path}: [keys] {name}")
    _check_clashes(keys, given, path)
    return Settings(keys)


def _parsed(
    name: str, value: object, keys: Mapping[str, tuple[str, ...]], where: str
) -> tuple[str, ...]:
    if name not in keys:
        close = difflib.get_close_matches(name, keys, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else "; the ? screen lists the commands"
        raise SettingsError(f"{where}: there is no command {name!r}{hint}")
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f'{where}: give keys as text, such as "s,F11"')
    parts = (",",) if value == "," else tuple(part.strip() for part in value.split(","))
    for part in parts:
        if not KEY.fullmatch(part):
            raise SettingsError(
                f"{where}: {part!r} is not a key; keys look like s, S, F11, Shift+Up"
            )
        if part.lower() in RESERVED:
            raise SettingsError(f"{where}: {part} is taken: {RESERVED[part.lower()]}")
    return parts


def _check_clashes(
    keys: Mapping[str, tuple[str, ...]], given: Mapping[str, object], path: Path
) -> None:
    """A key must mean one thing; a command that was given keys wins no key from another."""
    owner: dict[str, str] = {}
    for name, own in keys.items():
        for key in own:
            spelled = key if len(key) == 1 else key.lower()
            other = owner.setdefault(spelled, name)
            if other != name:
                guilty, victim = (name, other) if name in given else (other, name)
                raise SettingsError(
                    f"{path}: [keys] {guilty}: {key} already means {victim!r}; "
                    f"give {victim!r} another key too"
                )
