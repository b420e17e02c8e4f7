"""A script that exits by itself ends there: a step like any other, with Python's own status."""

import subprocess
import sys
from pathlib import Path

import pytest

from stepnet.machine.ending import Ending
from stepnet.machine.travel import finish, run_through, travel
from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.running import machine, run, stepped

SETUP = "import sys\nimport numpy as np\nw = np.arange(3.0)\na = [1]\nprint('begun')\n"

LEAVING = cases(
    """
== sys.exit
sys.exit()
print("never")
== with a status
sys.exit(3)
== quit and exit
if w[1] == 1: quit()
exit()
== raise of the class
raise SystemExit
== in the middle of an expression that has changed something
w[0] = a.append(2) or sys.exit("gone") or 1
== what main returns
def main():
    w[1] = 7
    return 2
sys.exit(main())
== out of two functions, past what they leave behind
def inner(x):
    try:
        x.append(5)
        exit(4)
    finally:
        x.append(6)
def outer(x):
    try:
        inner(x)
    except Exception:
        x.append("never")
outer(a)
== a handler that keeps it from leaving
try:
    sys.exit(5)
except SystemExit as left:
    a.append(left.code)
print("after")
== a handler without a class
try:
    quit()
except:
    a.append("caught")
== a handler in a function that native code calls
def f(x):
    try:
        sys.exit(x)
    except:
        return -x
a = sorted([1, 3, 2], key=f)
== out of a function that native code calls
def f(x):
    a.append(x)
    sys.exit(x)
b = sorted([1, 3, 2], key=f)
== out of a generator
def f():
    try:
        yield 1
        sys.exit(7)
    finally:
        a.append("last")
for x in f(): a.append(x)
== out of a generator that native code reads
def f():
    yield 1
    sys.exit(7)
a = list(f())
== in a generator that deals with it
def f():
    try:
        sys.exit(7)
    except SystemExit:
        yield "stayed"
a = list(f())
== out of a with
class C:
    def __enter__(self): return self
    def __exit__(self, kind, error, trace):
        a.append(kind is SystemExit)
        return error.code == 0
with C() as c: sys.exit(0)
with C() as c: sys.exit(1)
== a finally that returns instead
def f():
    try:
        sys.exit(1)
    finally:
        return 5
a.append(f())
"""
)


@pytest.mark.parametrize("name", LEAVING)
def test_it_ends_where_python_ends_and_can_be_taken_back(name: str, tmp_path: Path) -> None:
    assert quarrel(SETUP + LEAVING[name], tmp_path / "script.py") is None


def test_it_ends_in_the_middle_of_training(tmp_path: Path) -> None:
    text = SETUP + trained("w *= 2\nif w[2] > 20: sys.exit(main()) if False else sys.exit(1)\n")
    assert quarrel(text, tmp_path / "script.py") is None


@pytest.mark.parametrize(
    ("status", "ending"),
    [("", Ending(0, "")), ("None", Ending(0, "")), ("0", Ending(0, "")), ("True", Ending(1, "")),
     ("-1", Ending(255, "")), ("256", Ending(0, "")), ("10**30", Ending(255, "")),
     ("'no data'", Ending(1, "no data")), ("[1, 2]", Ending(1, "[1, 2]"))],
)  # fmt: skip
def test_the_status_is_what_python_makes_of_it(status: str, ending: Ending) -> None:
    assert stepped(machine(f"raise SystemExit({status})\n")).ending == ending


def test_the_statuses_above_are_pythons() -> None:
    for status, code, said in (("-1", 255, ""), ("10**30", 255, ""), ("[1, 2]", 1, "[1, 2]\n")):
        command = [sys.executable, "-I", "-c", f"raise SystemExit({status})"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (code, said)


def test_the_names_of_the_function_that_exits_stay_in_reach_and_it_is_found_again() -> None:
    text = "import sys\nn = 1\ndef f(x):\n    y = x + n\n    sys.exit(y)\nfor epoch in range(3):\n"
    made = run(machine(text + "    n += 1\nf(5)\n"))
    assert (made.is_ended, made.fault, made.ending) == (True, None, Ending(9, ""))
    assert made.names["y"] == 9
    assert made.last is not None
    assert made.last.statement.text == "sys.exit(y)"
    tick = made.tick
    assert not made.step()
    finish(travel(made, 3))
    assert (made.ending, made.is_ended) == (None, False)
    finish(run_through(made))
    assert (made.tick, made.ending) == (tick, Ending(9, ""))
    assert made.undo()
    assert made.ending is None
    assert made.upcoming is not None
    assert made.step()
    assert made.ending == Ending(9, "")
