"""The oracle of the machine's tests: what CPython itself makes of a script.

`run_in_cpython` executes a file the way `python FILE` does and keeps what it left behind;
`difference` and `names_difference`, from `tests.bits`, compare that with what the machine left.
"""

import builtins
import contextlib
import io
import json
import random
import sys
import tempfile
import traceback
import types
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock, patch

import numpy as np
import numpy.fft  # numpy loads it late, and only once in a process
import numpy.testing  # as above

from tests.bits import difference, names_difference, own_names, same_bits

__all__ = [
    "Run",
    "difference",
    "names_difference",
    "own_names",
    "run_in_cpython",
    "same_bits",
    "undisturbed",
]


@dataclass(frozen=True, eq=False)
class Run:
    """What a script left behind."""

    names: dict[str, object]
    "The script's own global names, in the order they were first bound."
    output: str
    "Everything it printed."
    error: BaseException | None
    "The exception that ended it, if one did."
    line: int | None
    "The line of the script, innermost call first, at which the exception was raised."
    random_state: Mapping[str, object]
    "The state of numpy's global generator at the end."


def run_in_cpython(path: Path) -> Run:
    """Execute the script at `path` in this process, as `python FILE` would.

    Nothing is seeded. Numpy's generator, print options and error handling are as they were
    before when this returns, so that one test cannot change the next.
    """
    namespace: dict[str, object] = {
        "__name__": "__main__",
        "__builtins__": builtins,
        "__file__": str(path),
        "__doc__": None,
        "__package__": None,
        "__spec__": None,
        "__loader__": None,
    }
    printed = io.StringIO()
    error: BaseException | None = None
    with (
        undisturbed(),
        stubs(path),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        try:
            code = compile(_source(path), str(path), "exec", dont_inherit=True)
            exec(code, namespace)
        except (Exception, SystemExit) as raised:
            error = raised
        random_state = _random_state()
    return Run(
        names=own_names(namespace),
        output=printed.getvalue(),
        error=error,
        line=None if error is None else _line_of(error, path),
        random_state=random_state,
    )


def _source(path: Path) -> bytes | str:
    """A script as it stands; of a notebook its code cells without magics."""
    if path.suffix != ".ipynb":
        return path.read_bytes()
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    lines = [
        line.rstrip("\n")
        for cell in cells
        if cell["cell_type"] == "code"
        for line in cell["source"]
    ]
    return "\n".join("" if line[:1] in ("%", "!") else line for line in lines)


class _Anything(types.ModuleType):
    """A module that does nothing, whatever is asked of it: for what is not installed."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return MagicMock(name=name)


def tqdm(iterable: Any, **_: object) -> Any:
    return iterable


def trange(*bounds: int, **_: object) -> range:
    return range(*bounds)


@contextlib.contextmanager
def stubs(path: Path) -> Iterator[None]:
    """Libraries that draw do nothing, files are written into an empty folder, no arguments."""
    absent = ("matplotlib", "matplotlib.pyplot", "tqdm", "tqdm.auto", "pandas", "sklearn")
    made = {name: _Anything(name) for name in (*absent, "sklearn.metrics")}
    made["matplotlib"].pyplot = made["matplotlib.pyplot"]  # type: ignore[attr-defined]  # a module gets what it lacks
    for name in ("tqdm", "tqdm.auto"):
        made[name].tqdm, made[name].trange = tqdm, trange  # type: ignore[attr-defined]  # a module gets what it lacks
    state = random.getstate()
    with (
        patch.dict(sys.modules, made),
        patch.object(sys, "argv", [str(path)]),
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
    ):
        try:
            yield
        finally:
            random.setstate(state)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Give numpy's process-wide state back as it was: generator, print options, error handling."""
    state = _random_state()
    try:
        with np.printoptions(), np.errstate():
            yield
    finally:
        np.random.set_state(state)


def _random_state() -> dict[str, Any]:
    """The state of numpy's global generator."""
    state: Any = np.random.get_state(legacy=False)
    return dict(state)


def _line_of(error: BaseException, path: Path) -> int | None:
    """Where in the script at `path` an exception was raised."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return lines[-1] if lines else None
