"""The wish to open another script."""

from __future__ import annotations

from textual.message import Message


class ReloadAsked(Message):
    """Somebody wants the script again, as it is on the disk now."""


class OpenAsked(Message):
    """Somebody wants another script: `target` names it, or is empty to choose one."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target
