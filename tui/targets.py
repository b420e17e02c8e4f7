"""What a TARGET may be: a built-in scenario's name, or the path of a script."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from stepnet.source.builtin import builtin_scenarios


class TargetError(Exception):
    """There is nothing of that name; the text says what there is."""


def check_target(target: str, verbs: Iterable[str] = ()) -> None:
    """Raise a :class:`TargetError` unless `target` can be opened.

    `verbs` are names that somebody may have mistyped where a target is expected.
    """
    path = Path(target)
    names = [scenario.name for scenario in builtin_scenarios()]
    if target in names or path.is_file():
        return
    if path.is_dir():
        raise TargetError(f"error: {target} is a folder; name a .py script in it")
    if path.suffix or "/" in target:
        if path.suffix in (".py", ""):
            raise TargetError(f"error: there is no file {target}")
        raise TargetError(f"error: {target}: a target is a built-in name or the path of a .py script")
    close = difflib.get_close_matches(target, [*names, *verbs], n=1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    raise TargetError(
        f"error: there is no scenario {target!r}\n"
        f"  {hint}`stepnet list` shows the built-in scenarios; a path of your own ends in .py"
    )
