"""``match``: a case is a branch, its patterns ask what Python's ask and bind what Python's bind."""

from pathlib import Path

import pytest

from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.running import machine, stepped

SCRIPTS = cases(
    """
== names of activations
import numpy as np
class Net:
    def __init__(self, act):
        self.act, self.asked = act, 0
    @property
    def kind(self):
        self.asked += 1
        return self.act
    def apply(self, z):
        match self.kind:
            case "relu" | "ReLU":
                return np.maximum(0, z)
            case "sigmoid":
                return 1 / (1 + np.exp(-z))
            case "linear" | None:
                return z
            case other if other.startswith("leaky"):
                return np.where(z > 0, z, 0.01 * z)
            case _:
                raise ValueError(self.act)
z = np.array([-1.0, 2.0])
nets = [Net(act) for act in ("relu", "sigmoid", None, "leaky")]
print([net.apply(z) for net in nets], [net.asked for net in nets])
try:
    Net("tnah").apply(z)
except ValueError as error:
    print(error)
== patterns of every kind
from collections import OrderedDict, deque
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y):
        self.x, self.y = x, y
class Lim:
    LOW = 1
def told(p):
    match p:
        case True | False | None:
            return "singleton", p
        case Lim.LOW:
            return "low"
        case int(n) | float(n) if n > 5:
            return "large", n
        case int() | float():
            return "number"
        case str() as text:
            return "text", text
        case []:
            return "empty"
        case [x]:
            return "one", x
        case [0, y, *_]:
            return "zero", y
        case [x, (y, z), *rest, last]:
            return x, y, z, rest, last
        case {"k": v, **more}:
            return "keyed", v, more
        case {"a": [x, y]}:
            return "deep", x, y
        case {}:
            return "mapping"
        case P(0, y=[a, b]):
            return "zero", a, b
        case P(x, P(y, z)):
            return x, y, z
        case P(x=x, y=y):
            return x, y
        case _:
            return "else"
subjects = [True, None, 1, 3, 9, 7.5, "ab", [], (1,), deque([0, 2, 3]), [0, 0], range(2), [1, 2]]
subjects += [[1, (2, 3), 4, 5, 6], [1, (2, 3), 4], {"k": 1, "l": 2}, {"a": (1, 2)}, {}, {"z": 1}]
subjects += [OrderedDict(k=0), P(0, [1, 2]), P(1, P(2, 3)), P(1, 2), b"ab", {1}, print]
print([told(p) for p in subjects])
match [1, 2]:
    case [x, 3]:
        pass
    case [y, 2 as z] if y > 1:
        pass
    case _ if z == 2:
        w = y + z
print(w)
match w:
    case [w, *_]:
        pass
    case w:
        w += 1
match 5:
    case only:
        pass
for k in range(3):
    match k:
        case 0:
            continue
        case 1:
            match (k, w):
                case (a, b):
                    c = a, b
        case _:
            break
print(w, only, k, a, b, c)
== errors
class P:
    __match_args__ = ("x",)
    x = 1
match P():
    case P(1, 2):
        pass
== code of the script in patterns
class V:
    made = []
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        V.made.append(self.x)
        return self.x == other
class N:
    two = V(2)
def check(x):
    V.made.append("check")
    return x > 1
found = []
for k in (1, 2, 3):
    match V(k):
        case N.two:
            found.append("two")
        case V(x=1):
            found.append("one")
        case v if check(v.x):
            found.append(v.x)
print(found, V.made)
"""
)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_does_what_cpython_does_both_ways(text: str, tmp_path: Path) -> None:
    assert quarrel(text, tmp_path / "script.py") is None
    assert quarrel(trained(text, 2), tmp_path / "script.py") is None


def test_a_case_is_a_statement_of_its_own() -> None:
    made = machine(
        "act = 'tanh'\nmatch act:\n    case 'relu':\n        y = 1\n    case 'tanh':\n"
        "        y = 2\n"
    )
    seen = []
    while made.step():
        assert made.last is not None
        seen.append(made.last.statement.text)
    assert seen == ["act = 'tanh'", "case 'relu':", "case 'tanh':", "y = 2"]
    assert stepped(made).names["y"] == 2
