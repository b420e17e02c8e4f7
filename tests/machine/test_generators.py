"""Generators: a frame set aside, taken up again, and restored backwards."""

import weakref
from pathlib import Path

import pytest

from stepnet.machine.cursor import Remembered
from stepnet.machine.keeper import Policy
from stepnet.machine.taken_apart import cursor
from stepnet.machine.travel import back, finish, travel
from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.fingerprint import fingerprint
from tests.machine.journeys import moments
from tests.machine.running import fault_text, machine, stepped

SCRIPTS = cases(
    '''
== batches
import numpy as np
def batches(X, y, size, shuffle=True):
    """Minibatches."""
    order = np.arange(len(X))
    if shuffle:
        np.random.shuffle(order)
    for start in range(0, len(X), size):
        chosen = order[start:start + size]
        yield X[chosen], y[chosen]
np.random.seed(2)
X, y = np.arange(10.0).reshape(5, 2), np.arange(5)
w = np.zeros(2)
for turn in range(2):
    for xb, yb in batches(X, y, 2):
        w += xb.T @ yb
    for number, (xb, yb) in enumerate(batches(X, y, size=3, shuffle=False)):
        w -= number * xb.sum(axis=0)
print(w)
== kept, next, and native readers
def count(n, log=[]):
    k = 0
    while k < n:
        log.append(k)
        got = yield k
        k += 1
    return "end"
g = count(4)
h = g
a = next(g)
b = next(h) + 10 * next(g)
rest = list(g)
c = next(g, "none")
try:
    next(g)
except StopIteration as e:
    d = repr(e)
pairs = list(zip(count(3), "abc"))
total = sum(count(4)) + max(count(3)) + sum(x * y for x, y in zip(count(3), count(3)))
first, *others = count(3)
print(a, b, rest, c, d, pairs, total, first, others)
print(2 in count(5), sorted(count(3), key=lambda x: -x))
== left in the middle
log = []
def numbers():
    try:
        for k in range(5):
            log.append(k)
            yield k
        log.append("end")
    except ValueError:
        log.append("never")
g = numbers()
for x in g:
    if x == 1:
        break
for x in g:
    for y in numbers():
        if y > x:
            break
    else:
        log.append("else")
    if x == 3:
        break
else:
    log.append("no")
z = next(g)
print(log, z)
== from another generator
def inner(n):
    for k in range(n):
        yield k
    return n * 10
def outer(n):
    a = yield from inner(n)
    b = yield from [a, a + 1]
    yield b
    c = (yield) or 7
    yield c
def tree(node):
    if node:
        left, value, right = node
        yield from tree(left)
        yield value
        yield from tree(right)
seen = []
for x in outer(2):
    seen.append(x)
node = ((None, 1, None), 2, (None, 3, (None, 4, None)))
print(seen, [v for v in tree(node)], sum(tree(node)))
for v in tree(node):
    seen.append(v)
== errors
def bad(n):
    yield 1
    if n:
        raise ValueError("bad")
    raise StopIteration
seen = []
for n in (1, 0):
    try:
        for x in bad(n):
            seen.append(x)
    except (ValueError, RuntimeError) as e:
        seen.append(repr(e))
    g = bad(n)
    seen.append(next(g))
    try:
        list(g)
    except (ValueError, RuntimeError) as e:
        seen.append(str(e))
    seen.append(next(g, None))
def self():
    yield next(me)
me = self()
try:
    next(me)
except ValueError as e:
    seen.append(str(e))
print(seen)
for x in bad(1):
    pass
== in classes
import numpy as np
class Loader:
    def __init__(self, data, size):
        self.data, self.size, self.reads = data, size, 0
    def __iter__(self):
        for start in range(0, len(self.data), self.size):
            self.reads += 1
            yield self.data[start:start + self.size]
    def __len__(self):
        return len(self.data) // self.size
    def pairs(self):
        for a in self:
            yield a, self.reads
loader = Loader(list(range(7)), 3)
seen = []
for batch in loader:
    seen.append(sum(batch))
for number, batch in enumerate(loader):
    seen.append((number, batch))
for a, reads in loader.pairs():
    seen.append(reads)
print(seen, [len(b) for b in loader], len(loader), loader.reads)
== closures
def make(step):
    count = 0
    def run(n):
        nonlocal count
        for k in range(n):
            count += step
            yield count
    return run
a, b = make(2), make(5)
g = a(3)
x = next(g), next(b(2)), next(g)
y = [v + w for v, w in zip(a(2), b(2))]
def endless():
    k = 0
    while True:
        yield k
        k += 1
for k in endless():
    if k > 3:
        break
total = 0
for step in a(3):
    total += step
print(x, y, k, total)
'''
)


@pytest.mark.parametrize("name", SCRIPTS)
def test_does_what_cpython_does_both_ways(name: str, tmp_path: Path) -> None:
    assert quarrel(SCRIPTS[name], tmp_path / "script.py") is None


@pytest.mark.parametrize("name", SCRIPTS)
def test_does_the_same_in_a_training_loop(name: str, tmp_path: Path) -> None:
    assert quarrel(trained(SCRIPTS[name], 2), tmp_path / "script.py") is None


def test_a_generator_in_a_loop_is_stepped_through() -> None:
    made = stepped(machine(SCRIPTS["batches"]))
    units = set()
    while back(made):
        units.add(made.frame.unit.name)
    assert units == {"", "batches"}


KEPT = cases(
    """
== iterators that are kept
import numpy as np
xs, ys = [1, 2, 3, 4], np.arange(4) * 2
pairs = zip(xs, ys)
again = pairs
a, b = next(pairs)
total = 0
for x, y in again:
    total += x * y
    if x == 3:
        break
rest = list(pairs)
numbered = enumerate(xs, start=5)
n, x = next(numbered)
table = {"back": reversed(xs), "odd": filter(lambda v: v % 2, xs), "iter": iter(ys)}
seen = [next(table["back"]), next(table["odd"]), next(table["odd"]), next(table["iter"])]
print(total, rest, n, x, seen, next(table["odd"], None), list(numbered), next(pairs, 0))
== maps over functions of the script
log = []
def f(x):
    log.append(x)
    return x * x
m = map(f, range(5))
first = next(m)
for v in m:
    if v == 4:
        break
squares = (f(x) + k for x in range(4) if f(x) % 2 == 0)
k = 10
s = next(squares)
def use(values):
    got = 0
    for v in values:
        got += v
    return got
print(first, v, s, use(squares), use(f(x) for x in [7, 8]), use(map(f, [1])), list(m), log)
for y in (f(x) for x in (1, 2, 3)):
    log.append(-y)
for y in (log.pop() for _ in range(3)):
    print(y)
class Box:
    def __init__(self, n):
        self.n = n
    def twice(self, x):
        self.n += 1
        return 2 * x
    def all(self, xs):
        return (self.twice(x) for x in xs)
box = Box(0)
doubled = box.all([1, 2, 3])
box.n = 10
print(next(doubled), box.n, sum(doubled), box.n)
== errors of kept iterators
def f(x):
    return 1 / x
m = map(f, [1, 0, 2])
seen = [next(m)]
try:
    seen.append(next(m))
except ZeroDivisionError as e:
    seen.append(str(e))
seen.append(next(m))
it = iter([])
try:
    next(it)
except StopIteration:
    seen.append("over")
d = {"a": 1}
keys = iter(d)
d["b"] = 2
print(seen)
next(keys)
"""
)


def test_what_an_unknown_iterator_gave_is_kept_as_long_as_the_undo_log() -> None:
    source = iter(lambda: bytes(1000), None)
    position = cursor(source)
    assert isinstance(position, Remembered)
    first = weakref.ref(position.link)
    for _ in range(100_000):
        step = position.advanced()
        assert step is not None
        position = step[1]
    assert first() is None


def test_a_flat_iterator_is_not_moved_unseen() -> None:
    made = stepped(machine("import numpy as np\nf = np.zeros(3).flat\nnext(f)\n"))
    assert "write next(iter(array.flat))" in fault_text(made)


@pytest.mark.parametrize("name", KEPT)
def test_kept_iterators_go_both_ways(name: str, tmp_path: Path) -> None:
    assert quarrel(KEPT[name], tmp_path / "script.py") is None
    assert quarrel(trained(KEPT[name], 2), tmp_path / "script.py") is None


SET_ASIDE = """\
def each(n):
    for at in range(n):
        yield at
kept = each(3)
first = next(kept)
for more in kept:
    break
a = 1
"""


def test_a_checkpoint_ahead_holds_a_generator_as_it_was_before_its_yield_was_undone() -> None:
    policy = Policy(stride=1, most=100, patience=1)
    prints = moments(machine(SET_ASIDE, policy=policy))
    end = len(prints) - 1
    for low in range(1, end):
        made = stepped(machine(SET_ASIDE, policy=policy))
        while made.tick > low:
            assert made.undo()
        for tick in range(low + 1, end + 1):
            finish(travel(made, low))
            finish(travel(made, tick))
            assert fingerprint(made) == prints[tick], (low, tick)
