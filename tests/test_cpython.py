"""The oracle itself: executes a file as `python FILE` does, and leaves no trace in this process."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.cpython import Run, names_difference, run_in_cpython


def script(folder: Path, source: str) -> Path:
    path = folder / "script.py"
    path.write_text(source, encoding="utf-8")
    return path


def run(folder: Path, source: str) -> Run:
    return run_in_cpython(script(folder, source))


def test_the_names_without_dunders_and_modules(tmp_path: Path) -> None:
    found = run(tmp_path, "import numpy as np\nimport math\nw = np.zeros(2)\n_x = 1\n__y__ = 2\n")
    assert list(found.names) == ["w", "_x"]
    assert found.error is None
    assert found.line is None


def test_what_was_printed_before_an_error(tmp_path: Path) -> None:
    found = run(tmp_path, "print(1)\na = 2\n\nb = 1 / 0\nc = 3\n")
    assert found.output == "1\n"
    assert isinstance(found.error, ZeroDivisionError)
    assert found.line == 4
    assert found.names == {"a": 2}


def test_the_line_of_an_error_is_the_innermost_one_of_the_script(tmp_path: Path) -> None:
    found = run(
        tmp_path, "import numpy as np\ndef f(x):\n    return x @ np.ones(9)\nf(np.ones(2))\n"
    )
    assert isinstance(found.error, ValueError)
    assert found.line == 3


def test_a_syntax_error_is_an_outcome(tmp_path: Path) -> None:
    found = run(tmp_path, "a = 1\nb = = 2\n")
    assert isinstance(found.error, SyntaxError)
    assert (found.line, found.names) == (2, {})


def test_leaving_is_an_outcome(tmp_path: Path) -> None:
    found = run(tmp_path, "print('bye')\nraise SystemExit(3)\n")
    assert isinstance(found.error, SystemExit)
    assert found.output == "bye\n"


def test_the_script_is_the_main_program_beside_its_data(tmp_path: Path) -> None:
    found = run(tmp_path, '"""Title."""\nmain = __name__\nwhere = __file__\ntitle = __doc__\n')
    assert found.names == {
        "main": "__main__",
        "where": str(tmp_path / "script.py"),
        "title": "Title.",
    }


def test_this_process_stays_as_it_was(tmp_path: Path) -> None:
    np.random.seed(5)
    before, options, handling = np.random.get_state(), np.get_printoptions(), np.geterr()
    run(
        tmp_path,
        "import numpy as np\n"
        "np.random.seed(1)\nnp.random.rand(3)\n"
        "np.set_printoptions(precision=2)\nnp.seterr(all='raise')\n"
        "np.ones(2) / 0\n",
    )
    after = np.random.get_state()
    assert str(before) == str(after)
    assert np.get_printoptions() == options
    assert np.geterr() == handling


def test_the_state_of_the_generator_at_the_end(tmp_path: Path) -> None:
    seed = "import numpy as np\nnp.random.seed(1)\n"
    once, twice = run(tmp_path, seed), run(tmp_path, seed + "np.random.rand()\n")
    again = run(tmp_path, seed)
    assert names_difference(once.random_state, again.random_state) is None
    assert names_difference(once.random_state, twice.random_state) is not None


def test_two_runs_are_the_same_to_the_last_bit(tmp_path: Path) -> None:
    source = (
        "import numpy as np\n"
        "rng = np.random.default_rng(3)\nw = rng.normal(size=(3, 4)).T\nv = w[1:]\nb = w\n"
        "layers = [w, {'bias': v}]\ndef f(x): return x\ng = lambda x: x\n"
    )
    first, second = run(tmp_path, source), run(tmp_path, source)
    assert names_difference(first.names, second.names) is None


@pytest.mark.parametrize("error", ["", "1 / 0"])
def test_prints_what_python_prints(tmp_path: Path, error: str) -> None:
    source = (
        "import numpy as np\n"
        "print(np.arange(3) / 3, 'σ', sep=' → ', end='.\\n')\n"
        "print(f'{np.float64(1) / 3:.3f}', np.float32(0.1), [np.float64(0.5)])\n"
        "np.array([1.0]) / 0\n" + error + "\n"
    )
    path = script(tmp_path, source)
    command = [sys.executable, "-X", "utf8", str(path)]
    python = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    found = run_in_cpython(path)
    assert found.output == python.stdout
    assert (found.error is not None) == (python.returncode != 0)
