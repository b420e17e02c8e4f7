"""An error of the script stops the machine at its statement, with the values from before it."""

from pathlib import Path

import pytest

from stepnet.machine.travel import finish, run_through, travel
from stepnet.source.refusal import SourceError
from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.fingerprint import fingerprint, first_difference
from tests.machine.running import fault_text, machine, run, stepped

SETUP = """\
import numpy as np
np.random.seed(1)
w = np.arange(6.0).reshape(2, 3)
a = [3, 1, 2]
d = {"k": [1]}
s = {1, 2}
n = 1
"""

WRONG = cases(
    """
== a name that does not exist
x = undefined + 1
== shapes that do not match
x = np.dot(w, w)
== a division by zero
n = n / 0
== an index that is out of bounds
w[7] = 1
== a key that is not there
d["z"] += 1
== types that do not go together
n += "a"
== more values than targets
n, a = 1, 2, 3
== the last of several targets
n, a[0], a[9] = 5, 6, 7
== the second of two stores into an array
w[0], w[:, 1] = 9, np.zeros(3)
== the end of an expression that has changed something
a.append(a.pop() + [].pop())
== a key function that has changed something
a.sort(key=lambda x: a.append(x) or 1.0 / (x - 1))
== a comprehension that has changed something
x = [a.append(i // (1 - i)) for i in range(3)]
== an in-place operation
w -= np.ones(2)
== an in-place operation on a part
w[:, :2] *= np.ones(3)
== an out= that does not fit
np.add(w, 1, out=np.zeros(2))
== after a draw, a shuffle and a print
x = np.random.rand(), np.random.shuffle(a), print("half"), undefined
== a store into a tuple
(1, 2)[0] = a.pop()
== a tuple whose item changed all the same
t = (a, 1)
t[0] += [5]
== what a loop runs over
for x in a.sort(): pass
== the target of a loop
for x, y in [5]: pass
== a condition
if w > a.pop(): n = 5
== a condition of while
while a.pop() < 3 or undefined: n += 1
== an assertion
assert n == a.pop(), f"not so: {n}"
== del of a name that is not there
del n, x
== del of an item that is not there
del a[0], a[7]
== a call of what is no function
n(a.pop())
== an attribute that is not there
a.push(a.pop())
== a number that is too large
x = 10.0 ** 400
== numpy's own error
x = np.linalg.inv(np.zeros((2, 2)))
== a set that changes while it is read
for x in s: s.add(x + 5)
== an array that cannot be written
v = np.broadcast_to(w, (2, 2, 3))
v[0] = a.pop()
== inside a function
def f(x):
    x.append(1)
    y = x / 0
    return y
n = f(a)
== inside a function inside a function
def f(x): return g(x) + 1
def g(x):
    x.pop()
    return x[99]
n = 1 + f(a) * 2
== inside a lambda
f = lambda x: a.pop() / x
y = f(1) + f(0)
== inside a comprehension that calls a function
def f(x): return a.append(x) or 1 // (2 - x)
y = [f(i) for i in range(4)]
== behind a call in the same statement
def f(x): return a.append(x)
n = f(1) + 1
== arguments that do not fit
def f(x, *, y): return x
n = f(a.pop(), z=1)
== in a generator
y = sum(a.append(i) or 1 / (1 - i) for i in range(3))
== in a loop over a generator
for y in (1 / (i - 1) for i in a): n += y
== in a map that is looped over
for y in map(lambda i: 1 / (i - 1), a): n += y
== in the middle of a loop
for i in range(5):
    a.append(n)
    n = n / (3 - i)
    a.pop()
"""
)


@pytest.mark.parametrize("name", WRONG)
def test_the_error_is_pythons_and_leaves_what_was_there_before_its_statement(
    name: str, tmp_path: Path
) -> None:
    assert quarrel(SETUP + WRONG[name], tmp_path / "script.py") is None


@pytest.mark.parametrize("name", WRONG)
def test_in_a_training_loop_it_is_the_same_error(name: str, tmp_path: Path) -> None:
    assert quarrel(SETUP + trained(WRONG[name]), tmp_path / "script.py") is None


@pytest.mark.parametrize("name", WRONG)
def test_the_failing_statement_changes_nothing_and_fails_again(name: str) -> None:
    made = machine(SETUP + WRONG[name])
    prints = [fingerprint(made, hidden=True)]
    while made.step():
        prints.append(fingerprint(made, hidden=True))
    fault = made.fault
    assert fault is not None
    for _ in range(2):
        assert first_difference(prints[-1], fingerprint(made, hidden=True)) == ""
        assert not made.step()
        assert made.fault == fault
    assert made.undo()
    assert fault_text(made) == ""
    assert first_difference(prints[-2], fingerprint(made, hidden=True)) == ""
    assert made.step()
    assert fault_text(made) == ""
    assert not made.step()
    assert made.fault == fault
    assert first_difference(prints[-1], fingerprint(made, hidden=True)) == ""


@pytest.mark.parametrize("name", WRONG)
def test_going_elsewhere_clears_the_error_and_coming_back_finds_it(name: str) -> None:
    made = run(machine(SETUP + WRONG[name]))
    fault, tick, there = made.fault, made.tick, fingerprint(made)
    assert fault is not None
    finish(travel(made, tick // 2))
    assert fault_text(made) == ""
    finish(run_through(made))
    assert made.fault == fault
    assert made.tick == tick
    assert first_difference(there, fingerprint(made)) == ""


def test_the_fault_tells_the_statement_in_the_innermost_function() -> None:
    text = """\
import numpy as np

def forward(x):
    h = x @ np.ones((4, 1))
    return h

y = forward(np.zeros((2, 3)))
"""
    made = stepped(machine(text))
    assert made.fault is not None
    assert made.fault.kind == "ValueError"
    assert made.fault.statement.text == "h = x @ np.ones((4, 1))"
    assert made.fault.statement.unit == "forward"
    assert made.frame.unit.name == "forward"
    assert fault_text(made).startswith("4 ValueError: matmul: Input operand 1 has a mismatch")


def test_recursion_without_an_end_is_an_error_as_in_python() -> None:
    made = stepped(machine("def f(n):\n    return f(n + 1)\nf(0)\n"))
    assert fault_text(made) == "2 RecursionError: maximum recursion depth exceeded"
    assert made.undo()


def test_an_error_before_anything_has_run() -> None:
    made = run(machine("print(undefined)\n"))
    assert made.tick == 0
    assert fault_text(made) == "1 NameError: name 'undefined' is not defined"
    assert made.output == ""
    assert not made.undo()


@pytest.mark.parametrize("raised", ["BaseException", "KeyboardInterrupt"])
def test_a_script_cannot_raise_what_would_end_the_debugger(raised: str) -> None:
    with pytest.raises(SourceError):
        machine(f"raise {raised}()\n")
