"""What scripts use of the library besides computing: as CPython, and undone."""

from pathlib import Path

import pytest

from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained
from tests.machine.running import machine, stepped

SCRIPTS = cases(
    """
== patterns and formats
def words(text):
    import re
    digits = re.compile(r"\\d+(?:,\\d+)?", re.I)
    found = re.match(r"(\\w+)-(?P<n>\\d+)", "net-12")
    told = found.group(1), found["n"], found.groups(), found.span(), digits.pattern
    more = [m.start() for m in re.finditer("[a-c]+", text)], re.split(r"\\s+", text, maxsplit=1)
    parts = re.findall(r"\\w+", text), re.sub("[^a-z ]", "", text), digits.findall("1,5 22")
    return told, more, parts, re.sub(r"\\w+", lambda m: m.group().upper(), text), re.escape("a.b")
row = "{:>6} {:.2f} {name}"
log = []
for epoch in range(3):
    log.append(row.format(epoch, epoch / 3, name="loss"))
    log.append(("{} " * 2 + "{:{}}").format(1, 2, 3, epoch))
print(words("ab 12, cab!"), log)
class Table:
    def format(self, x):
        log.append(x)
        return f"<{x}>"
print(Table().format(3), log[-1])
== paths
def kept(folder):
    from pathlib import Path
    import os.path
    base = Path(folder)
    base.mkdir(parents=True, exist_ok=True)
    file = base / "log.txt"
    file.write_text("a")
    with file.open("a") as out:
        out.write("b")
    with open(base / "more.csv", "w") as out:
        out.write("1 2")
    import numpy as np
    found = np.loadtxt(base / "more.csv")
    names = sorted(p.name for p in base.iterdir()), [p.stem for p in base.glob("*.csv")]
    told = file.read_text(), file.suffix, file.parent.name, file.exists(), (base / "no").is_file()
    return told, names, found, str(file), os.path.join(base, "x"), file.with_suffix(".npy").name
print(kept("out"))
== orders and counters
import bisect, heapq, itertools, operator
heap = [5, 3, 4]
heapq.heapify(heap)
heapq.heappush(heap, 1)
ordered = [1, 4]
bisect.insort(ordered, 2)
print(heapq.heappop(heap), heap, heapq.nsmallest(2, heap), ordered, bisect.bisect_left(ordered, 4))
def ids():
    count, turns = itertools.count(5), itertools.cycle("ab")
    first, second = itertools.tee(x * x for x in range(3))
    return next(count), next(count), [next(turns) for _ in range(3)], list(first), sum(second)
class P:
    def __init__(self, x):
        self.x = x
points = sorted([P(2), P(1)], key=operator.attrgetter("x"))
print(ids(), [p.x for p in points], operator.attrgetter("x", "x.real")(points[0]))
== classes of the library
def made():
    from functools import cached_property, total_ordering
    from types import SimpleNamespace
    from typing import Generic, NewType, Protocol, TypeVar
    T = TypeVar("T")
    Rate = NewType("Rate", float)
    class Forward(Protocol):
        def forward(self, x): ...
    @total_ordering
    class Box(Generic[T]):
        reads = 0
        def __init__(self, x: T):
            self.x = x
        @cached_property
        def twice(self):
            Box.reads += 1
            return self.x * 2
        def __eq__(self, other):
            return self.x == other.x
        def __lt__(self, other):
            return self.x < other.x
    a, b = Box(1), Box[int](2)
    n = SimpleNamespace(lr=Rate(0.5))
    n.epochs = 3
    setattr(n, "more", a.twice + a.twice)
    return a <= b, a > b, Box.reads, n, vars(n), vars(a)
print(made())
"""
)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_does_what_cpython_does_both_ways(text: str, tmp_path: Path) -> None:
    assert quarrel(text, tmp_path / "script.py") is None
    assert quarrel(trained(text, 2), tmp_path / "script.py") is None


TALK = """
import logging, sys
log, quiet = logging.getLogger(__name__), logging.getLogger("a.b")
form = "%(levelname)s %(name)s %(message)s"
logging.basicConfig(level="INFO", stream=sys.stdout, format=form)
quiet.setLevel(logging.ERROR)
for n in range(2):
    log.info("epoch %d loss %.2f", n, n / 3)
    log.debug("never")
    quiet.warning("never")
    quiet.error("once")
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("%(message)s!"))
quiet.addHandler(handler)
quiet.propagate = False
quiet.error("twice")
logging.warning("root")
print(log.name, log.isEnabledFor(logging.DEBUG), quiet.getEffectiveLevel())
"""
SAID = """INFO __main__ epoch 0 loss 0.00
ERROR a.b once
INFO __main__ epoch 1 loss 0.33
ERROR a.b once
twice!
WARNING root root
__main__ False 40
"""
"What Python prints; pytest listens to its own logging, so it cannot be asked here."


def test_messages_are_printed_where_they_go_to_the_output() -> None:
    made = stepped(machine(TALK))
    assert made.output == SAID
    while made.undo():
        pass
    assert stepped(made).output == SAID
