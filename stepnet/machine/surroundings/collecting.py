"""Containers and functions of the standard library, where they have a state of their own."""

from __future__ import annotations

import collections
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from stepnet.machine.objects import is_own_class

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


def _ordered(kind: type) -> type:
    """``total_ordering`` of a class of the script."""
    if not is_own_class(kind):
        raise TypeError("total_ordering takes a class of the script")
    return functools.total_ordering(kind)


def _cached_property(world: World) -> type:
    class CachedProperty:
        """A property that is computed once and then an attribute."""

        def __init__(self, func: Callable[[Any], object]) -> None:
            self.func = func
            self.__doc__ = func.__doc__
            self.name = getattr(func, "__name__", "")

        def __set_name__(self, owner: type, name: str) -> None:
            self.name = name

        def __get__(self, thing: Any, owner: type | None = None) -> object:
            if thing is None:
                return self
            found = self.func(thing)
            world.about_to_change(thing)
            thing.__dict__[self.name] = found
            return found

    return CachedProperty


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
        "cached_property": _cached_property(world),
        "total_ordering": _ordered,
    }
