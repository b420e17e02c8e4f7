"""What a statement changes is put back, whatever kind of statement it is."""

from pathlib import Path

import pytest

from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained

STATEMENTS = cases(
    """
== a name is bound
n = 1
n = 2
== a name is deleted
n = 1
del n
== several names are bound
a, (b, *c) = 1, (2, 3, 4)
b, a = a, b
== a chain of targets
a = b = np.zeros(2)
a = b[0] = 3.0
== an array changes in place
w = np.ones(3)
w -= 0.5
== a view changes what it looks at
w = np.arange(6.0)
v = w.reshape(2, 3).T
v[0] = 9.0
== an array changes through its view
w = np.arange(6.0)
v = w[::2]
v *= 3
w += v[0]
== an item is stored
w = np.zeros((2, 2))
w[1, 0] = 4.0
== a slice is stored
w = np.zeros((3, 2))
w[1:] = 4.0
== a mask is stored
w = np.array([1.0, -2.0, np.nan])
w[w <= 0] = 0
== a mask that is the array itself
m = np.array([True, False])
m[m] = False
== rows are chosen by a list
w = np.arange(6.0).reshape(3, 2)
w[[0, 0, 2]] += 1.0
== items are swapped
w = np.arange(3)
w[0], w[2] = w[2], w[0]
== an item through flat
w = np.zeros((2, 2))
w.flat[3] = 1.0
w.flat[1] += 2.0
== a slice through flat
w = np.zeros((2, 2)).T
w.flat[1:3] = [5.0, 6.0]
== an attribute of an array
w = np.arange(4)
w.shape = (2, 2)
== a function with out=
w = np.ones(3)
np.exp(w, out=w)
np.add(w, 1, w)
== ufunc.at
w = np.zeros(3)
np.add.at(w, [0, 0, 2], 1)
== np.copyto
w = np.zeros(3)
np.copyto(w, [1, 2, 3])
== np.fill_diagonal
w = np.zeros((2, 2))
np.fill_diagonal(w, 7)
== np.put
w = np.zeros(3)
np.put(w, [0, 2], 5)
== methods of arrays
w = np.array([3, 1, 2])
w.sort()
w.fill(4)
w.put(0, 9)
w.partition(1)
== a Fortran array keeps its layout
w = np.asfortranarray(np.ones((2, 3)))
w *= 2
w = w + 1
== an array of objects
w = np.array([[1], None], dtype=object)
w[0].append(2)
w[1] = w
== an array of objects by slices
w = np.array([np.ones(2), None, [3]], dtype=object)
v = w[::2]
w[:2] = 5
v[:] = w[:2]
w[1:] += 1
== an array of objects whose items change
w = np.array([np.ones(2), None, [3]], dtype=object)
w[0] -= 5
w[2] += [4]
w[[0, 0]] *= 2
== a list grows
a = [1]
a.append(2)
a.extend([3, 4])
a += [5]
a.insert(0, 6)
== a list shrinks
a = [3, 1, 2]
a.pop()
a.remove(3)
del a[0]
a.clear()
== a list is rearranged
a = [3, 1, 2]
a.sort()
a.reverse()
a[1:] = [7, 8, 9]
a[0] = a
== a list in a list
a = [[1], [2]]
a[0] += [5]
a[1].append(a[0])
== an array in a list
a = [np.ones(2), np.ones(3)]
a[0] -= 0.5
a[1][0] = 9
== a dictionary
d = {'a': 1}
d['b'] = 2
d['a'] += 5
del d['a']
d.update(c=3)
d.pop('b')
== a dictionary keeps its order
d = {'a': 1, 'b': 2}
del d['a']
d['a'] = 3
d.setdefault('z', [])
== an array in a dictionary
d = {'w': np.ones(2)}
d['w'] -= 0.1
d['w'][0] = 5
== a set
s = {1, 2}
s.add(3)
s.discard(1)
s |= {9}
s.clear()
== the global generator
np.random.seed(3)
a = np.random.rand(2)
np.random.shuffle(a)
== a generator of one's own
g = np.random.default_rng(1)
a = g.normal(size=2)
g.shuffle(a)
== a generator of the older kind
r = np.random.RandomState(5)
a = r.rand(2)
r.seed(3)
b = r.rand(2)
r.set_state(np.random.RandomState(9).get_state())
c = r.rand(2)
== out= by its place
w = np.ones(3)
a = np.clip(w, 2, 3, w)
b = w.clip(0, 1, w)
c = w.cumsum(0, None, w)
d = np.add.accumulate(w, 0, None, w)
e = np.random.default_rng(1).random(3, np.float64, w)
== numpy's functions that may work in place
w = np.array([np.nan, 2.0, 1.0])
a = np.nan_to_num(w, copy=False)
b = np.nan_to_num(w, False)
c = np.median(w, overwrite_input=True)
== the real parts of an array
w = np.ones(2, dtype=complex)
w.real = 5
w.imag[0] = 2
w.real[1] += 1
== a flat assignment
w = np.zeros((2, 2))
w.flat = [1, 2, 3, 4]
== a draw inside an expression
np.random.seed(1)
w = [np.random.rand() for i in range(3)]
w += [np.random.rand()]
== printing
print('a', end='')
print('b', 1, sep='-')
== a tuple on the right of +=
a = (1, 2)
b = a
a += (3,)
== a string
s = 'a'
s += 'b'
s *= 2
== a number and its alias
a = b = 5
a += 1
== an in-place operator that is none
a = np.float64(2)
b = a
a *= 3
== a generator of other functions
f = [lambda x, k=k: x + k for k in range(2)]
a = f[1](3)
== np.set_printoptions
np.set_printoptions(precision=2)
print(np.array([1 / 3]))
== a walrus
a = [n := 5, n + 1]
b = (m := a) + [n]
m.append(1)
== sorted with a key that changes things
seen = []
def key(x):
    seen.append(x)
    return -x
a = sorted([1, 3, 2], key=key)
== map with a function that changes things
seen = [0]
def add(x):
    seen[0] += x
    return x
a = list(map(add, [1, 2]))
b = 1
== a function changes what it was given
def f(w):
    w -= 1
    w[0] = 5
    return w
a = np.zeros(2)
b = f(a)
c = f(b) + f(a)
== a function remembers
def f(x, seen=[]):
    seen.append(x)
    return len(seen)
a = f(1)
b = f(2) + f(3)
== a closure counts
def make():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step
s = make()
t = make()
a = s() + s(2)
b = t()
== a closure is called natively
def make():
    n = [0]
    total = 0
    def step(x):
        nonlocal total
        n[0] += 1
        total += x
        return total
    return step
s = make()
a = sorted([3, 1, 2], key=s)
b = s(0)
== a global
n = 0
def f():
    global n
    n += 1
    return n
a = f() + n
b = n + f()
"""
)


@pytest.mark.parametrize("name", STATEMENTS)
def test_going_back_restores_everything_when(name: str, tmp_path: Path) -> None:
    text = "import numpy as np\n" + STATEMENTS[name]
    assert quarrel(text, tmp_path / "script.py") is None


@pytest.mark.parametrize("name", STATEMENTS)
def test_going_back_restores_everything_in_a_training_loop_when(name: str, tmp_path: Path) -> None:
    text = "import numpy as np\n" + trained(STATEMENTS[name])
    assert quarrel(text, tmp_path / "script.py") is None
