"""What cannot be opened: each refusal to the letter, with its place, a caret and what to write."""

from pathlib import Path

import pytest

from stepnet.source.permit import checked_tree
from stepnet.source.refusal import SourceError
from stepnet.source.script import script_from_text

REFUSED = {
    "import pandas as pd\nX = pd.read_csv('x.csv')\n": """\
net.py:1:8: 'import pandas' is not opened
    import pandas as pd
           ^^^^^^^^^^^^
  Read the numbers with np.genfromtxt(file, delimiter=',', skip_header=1).""",
    "from sklearn.datasets import load_iris\nX = load_iris()\n": """\
net.py:1:1: 'from sklearn.datasets import …' is not opened
    from sklearn.datasets import load_iris
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  Make the data with np.random, or run these lines once in Python, save what they give with \
np.savez('data.npz', X=X, y=y) and read it with np.load('data.npz').""",
    "from sklearn.metrics import accuracy_score\naccuracy_score()\n"
    "from scipy.io import loadmat\nloadmat()\n": """\
net.py:1:1: 'from sklearn.metrics import …' is not opened
    from sklearn.metrics import accuracy_score
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  Write it with numpy: np.mean(predicted == labels) is the accuracy.
net.py:3:1: 'from scipy.io import …' is not opened
    from scipy.io import loadmat
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  Save the arrays with np.savez beside the script and read them with np.load.""",
    "import numpy\nx = numpy.mat([1, 2])\n": """\
net.py:2:11: numpy.mat is not opened
    x = numpy.mat([1, 2])
              ^^^
  Write np.array, and @ where * multiplies matrices.""",
    "import torch\nx = torch.ones(3)\n": """\
net.py:1:8: 'import torch' is not opened
    import torch
           ^^^^^
  stepnet opens networks that are written in numpy; it cannot look inside torch.""",
    "import pickle\n": """\
net.py:1:8: 'import pickle' is not opened
    import pickle
           ^^^^^^
  A pickle can run any program. Save arrays with np.savez and read them with np.load.""",
    "import tme\n": """\
net.py:1:8: 'import tme' is not opened
    import tme
           ^^^
  Did you mean time?""",
    "import numpy as np\nx = np.zeross(3)\n": """\
net.py:2:8: numpy.zeross is not opened
    x = np.zeross(3)
           ^^^^^^
  Did you mean zeros?""",
    "from numpy import *\nsum = sum([1, 2])\n": """\
net.py:1:1: a star import hides where names come from
    from numpy import *
    ^^^^^^^^^^^^^^^^^^^
  Import by name.""",
    "from random import *\n": """\
net.py:1:1: a star import hides where names come from
    from random import *
    ^^^^^^^^^^^^^^^^^^^^
  Import by name.""",
    "from numpy import *\nx = mat([1, 2])\n": """\
net.py:1:19: numpy.mat is not opened
    from numpy import *
                      ^
  Write np.array, and @ where * multiplies matrices.""",
    "import numpy as np\nf = np.random\n": """\
net.py:2:5: the module numpy.random is used as a value
    f = np.random
        ^^^^^^^^^
  Write the function you need: np.random.something.""",
    "w = eval('1')\n": """\
net.py:1:5: the builtin eval is not opened
    w = eval('1')
        ^^^^
  Write the expression out.""",
    "α = 'é'; w = dir(α)\n": """\
net.py:1:14: the builtin dir is not opened
    α = 'é'; w = dir(α)
                 ^^^
  Write the names out, or ask vars(x) for what an object holds.""",
    "w = 1\nx = setattr(w, 'a' + 'b')\n": """\
net.py:2:5: setattr() takes 3 arguments here
    x = setattr(w, 'a' + 'b')
        ^^^^^^^^^^^^^^^^^^^^^
  Write x.name = value, or keep the values in a dictionary.""",
    "import numpy as np\nf = getattr(np, 'ex' + 'p')\n": """\
net.py:2:17: a module cannot be asked
    f = getattr(np, 'ex' + 'p')
                    ^^^^^^^^^^
  Write it with a dot, or keep functions in a dictionary: {"tanh": np.tanh}[name].""",
    "w = hasattr(1, '_secret')\n": """\
net.py:1:16: hasattr of '_secret' reaches inside
    w = hasattr(1, '_secret')
                   ^^^^^^^^^
  Use a public attribute.""",
    "raise KeyboardInterrupt\n": """\
net.py:1:7: the builtin KeyboardInterrupt is not opened
    raise KeyboardInterrupt
          ^^^^^^^^^^^^^^^^^
  A script may only compute.""",
    "x = 1\nw = x.__bases__\n": """\
net.py:2:7: the attribute __bases__ begins with an underscore
    w = x.__bases__
          ^^^^^^^^^
  Use a public one.""",
    "t = 1\nw = '{0.x}'.format(t)\n": """\
net.py:2:13: format() can reach inside objects
    w = '{0.x}'.format(t)
                ^^^^^^
  Use an f-string: f"{value:.2f}".""",
    "w = [1\n": """\
net.py:1:5: '[' was never closed
    w = [1
        ^""",
    "import numpy as np\nnp = 3\n": """\
net.py:1:8: np is a module and is assigned too
    import numpy as np
           ^^^^^^^^^^^
  Use another name.""",
    "async def f():\n    pass\n": """\
net.py:1:1: asynchronous code does not compute a network
    async def f():
    ^
  Use a plain def.""",
}


@pytest.mark.parametrize("text", REFUSED)
def test_says_what_where_and_what_to_write_instead(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        checked_tree(script_from_text("net", text, Path("/nowhere/net.py")))
    assert str(caught.value) == REFUSED[text]


def test_all_of_them_at_once_in_the_order_of_the_lines() -> None:
    text = "x = eval('1')\nimport os, socket\ny = os.system('ls'); z = exec('2')\n"
    with pytest.raises(SourceError) as caught:
        checked_tree(script_from_text("net", text, Path("/nowhere/net.py")))
    places = [(part.line, part.column) for part in caught.value.refusals]
    assert places == [(1, 4), (2, 11), (3, 7), (3, 25)]
