"""`stepnet lint`: every refusal at once, and nothing runs."""

import json
from pathlib import Path

from click.testing import CliRunner

from tui.cli import main

BAD = "import pandas\nprint(pandas)\nx = eval('1')\n"


def test_every_refusal_is_shown_with_what_to_write_instead(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text(BAD, encoding="utf-8")
    result = CliRunner().invoke(main, ["lint", str(path)])
    assert result.exit_code == 2
    assert result.stdout == (
        "bad.py:1:8: 'import pandas' is not opened\n"
        "    import pandas\n"
        "           ^^^^^^\n"
        "  Read the numbers with np.genfromtxt(file, delimiter=',', skip_header=1).\n"
        "bad.py:3:5: the builtin eval is not opened\n"
        "    x = eval('1')\n"
        "        ^^^^\n"
        "  Write the expression out.\n"
    )


def test_a_script_that_can_be_opened_passes() -> None:
    result = CliRunner().invoke(main, ["lint", "trask_neuron", "relu_net"])
    assert (result.exit_code, result.stdout) == (
        0,
        "trask_neuron: can be opened\nrelu_net: can be opened\n",
    )


def test_json_has_a_line_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text(BAD, encoding="utf-8")
    result = CliRunner().invoke(main, ["lint", "--json", str(path), "trask_neuron"])
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 2
    assert (first["line"], first["message"]) == (1, "'import pandas' is not opened")
    assert second["place"] == "bad.py:3:5"


def test_a_target_that_is_not_there_is_an_error() -> None:
    result = CliRunner().invoke(main, ["lint", "nothing_like_it"])
    assert result.exit_code == 2
    assert "no scenario and no file is called" in result.stderr
