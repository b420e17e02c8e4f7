"""The command that prints a value."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np

from stepnet.explain.plain import plain
from stepnet.explain.portrait import kind_of
from stepnet.explain.shapes import written
from stepnet.session.asking import value_here

if TYPE_CHECKING:
    from stepnet.session.session import Session


def print_value(session: Session, argument: str) -> Generator[None, None, tuple[str, str]]:
    """Show the value of an expression where the program stands."""
    yield
    return session.stop.reason, value_text(value_here(session, argument))


def portray(session: Session, argument: str) -> Generator[None, None, tuple[str, str]]:
    """Show the portrait of a name, or of the one that was just assigned."""
    # It needs the rule table, which is loaded when it is needed.
    from stepnet.session.portrait import portray as portrayed

    return (yield from portrayed(session, argument))


def value_text(value: object) -> str:
    """A value as it is printed: an array with its shape and type above its entries."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"{written(value.shape)} {kind_of(value)}\n{value}"
    if isinstance(value, np.generic | np.ndarray):
        return repr(value.item())
    return plain(value)
