"""Notebooks as scripts: code, text, what is skipped, and where a line is."""

import json
from pathlib import Path

import pytest

from stepnet.session.session import Session
from stepnet.source.refusal import SourceError
from stepnet.source.script import open_script

CELLS = [
    ("markdown", "# A small net\n\nLearns **XOR**."),
    ("code", "%matplotlib inline\n!pip install numpy\nimport numpy as np"),
    ("markdown", "## Data\nTwo inputs."),
    ("code", ["X = np.eye(2)\n", "if True:\n", "    !ls\n", "X.shape"]),
    ("code", "%%bash\nls -l"),
    ("code", "%%time\nw = X @ X\nprint(w)"),
    ("code", ""),
    ("code", "s = '%d' % 3\nt = w.sum() \\\n    % 2\nX / 'a'"),
]


def notebook(form: int = 4) -> dict[str, object]:
    cells = []
    for kind, text in CELLS:
        place = "input" if form == 3 and kind == "code" else "source"
        cells.append({"cell_type": kind, place: text, "outputs": [{"text": "1/0"}]})
    return {"nbformat": 4, "cells": cells} if form == 4 else {"worksheets": [{"cells": cells}]}


@pytest.fixture(params=[3, 4])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / "net.ipynb"
    file.write_text(json.dumps(notebook(request.param)), encoding="utf-8")
    return file


def test_its_text_is_title_introduction_and_narration(path: Path) -> None:
    session = Session.open(str(path))
    assert (session.script.title, session.script.introduction) == ("A small net", "Learns XOR.")
    told = {part.text: part.narration for part in session.program.statements}
    assert told["X = np.eye(2)"] == ("Data", "Two inputs.")
    assert told["w = X @ X"] == ()


def test_what_is_no_python_is_skipped_with_a_note(path: Path) -> None:
    assert open_script(str(path)).notes == (
        "Skipped, for it is no Python: %matplotlib inline (cell 1), !pip install numpy (cell 1), "
        "!ls (cell 2), ….",
    )


def test_it_runs_as_one_program_and_errors_name_the_cell(path: Path) -> None:
    session = Session.open(str(path))
    stop = session.do("end")
    assert (stop.reason, session.machine.output) == ("exception", "[[1. 0.]\n [0. 1.]]\n")
    fault = session.machine.fault
    assert fault is not None
    assert session.script.place(fault.statement.line) == "net.ipynb, cell 6, line 4"
    assert (session.machine.names["s"], session.machine.names["t"]) == ("3", 0.0)


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        ("{", "not a notebook: it is not valid JSON: Expecting property name"),
        ("[]", "not a notebook: it holds no cells"),
        ('{"cells": 3}', "not a notebook: it holds no cells"),
    ],
)
def test_a_broken_one_is_refused(contents: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "net.ipynb"
    path.write_text(contents, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        open_script(str(path))
    assert str(caught.value).startswith(f"net.ipynb:1:1: {said}")


def test_a_refusal_names_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "net.ipynb"
    cells = [{"cell_type": "code", "source": text} for text in ("a = 1", "b = 2\neval('1')")]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        Session.open(str(path))
    assert str(caught.value) == (
        "net.ipynb, cell 2, line 2, column 1: the builtin eval is not opened\n"
        "    eval('1')\n"
        "    ^^^^\n"
        "  Write the expression out."
    )


def test_cells_of_a_percent_script_are_no_phases(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(
        "# %% [markdown]\n# # A net\n\n# %%\na = 1\n\n# %% Train it\nb = 2\n# %% forward\nc = 3\n",
        encoding="utf-8",
    )
    statements = Session.open(str(path)).program.statements
    assert [part.phase for part in statements] == ["", "", "forward"]
