"""``heapq`` and ``bisect``: lists that are kept in order."""

from __future__ import annotations

import bisect
import heapq
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any

from stepnet.source.effects import FIRST_CHANGED

if TYPE_CHECKING:
    from stepnet.machine.world import World


def _changing(world: World, module: ModuleType, name: str) -> Callable[..., object]:
    """A function that tells that it will change the list it is given first."""
    function = getattr(module, name)

    def changed(items: Any, *given: Any, **named: Any) -> object:
        world.about_to_change(items)
        result: object = function(items, *given, **named)
        return result

    return changed


def heapq_module(world: World) -> dict[str, object]:
    """What ``import heapq`` gives where it is not Python's own."""
    return {name: _changing(world, heapq, name) for name in FIRST_CHANGED["heapq"]}


def bisect_module(world: World) -> dict[str, object]:
    """What ``import bisect`` gives where it is not Python's own."""
    return {name: _changing(world, bisect, name) for name in FIRST_CHANGED["bisect"]}
