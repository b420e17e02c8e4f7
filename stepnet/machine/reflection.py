"""``getattr`` and its kin where the name is only known now, and ``x.__dict__``.

The check before the run holds names that are written out to the rules for attributes; here every
name is held to them once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

from stepnet.machine.objects import (
    Instance,
    Namespace,
    is_instance,
    is_own_class,
)
from stepnet.source.allowed import FORBIDDEN_ATTRIBUTES
from stepnet.source.formats import has_plain_fields
from stepnet.source.mark import FILENAME
from stepnet.source.reflection import HELD


def _is_own(thing: object) -> bool:
    return is_own_class(thing) or (is_instance(thing) and is_own_class(type(thing)))


def _check(thing: object, name: object) -> None:
    """Raises TypeError for a name that may not be written behind a dot."""
    if type(name) is not str:
        raise TypeError(f"attribute name must be string, not '{type(name).__name__}'")
    if isinstance(thing, ModuleType):
        raise TypeError('a module cannot be asked: keep functions in a dictionary, {"exp": np.exp}')
    own = _is_own(thing)
    hidden = name.startswith("__") or (name.startswith("_") and not own)
    closed = name in FORBIDDEN_ATTRIBUTES and (not own or isinstance(thing, BaseException | type))
    if hidden or closed or name in HELD or not name.isidentifier():
        raise TypeError(f"the attribute {name!r} reaches inside: use a public one")


def _check_store(thing: object, name: object) -> None:
    """Raises TypeError where an attribute of this name may not be stored or deleted."""
    _check(thing, name)
    scripted = type(thing) is FunctionType and thing.__code__.co_filename == FILENAME
    if not (_is_own(thing) or scripted or isinstance(thing, Namespace)):
        kind = type(thing).__name__
        raise TypeError(f"attributes of a '{kind}' cannot be set by name: use an object of a class")


def ask(thing: Any, name: str, *default: object) -> object:
    """``getattr``."""
    _check(thing, name)
    return getattr(thing, name, *default)


def has(thing: object, name: str) -> bool:
    """``hasattr``."""
    _check(thing, name)
    return hasattr(thing, name)


def put(thing: Any, name: str, value: object) -> None:
    """``setattr``; what it changes is recorded by whoever calls it."""
    _check_store(thing, name)
    setattr(thing, name, value)


def drop(thing: Any, name: str) -> None:
    """``delattr``; what it changes is recorded by whoever calls it."""
    _check_store(thing, name)
    delattr(thing, name)


class Attributes(Instance):
    """``x.__dict__`` as the script sees it: a dictionary without what the machine keeps in it.

    Its own ``__dict__`` is that of the object, so that it is kept and put back like the object.
    """

    __slots__ = ("_of",)

    def __init__(self, of: object) -> None:
        object.__setattr__(self, "_of", of)

    @property
    def __dict__(self) -> dict[str, object]:  # type: ignore[override]  # the other object's
        held: dict[str, object] = object.__getattribute__(self, "_of").__dict__
        return held

    def _shown(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name.isidentifier()}

    def __getitem__(self, name: str) -> object:
        return self._shown()[name]

    def __setitem__(self, name: str, value: object) -> None:
        _check_store(object.__getattribute__(self, "_of"), name)
        self.__dict__[name] = value

    def __delitem__(self, name: str) -> None:
        self.pop(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._shown())

    def __len__(self) -> int:
        return len(self._shown())

    def __contains__(self, name: object) -> bool:
        return name in self._shown()

    def __eq__(self, other: object) -> bool:
        return self._shown() == (other._shown() if isinstance(other, Attributes) else other)

    __hash__ = None  # type: ignore[assignment]  # like any dictionary

    def __or__(self, other: Any) -> dict[str, object]:
        return {**self, **other}

    def __repr__(self) -> str:
        return repr(self._shown())

    def __deepcopy__(self, memo: dict[int, object]) -> dict[str, object]:
        from copy import deepcopy

        return deepcopy(self._shown(), memo)

    def keys(self) -> Any:
        """As of any dictionary."""
        return self._shown().keys()

    def values(self) -> Any:
        """As of any dictionary."""
        return self._shown().values()

    def items(self) -> Any:
        """As of any dictionary."""
        return self._shown().items()

    def copy(self) -> dict[str, object]:
        """As of any dictionary."""
        return self._shown()

    __copy__ = copy

    def get(self, name: str, default: object = None) -> object:
        """As of any dictionary."""
        return self._shown().get(name, default)

    def update(self, *others: Any, **named: object) -> None:
        """As of any dictionary."""
        for name, value in dict(*others, **named).items():
            self[name] = value

    def setdefault(self, name: str, default: object = None) -> object:
        """As of any dictionary."""
        if name not in self:
            self[name] = default
        return self[name]

    def pop(self, name: str, *default: object) -> object:
        """As of any dictionary."""
        found = self._shown().pop(name, *default)
        self.__dict__.pop(name, None)
        return found

    def clear(self) -> None:
        """As of any dictionary."""
        for name in self._shown():
            del self.__dict__[name]


def attributes_of(thing: object) -> Attributes:
    """``vars(x)`` and ``x.__dict__``.

    Raises TypeError for what is no object of the script's own classes.
    """
    if is_own_class(thing) or not (_is_own(thing) or isinstance(thing, Namespace)):
        kind = type(thing).__name__
        raise TypeError(f"the attributes of a '{kind}' are not opened: only those of own objects")
    return Attributes(thing)


def format_of(thing: Any) -> Callable[..., object]:
    """``text.format``, for fields that name nothing but what they are given.

    Raises TypeError for what is no text and no object of the script's own.
    """
    if _is_own(thing):
        own: Callable[..., object] = thing.format
        return own
    if not isinstance(thing, str):
        raise TypeError(f"format of a '{type(thing).__name__}' is not opened: use an f-string")

    def format(*given: object, **named: object) -> str:
        if not has_plain_fields(thing):
            raise TypeError('format() can reach inside objects: use an f-string, f"{x.name}"')
        return thing.format(*given, **named)

    return format


def attribute_getter(*names: str) -> Callable[[object], object]:
    """``operator.attrgetter``."""
    if not names or not all(type(name) is str for name in names):
        raise TypeError("attribute name must be a string")

    def read(thing: object, name: str) -> object:
        for part in name.split("."):
            thing = ask(thing, part)
        return thing

    def getter(thing: object) -> object:
        found = tuple(read(thing, name) for name in names)
        return found[0] if len(found) == 1 else found

    return getter


REFLECTION: Mapping[str, Callable[..., object]] = {
    "getattr": ask, "hasattr": has, "setattr": put, "delattr": drop, "vars": attributes_of,
}  # fmt: skip
"""The builtins of these names, as the script finds them."""

for _name, _function in REFLECTION.items():
    _function.__name__ = _function.__qualname__ = _name  # as messages about its arguments tell it
