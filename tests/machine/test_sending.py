"""Generators that are sent values and errors, and closed: as CPython, undone, stepped into."""

from pathlib import Path

import pytest

from stepnet.machine.travel import back
from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.running import machine, stepped

SCRIPTS = cases(
    """
== a running mean
import numpy as np
def mean():
    total, count = np.zeros(2), 0
    told = None
    while True:
        x = yield told
        if x is None:
            return "none"
        total += x
        count += 1
        told = total / count
m = mean()
next(m)
seen = [m.send(np.array([n, 2.0 * n])) for n in range(3)]
last = m.send(np.ones(2))
m.send(np.ones(2))
try:
    m.send(None)
except StopIteration as end:
    result = end.value
other = mean()
try:
    other.send(3)
except TypeError as error:
    said = str(error)
other.send(None)
def feed(g, x):
    return g.send(x) + g.send(x + 1)
print(seen, last, result, said, feed(other, np.ones(2)), list(map(other.send, [np.ones(2)])))
== errors and ends
log = []
def worker():
    done = 0
    try:
        while True:
            try:
                done += yield done
            except ValueError as error:
                log.append(str(error))
                done = -1
    except GeneratorExit:
        log.append("exit")
        raise
    finally:
        log.append("finally")
w = worker()
a = next(w), w.send(5), w.throw(ValueError("first")), w.throw(ValueError, "second"), w.send(3)
w.close()
w.close()
try:
    next(w)
except StopIteration:
    log.append("over")
fresh = worker()
try:
    fresh.throw(KeyError("early"))
except KeyError as error:
    log.append(repr(error))
fresh.close()
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        log.append("no")
        yield 2
s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    log.append(str(error))
t = worker()
next(t)
try:
    t.throw(KeyError("inside"))
except KeyError as error:
    log.append(repr(error))
print(a, log, list(t), list(fresh))
== contexts written as generators
import contextlib
log = []
@contextlib.contextmanager
def scope(name, *, swallow=False):
    log.append(f"enter {name}")
    try:
        yield name.upper()
    except ValueError as error:
        log.append(str(error))
        if not swallow:
            raise
    finally:
        log.append(f"leave {name}")
class Net:
    rate = 1.0
    @contextlib.contextmanager
    def paused(self):
        kept, self.rate = self.rate, 0.0
        yield self
        self.rate = kept
with scope("a") as a, contextlib.nullcontext(5) as five:
    log.append(a)
with scope("b", swallow=True):
    raise ValueError("gone")
try:
    with scope("c"):
        raise ValueError("kept")
except ValueError as error:
    log.append(repr(error))
net = Net()
with net.paused() as same:
    log.append(same.rate)
with contextlib.suppress(KeyError, ZeroDivisionError):
    1 / 0
def early():
    for n in range(3):
        with scope(str(n)):
            if n == 1:
                return n
print(log, net.rate, five, early(), log[-1])
"""
)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_does_what_cpython_does_both_ways(text: str, tmp_path: Path) -> None:
    assert quarrel(text, tmp_path / "script.py") is None
    assert quarrel(trained(text, 2), tmp_path / "script.py") is None


def test_what_is_sent_is_stepped_to_in_the_generator() -> None:
    made = stepped(machine(SCRIPTS["a running mean"]))
    seen = set()
    while back(made):
        seen.add((made.frame.unit.name, made.frame.names.get("count")))
    assert {("mean", 1), ("mean", 2), ("mean", 3)} <= seen
