"""The modules that a script can import: Python's and numpy's own names, and those made harmless."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from stepnet.machine.enumerations import enum_module
from stepnet.machine.limits import bounded_math
from stepnet.machine.objects import GENERIC, SimpleNamespace
from stepnet.machine.reflection import Attributes, attribute_getter
from stepnet.machine.surroundings.arguments import argparse_module
from stepnet.machine.surroundings.chance import numpy_random, random_module
from stepnet.machine.surroundings.clock import datetime_module, time_module
from stepnet.machine.surroundings.collecting import collections_module, functools_module
from stepnet.machine.surroundings.drawn import DrawingModule
from stepnet.machine.surroundings.entries import strided_view
from stepnet.machine.surroundings.iterators import csv_module, itertools_module
from stepnet.machine.surroundings.managed import contextlib_module
from stepnet.machine.surroundings.numerical import numpy_module
from stepnet.machine.surroundings.ordered import bisect_module, heapq_module
from stepnet.machine.surroundings.paths import pathlib_module
from stepnet.machine.surroundings.patterns import re_module
from stepnet.machine.surroundings.progress import tqdm_module
from stepnet.machine.surroundings.system import os_module, path_module, sys_module
from stepnet.source.allowed import MODULES
from stepnet.source.offered import DRAWING

if TYPE_CHECKING:
    from stepnet.machine.world import World

Offer = dict[str, object]

OWN: dict[str, Callable[[World], Offer]] = {
    "argparse": argparse_module,
    "builtins": lambda world: _builtins(world),
    "bisect": bisect_module,
    "collections": collections_module,
    "contextlib": lambda world: contextlib_module(),
    "csv": lambda world: csv_module(world.tape),
    "dataclasses": lambda world: {"fields": _fields},
    "datetime": lambda world: datetime_module(world.tape),
    "enum": lambda world: enum_module(),
    "functools": functools_module,
    "gc": lambda world: dict.fromkeys(("collect", "enable", "disable"), _nothing),
    "gzip": lambda world: {"open": world.files.unpacked},
    "heapq": heapq_module,
    "itertools": itertools_module,
    "json": lambda world: {"dump": _dump, "dumps": _dumped},
    "logging": lambda world: _logging(world),
    "math": lambda world: dict(bounded_math()),
    "numpy": numpy_module,
    "numpy.random": lambda world: numpy_random(world.random, world.seed, world.memory),
    "numpy.lib.stride_tricks": lambda world: {"as_strided": strided_view},
    "operator": lambda world: {"attrgetter": attribute_getter},
    "os": os_module,
    "os.path": path_module,
    "pathlib": pathlib_module,
    "pprint": lambda world: {"pprint": _pretty(world)},
    "random": lambda world: random_module(world.chance, world.seed),
    "re": lambda world: re_module(),
    "sys": sys_module,
    "time": lambda world: time_module(world.tape),
    "timeit": lambda world: {"default_timer": time_module(world.tape)["perf_counter"]},
    "traceback": lambda world: {"print_exc": _nothing},
    "types": lambda world: {"SimpleNamespace": SimpleNamespace},
    "tqdm": lambda world: tqdm_module(world.tape),
    "tqdm.auto": lambda world: tqdm_module(world.tape),
    "tqdm.notebook": lambda world: tqdm_module(world.tape),
    "typing": lambda world: {
        "Type": Hint(),
        "Annotated": Hint(),
        "Final": Hint(),
        "ClassVar": Hint(),
        "NamedTuple": _named_tuple,
        "Generic": GENERIC,
        "Protocol": GENERIC,
        "runtime_checkable": lambda kind: kind,
        "NewType": lambda name, hint: _same,
    },
    "warnings": lambda world: dict.fromkeys(("filterwarnings", "simplefilter", "warn"), _nothing),
}
"""What is made for each run; every other name is the module's own."""


def _builtins(world: World) -> Offer:
    given: Offer = world.builtins
    return {name: given[name] for name in MODULES["builtins"]}


def _logging(world: World) -> Offer:
    from stepnet.machine.surroundings.logged import logging_module

    return logging_module(world)


def module(world: World, name: str) -> ModuleType:
    """A module as the script sees it, made when it is first imported.

    Those inside it are made when they are first asked for: ``numpy.testing`` takes long to load.
    """
    known = world.modules.get(name)
    if known is not None:
        return known
    made: ModuleType
    if name in DRAWING:
        made = world.modules[name] = DrawingModule(name, world.plots)
    else:
        made = world.modules[name] = ModuleType(name)
        own = OWN[name](world) if name in OWN else {}
        lacking = [p for p in MODULES[name] if p not in own and f"{name}.{p}" not in MODULES]
        source = importlib.import_module(name) if lacking else None
        for part in lacking:
            if hasattr(source, part):
                setattr(made, part, getattr(source, part))
        for part, value in own.items():
            if isinstance(value, FunctionType):
                value.__name__ = value.__qualname__ = part
            setattr(made, part, value)
    if any(inner.rpartition(".")[0] == name for inner in MODULES):
        made.__getattr__ = _inner(world, name)  # type: ignore[method-assign]  # as modules have it
    return made


def _inner(world: World, name: str) -> Callable[[str], object]:
    """What finds the modules inside a module; raises AttributeError, in Python's words."""

    def find(part: str) -> object:
        if f"{name}.{part}" not in MODULES:
            raise AttributeError(f"module {name!r} has no attribute {part!r}")
        found = module(world, f"{name}.{part}")
        setattr(world.modules[name], part, found)
        return found

    return find


def importer(world: World) -> Callable[..., ModuleType]:
    """What ``import`` statements call."""

    def load(
        name: str, _globals: object = None, _locals: object = None,
        wanted: tuple[str, ...] | list[str] | None = None, _level: int = 0,
    ) -> ModuleType:  # fmt: skip
        if isinstance(wanted, list):  # numpy's own C code imports what it needs this way
            return importlib.import_module(name)
        if name == "__future__":
            return importlib.import_module(name)
        if name not in MODULES:
            raise ImportError(f"{name} is not opened here")
        module(world, name.partition(".")[0])
        return module(world, name if wanted else name.partition(".")[0])

    return load


class Hint:
    """A type hint that is nothing but one: Python's would call what it is a hint of."""

    def __getitem__(self, key: object) -> Hint:
        return self


def _same(value: object) -> object:
    """What a name that is only a hint makes of a value."""
    return value


def _nothing(*_: Any, **__: Any) -> None:
    """What is asked for is done already, or does not matter here."""


def _fields(thing: Any) -> tuple[object, ...]:
    """The fields of a data class, whose hints are texts: a hint may be a class that is closed."""
    import copy
    import dataclasses

    told = [copy.copy(part) for part in dataclasses.fields(thing)]
    for part in told:
        part.type = getattr(part.type, "__name__", str(part.type))
    return tuple(told)


def _named_tuple(name: str, parts: Any, defaults: Any = ()) -> object:
    """What ``NamedTuple`` makes of names, or of pairs of a name and a hint."""
    from collections import namedtuple

    names = [part if isinstance(part, str) else part[0] for part in parts]
    return namedtuple(name, names, defaults=defaults)


def _dump(value: Any, file: Any, **named: Any) -> None:
    file.write(_dumped(value, **named))


def _dumped(value: Any, **named: Any) -> str:
    """``json.dumps``, also of ``vars(x)``."""
    import json

    return json.dumps(value.copy() if isinstance(value, Attributes) else value, **named)


def _pretty(world: World) -> Callable[..., None]:
    def pretty(value: object, *_: Any, **named: Any) -> None:
        from pprint import pformat

        named.pop("stream", None)
        world.tape.say(pformat(value, **named) + "\n")

    return pretty
