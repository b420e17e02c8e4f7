"""Limits: what would take all memory or all time is stopped, and steps lead back from there."""

from pathlib import Path

import pytest

from stepnet.machine.limits import Limits
from stepnet.machine.machine import Machine
from stepnet.machine.travel import finish, run_through, travel
from stepnet.machine.world import Given
from tests.machine.agreement import quarrel
from tests.machine.running import compiled

NOWHERE = Path("/nowhere/script.py")
SMALL = Limits(seconds=5.0, bytes=1 << 30)

TOO_MUCH = {
    "np.zeros((10**6, 10**6))": "Unable to allocate 7.28 TiB",
    "np.ones((10**5, 1)) + np.ones((1, 10**5))": "Unable to allocate 74.5 GiB",
    "np.random.rand(10**6, 10**6)": "Unable to allocate 7.28 TiB",
    "np.zeros((20000, 20000))": "Unable to allocate 2.98 GiB",
    "[0] * 10**12": "more than the 1.0 GiB that a script may use (--max-bytes)",
    "'a' * 10**12": "more than the 1.0 GiB that a script may use (--max-bytes)",
    "bytes(10**12)": "more than the 1.0 GiB that a script may use (--max-bytes)",
    "list(range(10**12))": "more than the 1.0 GiB that a script may use (--max-bytes)",
    "'a'.ljust(10**12)": "more than the 1.0 GiB that a script may use (--max-bytes)",
    "'ab'.join(['c' * 10**6] * 10**6)": "more than the 1.0 GiB that a script may use (--max-bytes)",
    "f'{1:1000000000000}'": "more than the 1.0 GiB that a script may use (--max-bytes)",
    "'%1000000000000d' % 1": "more than the 1.0 GiB that a script may use (--max-bytes)",
    "1 << 10**12": "more than the 1.0 GiB that a script may use (--max-bytes)",
    "10 ** 10 ** 10": "an integer of more than 4194304 bits",
    "pow(10, 10**10)": "an integer of more than 4194304 bits",
    "math.factorial(10**9)": "math.factorial of numbers beyond 1000000",
    "math.comb(10**7, 5 * 10**6)": "math.comb of numbers beyond 100000",
    "math.perm(10**8)": "math.perm of numbers beyond 1000000",
}


@pytest.mark.parametrize("bomb", TOO_MUCH)
def test_one_statement_that_needs_too_much(bomb: str) -> None:
    text = f"import math\nimport numpy as np\na = 1\nx = {bomb}\n"
    made = Machine(compiled(text, NOWHERE), given=Given(limits=SMALL))
    finish(run_through(made))
    assert made.fault is not None
    assert (made.fault.kind, made.tick) == ("MemoryError", 3)
    assert TOO_MUCH[bomb] in made.fault.message
    assert made.undo()
    assert "a" not in made.names
    assert made.step()
    assert made.names["a"] == 1


@pytest.mark.parametrize(
    "text",
    ["x = 2\nwhile True:\n    x = x * x\n", "x = 2\nfor i in range(99):\n    x **= 2\n",
     "def f(n):\n    for i in range(99):\n        n *= n\nx = f(7)\n"],
)  # fmt: skip
def test_an_integer_that_grows_and_grows(text: str) -> None:
    made = Machine(compiled(text, NOWHERE))
    finish(run_through(made))
    assert made.fault is not None
    assert made.fault.kind == "stopped"
    assert made.fault.message.endswith("is an integer of more than 4194304 bits")
    finish(travel(made, 5))
    assert made.tick == 5


@pytest.mark.parametrize(
    "text",
    ["while True:\n    pass\n", "x = sum(i for i in range(10**12))\n",
     "def f():\n    while True:\n        pass\nx = sorted([1, 2], key=lambda v: f())\n",
     "for epoch in range(10**9):\n    for i in range(10**9):\n        x = i\n"],
)  # fmt: skip
def test_a_run_that_takes_too_long(text: str) -> None:
    made = Machine(compiled(text, NOWHERE), given=Given(limits=Limits(seconds=0.3)))
    finish(run_through(made))
    assert made.fault is not None
    assert made.fault.kind == "stopped"
    assert made.fault.message == "the 0.3 seconds of --max-seconds are used up"


@pytest.mark.parametrize("steps", [1, 5, 77, 50_000])
def test_a_run_of_too_many_steps(steps: int) -> None:
    text = "w = 0\nfor epoch in range(10**9):\n    for i in range(7):\n        w += i\n"
    made = Machine(compiled(text, NOWHERE), given=Given(limits=Limits(steps=steps)))
    finish(run_through(made))
    assert made.fault is not None
    assert made.tick == steps
    assert made.fault.message == f"the {steps} steps of --max-steps are used up"
    assert not made.step()
    assert made.undo() or steps > 1000
    finish(travel(made, 0))
    assert made.tick == 0


def test_recursion_without_an_end_leaves_the_debugger_alive() -> None:
    for text in ("def f(n):\n    return f(n + 1)\nx = f(0)\n", "f = lambda n: f(n)\nx = f(0)\n"):
        made = Machine(compiled(text, NOWHERE))
        finish(run_through(made))
        assert made.fault is not None
        assert made.fault.kind == "RecursionError"
        assert made.undo()


def test_powers_are_what_they_are_in_python(tmp_path: Path) -> None:
    text = """\
import numpy as np
import math
n, k = 3, 2.5
a = np.array([1.0, 2.0, 3.0])
b = a
powers = [2 ** n, n ** n, k ** n, 2 ** -n, (-8) ** (1 / 3), a ** n, n ** a, True ** 9, 0 ** 10**9]
a **= n
n **= n
m = 10 ** 300 % 7, pow(3, 1000, 7), pow(2.0, n), math.factorial(20), math.comb(5, 2), math.perm(4)
t = [(-1) ** 10 ** 9, 2 ** 1000]
s = "a" ** 2
"""
    assert quarrel(text, tmp_path / "script.py") is None


def test_a_function_that_runs_unseen_may_take_as_many_steps_as_it_likes(tmp_path: Path) -> None:
    text = """\
def f(v):
    for i in range(3000):
        v += i
    return v
for epoch in range(10):
    x = sorted([2, 1], key=lambda v: -f(v))
print(x)
"""
    assert quarrel(text, tmp_path / "script.py") is None
