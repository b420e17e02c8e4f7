"""What a statement changes is put back, whatever kind of statement it is."""

from pathlib import Path

import pytest

from tests.machine.agreement import quarrel

STATEMENTS = {
    "a name is bound": "n = 1\nn = 2",
    "a name is deleted": "n = 1\ndel n",
    "several names are bound": "a, (b, *c) = 1, (2, 3, 4)\nb, a = a, b",
    "a chain of targets": "a = b = np.zeros(2)\na = b[0] = 3.0",
    "an array changes in place": "w = np.ones(3)\nw -= 0.5",
    "a view changes what it looks at": "w = np.arange(6.0)\nv = w.reshape(2, 3).T\nv[0] = 9.0",
    "an array changes through its view": "w = np.arange(6.0)\nv = w[::2]\nv *= 3\nw += v[0]",
    "an item is stored": "w = np.zeros((2, 2))\nw[1, 0] = 4.0",
    "a slice is stored": "w = np.zeros((3, 2))\nw[1:] = 4.0",
    "a mask is stored": "w = np.array([1.0, -2.0, np.nan])\nw[w <= 0] = 0",
    "a mask that is the array itself": "m = np.array([True, False])\nm[m] = False",
    "rows are chosen by a list": "w = np.arange(6.0).reshape(3, 2)\nw[[0, 0, 2]] += 1.0",
    "items are swapped": "w = np.arange(3)\nw[0], w[2] = w[2], w[0]",
    "an item through flat": "w = np.zeros((2, 2))\nw.flat[3] = 1.0\nw.flat[1] += 2.0",
    "a slice through flat": "w = np.zeros((2, 2)).T\nw.flat[1:3] = [5.0, 6.0]",
    "an attribute of an array": "w = np.arange(4)\nw.shape = (2, 2)",
    "a function with out=": "w = np.ones(3)\nnp.exp(w, out=w)\nnp.add(w, 1, w)",
    "ufunc.at": "w = np.zeros(3)\nnp.add.at(w, [0, 0, 2], 1)",
    "np.copyto": "w = np.zeros(3)\nnp.copyto(w, [1, 2, 3])",
    "np.fill_diagonal": "w = np.zeros((2, 2))\nnp.fill_diagonal(w, 7)",
    "np.put": "w = np.zeros(3)\nnp.put(w, [0, 2], 5)",
    "methods of arrays": "w = np.array([3, 1, 2])\nw.sort()\nw.fill(4)\nw.put(0, 9)\nw.partition(1)",
    "a Fortran array keeps its layout": "w = np.asfortranarray(np.ones((2, 3)))\nw *= 2\nw = w + 1",
    "an array of objects": "w = np.array([[1], None], dtype=object)\nw[0].append(2)\nw[1] = w",
    "a list grows": "a = [1]\na.append(2)\na.extend([3, 4])\na += [5]\na.insert(0, 6)",
    "a list shrinks": "a = [3, 1, 2]\na.pop()\na.remove(3)\ndel a[0]\na.clear()",
    "a list is rearranged": "a = [3, 1, 2]\na.sort()\na.reverse()\na[1:] = [7, 8, 9]\na[0] = a",
    "a list in a list": "a = [[1], [2]]\na[0] += [5]\na[1].append(a[0])",
    "an array in a list": "a = [np.ones(2), np.ones(3)]\na[0] -= 0.5\na[1][0] = 9",
    "a dictionary": "d = {'a': 1}\nd['b'] = 2\nd['a'] += 5\ndel d['a']\nd.update(c=3)\nd.pop('b')",
    "a dictionary keeps its order": "d = {'a': 1, 'b': 2}\ndel d['a']\nd['a'] = 3\nd.setdefault('z', [])",
    "an array in a dictionary": "d = {'w': np.ones(2)}\nd['w'] -= 0.1\nd['w'][0] = 5",
    "a set": "s = {1, 2}\ns.add(3)\ns.discard(1)\ns |= {9}\ns.clear()",
    "the global generator": "np.random.seed(3)\na = np.random.rand(2)\nnp.random.shuffle(a)",
    "a generator of one's own": "g = np.random.default_rng(1)\na = g.normal(size=2)\ng.shuffle(a)",
    "a draw inside an expression": "np.random.seed(1)\nw = [np.random.rand() for i in range(3)]\nw += [np.random.rand()]",
    "printing": "print('a', end='')\nprint('b', 1, sep='-')",
    "a tuple on the right of +=": "a = (1, 2)\nb = a\na += (3,)",
    "a string": "s = 'a'\ns += 'b'\ns *= 2",
    "a number and its alias": "a = b = 5\na += 1",
    "an in-place operator that is none": "a = np.float64(2)\nb = a\na *= 3",
    "a generator of other functions": "f = [lambda x, k=k: x + k for k in range(2)]\na = f[1](3)",
    "np.set_printoptions": "np.set_printoptions(precision=2)\nprint(np.array([1 / 3]))",
    "a walrus": "a = [n := 5, n + 1]\nb = (m := a) + [n]\nm.append(1)",
    "sorted with a key that changes things": (
        "seen = []\ndef key(x):\n    seen.append(x)\n    return -x\na = sorted([1, 3, 2], key=key)"
    ),
    "map with a function that changes things": (
        "seen = [0]\ndef add(x):\n    seen[0] += x\n    return x\na = list(map(add, [1, 2]))\nb = 1"
    ),
    "a function changes what it was given": (
        "def f(w):\n    w -= 1\n    w[0] = 5\n    return w\na = np.zeros(2)\nb = f(a)\nc = f(b) + f(a)"
    ),
    "a function remembers": (
        "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)\na = f(1)\nb = f(2) + f(3)"
    ),
    "a closure counts": (
        "def make():\n    n = 0\n    def step(by=1):\n        nonlocal n\n        n += by\n"
        "        return n\n    return step\ns = make()\nt = make()\na = s() + s(2)\nb = t()"
    ),
    "a closure is called natively": (
        "def make():\n    n = [0]\n    total = 0\n    def step(x):\n        nonlocal total\n"
        "        n[0] += 1\n        total += x\n        return total\n    return step\n"
        "s = make()\na = sorted([3, 1, 2], key=s)\nb = s(0)"
    ),
    "a global": "n = 0\ndef f():\n    global n\n    n += 1\n    return n\na = f() + n\nb = n + f()",
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_going_back_restores_everything_when(name: str, tmp_path: Path) -> None:
    text = f"import numpy as np\n{STATEMENTS[name]}\n"
    assert quarrel(text, tmp_path / "script.py") is None
