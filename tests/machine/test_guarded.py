"""``try``, ``with``, ``raise``: errors go where Python sends them, forwards and backwards."""

from pathlib import Path

import pytest

from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained

SCRIPTS = cases(
    """
== caught, else, finally
log = []
def f(x):
    if x > 2:
        raise ValueError("too large", x)
    return x
for x in range(5):
    try:
        y = f(x) / (x - 1)
    except ZeroDivisionError:
        log.append("zero")
        continue
    except (ValueError, KeyError) as error:
        log.append(error.args)
        if x == 4:
            break
    else:
        log.append(y)
    finally:
        log.append(-x)
print(log)
== on every way out
log = []
def f(how):
    for turn in range(3):
        try:
            try:
                log.append((how, turn))
                if how == "return":
                    return turn
                if how == "break":
                    break
                if how == "continue":
                    continue
                if how == "raise":
                    raise KeyError(how)
            finally:
                log.append("inner")
        except KeyError as e:
            log.append(repr(e))
            raise RuntimeError("again") from e
        finally:
            log.append("outer")
            if turn == 1:
                return "from finally"
    else:
        log.append("else")
    return how
for how in ("return", "break", "continue", "raise", "none"):
    try:
        log.append(f(how))
    except RuntimeError as e:
        log.append(str(e))
print(log)
== raised again
def deep(n):
    if n == 0:
        return [1][n + 5]
    try:
        return deep(n - 1)
    except IndexError:
        if n < 3:
            raise
        return n
    finally:
        seen.append(n)
seen = []
class Bad(Exception):
    def __init__(self, text, code=1):
        super().__init__(text)
        self.code = code
try:
    a = deep(4)
    b = [deep(k) for k in (4, 2)]
except IndexError as e:
    b = str(e)
try:
    raise Bad("bad", code=3)
except Bad as bad:
    kept = bad
    c = bad.code, str(bad)
print(a, b, c, seen, isinstance(kept, Exception))
== the name of an error is gone afterwards
e = 1
try:
    raise ValueError("x")
except ValueError as e:
    pass
try:
    print(e)
except NameError as error:
    print(error)
== an error nobody catches
x = [1]
try:
    x.append(2)
    x.append(x[7])
except ValueError:
    x.append(3)
== in native code
import numpy as np
log = []
def key(x):
    try:
        return 1 / x
    except:
        log.append(x)
        return 0.0
print(sorted([2, 0, -1, 0], key=key), log)
def partly(values):
    values.append(1)
    values[9] = 2
values = [0]
try:
    partly(values)
except IndexError:
    values.append("caught")
try:
    values.extend(1 / n for n in (2, 1, 0))
except ZeroDivisionError:
    values.append("again")
a = np.zeros(3)
try:
    a[1:] = np.ones(2) / np.ones(3)
except ValueError as e:
    print(e)
print(values, a)
== numpy's settings
import numpy as np
a = np.array([1.0, 0.0])
with np.errstate(divide="ignore", invalid="ignore"):
    b = a / 0.0
with np.errstate(all="raise"):
    try:
        c = a / 0.0
    except FloatingPointError as e:
        c = str(e)
with np.printoptions(precision=2):
    print(np.array([1 / 3]))
print(np.array([1 / 3]), b, c)
== contexts of the script
log = []
class Timer:
    def __init__(self, name, drop=False):
        self.name, self.drop = name, drop
    def __enter__(self):
        log.append("in " + self.name)
        return self
    def __exit__(self, kind, error, trace):
        log.append((self.name, kind is None, str(error)))
        return self.drop
def f():
    with Timer("a") as a, Timer("b") as b:
        return a.name + b.name
print(f())
for k in range(2):
    with Timer("loop", drop=True) as t:
        if k == 0:
            continue
        raise ValueError(t.name)
try:
    with Timer("x"), Timer("y", drop=False):
        log.append([][0])
except IndexError:
    log.append("left")
with 3 as t:
    pass
== while else, walrus, conditions
def f(n):
    return n - 1
n = 5
while (n := f(n)) > 0:
    if n == 9:
        break
else:
    n = -1
x = f(2) if n < 0 else f(3)
assert 0 < f(3) <= 2 < f(5), "no"
y = [f(w) for w in range(3) if f(w) > 0] if f(1) == 0 else None
print(n, x, f(x) or f(4), f(2) and f(3))
== StopIteration in a map
def f(x):
    if x == 2:
        raise StopIteration
    return x
seen = []
for y in map(f, [0, 1, 2, 3]):
    seen.append(y)
for a, b in zip(map(f, [1, 2]), [5, 6]):
    seen.append((a, b))
print(seen)
"""
)


@pytest.mark.parametrize("name", SCRIPTS)
def test_does_what_cpython_does_both_ways(name: str, tmp_path: Path) -> None:
    assert quarrel(SCRIPTS[name], tmp_path / "script.py") is None


@pytest.mark.parametrize("name", SCRIPTS)
def test_does_the_same_in_a_training_loop(name: str, tmp_path: Path) -> None:
    assert quarrel(trained(SCRIPTS[name], 2), tmp_path / "script.py") is None
