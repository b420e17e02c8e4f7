"""Imports of libraries that nothing uses are left out; those that are used are refused."""

from pathlib import Path

import pytest

from stepnet.session.session import Session
from stepnet.source.refusal import SourceError

UNUSED = [
    "import pandas as pd\nfrom PIL import Image\nimport sklearn, sklearn.datasets\nx = 1\n",
    "import torch\ndef never():\n    return torch.ones(3)\nx = 1\n",
    "import torch\nclass Never:\n    def f(self):\n        return torch.ones(3)\nx = 1\n",
]
USED = [
    "import torch\ndef f():\n    return torch.ones(3)\nx = f()\n",
    "import torch\ndef g():\n    return torch.ones(3)\ndef f():\n    return g\nx = f()()\n",
    "import torch\ndef f(x=torch):\n    pass\n",
    "import pickle\nx = 1\n",
    "from torch import *\nx = 1\n",
]


def opened(text: str, folder: Path) -> Session:
    path = folder / "net.py"
    path.write_text(text, encoding="utf-8")
    return Session.open(str(path))


@pytest.mark.parametrize("text", UNUSED)
def test_what_nothing_uses_is_left_out_with_a_note(text: str, tmp_path: Path) -> None:
    session = opened(text, tmp_path)
    assert session.notes[0].startswith("Left out, for nothing uses it: import ")
    session.do("end")
    assert session.machine.names["x"] == 1


@pytest.mark.parametrize("text", USED)
def test_what_may_run_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is not opened|star import"):
        opened(text, tmp_path)


@pytest.mark.parametrize(("call", "opens"), [("", True), ("extra()", False)])
def test_functions_of_other_files_count_where_they_are_used(
    call: str, opens: bool, tmp_path: Path
) -> None:
    helper = "import sklearn.datasets\ndef data():\n    return 3\n"
    helper += "def extra():\n    return sklearn.datasets.make_moons()\n"
    (tmp_path / "planar.py").write_text(helper, encoding="utf-8")
    text = f"from planar import data, extra\nx = data()\n{call}\n"
    if opens:
        assert opened(text, tmp_path).program.left_out == ("sklearn.datasets",)
    else:
        with pytest.raises(SourceError, match=r"planar.py:1:8: 'import sklearn.datasets'"):
            opened(text, tmp_path)
