"""Whatever a statement does, it can be broken off: nothing of it has happened then."""

import gc
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stepnet.machine.clock import Interrupted
from stepnet.machine.surroundings.ranges import LONG
from stepnet.session.session import Session
from stepnet.source.script import script_from_text
from tests.machine.agreement import quarrel

SOON = 1.5
"Seconds until a run has stopped; a tenth of that where nothing else keeps the machine busy."

SETUP = """\
import collections, functools, itertools, math
import numpy as np
a = [3, 1]
def endless(x=0):
    while True:
        a.append(a.pop())
def ones():
    while True:
        yield 1
def trapped(x):
    while True:
        try:
            endless()
        except:
            pass
"""

ROUTES = [
    "while True: b = 2",
    "b = sum(i for i in range(10**12))",
    "b = endless()",
    "b = max(range(10**12))",
    "r = range; b = min(map(abs, reversed(r(10**12))))",
    "b = 'n' in zip(range(10**12), range(10**12))",
    "b = functools.reduce(max, enumerate(range(10**12)))",
    "b = collections.deque(range(10**12)[::2], maxlen=0)",
    "b = list(itertools.count())",
    "b = list(itertools.combinations(range(500), 250))",
    "b = min(iter(int, 1))",
    "it = iter(range(10**12)); b = max(it)",
    "b = max(ones())",
    "b = sorted(a, key=endless)",
    "b = sorted(a, key=trapped)",
    "b = np.vectorize(endless)(a)",
    "b = math.prod(range(1, 10**6))",
]


def interrupted(session: Session, work: Callable[[], object]) -> float:
    """How many seconds work takes after it has been told to stop."""
    begun: list[float] = []

    def interrupt() -> None:
        begun.append(time.monotonic())
        session.interrupt()

    timer = threading.Timer(0.15, interrupt)
    timer.start()
    try:
        work()
    finally:
        timer.cancel()
    return time.monotonic() - begun[0]


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_is_interrupted_within_a_second(route: str) -> None:
    session = Session(script_from_text("net", SETUP + route + "\n", Path("/nowhere/net.py")))
    assert interrupted(session, session.run) < SOON
    assert (session.stop.reason, session.stop.text) == ("pause", "interrupted")
    assert session.machine.fault is None
    assert session.value("a") == [3, 1]
    tick = session.machine.tick
    assert session.back().reason in ("step", "entry")
    session.step()
    assert session.machine.tick == tick


def test_within_a_training_loop_it_stands_before_the_statement_that_takes_long() -> None:
    text = """\
w = 1.0
for epoch in range(5):
    w = w * 2
    if epoch == 3:
        x = max(range(10**12))
    w = w + 1
"""
    session = Session(script_from_text("net", text, Path("/nowhere/net.py")))
    interrupted(session, session.run)
    assert session.position.next_line == 5
    assert session.value("epoch, w") == (3, 30.0)
    assert interrupted(session, session.step) < SOON
    assert session.position.next_line == 5
    session.goto("3/w")
    assert session.value("w") == 14.0


def test_an_expression_that_is_asked_for_can_be_interrupted_too() -> None:
    session = Session(script_from_text("net", "x = 1\n", Path("/nowhere/net.py")))
    session.step()
    assert interrupted(session, lambda: session.do("print max(range(10**12))")) < SOON
    assert session.stop.text == "interrupted"
    assert session.value("x") == 1


def test_a_long_range_is_a_range_in_every_other_respect(tmp_path: Path) -> None:
    text = f"""\
import random
import numpy as np
n = {LONG} + 7
r, s = range(n), range(5, 3 * n, 3)
facts = [len(r), r[3], r[-1], s[2], s[:4], s[::n], s.start, s.stop, s.step, s.index(8), s.count(9)]
facts += [n - 1 in r, n in r, "x" in r, r == range(n), s == range(0), hash(r) == hash(range(n))]
facts += [bool(r), str(r), f"{{s}}", isinstance(r, range), isinstance(range(3), range), r[:0]]
facts += [sum(r), max(s), list(r) == [*r], next(iter(s)), next(reversed(s)), r[5:9] == range(5, 9)]
total = 0
for i in r:
    total += i
    if i == 9:
        break
for i, (j, k) in enumerate(zip(reversed(s), r)):
    if i == 3:
        break
for epoch in range(n):
    total += 1
    if epoch == 5:
        break
random.seed(1)
facts += [random.sample(r, 3), random.choice(s), np.array(r)[-1], np.arange(n)[r].sum()]
sizes = [len({{i % 7 for i in r}}), len({{i: 1 for i in s}})]
del r, s
"""
    assert quarrel(text, tmp_path / "script.py") is None


def test_iter_with_an_end_calls_until_it_comes(tmp_path: Path) -> None:
    text = """\
left = [3, 2, 1, 0, 5]
def take():
    return left.pop(0)
seen = list(iter(take, 0))
for x in iter(left.pop, 7):
    seen.append(x)
    left = [7, 8, 9] if x == 5 else left
    break
it = iter(lambda: len(seen), 4)
first = next(it)
seen.append(next(it, "over"))
"""
    assert quarrel(text, tmp_path / "script.py") is None


def test_an_interruption_that_is_dropped_while_garbage_is_collected_is_repeated() -> None:
    text = SETUP + "for i in range(9):\n    b = endless()\n"
    session = Session(script_from_text("net", text, Path("/nowhere/net.py")))
    clock, dropped = session.machine.world.clock, list[int]()
    check = clock.check

    def deaf() -> None:
        try:
            check()
        except Interrupted:
            dropped.append(1)
            if len(dropped) > 1:
                raise

    clock.check = deaf  # type: ignore[method-assign]  # as a collection of garbage would do
    assert interrupted(session, session.run) < SOON
    assert len(dropped) == 2
    assert session.stop.text == "interrupted"


def test_a_run_that_collects_much_garbage_is_interrupted() -> None:
    def collecting(_phase: str, _told: dict[str, int]) -> None:
        for _ in range(100_000):
            pass

    text = SETUP + "b = list(itertools.combinations(range(500), 250))\n"
    session = Session(script_from_text("net", text, Path("/nowhere/net.py")))
    gc.callbacks.append(collecting)
    try:
        assert interrupted(session, session.run) < SOON
    finally:
        gc.callbacks.remove(collecting)
    assert session.stop.text == "interrupted"
