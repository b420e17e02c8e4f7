"""Where execution stands in one function: its names, its place, the positions of its loops."""

from __future__ import annotations

from types import CodeType, FunctionType
from typing import Any

from stepnet.source.instruction import TEMPORARY, Unit
from stepnet.source.scope import owner_name

Names = dict[str, object]
Cursor = Any
"""Where a loop stands (see `machine.cursor`)."""


UNBOUND = "cannot access local variable '{}' where it is not associated with a value"
"""What Python says of a local name that is read too early."""


FREE = "cannot access free variable '{}' where it is not associated with a value in enclosing scope"
"""The same of a name that belongs to a function around."""


class Missing:
    """Nothing is there."""


MISSING = Missing()


class LocalNames(Names):
    """Names of a function; what is not among them is looked up in the function around it.

    Inner functions and comprehensions have this dictionary as their globals, so a name that is
    bound late is found late, as Python finds it.
    """

    __slots__ = ("around", "local")

    around: Names
    local: frozenset[str]

    def __missing__(self, name: str) -> object:
        if name in self.local:
            raise UnboundLocalError(UNBOUND.format(name))
        names = self.around
        while isinstance(names, LocalNames):
            if name in names:
                return names[name]
            if name in names.local:
                raise NameError(FREE.format(name))
            names = names.around
        if name in names:
            return names[name]
        builtins = names["__builtins__"]
        assert isinstance(builtins, dict)
        if name in builtins:
            return builtins[name]
        raise NameError(f"name '{name}' is not defined")


class Frame:
    """One activation of a unit."""

    __slots__ = (
        "called", "caller", "depth", "generator", "globals", "iteration", "loops", "made", "names",
        "place", "result", "slot", "unit",
    )  # fmt: skip

    def __init__(
        self, unit: Unit, names: Names, around: Names, caller: Frame | None, result: str
    ) -> None:
        self.unit = unit
        self.names = names
        self.globals = around
        """Where code looks for what is not among `names`: these again, or the module's."""
        self.caller = caller
        self.result = result
        """The name in the caller's frame that waits for the value."""
        self.slot = 0
        """The loop in the caller's frame that waits for a value instead, if one does."""
        self.generator: object = None
        """The generator that this frame belongs to."""
        self.place = 0
        """The instruction that runs next."""
        self.called = 0
        """The instruction of the caller that made it."""
        self.loops: dict[int, Cursor] = {}
        self.depth: int = caller.depth + 1 if caller else 0
        self.iteration: tuple[int, ...] = ()
        """The iteration it was called in."""
        self.made: object = MISSING
        """The object that the call makes, where this is its ``__init__``."""

    @property
    def scope(self) -> Names:
        """One dictionary in which an expression finds every name that it would find here."""
        if self.globals is self.names:
            return self.names
        return local_names(self.unit, self.names, self.globals)


def is_hidden(name: str) -> bool:
    """Temporaries and the interpreter's own names are not the script's."""
    return name.startswith((TEMPORARY, "__"))


def local_names(unit: Unit, bound: Names, around: Names) -> LocalNames:
    """The names a function begins with."""
    names = LocalNames(bound)
    names.around = around
    names.local = unit.names
    names["__builtins__"] = around["__builtins__"]
    for name in unit.lent:
        names[owner_name(name)] = names
    return names


def function_frame(
    unit: Unit, bound: Names, around: Names, caller: Frame | None, result: str
) -> Frame:
    """A frame for a function that begins with these names.

    One that holds no function or comprehension needs no lookup of its own: Python's looks into
    its names, then into the module's.
    """
    if unit.is_flat and type(around) is dict:
        return Frame(unit, bound, around, caller, result)
    names = local_names(unit, bound, around)
    return Frame(unit, names, names, caller, result)


def bound_arguments(
    function: FunctionType, unit: Unit, positional: tuple[object, ...], keywords: Names
) -> Names:
    """Parameters by name, bound as Python binds them.

    Raises TypeError with Python's own words where the arguments do not fit.
    """
    plain = unit.parameters
    if plain is not None and not keywords and len(positional) == len(plain):
        return dict(zip(plain, positional, strict=True))
    assert isinstance(unit.binder, CodeType)
    binder = FunctionType(unit.binder, _BINDING, function.__name__, function.__defaults__)
    binder.__kwdefaults__ = function.__kwdefaults__
    if function.__name__ != unit.binder.co_name:  # another name, given by functools.wraps
        binder.__qualname__ = function.__qualname__
    names: Names = binder(*positional, **keywords)
    return names


_BINDING: Names = {"__builtins__": {"locals": locals}}
