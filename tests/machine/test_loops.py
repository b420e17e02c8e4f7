"""Loops over anything finite, forwards and back, with every way out of them."""

from pathlib import Path

import pytest

from tests.machine.agreement import quarrel
from tests.machine.cases import cases

SETUP = """\
import numpy as np
np.random.seed(4)
a = [3, 1, 2]
d = {"x": 1, "y": 2}
w = np.arange(6.0).reshape(2, 3)
seen = []
"""

LOOPS = cases(
    """
== range
for i in range(3): seen.append(i)
for i in range(5, 0, -2): seen.append(i)
for i in range(0): seen.append(i)
== a list, a tuple, a string
for i in a: seen.append(i)
for i in (1, "b"): seen.append(i)
for i in "σx": seen.append(i)
== a list that grows while it is read
for i in a:
    if len(a) < 6: a.append(i + 10)
== a list that shrinks while it is read
for i in a:
    a.pop()
== a list that is rebound while it is read
for i in a:
    a = [i]
== a list that is changed while it is read
for n, i in enumerate(a):
    a[-1] = i + n
== rows of a matrix that change
for row in w:
    row -= 1
    w[1] *= 2
== the items of a vector
for v in w[0]: seen.append(v)
== an empty array
for v in np.zeros((0, 3)): seen.append(v)
== a transposed matrix
for column in w.T: seen.append(column)
== numbers are no loop
for v in np.float64(3): seen.append(v)
== nothing is no loop
for v in None: seen.append(v)
== a dictionary
for k in d: seen.append(k)
for k, v in d.items(): seen.append((k, v))
for v in d.values(): seen.append(v)
for k in d.keys(): seen.append(k)
== a dictionary whose values change
for k in d:
    d[k] += 10
for k, v in d.items():
    d["y"] = v + 1
== a dictionary that grows while it is read
for k in d:
    d[k + k] = 1
== a dictionary's items that shrink while they are read
for k, v in d.items():
    del d[k]
== a set
for i in {5}: seen.append(i)
for i in sorted({3, 1, 2}): seen.append(i)
for i in frozenset([7]): seen.append(i)
== a set that grows while it is read
s = {1}
for i in s: s.add(i + 1)
== enumerate
for n, i in enumerate(a): seen.append((n, i))
for n, i in enumerate(a, start=5): seen.append((n, i))
for pair in enumerate("ab"): seen.append(pair)
== zip
for i, j in zip(a, w): seen.append((i, j))
for t in zip(): seen.append(t)
for i, j, k in zip(a, range(2), "abc"): seen.append((i, j, k))
== zip of what changes
for i, j in zip(a, a):
    a.append(j)
    if len(a) > 6: break
== enumerate of zip of enumerate
for n, (i, (m, j)) in enumerate(zip(a, enumerate(w))): seen.append((n, i, m, j))
== reversed
for i in reversed(a): seen.append(i)
for i in reversed(range(3)): seen.append(i)
for i in reversed("ab"): seen.append(i)
for k in reversed(d): seen.append(k)
for row in reversed(w): seen.append(row)
for n, i in enumerate(reversed(a)): seen.append((n, i))
== reversed while it grows
for i in reversed(a):
    a.append(i)
== np.ndenumerate
for (i, j), v in np.ndenumerate(w):
    w[1, 1] += v
    seen.append((i, j, v))
for i, v in np.ndenumerate(w[0]): seen.append((i, v))
for i, v in np.ndenumerate(w.T): seen.append((i, v))
for i, v in np.ndenumerate(5.0): seen.append((i, v))
for i, v in np.ndenumerate(a): seen.append((i, v))
== np.ndindex
for i, j in np.ndindex(2, 2): seen.append((i, j))
for i in np.ndindex(w.shape): seen.append(i)
== flat
for v in w.flat:
    w[1] += v
for v in w.T.flat: seen.append(v)
for n, v in enumerate(w.flat): seen.append((n, v))
== map and filter
for i in map(lambda x: x * 2, a): seen.append(i)
for i in filter(lambda x: x > 1, a): seen.append(i)
for i in filter(None, [0, 1]): seen.append(i)
== map with a function that changes things
def f(x):
    seen.append(-x)
    return x
for i in map(f, a): seen.append(i)
== map in a comprehension that calls functions
def f(x):
    seen.append(-x)
    return x
x = [f(i) for i in map(f, a)]
y = {f(i): f(j) for i, j in enumerate(filter(f, a)) for k in map(f, a[:1])}
== a generator
for i in (x * 2 for x in a): seen.append(i)
for n, i in enumerate(x for x in a if x > 1): seen.append((n, i))
for i, j in zip((x for x in a), a): seen.append((i, j))
== a generator over a list that changes
for i in (x for x in a):
    if len(a) < 5: a.append(i)
== sorted and slices
for i in sorted(a, reverse=True): seen.append(i)
for i in a[::-1]: seen.append(i)
for x in np.split(w, 3, axis=1): seen.append(x)
== the target is an item
for a[0] in range(3): seen.append(list(a))
for d["x"], w[0, 0] in zip("ab", a): pass
== the target is nested and starred
for i, (j, *k), [l] in [(1, (2, 3, 4), [5])]: seen.append((i, j, k, l))
== the target does not fit
for i, j in [(1, 2), (3, 4, 5)]: seen.append(i)
== the target does not fit halfway
for a[0], a[1] in [(1, 2), (3,)]: seen.append(i)
== a draw in the head
for i in [np.random.rand(), np.random.rand()]: seen.append(i)
for i in np.random.permutation(3): seen.append(i)
if np.random.rand() < 0.5: seen.append("low")
while np.random.rand() < 0.7: seen.append("again")
== the head changes a list
for i in [a.pop(), len(a)]: seen.append(i)
if a.pop(): seen.append(a.append(5))
elif a.pop(): seen.append(1)
def f(x): return x.pop()
seen.append(f(seen))
== the target is changed by the loop
for i in range(3):
    i = i * 10
    seen.append(i)
== break and else
for i in a:
    if i == 1: break
else:
    seen.append("else")
for i in a:
    if i == 9: break
else:
    seen.append("else")
== continue
for i in a:
    if i == 1: continue
    seen.append(i)
== loops in loops
for i in range(3):
    for j in range(3):
        if j == i: break
        if j == 1: continue
        seen.append((i, j))
    else:
        seen.append("else")
        continue
    seen.append("after")
== while
n = 4
while n > 0:
    n -= 1
    if n == 2: continue
    if n == 1: break
    seen.append(n)
else:
    seen.append("else")
while n:
    n -= 1
else:
    seen.append("else")
== while True
n = 0
while True:
    n += 1
    if n > 3: break
== while with a condition that changes things
while a and a.pop() != 3:
    seen.append(len(a))
== while with a matrix as its condition
while w: pass
== a return out of loops
def f(n):
    for i in range(5):
        while True:
            for j in a:
                if i * j == n: return i, j
                if j == 2: break
            break
    return None
seen = [f(2), f(4), f(100)]
== the same loop again in every call
def f(n):
    total = 0
    for i in range(n):
        if i == 2: return total
        total += i
    return total
seen = [f(n) for n in range(5)]
== a recursive loop
def f(n):
    for i in range(n):
        f(i)
        seen.append((n, i))
f(3)
== nothing in the body
for i in a: pass
while False: pass
== what a loop over nothing leaves
for i in []: pass
print(i)
== if, elif, else
for i in range(4):
    if i == 0: seen.append("zero")
    elif i == 1: seen.append("one")
    elif i == 2: pass
    else: seen.append("more")
== a condition that has no truth value
if w > 1: seen.append(1)
"""
)


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_runs_as_in_python_and_back_again_over(name: str, tmp_path: Path) -> None:
    assert quarrel(SETUP + LOOPS[name], tmp_path / "script.py") is None


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_runs_as_in_python_within_a_training_loop_over(name: str, tmp_path: Path) -> None:
    body = "".join(f"    {line}\n" for line in (SETUP + LOOPS[name]).splitlines()[2:])
    text = f"import numpy as np\nnp.random.seed(4)\nfor epoch in range(3):\n    loss = 0\n{body}"
    assert quarrel(text, tmp_path / "script.py") is None
