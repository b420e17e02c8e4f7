"""Scripts with classes: methods get frames, attributes are undone, CPython agrees bit for bit."""

from pathlib import Path

import pytest

from stepnet.machine.travel import back
from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.running import machine, stepped

SCRIPTS = cases(
    '''
== methods and decorators that end further left than they begin
class A:
    double = [lambda a:
 2 * a]
    @(lambda f:
 f)
    def text(self): return """one
two"""
x = A().text(), A.double[0](4), [lambda a:
 a + 1][0](1)
== attributes and methods
import numpy as np
class Net:
    """A doc."""
    rate = 0.5
    made = 0
    def __init__(self, n, scale=1.0, *, bias=0.0):
        self.W = np.ones((n, 2)) * scale
        self.bias = bias
        self.log = []
        Net.made += 1
    def step(self, g):
        self.W -= self.rate * g
        self.log.append(self.W.sum())
        return self
nets = [Net(2), Net(n=3, scale=2.0, bias=1.5)]
for turn in range(3):
    for net in nets:
        net.step(np.ones_like(net.W)).step(0.1)
nets[0].rate = 0.25
del nets[1].bias
print(Net.made, nets[0].log, Net.rate, nets[0].rate)
== private names
class Cell:
    __count = 0
    def __init__(self):
        self.__held = [1]
        Cell.__count += 1
        self.f = self.__twice
    def __twice(self, x, __y=2):
        __z = x * __y
        return __z
    def _more(self):
        self.__held.append(self.f(3))
        return self.__held
c = Cell()
print(c._more(), c._more(), c.f.__name__)
== inheritance and super
class Layer:
    kind = "layer"
    def __init__(self, n):
        self.n = n
    def forward(self, x):
        return x + self.n
    def both(self, x):
        return self.forward(self.forward(x))
class Dense(Layer):
    def __init__(self, n, m):
        super().__init__(n)
        self.m = m
    def forward(self, x):
        return super().forward(x) * self.m
class Third(Dense):
    def __init__(self):
        super(Third, self).__init__(2, 3)
    def forward(self, x):
        return Layer.forward(self, x) - 1
layers = [Layer(1), Dense(2, 3), Third()]
x = 1
for layer in layers:
    x = layer.both(x)
print(x, [isinstance(part, Dense) for part in layers], layers[2].kind)
== properties, static and class methods
class Box:
    def __init__(self, x):
        self._x = x
        self.reads = 0
    @property
    def x(self):
        self.reads += 1
        return self._x
    @x.setter
    def x(self, value):
        self._x = value
        self.reads = -1
    @staticmethod
    def twice(x):
        return 2 * x
    @classmethod
    def of(cls, *args, **named):
        return cls(*args, **named)
b = Box.of(x=3)
y = b.x + b.twice(b.x) + Box.twice(1)
b.x = 5
b.x += 2
reads = b.reads, b.x
print(y, reads)
== operators are undone
class V:
    made = []
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        V.made.append(data)
    def __add__(self, other):
        self.grad += 1
        return V(self.data + other.data)
    def __radd__(self, other):
        return V(self.data + other)
    def __mul__(self, other):
        out = V(self.data * other.data)
        def back():
            self.grad += other.data
            other.grad += self.data
        out.back = back
        return out
    def __getitem__(self, k):
        self.grad -= 1
        return self.data + k
    def __len__(self):
        return 2
    def __bool__(self):
        return self.data > 2
    def __eq__(self, other):
        return self.data == other.data
    def __hash__(self):
        return 7
    def __repr__(self):
        self.grad += 10
        return f"V({self.data})"
a, b = V(2.0), V(3.0)
c = a * b + a
d = sum([a, b, c])
p = a * b
p.back()
print(a, b, c, d, a[1], len(a), a == b, [1, 2] if b else [], {a: 1, b: 2})
text = "%s" % a + str(b) + f"{c!r} {d}"
== objects are shared
class Node:
    def __init__(self, value, after=None):
        self.value, self.after = value, after
shared = [0]
a = Node(shared)
b = Node(shared, a)
b.after.value.append(1)
c = {"b": b, "list": [a, b]}
c["list"][0].value = 5
c["b"].after.value += 1
a.me = a
seen = len({a, b, a})
print(a.value, b.value, seen, a in {a, b}, {a: 1}[a])
== called objects, methods as values
import numpy as np
class Scale:
    def __init__(self, k):
        self.k = k
    def __call__(self, x, y=0):
        return self.k * x + y
class Net:
    def __init__(self):
        self.f = Scale(3)
        self.g = np.tanh
        self.h = lambda x: x + self.f.k
        self.table = {"f": self.f, "m": self.m}
    def m(self, x):
        return self.f(x, y=1) + self.g(0) + self.h(1)
net = Net()
print(net.f(2), net.g(0.5), net.h(1), net.table["m"](2), net.table["f"](x=1))
== an iterable class
class Data:
    def __init__(self, n):
        self.n, self.reads = n, 0
    def __len__(self):
        return self.n
    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError(i)
        self.reads += 1
        return i * i
class Count:
    def __init__(self, n):
        self.n, self.at = n, 0
    def __iter__(self):
        self.at = 0
        return self
    def __next__(self):
        if self.at >= self.n:
            raise StopIteration
        self.at += 1
        return self.at
data, count, total = Data(4), Count(3), 0
for x in data:
    for y in count:
        total += x * y
print(total, data.reads, list(count), sum(data), count.at)
== errors in calls
class Net:
    def __init__(self, n):
        self.n = n
    def go(self, a, b):
        return a
net = Net(1)
net.go(1, 2)
net.go(1)
== an error in a method
class Net:
    def __init__(self, n):
        self.n = [n]
    def __add__(self, x):
        self.n.append(x)
        raise ValueError("no")
net = Net(1)
net.n.append(2)
net + 3
== no such attribute
class Net:
    pass
net = Net()
net.x = 1
print(net.y)
== decorators of the script
def traced(f):
    calls = []
    def wrapper(*args, **named):
        calls.append(len(args))
        return f(*args, **named) + len(calls)
    wrapper.calls = calls
    return wrapper
def scaled(k):
    return lambda f: lambda x: k * f(x)
@traced
@scaled(3)
def g(x):
    return x + 1
class Net:
    @traced
    def go(self, x):
        return x * 2
net = Net()
print(g(1), g(2), net.go(4), net.go(5), g.calls)
'''
)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_does_what_cpython_does_both_ways(text: str, tmp_path: Path) -> None:
    assert quarrel(text, tmp_path / "script.py") is None


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_does_the_same_in_a_training_loop(text: str, tmp_path: Path) -> None:
    assert quarrel(trained(text, 2), tmp_path / "script.py") is None


def test_a_method_gets_a_frame_named_like_it() -> None:
    made = stepped(machine(SCRIPTS["attributes and methods"]))
    units = set()
    while back(made):
        units.add(made.frame.unit.name)
    assert units == {"", "__init__", "step"}


def test_decorated_methods_get_frames_too() -> None:
    made = stepped(machine(SCRIPTS["properties, static and class methods"]))
    units = set()
    while back(made):
        units.add(made.frame.unit.name)
    assert units == {"", "__init__", "Box.x", "twice", "of"}


def test_methods_that_share_a_name_are_told_apart_by_their_class() -> None:
    labels = machine(SCRIPTS["inheritance and super"]).program.labels
    assert {"Layer.forward", "Dense.forward", "both", "Dense.forward.return"} <= labels
