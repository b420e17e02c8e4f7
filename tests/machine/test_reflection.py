"""Attributes whose names are computed, and the classes of objects: as CPython, and undone."""

from pathlib import Path

import pytest

from stepnet.machine.travel import back
from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.running import fault_text, machine, stepped

SCRIPTS = cases(
    """
== parameters by number
import numpy as np
class Net:
    def __init__(self, sizes):
        self.depth = len(sizes) - 1
        for i in range(self.depth):
            setattr(self, f"W{i}", np.ones((sizes[i], sizes[i + 1])))
            setattr(self, "b" + str(i), np.zeros(sizes[i + 1]))
    def forward(self, x):
        for i in range(self.depth):
            x = x @ getattr(self, f"W{i}") + getattr(self, "b%d" % i)
        return x
    def update(self, lr, **grads):
        for name, grad in grads.items():
            setattr(self, name, getattr(self, name) - lr * grad)
        getattr(self, "W0")[0] *= 2
net = Net([2, 3, 1])
net.update(0.5, W0=np.ones((2, 3)), b1=1.0)
y = net.forward(np.ones((1, 2)))
print(y, hasattr(net, "W" + "2"), hasattr(net, "W1"), getattr(net, "W9", None))
for i in (0, 1):
    delattr(net, f"b{i}")
print([n for n in ("b0", "W0") if hasattr(net, n)])
== methods by name
import numpy as np
class Net:
    def __init__(self, activation):
        self.activation, self.calls = activation, 0
        self._rate = 3
        setattr(self, "scale", lambda x: x * self.calls)
        for n in ("first", "second"):
            setattr(self, n + "_hook", lambda x, n=n: n + str(x))
    def act_relu(self, x):
        self.calls += 1
        return np.maximum(0, x)
    def act_tanh(self, x):
        self.calls += 10
        return np.tanh(x)
    @property
    def twice(self):
        self.calls += 100
        return self.calls * 2
    def forward(self, x):
        f = getattr(self, "act_" + self.activation, None)
        if f is None:
            raise ValueError(self.activation)
        return f(x) + getattr(self, "act_" + self.activation)(-x)
net = Net("relu")
print(net.forward(np.array([-1.0, 2.0])), net.scale(2), net.first_hook(1), net.second_hook(2))
setattr(net, "activation", "tanh")
print(net.forward(0.5), getattr(net, "twi" + "ce"), list(map(getattr(net, "act_relu"), [1, -1])))
print(sum(map(getattr(net, "act_" + "relu"), [3])), net.calls, getattr(net, "_rate"))
== what an object holds
class Config:
    kind = "config"
    def __init__(self, **given):
        self.__dict__.update(given)
        vars(self)["seen"] = []
    def get(self, name):
        return self.__dict__[name]
    def copy(self):
        made = Config()
        made.__dict__.update(self.__dict__)
        return made
c = Config(lr=0.1, epochs=3)
{c: 1}
c.__dict__["lr"] *= 2
d = c.copy()
d.seen.append(1)
print(c.__dict__, vars(d), c.get("lr"), "lr" in vars(c), len(vars(d)), vars(c) == vars(d))
print({**vars(c)}, [f"{k}={v}" for k, v in vars(c).items()], sorted(vars(c)), c.__dict__.copy())
import json
print(json.dumps(vars(c), indent=1), "%(epochs)d" % vars(c), "{lr}".format(**vars(c)))
vars(c).pop("lr")
del c.__dict__["epochs"]
print(vars(c), vars(c).get("lr", 5), vars(c).setdefault("n", 2), c.n)
== classes of objects
class Base:
    made = 0
    def __init__(self, x=1):
        self.x = x
        type(self).made += 1
        self.__class__.made += 1
    def like(self, x):
        return self.__class__(x) if x else type(self)()
    def __eq__(self, other):
        return other.__class__ == self.__class__ and other.x == self.x
    def __add__(self, other):
        return type(self)(self.x + other.x)
    __radd__ = __iadd__ = __add__
    def __repr__(self):
        return f"{self.__class__.__name__}({self.x})"
class Other(Base):
    __hash__ = None
a, b = Base(2), Other(3)
c = b.like(0) + b.like(4)
c += a
kind = type(b)
print(a, b, c, a == Base(2), a == 2, b == a, Base.made, Other.made, kind(7), kind.__name__)
setattr(kind, "made", 0)
setattr(Base, "rate", 0.5)
print(Other.made, b.rate, getattr(kind, "ma" + "de"))
"""
)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_does_what_cpython_does_both_ways(text: str, tmp_path: Path) -> None:
    assert quarrel(text, tmp_path / "script.py") is None
    assert quarrel(trained(text, 2), tmp_path / "script.py") is None


def test_a_method_that_is_called_by_its_name_gets_a_frame() -> None:
    made = stepped(machine(SCRIPTS["methods by name"]))
    units = set()
    while back(made):
        units.add(made.frame.unit.name)
    assert {"act_relu", "act_tanh", "forward"} <= units


SAID = {
    "x = getattr([], '__cl' + 'ass__')": "the attribute '__class__' reaches inside: "
    "use a public one",
    "x = getattr(1, ['real'][0].upper())": "'int' object has no attribute 'REAL'",
    "setattr([], 'a' + 'b', 1)": "attributes of a 'list' cannot be set by name: "
    "use an object of a class",
    "x = vars(1)": "the attributes of a 'int' are not opened: only those of own objects",
    "x = type(1)": "the class int can only be compared, shown, or asked of with isinstance",
}


@pytest.mark.parametrize("text", SAID)
def test_says_why_an_attribute_is_closed(text: str) -> None:
    assert fault_text(stepped(machine(text))).partition(": ")[2] == SAID[text]
