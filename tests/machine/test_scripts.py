"""Scripts of a few lines that hold something people write: all of it as CPython does it."""

from pathlib import Path

import pytest

from tests.machine.agreement import quarrel
from tests.machine.cases import cases

SCRIPTS = cases(
    """
== nothing

== a comment
# nothing here
== a docstring
'''Nothing here.'''
== an annotation that is not defined
x: int = 1
y: Undefined = 2
== an annotation without a value
x: Undefined
== an annotation that is evaluated after the value
x: print("annotation") = print("value")
== an annotation in a function is not evaluated
def f(x):
    y: Undefined = x
    z: Undefined
    return y
for epoch in range(3):
    # %% forward
    x = f(2)
== an annotated parameter
def f(x: int, *, y: str = "a") -> float:
    return x, y
a = f(1)
def g(x: Undefined): return x
== annotations of the future
from __future__ import annotations
x: Undefined = 1
def f(y: Undefined, *z: Undefined) -> Undefined:
    w: Undefined = y
    return w
a = f(3)
== imports
import math
import math as m, copy
import numpy
import numpy.linalg
import numpy.random as nr
from numpy import array, linalg as la
from copy import deepcopy as dc
== imports that are used
import math as m
import numpy
import numpy.linalg as la
import numpy.random as nr
from numpy import array, random
from copy import deepcopy as dc
nr.seed(3)
a = array([[1.0, nr.rand()], [random.rand(), 2.0]])
b = la.norm(a) + numpy.linalg.det(a) + m.sqrt(2.0)
c = dc([a, a])
c[0][0] = 5
== an import in a function
def f(x):
    import math
    from numpy import exp
    return math.sqrt(x) + exp(0)
a = f(4.0)
== a name that is a builtin's
sum = 5
list = [1]
a = sum + len(list)
del sum
b = sum([1, 2])
== a local that is a builtin's
def f(max):
    min = 2
    return max + min
a = f(3)
== a local before it is bound
x = 1
def f():
    print(x)
    x = 2
f()
== a local that is deleted
def f():
    x = 1
    del x
    return x
f()
== a comprehension has names of its own
x = 5
y = [x for x in range(3)]
z = {x: x for x in "ab"}
def f():
    return [x * 2 for x in range(3)] + [x]
w = f()
== a class variable of a comprehension's condition
k = 2
a = [[i * k for i in range(j) if i < k] for j in range(4) if j != k]
== closures bind late
f = [lambda: i for i in range(3)]
a = [g() for g in f]
def make(n):
    def inner():
        return n
    n += 1
    return inner
b = make(1)()
== nonlocal in two levels
def outer():
    n = 0
    def middle():
        nonlocal n
        n += 1
        def inner():
            nonlocal n
            n += 10
            return n
        return inner
    f = middle()
    return f() + f(), n
a = outer()
== a function that is defined twice
def f(): return 1
a = f()
def f(): return 2
b = f()
== a function that is defined in a branch
for i in range(2):
    if i:
        def f(): return "one"
    else:
        def f(): return "two"
    print(f())
== a function that is a value
def f(x): return x + 1
def twice(g, x): return g(g(x))
table = {"f": f, "g": lambda x: x * 2}
a = twice(f, 1), twice(table["g"], 3), [h(5) for h in table.values()]
== mutual recursion
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
a = even(10), odd(7)
== default arguments are made once
def f(x, seen=[]):
    seen.append(x)
    return seen
a = f(1)
b = f(2)
c = a is b
== a global that a function makes
def f():
    global made
    made = 5
f()
print(made)
== a global that is not there yet
def f():
    global n, len
    a = len([1, 2])
    return n + a
f()
== a global of an inner function
n = 5
def f():
    n = 1
    def g():
        global n
        n += 10
        return n
    return g(), n
a = f()
== a global of both
def f():
    global n
    n = 1
    def g():
        global n
        n += 10
        return [n for _ in range(2)], n
    return g(), n
a = f()
== a free variable that is not there yet
def f():
    def g(): return later
    print("before")
    g()
    later = 1
f()
== a global in a comprehension
def f():
    global k
    k = 7
    return [k for k in range(3)], [k + j for j in range(2)], k
a = f()
== attributes of functions
def f(): return 1
a = f.__name__
== main
if __name__ == "__main__":
    print("main")
== a star
a, *b = [1, 2, 3]
*c, d = "xyz"
e = [*a, 1] if False else [*b, *c]
== formatted
x, n = 3.14159, 7
print(f"{x:.2f} {n:>4} {n!r} {x=} {'a' if n else 'b'} {{}}")
print("%d %s" % (n, x), "{} {:>5}".format(n, x))
print(f"{n:{n}d}", f'{"nested" + f"{n}"}')
== numbers
a = 7 // 2, -7 // 2, 7 % -3, 2 ** -1, 10 ** 30, 1e308 * 10, 0.1 + 0.2, 5 / 2
b = divmod(-7, 2), round(2.5), abs(-3), int("12"), float("nan"), complex(1, 2) * 1j
== strings
s = "aσb".upper().replace("A", "x") * 2
t = s[::-1], s.split("Σ"), ",".join(sorted(s)), s.find("B"), "x" in s
== slices of slices
a = list(range(10))
a[2:8:2] = [0, 0, 0]
b = a[1:][::2][1:]
del a[::3]
== warnings are no errors
import numpy as np
a = np.array([1.0, 0.0]) / 0
b = np.log(np.array([-1.0]))
c = np.exp(np.float64(1000))
== numpy's errors may be raised
import numpy as np
np.seterr(all="raise")
a = np.array([1.0]) / 0
== print options hold
import numpy as np
np.set_printoptions(precision=3, suppress=True)
print(np.array([1e-10, 1 / 3]))
== the generator is handed about
import numpy as np
rng = np.random.default_rng(5)
state = np.random.RandomState(3)
def draw(g): return g.normal(size=2)
a = draw(rng), draw(state), rng.integers(0, 5, 3), state.rand(2)
b = rng.permutation(4), rng.choice([1, 2, 3], 2), rng.shuffle([1, 2])
== the state of a generator is put back
import numpy as np
np.random.seed(1)
s = np.random.get_state()
a = np.random.rand(3)
np.random.set_state(s)
b = np.random.rand(3)
== seeding in the middle
import numpy as np
for i in range(3):
    np.random.seed(i)
    a = np.random.randn(2)
== np.vectorize
import numpy as np
seen = []
def f(x):
    seen.append(x)
    return x * 2
v = np.vectorize(f, otypes=[float])
a = v(np.arange(3.0))
b = np.vectorize(lambda x: x + 1)(a)
== functions that numpy calls
import numpy as np
count = [0]
def f(row):
    count[0] += 1
    return row.sum()
a = np.apply_along_axis(f, 1, np.ones((2, 3)))
b = np.piecewise(np.arange(3.0), [np.arange(3) > 1], [f, lambda x: -x])
== sharing memory
import numpy as np
a = np.arange(12.0)
b = a.reshape(3, 4)
c = b.T[1:]
d = c.ravel()
e = b[:, ::-1]
e[0] += 100
c[0, 0] = -1
a[5:7] *= 2
== writing to what cannot be written
import numpy as np
a = np.broadcast_to(np.arange(3), (2, 3))
a[0] = 1
== an item that cannot be stored has changed already
t = ([1], 2)
t[0] += [5]
== a setting holds only from where it is made
import numpy as np
a = np.array([1.0]) / 0
print(np.array([1 / 3]))
np.set_printoptions(precision=2)
np.seterr(divide="raise", invalid="ignore")
print(np.array([1 / 3]))
b = np.log(np.array([-1.0]))
c = np.array([1.0]) / 0
== a local that may be unbound
def f(n):
    if n:
        y = 1
    return y
a = f(1)
f(0)
"""
)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_means_what_it_means_in_python_with(name: str, tmp_path: Path) -> None:
    assert quarrel(SCRIPTS[name], tmp_path / "script.py") is None
