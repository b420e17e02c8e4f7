"""Containers and functions of the standard library, where they have a state of their own."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stepnet.machine.world import World


def collections_module(world: World) -> dict[str, object]:
    """What ``import collections`` gives where it is not Python's own."""

    class DefaultDict(collections.defaultdict[Any, Any]):
        """A dictionary that makes what is missing, also where it is only read."""

        def __missing__(self, key: object) -> object:
            made: object = super().__missing__(key)
            del self[key]
            world.about_to_change(self)
            self[key] = made
            return made

        def __repr__(self) -> str:
            return f"defaultdict({self.default_factory!r}, {dict(self)!r})"

    DefaultDict.__name__ = DefaultDict.__qualname__ = "defaultdict"
    DefaultDict.__module__ = "collections"
    return {"defaultdict": DefaultDict}


class Cached:
    """A function that is called once for each set of arguments."""

    def __init__(self, world: World, function: Callable[..., object], most: int | None) -> None:
        self._world = world
        self._most = most
        self.function = function
        self.results: dict[object, object] = {}
        self.__name__ = getattr(function, "__name__", "cached")

    def __call__(self, *given: Any, **named: Any) -> object:
        """The result of the first call with these arguments."""
        key = (given, tuple(named.items()))
        if key in self.results:
            return self.results[key]
        made = self.function(*given, **named)
        if self._most is None or len(self.results) < self._most:
            self._world.about_to_change(self.results)
            self.results[key] = made
        return made


def functools_module(world: World) -> dict[str, object]:
    """What ``import functools`` gives where it is not Python's own."""

    def wraps(wrapped: Any) -> Callable[[Any], Any]:
        def decorated(wrapper: Any) -> Any:
            for name in ("__name__", "__qualname__", "__doc__"):
                if hasattr(wrapped, name):
                    setattr(wrapper, name, getattr(wrapped, name))
            return wrapper

        return decorated

    def cached(maxsize: Any = 128, typed: bool = False) -> Any:
        if callable(maxsize):
            return Cached(world, maxsize, 128)
        return lambda function: Cached(world, function, maxsize)

    return {
        "wraps": wraps,
        "lru_cache": cached,
        "cache": lambda function: Cached(world, function, None),
    }
