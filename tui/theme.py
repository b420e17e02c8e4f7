"""What a role looks like: dark, light, and plain (NO_COLOR).

A role never speaks by colour alone: whatever matters also has a mark, a sign or a word. The plain
look therefore only needs weight, underline and reverse video.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rich.style import Style
from textual.theme import Theme

DARK = {
    "": "#d3d8de on #11151a",
    "dim": "#8a94a1",
    "strong": "bold #f2f5f8",
    "title": "bold #e8edf3",
    "border": "#46515e",
    "border-focus": "#6fb3ff",
    "current": "bold #ffd166",
    "next": "#ffd166",
    "marker": "bold #b9a3f5",
    "keyword": "#8fb8ff",
    "string": "#a5d6a0",
    "literal": "#e8b98a",
    "comment": "#8fa39b italic",
    "shape": "#74b9bf",
    "number": "#d3d8de",
    "negative": "#f2a88f",
    "zero": "#6d7885",
    "changed": "bold #ffd166",
    "good": "#7fd18b",
    "bad": "bold #ff7b72",
    "warn": "bold #ffb454",
    "operator": "bold #8fb8ff",
    "claim": "bold #b9a3f5",
    "narration": "#cfe0d2 italic",
    "key": "bold #6fb3ff",
    "off": "#59636f",
    "curve": "#6fb3ff",
    "bar": "on #1b222b",
    "cursor": "on #26344a",
    "caret": "reverse",
    "entry": "bold #11151a on #6fb3ff",
    "selected": "on #31465f",
    "lit": "bold #8fe3c8",
    "up1": "on #14222f",
    "up2": "on #16304a",
    "up3": "on #184068",
    "up4": "on #1b548f",
    "down1": "on #2c1e17",
    "down2": "on #46281a",
    "down3": "on #67361d",
    "down4": "on #8c4620",
    "match": "black on #ffd166",
    "alert": "bold #ffffff on #8e2b2b",
    "busy": "bold #11151a on #ffd166",
}
LIGHT = {
    "": "#24292f on #fbfcfd",
    "dim": "#626c77",
    "strong": "bold #000000",
    "title": "bold #101418",
    "border": "#b4bcc6",
    "border-focus": "#0550ae",
    "current": "bold #8a4b00",
    "next": "#8a4b00",
    "marker": "bold #6639ba",
    "keyword": "#0550ae",
    "string": "#116329",
    "literal": "#953800",
    "comment": "#57685d italic",
    "shape": "#0b6c74",
    "number": "#24292f",
    "negative": "#a4330c",
    "zero": "#848d97",
    "changed": "bold #8a4b00",
    "good": "#116329",
    "bad": "bold #b3131f",
    "warn": "bold #8a4b00",
    "operator": "bold #0550ae",
    "claim": "bold #6639ba",
    "narration": "#2f4a38 italic",
    "key": "bold #0550ae",
    "off": "#a5adb7",
    "curve": "#0550ae",
    "bar": "on #eaeef2",
    "cursor": "on #d6e6fb",
    "caret": "reverse",
    "entry": "bold #ffffff on #0550ae",
    "selected": "on #c3d9f4",
    "lit": "bold #0a5c46",
    "up1": "on #e6f0fb",
    "up2": "on #c9e0f8",
    "up3": "on #a3caf3",
    "up4": "on #74aeea",
    "down1": "on #fbece2",
    "down2": "on #f8d8c2",
    "down3": "on #f2bc98",
    "down4": "on #e89a68",
    "match": "black on #ffd33d",
    "alert": "bold #ffffff on #b3131f",
    "busy": "bold #ffffff on #8a4b00",
}
PLAIN = {
    "strong": "bold",
    "title": "bold",
    "border-focus": "bold",
    "current": "bold",
    "marker": "bold underline",
    "keyword": "",
    "comment": "italic",
    "changed": "bold",
    "bad": "bold",
    "warn": "bold",
    "operator": "bold",
    "claim": "bold",
    "key": "bold",
    "off": "dim",
    "bar": "",
    "cursor": "reverse",
    "caret": "reverse",
    "entry": "bold reverse",
    "selected": "underline",
    "lit": "bold",
    "match": "reverse",
    "alert": "bold reverse",
    "busy": "bold reverse",
}
LOOKS: Mapping[str, Mapping[str, str]] = {"dark": DARK, "light": LIGHT, "plain": PLAIN}

THEMES = (
    Theme(
        name="dark",
        primary="#6fb3ff",
        secondary="#b9a3f5",
        accent="#ffd166",
        foreground="#d3d8de",
        background="#11151a",
        surface="#1b222b",
        panel="#232c37",
        success="#7fd18b",
        warning="#ffb454",
        error="#ff7b72",
        dark=True,
    ),
    Theme(
        name="light",
        primary="#0550ae",
        secondary="#6639ba",
        accent="#8a4b00",
        foreground="#24292f",
        background="#fbfcfd",
        surface="#eaeef2",
        panel="#dfe5eb",
        success="#116329",
        warning="#8a4b00",
        error="#b3131f",
        dark=False,
    ),
)
"""Textual's own themes of the same names, for the few widgets that Textual draws."""


@cache
def style(look: str, role: str) -> Style:
    """The style of a role, or of several roles laid over each other: ``"number cursor"``."""
    table = LOOKS[look]
    result = Style.parse(table.get("", "")) if look != "plain" else Style.null()
    for name in role.split():
        result += Style.parse(table.get(name, ""))
    return result
