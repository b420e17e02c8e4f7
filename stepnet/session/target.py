"""What to call a session's script so that it can be opened again."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from stepnet.source.script import builtin_paths

if TYPE_CHECKING:
    from stepnet.session.session import Session


def target_of(session: Session, folder: Path | None = None) -> str:
    """A built-in scenario's name, or a path from `folder`, the current one unless told otherwise.

    It is quoted where a shell needs that.
    """
    script = session.script
    if builtin_paths().get(script.name, Path()).resolve() == script.path:
        return script.name
    try:
        path = os.path.relpath(script.path, folder or Path.cwd())
    except ValueError:  # another drive
        path = str(script.path)
    return shlex.quote(path)
