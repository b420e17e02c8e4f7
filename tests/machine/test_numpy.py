"""Corners of numpy that keep a place, or a view into memory: as CPython, and undone."""

from pathlib import Path

import pytest

from tests.machine.agreement import quarrel
from tests.machine.cases import cases, trained

SCRIPTS = cases(
    """
== a numerical gradient entry by entry
import numpy as np
def slope(f, x, h=1e-4):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        at = it.multi_index
        kept = x[at]
        x[at] = kept + h
        above = f(x)
        x[at] = kept - h
        grad[at] = (above - f(x)) / (2 * h)
        x[at] = kept
        it.iternext()
    return grad
W = np.arange(6.0).reshape(2, 3)
g = slope(lambda w: np.sum(w**2), W)
t = slope(lambda w: np.sum(w**3), W.T)
print(g, t)
== every entry in the order of memory
import numpy as np
a = np.arange(6.0).reshape(2, 3)
seen = [float(x) for x in np.nditer(a.T)] + [float(x) for x in np.nditer(a.T, order="C")]
with np.nditer(a, op_flags=[["readwrite"]]) as entries:
    for x in entries:
        x[...] = 2 * x
it = np.nditer(a, flags=["multi_index", "c_index"])
for x in it:
    seen.append((it.multi_index, it.index, float(x), float(it[0]), it.itersize))
it.reset()
print(seen, a, it.finished, it.iternext(), it.value, np.nditer(7.0).finished)
del it, entries
== views of windows
import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view
x = np.arange(16.0).reshape(4, 4)
s = x.strides
columns = as_strided(x, (3, 3, 2, 2), (s[0], s[1], s[0], s[1]))
late = as_strided(x[1:, ::2], (2, 2), x[1:, ::2].strides)
turned = as_strided(x.T, (2, 2), x.T.strides)
windows = sliding_window_view(x, (2, 2))
x[1, 1] = 100
late[1, 0] = -7
print(columns.sum(axis=(2, 3)), windows.sum(axis=(2, 3)), x, turned)
np.put_along_axis(x, np.argmax(x, axis=1)[:, None], 0.0, axis=1)
print(x, np.fft.fft([1.0, 2.0]), np.s_[1:3], np.roots([1, -3, 2]), np.geterr()["over"])
== assertions
import numpy as np
np.testing.assert_allclose([1.0], [1.0 + 1e-9])
try:
    np.testing.assert_array_almost_equal(np.array([1.0, 2.0]), np.array([1.0, 3.0]))
except AssertionError as error:
    print(str(error))
print(np.__version__ > "1", np.unique_values([2, 1, 2]), np.union1d([1], [2]), np.hanning(3))
"""
)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_does_what_cpython_does_both_ways(text: str, tmp_path: Path) -> None:
    assert quarrel(text, tmp_path / "script.py") is None
    assert quarrel(trained(text, 2), tmp_path / "script.py") is None
