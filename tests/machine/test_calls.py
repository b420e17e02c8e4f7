"""Calls of the script's own functions, wherever they stand, happen when Python makes them."""

from pathlib import Path

import numpy as np
import pytest

from stepnet.source.instruction import Return
from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.running import machine

SAYING = """\
import numpy as np
np.random.seed(2)
def f(name, value=None):
    print(name, end=" ")
    return name if value is None else value
def g(name):
    return f(name + "'")
d = {1: 2, 5: [1, 2, 3]}
a = [3, 1, 2]
w = np.arange(6.0).reshape(2, 3)
n = 4
"""
"""Functions that tell when they are called, and something to work with."""

EXPRESSIONS = cases(
    """
== operands
x = f('a', 1) + f('b', 2) * f('c', 3)
== operands around a draw
x = np.random.rand() + f('a', 1) + np.random.rand()
== operands around a method
x = [a.pop(), f('a', 1), len(a), a.pop()]
== a call in a call
x = f(f(f('a')) + g('b'))
== a call in an index
x = a[f('a', 1)] + w[f('b', 1), f('c', 2)]
== a call in a slice
x = a[f('a', 0):f('b', 2):f('c', 1)]
y = w[f('d', 0):2, f('e', 1)]
== a call in the target's key
d[f('key', 7)] = f('value', 8)
== a call in the target's container
f('container', a)[f('key', 0)] = f('value', 8)
== calls in several targets
a[f('one', 0)], a[f('two', 1)] = f('left', 5), f('right', 6)
== a chain of targets
a[f('one', 0)] = d[f('two', 1)] = f('value', 5)
== a nested target
(a[f('one', 0)], [d[f('two', 1)], *x]) = f('value', (1, (2, 3, 4)))
== an augmented name
n += f('value', 5)
== an augmented name that the call changes
def h():
    global n
    n = 100
    return 1
n += h()
n = n + h() + n
== an augmented item
a[f('key', 1)] += f('value', 5)
== an augmented item of a call
f('container', a)[f('key', 1)] *= f('value', 5)
== an augmented slice
w[f('row', 1)] -= f('value', 5)
w[:, f('column', 0)] += 1
== an augmented slice with calls in it
w[f('a', 0):f('b', 1)] *= f('value', 3)
== an augmented list of a dictionary
d[f('key', 5)] += [f('value', 5)]
== an attribute of a call
x = f('array', w).T.shape
y = f('b', w).sum(axis=f('axis', 1))
== a stored attribute
f('array', w).shape = (f('rows', 3), 2)
== comparisons
x = f('a', 1) < f('b', 2)
== a chain of comparisons
x = f('a', 1) < f('b', 2) < f('c', 0) < f('d', 9)
== a chain that goes to its end
x = f('a', 1) < f('b', 2) <= f('c', 2) != f('d', 9)
== and, or
x = f('a', 0) and f('b', 1) or f('c', 0) or f('d', 3) and f('e', 4)
== not
x = not f('a', 0)
y = -f('b', 3)
== and in or in a sum
x = 1 + (f('a', 0) or f('b', 2)) + f('c', 3)
== a conditional expression
x = f('a', 1) if f('test', 0) else f('b', 2)
== a conditional in a conditional
x = f('a', 1) if (f('b', 1) if f('c', 0) else f('d', 5)) else 0
== an early draw before a choice
x = np.random.rand() + (f('a', 1) if n else f('b', 2))
== f-strings
x = f"{f('a')} {f('b', 2):>{f('width', 5)}} {f('c')!r}"
== keywords
x = f(name='a', value=f('b'))
y = f(value=f('c'), name=f('d'))
== a star
x = f(*[f('a'), f('b')])
y = [*[f('c')], f('d'), *f('e', (1, 2))]
== two stars
x = f(**{'value': f('a'), 'name': f('b')})
y = {**f('c', {}), f('d'): f('e')}
== a mix of stars and names
x = f(*f('a', ['n']), **f('b', {'value': 3}))
== keys and values
x = {f('a'): f('b'), f('c'): f('d')}
y = {f('e'), f('f')}
== a tuple
x = f('a'), f('b'), (f('c'),)
== defaults
def h(x=f('a'), *, y=f('b'), z=f('c')):
    return x, y, z
x = h()
== defaults around a draw
def h(x=f('a', 1), y=np.random.rand(), z=f('c', 2)):
    return x, y, z
x = h()
== a lambda's defaults
h = lambda x=f('a'), *, y=f('b'): (x, y)
x = h(), h(1)
== a lambda's body
h = lambda x: f('a', x) + f('b', x)
x = h(2) + h(3)
== a list comprehension
x = [f('element', i) for i in f('iterable', a) if f('test', i > 1)]
== a nested comprehension
x = [f('e', i * j) for i in a if f('i', i) for j in f('j', (1, 2))]
== a comprehension in a comprehension
x = [[f('a', i + j) for j in range(2)] for i in range(2)]
== a set comprehension
x = {f('element', i % 2) for i in a}
== a dictionary comprehension
x = {f('key', i): f('value', i + 1) for i in a}
== a generator in a sum
x = sum(f('element', i) for i in a)
== a generator in a max with a key
x = max((f('e', i) for i in a), default=f('default', 3))
== any leaves early
x = any(f('element', i) == 1 for i in a)
== any goes to the end
x = any(f('element', 0) for i in a)
== all leaves early
x = all(f('element', i) > 1 for i in a if f('test', 1))
== all goes to the end
x = all(f('element', i) for i in a)
== a comprehension sees its function's names
def h(k):
    return [f('e', i + k) for i in range(k)], sum(f('s', k) for i in range(k))
x = h(2)
== a comprehension's lambdas bind late
x = [lambda: f('e', i) for i in range(3)]
y = [h() for h in x]
== a condition
if f('a', 0):
    x = 1
elif f('b', 1):
    x = f('c', 2)
else:
    x = f('d')
== a while
while n and f('again', n - 2):
    n -= f('less', 1)
else:
    f('else')
== a for
for i in f('iterable', a):
    f('body', i)
else:
    f('else')
== a for over calls
for i, x in enumerate([f('a'), f('b')]):
    f(x)
== a for into a call's item
for d[f('key', 1)] in f('iterable', a):
    f('body')
== an assertion
assert f('test', 1), f('message')
== a failed assertion
assert f('test', 0), f('message')
== del
del d[f('key', 5)]
del a[f('from', 0):f('to', 1)]
== an expression alone
f('a'), f('b')
f('c')
np.random.rand() + f('d', 1)
== a return
def h():
    return f('a', 1) + np.random.rand() + f('b', 2)
x = h()
== a return of nothing
def h(x):
    if x:
        return
    f('a')
x = h(0), h(1)
== print
print(f('a'), f('b'), sep=f('sep', '-'), end=f('end', '.'))
== sorted with a key
x = sorted(a, key=lambda i: f('key', -i))
a.sort(key=lambda i: f('k', i))
== map and filter
x = list(map(lambda i: f('m', i), a)) + list(filter(lambda i: f('f', 1), a))
== a function from a list
x = [f, g][f('which', 1)](f('argument'))
== a function from a call
def h(name):
    return f
x = h('a')(f('b'), f('c'))
== a method of a literal
x = '-'.join([f('a'), f('b')])
y = '{} {}'.format(f('c'), f('d'))
== recursion
def h(k):
    return 1 if k <= 0 else h(k - 1) + h(k - 2)
x = h(5)
== a walrus
x = (y := f('a', 3)) + y + (z := f('b', y))
== an annotated assignment
x: int = f('a', 1)
y: float
z: 'list' = [f('b')]
== unpacking a call
x, *y = f('a', (1, 2, 3))
== the arguments are what they were
x = f('a', (n, f('b', 1), n))
y = (a, f('c', 2), a.pop(), a)
== a name that is rebound before the call
def h():
    global n
    n += 1
    return n
x = (n, h(), n, h(), n)
"""
)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_calls_are_made_in_pythons_order_in(name: str, tmp_path: Path) -> None:
    assert quarrel(SAYING + EXPRESSIONS[name], tmp_path / "script.py") is None


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_the_order_is_the_same_in_a_training_loop_in(name: str, tmp_path: Path) -> None:
    assert quarrel(SAYING + trained(EXPRESSIONS[name]), tmp_path / "script.py") is None


SIGNATURES = {
    "f(1)": "def f(a): return [a]",
    "f(1, 2)": "def f(a, b=5): return [a, b]",
    "f(b=2, a=1)": "def f(a, b=5): return [a, b]",
    "f(1, 2, 3)": "def f(a, *rest): return [a, rest]",
    "f(1, x=2)": "def f(a, **named): return [a, named]",
    "f(1, 2, b=3, c=4)": "def f(a, *rest, b, c=9, **named): return [a, rest, b, c, named]",
    "f(1, c=3)": "def f(a, /, b=2, *, c): return [a, b, c]",
    "f()": "def f(a): return a",
    "f(1, 2, 3, 4)": "def f(a, b=2): return a",
    "f(1, a=2)": "def f(a): return a",
    "f(1, z=2)": "def f(a): return a",
    "f(1, d=0)": "def f(a, *, b, c): return a",
    "f(a=1)": "def f(a, /): return a",
    "f(*[1, 2], **{'a': 3})": "def f(a, b): return a",
    "f(**{'b': 2}, a=3)": "def f(a, b): return a - b",
    "f(1)(2)": "def f(a): return lambda b, c=3: a + b + c",
}


@pytest.mark.parametrize("call", SIGNATURES)
def test_arguments_are_bound_as_python_binds_them_or_refused_in_its_words(
    call: str, tmp_path: Path
) -> None:
    text = f"{SIGNATURES[call]}\nx = {call}\n"
    assert quarrel(text, tmp_path / "script.py") is None


NESTED = """\
import numpy as np
def sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s
x = np.array([[1.0, 2.0]])
w1 = np.array([[0.5], [0.25]])
b1 = 0.5
a = 2 * sigmoid(np.dot(x, w1) + b1)
"""


def test_a_nested_call_has_a_frame_with_names_of_its_own() -> None:
    made = machine(NESTED)
    while made.frame.caller is None:
        made.step()
    assert made.frame.unit.name == "sigmoid"
    assert {name for name in made.names if name[0] not in "._"} == {"z"}
    made.step()
    assert np.allclose(np.asarray(made.names["s"]), 0.8175744)
    assert "s" not in made.world.names


def test_what_a_nested_call_returns_lands_in_the_expression() -> None:
    made = machine(NESTED)
    while made.upcoming and not isinstance(made.upcoming, Return):
        made.step()
    made.step()
    assert made.frame.caller is None
    assert "a" not in made.names
    made.step()
    assert np.allclose(np.asarray(made.names["a"]), 2 * 0.8175744)
