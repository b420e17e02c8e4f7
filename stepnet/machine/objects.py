"""Objects of the script's own classes: how they are made, and where they keep what they hold.

What such an object holds is its ``__dict__``, a dictionary like any other: a step that stores an
attribute changes that dictionary, and is taken back there.
"""

from __future__ import annotations

import builtins
import enum
from abc import ABC, ABCMeta
from collections.abc import Callable
from types import FunctionType, resolve_bases
from typing import Any

from stepnet.machine.enumerations import Enum, IntEnum, StrEnum
from stepnet.source.special import BASES, DEFINED

NUMBER = ".number"
"""The attribute that holds the number an object is hashed by; no script can write such a name."""

_HARMLESS = frozenset(
    """
    __module__ __qualname__ __doc__ __dict__ __weakref__ __annotations__ __slots__ __hash__
    __array_priority__ __abstractmethods__ __firstlineno__ __static_attributes__
    __dataclass_fields__ __dataclass_params__ __match_args__ __parameters__ __orig_bases__
    """.split()
)


class Instance:
    """What every class of a script without another base is based on."""


class Namespace(Instance):
    """An object that only holds attributes: what ``parse_args`` returns."""

    def __init__(self, **named: object) -> None:
        for name, value in named.items():
            setattr(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        """Store an attribute: none by which numpy or Python would find out what an object is."""
        if name.startswith("__"):
            raise AttributeError(f"the attribute {name!r} reaches inside: use a public one")
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Namespace) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # like Python's

    def __contains__(self, name: str) -> bool:
        return name in self.__dict__

    def __repr__(self) -> str:
        named = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({named})"


class SimpleNamespace(Namespace):
    """The same, as ``types`` calls it."""

    def __repr__(self) -> str:
        return "namespace" + super().__repr__().removeprefix(type(self).__name__)


class Subscripted(Instance):
    """What is based on ``Generic[T]``: its hints are dropped."""

    def __class_getitem__(cls, key: object) -> type:
        return cls


class Generic:
    """``Generic`` and ``Protocol``, which a class can only be based on."""

    def __getitem__(self, key: object) -> Generic:
        return self

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        return (Subscripted,)


GENERIC = Generic()
SimpleNamespace.__module__ = "types"


def is_instance(thing: object) -> bool:
    """Is this an object of a class of the script?"""
    return isinstance(thing, Instance) or (
        isinstance(thing, BaseException | enum.Enum) and is_own_class(type(thing))
    )


def is_own_class(thing: object) -> bool:
    """Is this a class of the script?"""
    return isinstance(thing, type) and OWN in thing.__dict__


OWN = ".own"
"""Marks a class of the script."""


def attributes(thing: object) -> dict[str, object] | None:
    """The dictionary that holds an object's attributes, where the script may store some."""
    if isinstance(thing, FunctionType) or is_instance(thing):
        return thing.__dict__
    return None


def bare(thing: Any) -> Any:
    """A list, dictionary or tuple as Python's own holds it, whatever its class makes of that."""
    if isinstance(thing, dict):
        return dict.copy(thing)
    return list.copy(thing) if isinstance(thing, list) else tuple(tuple.__iter__(thing))


def own_object(thing: object) -> object:
    """The same object, if a class of the script made it.

    Raises AttributeError for any other: what its attribute of that name is, is closed.
    """
    if is_instance(thing) or is_own_class(thing):
        return thing
    raise AttributeError(f"this attribute of '{type(thing).__name__}' objects is not opened")


def class_of(thing: object) -> type:
    """The class of an object of the script.

    Raises TypeError for any other: what its class can do besides computing, is closed.
    """
    if is_instance(thing) and is_own_class(type(thing)):
        return type(thing)
    kind = type(thing).__name__
    raise TypeError(f"the class {kind} can only be compared, shown, or asked of with isinstance")


def class_maker(number: Callable[[object], int]) -> Callable[..., type]:
    """What runs a ``class`` statement; `number` gives an object the number it is hashed by.

    Python hashes an object by its address, so that the order of a set differs from run to run;
    here it is hashed by a number, and a run that is repeated repeats itself.
    """

    class Own(Instance):
        def __hash__(self) -> int:
            held = self.__dict__
            found = held.get(NUMBER)
            if not isinstance(found, int):
                found = held[NUMBER] = number(self)
            return found

    def build(body: Callable[..., object], name: str, *bases: Any, **keywords: object) -> type:
        if keywords.pop("metaclass", None) is ABCMeta:
            bases = (*bases, ABC)
        if keywords:
            raise TypeError("a class takes no keywords here")
        bases = resolve_bases(tuple(base for base in bases if base is not object))
        others = tuple(dict.fromkeys(bases))
        listed = any(isinstance(base, type) and issubclass(base, enum.Enum) for base in others)
        for base in others:
            if not (_is_allowed(base) or (listed and base in (int, str, float))):
                raise TypeError(f"a class based on {base!r} cannot be opened")
        if not any(issubclass(base, Own | BaseException | enum.Enum) for base in others):
            others = (*others, Own)
        file, _, bare = name.rpartition(".")
        made: type = builtins.__build_class__(body, bare, *others)
        if file:  # the class of an imported file
            made.__module__ = file
        found = made.__dict__.get("__getattr__")
        if found is not None:
            made.__getattr__ = _finder(found)  # type: ignore[attr-defined]  # it has one
        for special in () if listed else made.__dict__:
            is_special = special.startswith("__") and special.endswith("__")
            if is_special and special not in DEFINED | _HARMLESS:
                raise TypeError(f"the special name {special} cannot be opened in a class")
        setattr(made, OWN, True)
        return made

    return build


def _finder(found: Any) -> Callable[[object, str], object]:
    """``__getattr__`` of a class, for names that may be written behind a dot.

    What Python and numpy look for by themselves, such as ``__array_interface__``, is not there.
    """

    def find(thing: object, name: str) -> object:
        if name.startswith("__") and name.endswith("__"):
            kind = type(thing).__name__
            raise AttributeError(f"'{kind}' object has no attribute '{name}'")
        return found(thing, name)

    find.__name__ = "__getattr__"
    return find


def _is_allowed(base: object) -> bool:
    if not isinstance(base, type):
        return False
    if is_own_class(base) or _is_named_tuple(base):
        return True
    if base in (ABC, Subscripted, list, dict, Enum, IntEnum, StrEnum):
        return True
    return base.__module__ == "builtins" and base.__name__ in BASES


def _is_named_tuple(base: type) -> bool:
    """Is this what ``namedtuple`` made?"""
    return base.__bases__ == (tuple,) and "_fields" in base.__dict__


def class_contents(thing: type) -> dict[str, object]:
    """What a class holds now."""
    return dict(thing.__dict__)


def refill_class(thing: type, contents: dict[str, object]) -> None:
    """Make a class hold this again."""
    for name in [name for name in thing.__dict__ if name not in contents]:
        delattr(thing, name)
    for name, value in contents.items():
        if thing.__dict__.get(name, refill_class) is not value:
            setattr(thing, name, value)
