"""Completion and hints for what is typed after ``:``."""

from __future__ import annotations

from collections.abc import Sequence

from stepnet.session.commands import COMMANDS


def complete(text: str, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """`text` completed as far as it is certain, and the candidates if there are several.

    The first word is a command; in what follows, the part after the last ``/`` is a name of the
    script.
    """
    head, space, tail = text.partition(" ")
    if not space:
        found = [command.name for command in COMMANDS if command.name.startswith(head)]
        start = ""
    else:
        place, slash, tail = tail.rpartition("/")
        start = f"{head} {place}{slash}"
        found = [name for name in dict.fromkeys(names) if name.startswith(tail)]
    if not found:
        return text, ()
    if len(found) == 1:
        return start + found[0] + ("" if space else " "), ()
    return start + common_start(found), tuple(found)


def common_start(words: Sequence[str]) -> str:
    """The letters with which all words begin."""
    first, last = min(words), max(words)
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    return first[:same]


def hint(text: str) -> str:
    """The grammar and the help of the command being typed, or the commands that it may become."""
    word = text.split(" ", 1)[0]
    for command in COMMANDS:
        if command.name == word:
            return f"{command.name} {command.argument}".strip() + " – " + command.help
    if word:
        return "  ".join(c.name for c in COMMANDS if c.name.startswith(word))
    return ""
