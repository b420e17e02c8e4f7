"""Python's own warnings about an opened script: they are its author's, not the screen's."""

from __future__ import annotations

import ast
import contextlib
import warnings
from collections.abc import Iterator


@contextlib.contextmanager
def unwarned() -> Iterator[None]:
    """Read or compile a script without a word on ``x is "relu"`` or ``"\\d"``.

    Python writes these warnings to standard error, into the debugger's screen; where warnings are
    errors, as under pytest -W error, they would even keep the script from being opened.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


@unwarned()
def tree_of(text: str) -> ast.Module:
    """The syntax tree of a script that is opened already."""
    return ast.parse(text)
