"""What a script sees around it: builtins, modules and the global generator of one run.

Every machine has a world of its own, so that two runs in one process never disturb each other,
and so that a script can reach nothing but what computes.
"""

from __future__ import annotations

import builtins
import contextlib
import copy
import gc
import importlib
import math
import os.path
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from stepnet.machine.contexts import setting
from stepnet.source.allowed import BUILTINS, MODULES
from stepnet.source.scope import MODULE_NAMES

Names = dict[str, object]
FLOATS: Names = {"divide": "call", "over": "call", "invalid": "call", "under": "ignore"}
"""Nothing is raised: what numpy would warn of is collected."""


PATIENT = (50_000, 20, 100)
"""How often cyclic garbage is looked for while a script runs: the undo log is long and has none."""


class Settings(dict[str, Names]):
    """What numpy keeps for a whole process, and a script for itself.

    Written back by a step into the past, it holds at once.
    """

    def update(self, *parts: Any, **named: Any) -> None:
        """As of any dictionary."""
        super().update(*parts, **named)
        if self.enforced is not None:
            self.enforce()

    enforced: Names | None = None
    """How numpy prints by itself; None while the script does not run."""

    def enforce(self) -> None:
        """Make numpy do as the script has said, and otherwise as it does by itself."""
        np.set_printoptions(**{**(self.enforced or {}), **self.get("print", {})})  # type: ignore[arg-type]  # numpy checks them
        np.seterr(**{**FLOATS, **self.get("floats", {})})  # type: ignore[arg-type]  # as above


class World:
    """The surroundings of one run: what it prints, what it draws from, what it may call."""

    def __init__(self, path: Path, seed: int) -> None:
        self.folder = path.parent.resolve()
        self.seed = seed
        self.output: list[str] = []
        """What the script printed, piece by piece."""
        self.said: list[str] = []
        """The longest output there has been: going back forgets what was printed, and a
        checkpoint that lies ahead must have it again."""
        self.warnings: list[str] = []
        """What numpy complained of since somebody last looked."""
        self.random = np.random.RandomState(seed)
        self.options = Settings()
        self.numbers = [0]
        """How many objects have been given a number to be hashed by."""
        self.modules = _modules(self)
        self.builtins = _builtins(self)
        self.names: Names = {
            "__name__": "__main__",
            "__file__": str(path),
            "__doc__": None,
            "__builtins__": self.builtins,
        }
        self.builtins[MODULE_NAMES] = self.names
        self.is_active = False

    def printed(self, pieces: int) -> None:
        """Make the output what it was, or will be, when so many pieces were printed."""
        output, said = self.output, self.said
        if len(output) > len(said):
            said.extend(output[len(said) :])
        if pieces < len(output):
            del output[pieces:]
        else:
            output.extend(said[len(output) : pieces])

    @contextlib.contextmanager
    def active(self) -> Iterator[None]:
        """While the script runs: its settings hold, and complaints are kept for us."""
        if self.is_active:
            yield
            return
        self.is_active = True
        threshold = gc.get_threshold()
        gc.set_threshold(*PATIENT)
        try:
            with warnings.catch_warnings(), np.errstate(call=self._complain), np.printoptions():
                warnings.simplefilter("ignore")
                self.options.enforced = dict(np.get_printoptions())
                self.options.enforce()
                yield
        finally:
            self.options.enforced = None
            gc.set_threshold(*threshold)
            self.is_active = False

    def _complain(self, kind: str, _flag: int) -> None:
        if len(self.warnings) < 100:
            self.warnings.append(kind)

    def beside(self, path: object) -> object:
        """A data file's path, if it lies beside the script; other sources pass."""
        if not isinstance(path, str | Path):
            return path
        file = (self.folder / path).resolve()
        if not file.is_relative_to(self.folder):
            raise PermissionError(f"{path} does not lie beside the script in {self.folder}")
        if not file.is_file():
            raise FileNotFoundError(f"no file {path} beside the script in {self.folder}")
        return str(file)


def _print(world: World) -> Callable[..., None]:
    output = world.output

    def print(*values: object, sep: object = None, end: object = None, **kept: object) -> None:
        for name in kept:
            if name not in ("flush", "file"):
                raise TypeError(f"print() got an unexpected keyword argument '{name}'")
        text = (" " if sep is None else str(sep)).join([str(value) for value in values])
        output.append(text + ("\n" if end is None else str(end)))

    return print


def _builtins(world: World) -> Names:
    allowed = {name: getattr(builtins, name) for name in BUILTINS if hasattr(builtins, name)}
    allowed["print"] = _print(world)
    allowed["type"] = _type_of
    allowed["__import__"] = _importer(world)
    allowed[".key"] = _Key()
    allowed[".random"] = world.random
    allowed[".options"] = world.options
    allowed[".numpy"], allowed[".math"] = world.modules["numpy"], world.modules["math"]
    allowed[".numbers"] = world.numbers
    return allowed


class _Key:
    """``.key[1:3]`` is the slice itself."""

    def __getitem__(self, key: object) -> object:
        return key


def _type_of(value: object) -> type:
    if isinstance(value, type):
        raise TypeError("the type of a class makes classes, which are not opened")
    return type(value)


def _importer(world: World) -> Callable[..., ModuleType]:
    def load(
        name: str, _globals: object = None, _locals: object = None,
        wanted: tuple[str, ...] | list[str] | None = None, _level: int = 0,
    ) -> ModuleType:  # fmt: skip
        if isinstance(wanted, list):  # numpy's own C code imports what it needs this way
            return importlib.import_module(name)
        if name == "__future__":
            return importlib.import_module(name)
        if name not in world.modules:
            raise ImportError(f"{name} is not opened here")
        return world.modules[name if wanted else name.partition(".")[0]]

    return load


def _modules(world: World) -> dict[str, ModuleType]:
    sources: dict[str, ModuleType] = {
        "numpy": np, "numpy.linalg": np.linalg, "math": math, "copy": copy, "os.path": os.path,
    }  # fmt: skip
    modules = {name: ModuleType(name) for name in MODULES}
    for name, offered in MODULES.items():
        source = sources.get(name)
        for attribute in offered:
            if source is not None and hasattr(source, attribute):
                setattr(modules[name], attribute, getattr(source, attribute))
    for name, module in modules.items():
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(modules[parent], child, module)
    _random_module(world, modules["numpy.random"])
    _own_numpy(world, modules["numpy"])
    return modules


def _random_module(world: World, module: ModuleType) -> None:
    for name in MODULES["numpy.random"]:
        if hasattr(world.random, name):
            setattr(module, name, getattr(world.random, name))

    def seed(value: object = None) -> None:
        world.random.seed(world.seed if value is None else value)  # type: ignore[arg-type]  # numpy checks it

    def seeded(make: Callable[..., object]) -> Callable[..., object]:
        def maker(seed: object = None) -> object:
            return make(world.seed if seed is None else seed)

        return maker

    module.seed = seed  # type: ignore[attr-defined]  # a module made by hand
    for name in ("default_rng", "RandomState", "PCG64", "MT19937"):
        setattr(module, name, seeded(getattr(np.random, name)))
    module.Generator = np.random.Generator  # type: ignore[attr-defined]  # as above


def _own_numpy(world: World, module: ModuleType) -> None:
    def reader(read: Callable[..., object]) -> Callable[..., object]:
        def from_beside(fname: object, *rest: object, **named: object) -> object:
            return read(world.beside(fname), *rest, **named)

        return from_beside

    def set_printoptions(**options: object) -> None:
        np.set_printoptions(**options)  # type: ignore[arg-type]  # numpy checks them
        world.options["print"] = {**world.options.get("print", {}), **options}

    def seterr(**options: object) -> None:
        np.seterr(**options)  # type: ignore[arg-type]  # numpy checks them
        everything = options.pop("all", None)
        each = dict.fromkeys(FLOATS, everything) if everything else {}
        chosen = {kind: how for kind, how in options.items() if how is not None}
        world.options["floats"] = {**world.options.get("floats", {}), **each, **chosen}

    module.loadtxt = reader(np.loadtxt)  # type: ignore[attr-defined]  # a module made by hand
    module.genfromtxt = reader(np.genfromtxt)  # type: ignore[attr-defined]  # as above
    module.set_printoptions = set_printoptions  # type: ignore[attr-defined]  # as above
    module.errstate = setting(world, seterr, "floats")  # type: ignore[attr-defined]  # as above
    module.printoptions = setting(world, set_printoptions, "print")  # type: ignore[attr-defined]  # as above
    module.seterr = seterr  # type: ignore[attr-defined]  # as above
