"""Calls of which only the run tells what they call are run through like any other."""

import random
from pathlib import Path

import pytest

from stepnet.session.session import Session
from stepnet.source.script import script_from_text
from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.journeys import astray, moments
from tests.machine.running import machine, run

BEFORE = """\
import numpy as np
from functools import partial
np.random.seed(3)
def sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s
def scaled(z, by=2, *rest, shift=0):
    for part in rest:
        by = by + part
    return z * by + shift
def made(by):
    def inner(z):
        return z * by
    return inner
class Dense:
    def __init__(self, n, m, act, loud=None):
        self.w = np.random.randn(n, m)
        self.act = act
        self.loud = loud
    def __call__(self, x):
        self.x = x
        return self.act(x @ self.w)
    def forward(self, x):
        return self(x)
    def step(self, rate):
        self.w -= rate * (self.x.T @ self.act(self.x @ self.w))
        if self.loud:
            self.loud(float(self.w.sum()))
class Plain(Dense):
    def forward(self, x):
        return super().forward(x) + 1
x = np.random.randn(2, 3)
seen = []
n = 0
"""

AT_ONCE = cases(
    """
== a stored function
net = Dense(3, 3, sigmoid)
|x = net.forward(x)
|net.step(0.1)
== objects in a list, and methods by their number
nets = [Dense(3, 3, sigmoid), Plain(3, 3, lambda z: z * 0.5), Dense(3, 3, np.tanh)]
def through(nets, x):
    for net in nets:
        x = net(x)
    return x
def update(nets):
    for i in range(len(nets) - 1, -1, -1):
        nets[i].step(0.01)
|x = through(nets, x)
|update(nets)
== a method that is kept as a value
net = Dense(3, 3, sigmoid, seen.append)
ways = {"forward": net.forward, "step": net.step}
|x = ways["forward"](x)
|ways["step"](0.1)
== a function of a function
double = partial(scaled, by=3)
act = made(0.5)
|x = double(x, shift=0.5)
|x = act(x) + scaled(1, 2, 3, 4)
== a class that is a value
kinds = [Dense, Plain]
|net = kinds[n](3, 3, sigmoid)
|x = net.forward(x)
== a function that calls itself
def power(f, k):
    if k == 0:
        return 1
    return f(f, k - 1) * 2
|n = n + power(power, 3)
== an error inside
def worse(z):
    seen.append(z)
    return 1 / (2 - z)
acts = [worse]
|n = n + 1
|y = acts[0](n)
"""
)

ONE_BY_ONE = cases(
    """
== native code of which nobody knows what it changes
act = np.copyto
|act(x, x + 1)
|y = x.sum()
== a function that makes functions
act = lambda z: (lambda y: y + z)(1)
|n = act(n)
== a generator
def counted(k):
    yield k
    yield k + 1
count = counted
|n = n + sum(count(n))
== a function that catches errors
def careful(z):
    try:
        return 1 / (1 - z)
    except ZeroDivisionError:
        return 0
act = careful
|n = n + 1
|y = act(n)
"""
)


def _script(text: str) -> str:
    lines = text.splitlines()
    loop = "\n".join(line[1:] for line in lines if line.startswith("|"))
    return BEFORE + "\n".join(li for li in lines if not li.startswith("|")) + "\n" + trained(loop)


@pytest.mark.parametrize("name", AT_ONCE | ONE_BY_ONE)
def test_runs_through_as_it_is_stepped_and_as_in_python(name: str, tmp_path: Path) -> None:
    text = _script((AT_ONCE | ONE_BY_ONE)[name])
    assert quarrel(text, tmp_path / "script.py") is None
    made = machine(text)
    prints = moments(made)
    assert astray(made, prints, random.Random(1), 12) is None


@pytest.mark.parametrize("name", AT_ONCE)
def test_the_body_of_the_loop_is_one_piece(name: str) -> None:
    made = machine(_script(AT_ONCE[name]))
    before = dict(made.program.module.fused)
    run(made)
    assert len(before) == 1
    assert made.program.module.fused == before


def test_a_piece_that_calls_something_else_is_run_in_smaller_ones() -> None:
    text = _script(ONE_BY_ONE["native code of which nobody knows what it changes"])
    made = machine(text)
    (before,) = made.program.module.fused
    run(made)
    (after,) = made.program.module.fused
    assert after > before


def test_a_breakpoint_in_a_function_that_is_a_value_is_met() -> None:
    text = _script(AT_ONCE["objects in a list, and methods by their number"])
    session = Session(script_from_text("script", text, Path("/nowhere/script.py")))
    session.do("break sigmoid.s")
    met = []
    while session.do("continue").reason == "breakpoint":
        met.append(session.position.address)
    assert met == [f"{i}/sigmoid.s{n}" for i in (1, 2, 3) for n in ("", "#2")]


def test_what_native_code_changes_is_put_back() -> None:
    text = _script(AT_ONCE["a method that is kept as a value"])
    session = Session(script_from_text("script", text, Path("/nowhere/script.py")))
    session.goto("end")
    assert len(session.machine.world.names["seen"]) == 3  # type: ignore[arg-type]  # a list
    session.goto("2")
    assert len(session.machine.world.names["seen"]) == 1  # type: ignore[arg-type]  # a list
