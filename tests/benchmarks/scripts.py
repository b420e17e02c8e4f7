"""The scripts that are run for time: scenarios, and networks with larger matrices."""

import contextlib
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stepnet.machine.machine import Machine
from stepnet.source.program import compile_program
from stepnet.source.script import Script, open_script, script_from_text

LARGE = '''
"""Matrices so large that what Python costs does not count."""
import numpy as np

np.random.seed(0)
X = np.random.randn({rows}, 784)
y = np.random.randn({rows}, 128)
W = np.random.randn(784, 128) * 0.01
for iteration in range({iterations}):
    out = X @ W
    error = out - y
    loss = np.mean(error ** 2)
    dW = X.T @ error / len(X)
    W -= 0.1 * dW
'''
"""A linear layer of 784 × 128, as the first one of a net for MNIST is."""

DATA = '''
"""A data set in scope, and statements that have nothing to do with it."""
import numpy as np

X = np.random.default_rng(0).random(({rows}, 784))
number = 0
for iteration in range(1000):
    number = number + 1
    double = number * 2
    parity = number % 2
'''
"""Images as a data set for MNIST holds them, one a row."""

SHORTER = {"jacobian_net": ("n_iter = 2000", "n_iter = 200")}
"""Long scenarios are cut down to what shows the same in a tenth of the time."""

LAYERS = Path(__file__).parents[1] / "corpus" / "layer_classes.py"
"""A network of layer objects that store their activation functions."""


@dataclass(frozen=True)
class Subject:
    """A script to be run."""

    name: str
    script: Script


def subjects() -> tuple[Subject, ...]:
    """Five scenarios that train, one script with large matrices, one with layer objects."""
    names = ("relu_net", "trask_neuron", "regressor", "jacobian_net", "finite_differences")
    layers = Subject("layer objects", _changed(open_script(str(LAYERS)), "epochs=8", "epochs=100"))
    return (*map(_scenario, names), large(256, 20), layers)


def large(rows: int, iterations: int) -> Subject:
    """A layer of 784 × 128 that is trained on so many rows at once."""
    text = LARGE.format(rows=rows, iterations=iterations).lstrip()
    name = f"{rows}×784 @ 784×128"
    return Subject(name, script_from_text("large", text, Path("large.py").absolute()))


def data(rows: int) -> Script:
    """Small statements beside so many rows of data."""
    text = DATA.format(rows=rows).lstrip()
    return script_from_text("data", text, Path("data.py").absolute())


def _scenario(name: str) -> Subject:
    script = open_script(name)
    if name not in SHORTER:
        return Subject(name, script)
    long, short = SHORTER[name]
    return Subject(f"{name} ({short})", _changed(script, long, short))


def _changed(script: Script, old: str, new: str) -> Script:
    assert old in script.text, f"{script.name} no longer says {old}"
    return script_from_text(script.name, script.text.replace(old, new), script.path)


def cpython(script: Script) -> Callable[[], None]:
    """What runs a script as CPython does; compiled, and its output thrown away."""
    code = compile(script.text, str(script.path), "exec")

    def run() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, {"__name__": "__main__", "__file__": str(script.path)})

    return run


def machines(script: Script) -> Callable[[], Machine]:
    """What makes machines at the start of a script, which is compiled once."""
    program = compile_program(script)
    return lambda: Machine(program)


def repeats(run: Callable[[], object], least: float = 0.03) -> int:
    """How often a run has to be repeated to take `least` seconds."""
    run()
    start = time.perf_counter()
    run()
    return max(1, round(least / (time.perf_counter() - start)))
