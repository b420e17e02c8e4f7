"""Files beside a script that it imports: what Python makes of them, stepped like its own."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from stepnet.machine.machine import Machine
from stepnet.session.session import Session
from stepnet.source.program import compile_program
from stepnet.source.refusal import SourceError
from stepnet.source.script import open_script
from tests.machine.running import fault_text, run, stepped

FILES = {
    "main.py": '''\
"""Uses files beside it."""
import numpy as np
import config, layers.dense as dense
from activations import sigmoid, dsigmoid as ds
from layers import init
from shapes import *
import layers.dense

x = 3
rate = 7
for epoch in range(config.EPOCHS):
    x = dense.forward(x, 2) + sigmoid(0.0) + ds(0.5)
    config_like = [init.weights(n) for n in range(3)]
net = dense.Net(2)
print(x, dense.calls(), sigmoid.__name__, net.area(), area(3), type(net).__name__, rate)
print(repr(net).split(" at")[0], layers.dense.count, dense.Net.area.__qualname__, dense.where)
sigmoid(1, 2, 3)
''',
    "activations.py": '''\
"""Activations."""
import numpy as np
one = 1
def sigmoid(x, one=one):
    return one / (one + np.exp(-x))
def dsigmoid(a):
    return a * (1 - a)
if __name__ == "__main__":
    print("self test")
''',
    "config.py": "rate = 0.5\nEPOCHS = 3\nprint('configured', __name__, __doc__)\n",
    "shapes.py": "_hidden = 2\nx = 5\ndef area(r):\n    x = _hidden\n"
    "    return (lambda x: x * _hidden)(r) + x\n",
    "layers/__init__.py": "kind = 'package'\nprint(kind)\n",
    "layers/dense.py": '''\
from activations import one as eins
from . import init
from .init import weights
count = 0
where = __name__
def forward(X, W):
    global count
    count += eins
    try:
        raise ValueError(count)
    except ValueError as problem:
        return X * W + len(str(problem))
def calls():
    return [count for _ in range(2)], {count: eins for eins in "ab"}
class Base:
    size = 10
    def area(self):
        return self.size * self.n + count
class Net(Base):
    size = Base.size + 1
    other = size
    def __init__(self, n):
        self.n = n
        self.__secret = weights(n)
''',
    "layers/init.py": "def weights(n, m=1):\n    return n * m + 0.5\n",
}  # fmt: skip


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "main.py"


def test_it_does_what_python_does(tmp_path: Path) -> None:
    path = written(tmp_path, FILES)
    theirs = subprocess.run(
        [sys.executable, str(path)], capture_output=True, encoding="utf-8", check=False
    )
    program = compile_program(open_script(str(path)))
    for made in (run(Machine(program)), stepped(Machine(program))):
        assert made.output == theirs.stdout
        said = theirs.stderr.strip().rpartition("\n")[2]
        assert fault_text(made) == f"17 {said}"
    while made.undo():
        pass
    assert stepped(made).output == theirs.stdout


PACKAGE = {
    "main.py": '''\
"""A package whose files need each other."""
from nets import Net, Layer, Tensor
from nets.layers import *
import nets

__author__ = "somebody"
net = Net([Dense(2), Dense(3)])
print(net.total(), net, isinstance(net.layers[0], Layer), nets.__version__)
print(isinstance(ones(2), Tensor), Pair(1), Pair(1, 5)._replace(left=2), shape(ones(3)))


def late():
    from nets.extra import told

    return told(4)


if __name__ == "__main__":
    from nets import extra

    print(late(), extra.fast, extra.array(2))
try:
    Layer()
except TypeError as problem:
    print(problem)
''',
    "nets/__init__.py": '''\
from . import layers
from .net import Net
from .layers import Layer
from .tensor import Tensor
__version__ = "1.0"
__all__ = ["Net", "Layer"]
''',
    "nets/tensor.py": "from numpy import ndarray as Tensor, ones\nimport numpy as np\n"
    "shape = np.shape\n",
    "nets/layers.py": '''\
from __future__ import annotations
from abc import ABCMeta, abstractmethod
from typing import NamedTuple, TYPE_CHECKING
from .tensor import Tensor, ones, np, shape
if TYPE_CHECKING:
    from .net import Net
__all__ = ["Dense", "Pair", "ones", "shape"]
class Pair(NamedTuple):
    """Two numbers."""
    left: int
    right: Tensor = 3
class Layer(metaclass=ABCMeta):
    @abstractmethod
    def size(self) -> int: ...
class Dense(Layer):
    def __init__(self, n: int, owner: Net = None):
        self.w = np.ones(n)
    def size(self) -> int:
        from .net import scale
        return scale(self.w.sum())
''',
    "nets/net.py": '''\
from .layers import Layer
from abc import ABC
def scale(x):
    return x * 2
class Net(ABC):
    def __init__(self, layers):
        self.layers: list[Layer] = layers
    def total(self):
        return sum([layer.size() for layer in self.layers])
    def __repr__(self):
        return f"Net of {len(self.layers)}"
if __name__ == "__main__":
    from .nowhere import nothing
''',
    "nets/extra.py": '''\
try:
    import nowhere_to_be_found as xp
    fast = True
except ImportError as problem:
    import numpy as xp
    fast = str(problem)
try:
    from .tensor import ones as array
except ImportError:
    from numpy import zeros as array
def told(n):
    return xp.arange(n).sum()
''',
}  # fmt: skip


def test_a_package_does_what_python_does(tmp_path: Path) -> None:
    path = written(tmp_path, PACKAGE)
    theirs = subprocess.run(
        [sys.executable, str(path)], capture_output=True, encoding="utf-8", check=False
    )
    assert theirs.stderr == ""
    program = compile_program(open_script(str(path)))
    for made in (run(Machine(program)), stepped(Machine(program))):
        assert (fault_text(made), made.output) == ("", theirs.stdout)


def test_its_functions_are_entered_and_its_names_are_shown(tmp_path: Path) -> None:
    session = Session.open(str(written(tmp_path, FILES)))
    assert session.do("goto 2/activations.sigmoid").reason == "goto"
    assert session.machine.frame.unit.name == "activations.sigmoid"
    assert session.machine.world.names["config.rate"] == 0.5
    line = session.machine.frame.unit.statement
    assert line is not None
    assert session.script.place(line.line) == "activations.py:4"


@pytest.mark.parametrize(
    ("main", "other", "said"),
    [
        (
            "import other\n",
            "import subprocess\n",
            "other.py:1:8: 'import subprocess' is not opened",
        ),
        ("import other\n", "\nx = (\n", "other.py:2:5: '(' was never closed"),
        ("from other import y\n", "x = 1\n", "main.py:1:19: other has no name y"),
        ("import other\nother.y\n", "x = 1\n", "main.py:2:1: other has no name y"),
        (
            "def f():\n    from other import y\n",
            "x = 1\n",
            "main.py:2:23: other has no name y",
        ),
    ],
)
def test_what_is_refused_is_named_with_its_file(
    main: str, other: str, said: str, tmp_path: Path
) -> None:
    path = written(tmp_path, {"main.py": main, "other.py": other})
    with pytest.raises(SourceError) as caught:
        compile_program(open_script(str(path)))
    assert str(caught.value).startswith(said)


def test_a_file_beside_the_script_comes_before_a_package_of_its_name(tmp_path: Path) -> None:
    files = {"main.py": "import gym\nw = gym.make()\n", "gym.py": "def make():\n    return 3\n"}
    session = Session.open(str(written(tmp_path, files)))
    session.do("end")
    assert session.do("print w").text == "3"
