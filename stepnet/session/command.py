"""What a command is: one declaration from which every way of giving it is derived.

Key bindings, the footer, the palette, the ``?`` screen, the ``:`` prompt and scripts all read
:data:`stepnet.session.commands.COMMANDS`; nothing lists commands a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

Does = Callable[[Any, str], Generator[None, None, tuple[str, str]]]
"""Carries a command out on a session, given what was written behind its name; yields now and
then, and returns the stop's reason and text."""


@dataclass(frozen=True)
class Command:
    """One thing a user can ask for."""

    name: str
    """As typed after ``:`` and in scripts, e.g. ``next-iteration``."""
    keys: tuple[str, ...]
    """Keys as shown to people: ``s``, ``]``, ``F11``, ``Enter``. The first is the main one; none
    where it is only typed."""
    label: str
    """One or two words for the footer and the palette."""
    help: str
    """One sentence: what it does."""
    group: str
    """``stepping``, ``moving``, ``explaining``, ``matrices``, ``panes`` …: a heading of the ``?``
    screen."""
    argument: str = ""
    """Grammar of what follows the name: ``""``, ``[COUNT]``, ``ADDRESS``, ``ENTRY``, ``TEXT``,
    ``[PANE]``."""
    does: Does | None = None
    """What the session does; None where the screen carries it out."""
    screen: bool = False
    """True where the screen carries it out (focus, quit …) and not the session."""
    footer: bool = False
    """Shown in the footer, in table order (six at most fit into 80 columns)."""
    needs: str = ""
    """When it applies: ``""`` always, ``forward`` (not at the end), ``back`` (not at tick 0)."""
