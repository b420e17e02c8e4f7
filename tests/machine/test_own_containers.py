"""Classes based on lists, dictionaries, tuples and enumerations; attributes that are found."""

from pathlib import Path

import pytest

from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained

SCRIPTS = cases(
    """
== a list of layers
import numpy as np
class Layers(list):
    def __init__(self, *parts):
        super().__init__(parts)
        self.calls = 0
    def forward(self, x):
        self.calls += 1
        for part in self:
            x = part * x
        return x
    def append(self, part):
        self.calls -= 1
        super().append(part)
    def __setitem__(self, n, part):
        self.calls += 100
        super().__setitem__(n, part)
net = Layers(2.0, 3.0)
other = net
net.append(np.ones(2))
net.extend([4.0])
net[0] = 5.0
del net[1]
net[-1] += 1
net += [7.0]
y = net.forward(1.0)
last = net.pop()
print(net, other is net, y, net.calls, len(net), net[1:], last, sum(net[::2]), sorted(net, key=str))
net.sort(key=lambda p: float(np.sum(p)))
net.insert(0, 1.5)
print(net, [n for n, _ in enumerate(net)], net == list(net), isinstance(net, list), 1.5 in net)
== dictionaries with attributes
class Config(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__
class Params(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None
    def scaled(self, k):
        return Params({name: k * value for name, value in self.items()})
class Counts(dict):
    def __missing__(self, key):
        made = self[key] = len(self)
        return made
c = Config(lr=0.1)
c.epochs = 3
c["lr"] *= 2
c.gone = 1
del c.gone
p = Params(W=1.0, b=2.0)
p["W"] -= 0.5
q = p.scaled(c.lr)
p.update(b=4)
n = Counts()
seen = [n[w] for w in "abca"]
print(c, c.lr, c.nothing, p.W, q.b, q, hasattr(p, "c"), getattr(p, "b"), p, n, seen)
c.setdefault("log", []).append(1)
c.log.append(2)
print({**c}, list(c), c.pop("epochs"), dict(p), p | {"z": 0}, "W" in p)
== found attributes
class Wrapped:
    asked = []
    def __init__(self, inner):
        self.inner = inner
    def __getattr__(self, name):
        Wrapped.asked.append(name)
        return getattr(self.inner, name)
class Inner:
    rate = 0.5
    def __init__(self):
        self.log = []
    def twice(self, x):
        self.log.append(x)
        return 2 * x
w = Wrapped(Inner())
w.log.append(w.twice(3) + w.rate)
w.inner.rate = 2
print(w.log, w.rate, Wrapped.asked, hasattr(w, "none"))
== slots that watch what is set
class Watched:
    def __init__(self):
        self.x = 1
    def __setattr__(self, name, value):
        self.__dict__["sets"] = self.__dict__.get("sets", 0) + 1
        self.__dict__[name] = value
w = Watched()
w.y = 2
w.x += 3
print(w.sets, w.x, w.y, vars(w))
== enumerations
import numpy as np
def kinds():
    import enum
    @enum.unique
    class Act(enum.Enum):
        RELU = "relu"
        TANH = "tanh"
        def apply(self, z):
            match self:
                case Act.RELU:
                    return np.maximum(0, z)
                case Act.TANH:
                    return np.tanh(z)
        @property
        def short(self):
            return self.value[0]
        @classmethod
        def of(cls, name):
            return cls[name.upper()]
    class Opt(enum.Enum):
        SGD = (0.1, "sgd")
        ADAM = (0.01, "adam")
        def __init__(self, rate, label):
            self.rate, self.label = rate, label
    class Level(enum.IntEnum):
        LOW = enum.auto()
        HIGH = enum.auto()
    class Mode(str, enum.Enum):
        TRAIN = "train"
    z = np.array([-1.0, 1.0])
    print([act.apply(z) for act in Act], Act("tanh").short, Act.of("relu") is Act.RELU, len(Act))
    print(Opt.ADAM.rate, Opt.SGD.label, Level.HIGH + 1, Level(1) < Level.HIGH, Mode.TRAIN == "t")
    print({Act.RELU: 1}[Act.RELU], repr(Opt.SGD), str(Act.TANH), Act.TANH in Act, "ab"[Level.LOW])
    Opt.SGD.rate /= 2
    try:
        Act("none")
    except ValueError as error:
        print(type(error).__name__, Opt.SGD.rate)
kinds()
== tuples with methods
from collections import namedtuple
import numpy as np
from typing import NamedTuple
class Batch(NamedTuple):
    X: np.ndarray
    size: int = 2
    def mean(self):
        return self.X.sum() / self.size
    @property
    def first(self):
        return self.X[0]
class Point(namedtuple("Point", "x y")):
    def moved(self, dx):
        return self._replace(x=self.x + dx)
    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)
b = Batch(np.array([1.0, 3.0]))
X, size = b
X[0] = 5.0
print(b.mean(), b.first, b._replace(size=4).mean(), b._fields, size, Point(1, 2).moved(3), b[1])
print(Point(1, 2) + Point(3, 4), {Point(1, 2): "a"}[(1, 2)], Point(y=1, x=2) == (2, 1))
"""
)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_does_what_cpython_does_both_ways(text: str, tmp_path: Path) -> None:
    assert quarrel(text, tmp_path / "script.py") is None
    assert quarrel(trained(text, 2), tmp_path / "script.py") is None
