"""The command line without a terminal: list, trace, help, errors and their exit status."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from stepnet.source.builtin import builtin_scenarios
from tui.cli import main

COMMAND = [sys.executable, "-c", "from tui.cli import main; main(prog_name='stepnet')"]


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), prog_name="stepnet")


def test_list_names_every_scenario_with_its_size_and_title() -> None:
    result = run("list")
    assert result.exit_code == 0
    for scenario in builtin_scenarios():
        assert f"{scenario.name} " in result.stdout
        assert f"{scenario.statements} statements" in result.stdout
        assert scenario.title in result.stdout


def test_list_as_json_says_where_each_comes_from() -> None:
    records = json.loads(run("list", "--json").stdout)
    assert [record["name"] for record in records] == [s.name for s in builtin_scenarios()]
    assert all(record["source"] and record["introduction"] for record in records)


def test_trace_prints_tick_address_line_and_statement() -> None:
    result = run("trace", "trask_neuron", "--from", "1/dE_ds", "--to", "1/dE_dw")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split()[1] == "1/dE_ds"
    assert lines[0].endswith("dE_ds = dE_dyhat * dyhat_ds")
    assert lines[1].split() == ["dE_ds", "(4,1)", "float64"]
    assert lines[2].split()[1] == "1/dE_dw"
    assert int(lines[0].split()[0]) + 1 == int(lines[2].split()[0])
    assert "Trask" in result.stderr
    assert "Trask" not in result.stdout


def test_trace_prints_values_as_aligned_numpy_text() -> None:
    result = run("trace", "trask_neuron", "--from", "1/E", "--to", "1/dE_dyhat", "--values")
    assert "E () float64 = 0.6198917" in result.stdout
    assert "[[ 0.2689864 ]\n" in result.stdout
    assert "[-0.67372" in result.stdout


def test_trace_as_json_has_every_digit() -> None:
    result = run("trace", "trask_neuron", "--from", "3/E", "--to", "3/dE_dw", "--values", "--json")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert records[0]["address"] == "3/E"
    assert records[0]["phase"] == "loss"
    (change,) = records[-1]["changed"]
    assert change["name"] == "dE_dw"
    assert change["shape"] == [3, 1]
    assert change["dtype"] == "float64"
    assert np.shape(change["value"]) == (3, 1)
    keys = {"tick", "address", "line", "statement", "frame", "phase", "changed"}
    assert set(records[0]) == keys


def test_numbers_gone_wrong_are_words_in_json(tmp_path: Path) -> None:
    path = tmp_path / "wrong.py"
    path.write_text("import numpy as np\na = np.array([np.nan, np.inf, -np.inf])\n")
    result = run("trace", str(path), "--values", "--json")
    changed = json.loads(result.stdout.splitlines()[-1])["changed"]
    assert changed[0]["value"] == ["nan", "inf", "-inf"]


def test_trace_in_ascii_is_ascii() -> None:
    result = run("trace", "relu_net", "--to", "1/loss", "--values", "--ascii")
    assert result.exit_code == 0
    assert result.stdout.isascii()


def test_an_error_of_the_script_ends_the_trace_with_status_3(tmp_path: Path) -> None:
    path = tmp_path / "raises.py"
    path.write_text("import numpy as np\na = np.ones((3, 4))\nc = a @ a\n")
    result = run("trace", str(path))
    assert result.exit_code == 3
    assert "a = np.ones((3, 4))" in result.stdout
    assert "ValueError" in result.stderr
    assert "raises.py:3" in result.stderr


def test_an_unknown_target_is_answered_with_a_suggestion() -> None:
    result = run("trask_neuro")
    assert result.exit_code == 2
    assert "trask_neuron" in result.stderr
    assert "stepnet list" in result.stderr
    assert result.stdout == ""


def test_a_mistyped_command_is_recognised() -> None:
    result = run("tracee")
    assert result.exit_code == 2
    assert "stepnet trace" in result.stderr


def test_a_script_that_cannot_be_opened_is_refused_like_a_compiler_does(tmp_path: Path) -> None:
    path = tmp_path / "refused.py"
    path.write_text("import os\nos.remove('x')\n")
    result = run("trace", str(path))
    assert result.exit_code == 2
    assert "refused.py:2:" in result.stderr
    assert "^" in result.stderr


def test_a_wrong_address_is_a_usage_error() -> None:
    result = run("trace", "trask_neuron", "--to", "1/nothing")
    assert result.exit_code == 2
    assert "nothing" in result.stderr


def test_without_a_terminal_the_plain_way_is_named() -> None:
    result = run("trask_neuron")
    assert result.exit_code == 2
    assert "stepnet trace trask_neuron" in result.stderr


def test_a_script_named_like_a_command_is_opened_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list").write_text("")
    Path("list.py").write_text("x = 1\n")
    assert "stepnet trace ./list.py" in run("./list.py").stderr
    assert "trask_neuron" in run("list").stdout


@pytest.mark.parametrize("args", [["--help"], ["trask_neuron", "--help"], ["trace", "--help"]])
def test_help_has_examples(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert "stepnet trace regressor --from 1.1 --to 1.1/d_b1 --values" in result.stdout


def test_only_what_exists_is_offered() -> None:
    text = run("--help").stdout
    assert "list" in text
    assert "trace" in text
    for later in ["serve", "export"]:
        assert later not in text


def test_version() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("stepnet ")


def test_an_address_needs_a_target() -> None:
    result = run("--at", "3/E")
    assert result.exit_code == 2
    assert "TARGET" in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["list"],
        ["trace", "trask_neuron", "--to", "1/E"],
        ["check", "trask_neuron", "--at", "1"],
        ["derive", "trask_neuron"],
        ["nothing"],
    ],
)
def test_headless_ways_do_not_import_textual(args: list[str]) -> None:
    code = (
        "import sys\n"
        "from tui.cli import main\n"
        f"try:\n    main({args!r}, prog_name='stepnet')\n"
        "except SystemExit:\n    pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'textual', 'rich', 'scenarios'}))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_ends_the_trace_silently() -> None:
    process = subprocess.Popen(
        [*COMMAND, "trace", "trask_neuron"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 0
    assert "Traceback" not in errors
    assert "Broken" not in errors


def test_a_bad_configuration_file_is_explained_before_the_screen_changes(tmp_path: Path) -> None:
    folder = tmp_path / "stepnet"
    folder.mkdir()
    (folder / "config.toml").write_text('[keys]\nstpe = "x"\n')
    status, shown = in_terminal("trask_neuron", XDG_CONFIG_HOME=str(tmp_path))
    assert status == 2
    assert "did you mean 'step'?" in shown
    assert "\x1b[?1049h" not in shown


def test_a_wrong_starting_address_is_explained_before_the_screen_changes() -> None:
    status, shown = in_terminal("trask_neuron", "--at", "3/nothing")
    assert status == 2
    assert "no statement assigns 'nothing'" in shown
    assert "\x1b[?1049h" not in shown


def test_a_recording_needs_a_target_and_overwrites_nothing(tmp_path: Path) -> None:
    result = run("--record", "new.steps")
    assert result.exit_code == 2
    assert "--record needs a TARGET to record" in result.stderr
    there = tmp_path / "there.steps"
    there.touch()
    status, shown = in_terminal("trask_neuron", "--record", str(there))
    assert status == 2
    assert "there.steps exists already" in shown
    assert "\x1b[?1049h" not in shown


@pytest.mark.parametrize(("expected", "status"), [("n == 3", 0), ("n == 4", 1)])
def test_a_replay_on_the_screen_says_what_came_of_it_when_it_has_been_left(
    expected: str, status: int, tmp_path: Path
) -> None:
    (tmp_path / "net.py").write_text("n = 3\nm = 4\n", encoding="utf-8")
    path = tmp_path / "net.steps"
    path.write_text(f"steps 1\nopen net.py\nuntil n\ncheck {expected}\n", encoding="utf-8")
    found, shown = in_terminal("replay", str(path), "--tui", "--pause", "0", "--quit")
    assert found == status
    behind = shown.partition("\x1b[?1049l")[2]
    assert behind.rstrip().endswith(f"{1 - status} passed, {status} failed")
    assert ("n is not 4" in behind) == bool(status)


def in_terminal(*args: str, **environment: str) -> tuple[int, str]:
    """Status and output of the command on a pseudo-terminal, for what ends by itself."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(environment)
        os.execv(COMMAND[0], [*COMMAND, *args])
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()
