"""Enumerations of the script: Python's own, that are only made by class statements."""

from __future__ import annotations

import enum
from typing import Any


class OfMembers(enum.EnumMeta):
    """The class of enumerations; calling one finds a member, and makes no other enumeration."""

    def __call__(cls, *given: Any, **named: Any) -> Any:
        """The member with a value."""
        if len(given) != 1 or named or not cls.__members__:
            raise TypeError("an enumeration is written as a class: class Kind(Enum)")
        return super().__call__(*given)


OfMembers.__name__ = OfMembers.__qualname__ = "EnumType"
OfMembers.__module__ = "enum"


class Enum(enum.Enum, metaclass=OfMembers):
    """What ``Enum`` is to a script."""


class IntEnum(enum.IntEnum, metaclass=OfMembers):
    """What ``IntEnum`` is to a script."""


class StrEnum(enum.StrEnum, metaclass=OfMembers):
    """What ``StrEnum`` is to a script."""


def enum_module() -> dict[str, object]:
    """What ``import enum`` gives."""
    offered: dict[str, object] = {"auto": enum.auto, "unique": enum.unique}
    for made in (Enum, IntEnum, StrEnum):
        made.__module__ = "enum"
        offered[made.__name__] = made
    return offered
