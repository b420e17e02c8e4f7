"""What a call in the script comes to: a function with instructions, or native code."""

from __future__ import annotations

import enum
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import BuiltinFunctionType, FunctionType, MethodType, MethodWrapperType
from typing import Any

import numpy as np

from stepnet.machine.contents import MUTABLE
from stepnet.machine.contexts import enter_context, exit_context, raised, special
from stepnet.machine.frame import MISSING, LocalNames, Names, local_names
from stepnet.machine.iterated import read_on
from stepnet.machine.objects import is_instance, is_own_class
from stepnet.source.effects import MUTATORS
from stepnet.source.instruction import Unit
from stepnet.source.mark import FILENAME
from stepnet.source.own_class import CLASS

Units = Mapping[int, Unit]


@dataclass(frozen=True, slots=True)
class Callee:
    """A function of the script, and what it is called with."""

    function: FunctionType
    unit: Unit
    positional: tuple[object, ...]
    keywords: Names
    made: object = MISSING
    """The object that the call makes, where the function is its ``__init__``."""


def callee(
    function: Any, positional: tuple[object, ...], keywords: Names, units: Units
) -> Callee | None:
    """The function of the script that this call runs; None where native code answers it."""
    if function is read_property:
        thing, name = positional
        return _getter(thing, str(name), units)
    if function is enter_context:
        return callee(special(positional[0], "__enter__"), positional, {}, units)
    if function is exit_context:
        context, caught = positional
        method = special(context, "__exit__")
        return callee(method, (context, *raised(caught)), {}, units)  # type: ignore[arg-type]  # the exit of a with was given what was caught
    if type(function) is FunctionType:
        unit = unit_of(function, units)
        return Callee(function, unit, positional, keywords) if unit else None
    if type(function) is MethodType:
        return callee(function.__func__, (function.__self__, *positional), keywords, units)
    if type(function) is functools.partial:
        keywords = {**function.keywords, **keywords}
        return callee(function.func, (*function.args, *positional), keywords, units)
    if isinstance(function, type):
        return _maker(function, positional, keywords, units)
    for kind in type(function).__mro__ if is_instance(function) else ():
        if "__call__" in kind.__dict__:
            return callee(kind.__dict__["__call__"], (function, *positional), keywords, units)
    return None


def read_property(thing: object, name: str) -> object:
    """An attribute that may be a property."""
    return getattr(thing, name)


def _getter(thing: object, name: str, units: Units) -> Callee | None:
    for owner in type(thing).__mro__:
        if name in owner.__dict__:
            found = owner.__dict__[name]
            if isinstance(found, property):
                return callee(found.fget, (thing,), {}, units)
            return None
    return None


def _maker(
    kind: Any, positional: tuple[object, ...], keywords: Names, units: Units
) -> Callee | None:
    if not is_own_class(kind) or issubclass(kind, enum.Enum):
        return None
    initial = kind.__init__
    unit = unit_of(initial, units) if type(initial) is FunctionType else None
    if unit is None:
        return None
    if issubclass(kind, BaseException | tuple):
        made = kind.__new__(kind, *positional, **keywords)
    else:
        made = kind.__new__(kind)
    return Callee(initial, unit, (made, *positional), keywords, made)


def unit_of(function: FunctionType, units: Units) -> Unit | None:
    """The instructions of a function, if it is the script's own and can be given a frame."""
    code = function.__code__
    unit = units.get(code.co_firstlineno) if code.co_filename == FILENAME else None
    if unit is None or unit.is_generator or (function.__closure__ and unit.rebinds):
        return None
    return unit


def surroundings(function: FunctionType, unit: Unit, bound: Names) -> Names:
    """Where a function looks for names that are not its own.

    One that native code made keeps the names of the function around it in cells.
    """
    around: Names = function.__globals__
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
    if CLASS in cells:
        bound[CLASS] = cells.pop(CLASS).cell_contents
    if not cells:
        return around
    held: Names = {}
    for name, cell in cells.items():
        try:
            held[name] = cell.cell_contents
        except ValueError:
            continue  # not bound yet: reading it is the script's error
    layer: LocalNames = local_names(Unit(unit.name, unit.statement, frozenset(cells)), held, around)
    return layer


_OURS = (read_property, enter_context, exit_context, read_on)
"""Functions of the machine, which announce what they change."""


def is_pure(function: object, units: Units) -> bool:
    """A native function that changes nothing but what it returns."""
    if type(function) is MethodType:
        return is_pure(function.__func__, units)
    if type(function) is FunctionType and function.__code__.co_filename == FILENAME:
        unit = units.get(function.__code__.co_firstlineno)
        return unit is not None and unit.is_generator
    if type(function) is MethodWrapperType:
        return not isinstance(function.__self__, list | dict)
    if isinstance(function, np.ufunc | type) or function in _OURS:
        return True
    if isinstance(function, BuiltinFunctionType):
        return isinstance(function.__self__, type(np)) and function.__name__ not in (
            "map",
            "filter",
        )
    return type(function) is functools.partial and function.func is functools.update_wrapper


def changed_by(
    function: object, positional: tuple[object, ...], keywords: Names
) -> tuple[object, ...] | None:
    """The objects that a native method can change; None where that is not known."""
    if not isinstance(function, BuiltinFunctionType | MethodWrapperType):
        return None
    if any(map(callable, (*positional, *keywords.values()))):
        return None
    owner, name = function.__self__, function.__name__
    if isinstance(owner, np.ndarray):
        if "out" in keywords or any(isinstance(part, np.ndarray) for part in positional):
            return None
        return (owner,) if name in MUTATORS else ()
    return (owner,) if isinstance(owner, (*MUTABLE, str)) else None
