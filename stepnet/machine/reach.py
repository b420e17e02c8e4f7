"""Which objects a run can still reach, and so which ones a snapshot has to know."""

from __future__ import annotations

import contextlib
import functools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType

import numpy as np

from stepnet.machine.caught import Caught
from stepnet.machine.contents import IMMUTABLE, MUTABLE
from stepnet.machine.frame import Frame, LocalNames
from stepnet.machine.generator import Over, Suspended
from stepnet.machine.objects import Instance, bare, is_instance, is_own_class
from stepnet.machine.surroundings.arguments import Parser
from stepnet.machine.surroundings.collecting import Cached
from stepnet.machine.surroundings.progress import Progress

LEAVES = (*IMMUTABLE, type, ModuleType, CodeType, np.dtype, np.ufunc, np.finfo, np.iinfo)


_STILL = frozenset(
    """
    re pathlib enum
    numpy builtins __future__ stepnet typing types operator datetime time random itertools decimal
    fractions string collections functools argparse csv _csv json struct _struct abc _abc
    numbers zlib
    """.split()
)
"""Where classes come from whose objects do not change, or remember by themselves."""


class Unreachable(Exception):
    """Something a snapshot cannot hold."""


def mutable_things(
    roots: Iterable[object], children: Callable[[list[object]], Iterable[object]] = list
) -> Iterator[object]:
    """Every object that can change in place and can be reached from the roots, each once.

    `children` tells which elements of a list are worth following.
    Raises Unreachable where an object of unknown kind is met.
    """
    seen: set[int] = set()
    stack = list(roots)
    while stack:
        thing = stack.pop()
        if id(thing) in seen or (isinstance(thing, LEAVES) and not is_own_class(thing)):
            continue
        seen.add(id(thing))
        if isinstance(thing, (*MUTABLE, type)):
            yield thing
        if isinstance(thing, Instance) and isinstance(thing, list | dict | tuple):
            stack += (thing.__dict__, type(thing))
            thing = bare(thing)
        stack.extend(children(thing) if isinstance(thing, list) else _inside(thing))


def _inside(thing: object) -> Iterable[object]:
    if isinstance(thing, np.ndarray):
        return thing.ravel().tolist() if thing.dtype.hasobject else ()
    if isinstance(thing, tuple | set | frozenset | deque):
        return thing
    if isinstance(thing, LocalNames):
        return [value for name, value in thing.items() if not name.startswith("__")]
    if isinstance(thing, dict):
        return [*thing.keys(), *thing.values()]
    if isinstance(thing, FunctionType):
        return _of_function(thing)
    if isinstance(thing, MethodType):
        return (thing.__self__, thing.__func__)
    if isinstance(thing, BuiltinFunctionType):
        return (thing.__self__,)
    if isinstance(thing, Suspended):
        return _of_generator(thing.__frame__)
    if isinstance(thing, Over):
        return (thing.value,)
    if isinstance(thing, Caught):
        return (thing.error,)
    if isinstance(thing, BaseException):
        return (thing.args, thing.__dict__, type(thing))
    if is_instance(thing):
        return (thing.__dict__, type(thing))
    if isinstance(thing, type):
        return [*thing.__mro__[1:], *thing.__dict__.values()]
    if isinstance(thing, staticmethod | classmethod):
        return (thing.__func__,)
    if isinstance(thing, property):
        return (thing.fget, thing.fset)
    if isinstance(thing, functools.partial):
        return (thing.func, thing.args, thing.keywords)
    if isinstance(thing, Cached):
        return (thing.function, thing.results)
    if isinstance(thing, Parser):
        return (thing.asked,)
    if isinstance(thing, Progress):
        return (thing.iterable,)
    if type(thing).__name__ == "cython_function_or_method":
        return (getattr(thing, "__self__", None),)
    if type(thing).__module__.partition(".")[0] in _STILL:
        return ()
    raise Unreachable(type(thing).__name__)


def _of_generator(frame: Frame) -> list[object]:
    inside = [value for name, value in frame.names.items() if not name.startswith("__")]
    inside += frame.loops.values()
    if isinstance(frame.globals, LocalNames):
        inside.append(frame.globals)
    return inside


def _of_function(function: FunctionType) -> list[object]:
    inside: list[object] = [function.__defaults__, function.__kwdefaults__, function.__dict__]
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):  # not bound yet
            inside.append(cell.cell_contents)
    if isinstance(function.__globals__, LocalNames):
        inside.append(function.__globals__)
    return inside
