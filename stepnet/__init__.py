"""stepnet, without a face: runs NumPy training scripts forwards and backwards.

``from stepnet import Session`` is the way in for Python programs and tests; see
`stepnet.session.session.Session`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stepnet.session.session import Session

__all__ = ["Session"]


def __getattr__(name: str) -> object:
    """Load the session when somebody asks for it: `import stepnet` alone costs nothing."""
    if name == "Session":
        from stepnet.session.session import Session

        return Session
    raise AttributeError(f"module 'stepnet' has no attribute {name!r}")
