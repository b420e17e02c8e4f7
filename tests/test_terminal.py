"""Our terminal, tried on small programs."""

import signal
import sys
import time

import pytest

from tests.terminal import ENTER, NotShown, Terminal


def python(source: str, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
    return Terminal.start([sys.executable, "-c", source], columns, rows, env)


def test_shows_what_is_printed() -> None:
    with python("print('σ =', 1); print('two')") as terminal:
        assert terminal.wait_for_end() == 0
        assert terminal.text() == "σ = 1\ntwo"


def test_obeys_escape_sequences() -> None:
    with python(r"print('gone\x1b[2J\x1b[3;5Hhere\x1b[1;1H', end='', flush=True)") as terminal:
        assert terminal.wait_for("here$") == "\n\n    here"
        assert b"gone" in terminal.raw


def test_has_the_size_it_was_given() -> None:
    source = "import os, sys; print(sys.stdin.isatty(), *os.get_terminal_size(0))"
    with python(source, 100, 30) as terminal:
        assert terminal.wait_for("30") == "True 100 30"


def test_takes_another_size() -> None:
    source = """
import os, signal
signal.signal(signal.SIGWINCH, lambda *_: print(*os.get_terminal_size(0), flush=True))
print("ready", flush=True)
while True:
    signal.pause()
"""
    with python(source) as terminal:
        terminal.wait_for("ready")
        terminal.resize(44, 10)
        assert "44 10" in terminal.wait_for("44 10")


def test_types_keys_and_waits_for_what_they_change() -> None:
    with python("while True: print(eval(input('> ')))") as terminal:
        before = terminal.wait_for("^>")
        terminal.send("6 * 7" + ENTER)
        assert terminal.wait_for_change(before) != before
        assert terminal.wait_for(r"^42$").splitlines()[1] == "42"


def test_settles_when_nothing_is_written_any_more() -> None:
    source = "import time\nfor i in range(4): print(i, flush=True); time.sleep(0.05)\ninput()"
    with python(source) as terminal:
        terminal.wait_for("0")
        assert terminal.settle(quiet=0.5) == "0\n1\n2\n3"


def test_knows_the_exit_status() -> None:
    with python("raise SystemExit(3)") as terminal:
        assert terminal.wait_for_end() == 3
    with python("import os, signal; os.kill(os.getpid(), signal.SIGTERM)") as terminal:
        assert terminal.wait_for_end() == -signal.SIGTERM


def test_passes_the_environment_on() -> None:
    with python("import os; print(os.environ['NO_COLOR'], os.environ['TERM'])", NO_COLOR="1") as it:
        assert it.wait_for("color") == "1 xterm-256color"


def test_a_program_that_is_not_there() -> None:
    with Terminal.start(["no-such-program-anywhere"]) as terminal:
        assert terminal.wait_for_end() == 127
        assert "no-such-program-anywhere" in terminal.text()


def test_says_what_it_shows_when_it_does_not_show_what_it_should() -> None:
    with python("print('something else'); input()") as terminal:
        terminal.wait_for("something")
        with pytest.raises(NotShown, match=r"never showed 'this', but:\nsomething else"):
            terminal.wait_for("this", timeout=0.05)
        with pytest.raises(NotShown, match="nothing changed"):
            terminal.wait_for_change(terminal.text(), timeout=0.05)
        with pytest.raises(NotShown, match="still running"):
            terminal.wait_for_end(timeout=0.05)


def test_does_not_wait_on_once_the_program_has_ended() -> None:
    start = time.monotonic()
    with python("print('bye')") as terminal, pytest.raises(NotShown, match="bye"):
        terminal.wait_for("never", timeout=600)
    assert time.monotonic() - start < 300


def test_ends_a_program_that_does_not_end() -> None:
    terminal = python("import signal\nsignal.signal(15, lambda *_: 0)\nprint(1)\nwhile True: pass")
    terminal.wait_for("1")
    terminal.close()
    terminal.close()
    assert terminal.status == -signal.SIGKILL
