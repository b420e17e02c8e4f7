"""Playing scripts: what holds, what does not, and what is told of it."""

from pathlib import Path

import pytest

from tests.session.steps.playing import failures, play

HOLDS = """\
until w
expect w == 1 if False else True
expect w bits == [[1], [2.0]]
expect w ~= [[1], [2]] +- 1e-12
expect w ~= np.array([[1.0], [2.0]]) rel 0
expect w < 3
expect w >= 1
expect w != 7
expect shape w == (2,1)
expect shape w != (2,)
expect shape w[0,0] == ()
expect dtype w == float64
expect dtype w != float32
expect changed w
step
expect unchanged w
expect changed n
expect n == 3
expect n != 4
expect n - 1 == len(w)
step
expect name == "relu"
expect 0 < n < 4
expect n in (1, 2, 3)
expect not n > 3
expect [n, n] == [3, 3]
goto 2/loss
expect phase == loss
expect phase != forward
expect stop == goto
expect at 2/loss
expect at loss
expect at @14
expect loss ~= 2.88 +- 1e-9
expect loss is finite
expect np.inf * loss is not finite
goto 2/dloss_dw
expect dloss_dw is exact
expect dloss_dw is not wrong
expect dloss_dy is exact
expect error "no iteration": goto 9/loss
expect error "no statement assigns 'W9'": until W9
expect at 2/dloss_dw
back
expect stop == step
continue to end
expect stop == end
expect output contains "epoch 3"
reverse-continue to start
expect at @0
expect stop == entry
"""


def test_everything_that_can_be_expected_is_found_to_hold(tmp_path: Path) -> None:
    words = [made.word for made in play(tmp_path, HOLDS)]
    assert words.count("passed") == HOLDS.count("expect")
    assert set(words) == {"passed", "done"}


@pytest.mark.parametrize(
    "line", [line for line in HOLDS.splitlines() if " is not " in line or "unchanged" in line]
)
def test_the_opposite_of_what_holds_does_not(line: str, tmp_path: Path) -> None:
    opposite = line.replace(" is not ", " is ").replace("unchanged", "changed")
    outcomes = play(tmp_path, HOLDS.replace(line, opposite))
    assert outcomes[-1].word == "failed"
    assert outcomes[-1].step.text == opposite


def test_a_number_that_is_not_near_is_told_with_all_that_is_known(tmp_path: Path) -> None:
    text = "goto 2/dloss_dy\ncheck loss ~= 2.8 +- 1e-2  # wrong\n"
    assert failures(tmp_path, text) == (
        "test.steps:4:7: loss is not 2.8 +- 1e-2\n"
        "    check loss ~= 2.8 +- 1e-2  # wrong\n"
        "          ^^^^^^^^^^^^^^^^^^^\n"
        "  found     2.88\n"
        "  expected  2.8 +- 1e-2\n"
        "            off by 0.08, 8 times the tolerance\n"
        "  here      2/dloss_dy, line 11: dloss_dy = y\n"
        "  changed   at 2/loss"
    )


def test_a_failure_says_how_to_open_it_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (made,) = [m for m in play(tmp_path, "goto 2/y\nexpect n == 4\n") if m.word == "failed"]
    assert made.standing is not None
    assert made.standing.command == "stepnet net.py --at 2/y"


TOLD = {
    "expect w bits == [[1], [3]]": """\
w is not bit for bit [[1], [3]]
  found     [[1.], [2.]]
  expected  [[1], [3]]
            [1,0] is 2.0, not 3.0; off by 1; 1 of 2 entries do not hold
  here      /n, line 3: n = 3
  changed   at /w""",
    "expect w ~= [1, 2] +- 1": """\
its shape is (2, 1), and (2,) is expected
  here      /n, line 3: n = 3
  changed   at /w
  A single number is compared with every entry; an array needs the same shape.""",
    "expect w < 2": """\
w is not below 2
  found     [[1.], [2.]]
  expected  < 2
            [1,0] is 2.0, not 2; 1 of 2 entries do not hold
  here      /n, line 3: n = 3
  changed   at /w""",
    "expect w == n": """\
floats are not compared with ==
  here      /n, line 3: n = 3
  changed   at /w
  Write ~= with +- or rel behind it, or `bits ==` for the very same float.""",
    "expect n == 4": """\
n is not 4
  found     3
  expected  4
            off by 1
  here      /n, line 3: n = 3
  changed   at /n""",
    "expect shape w == (3, 1)": """\
the shape of w is not (3, 1)
  found     (2, 1)
  expected  (3, 1)
  here      /n, line 3: n = 3
  changed   at /w""",
    "expect stop == breakpoint": """\
stop is not breakpoint
  found     goto
  expected  breakpoint
  here      /n, line 3: n = 3""",
    "expect at 2/loss": """\
the program is not at 2/loss
  found     /n
  expected  2/loss
  here      /n, line 3: n = 3""",
    "expect changed w": """\
w did not change here
  found     [[1.], [2.]]
  here      /n, line 3: n = 3
  changed   at /w""",
    "expect n is exact": """\
n is no gradient of this iteration
  here      /n, line 3: n = 3
  Gradients here are dloss_dw, dloss_dy.""",
    'expect output contains "epoch 9"': """\
the output does not contain it
  found     'nothing' last
  expected  'epoch 9'
  here      /n, line 3: n = 3""",
    'expect error "no": step': """\
there was no error
  found     step at /name
  expected  no
  here      /name, line 4: name = "relu\"""",
    "expect n > 3 and n < 5": """\
n > 3 and n < 5 does not hold
  found     False
  expected  true
  here      /n, line 3: n = 3
  changed   at /n""",
    "expect (w > 0)": """\
an array is neither true nor false
  here      /n, line 3: n = 3
  Write np.all(...) or np.any(...) around it.""",
    "until nope": """\
no statement assigns 'nope'
  here      /n, line 3: n = 3
  A place is a line (12), a name (grad_W2), an address (3/grad_W2) or a phase (phase backward).""",
    "continue": """\
nothing stopped it before the end
  here      end, line 5: for epoch in range(4):
  Write continue to end if it should get there.""",
    "reverse-continue": """\
nothing stopped it before the start
  here      @0
  Write reverse-continue to start if it should get there.""",
}


@pytest.mark.parametrize("line", TOLD)
def test_what_does_not_hold_is_told(line: str, tmp_path: Path) -> None:
    head, *details = failures(tmp_path, f"until n\n{line}\n").splitlines()
    assert "\n".join([head.partition(": ")[2], *details[2:]]) == TOLD[line]


def test_expect_ends_the_script_and_check_goes_on(tmp_path: Path) -> None:
    outcomes = play(tmp_path, "until n\ncheck n == 4\ncheck n == 3\nexpect n == 5\nstep\n")
    assert [made.word for made in outcomes] == ["done", "done", "failed", "passed", "failed"]


def test_a_program_that_raises_fails_the_script_unless_that_is_expected(tmp_path: Path) -> None:
    *_, last = play(tmp_path, "open faulty.py\nend\nexpect n == 3\n")
    assert last.raised
    assert failures(tmp_path, "open faulty.py\nend\n") == (
        "test.steps:4:1: the program raised\n"
        "    end\n"
        "    ^^^\n"
        "  found     faulty.py:4: ValueError: matmul: Input operand 1 has a mismatch in its core "
        "dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 4 is different from 3)\n"
        "                c = a @ b\n"
        "                ^^^^^^^^^\n"
        "  here      /b, line 3: b = np.ones(4)\n"
        "  Write expect stop == exception behind it if it should."
    )
    text = (
        "open faulty.py\nend\nexpect stop == exception\nexpect at /b\nback\nexpect stop == step\n"
    )
    assert [made.word for made in play(tmp_path, text)][2:] == [
        "done",
        *["passed"] * 2,
        "done",
        "passed",
    ]


def test_commands_of_the_screen_are_skipped(tmp_path: Path) -> None:
    assert play(tmp_path, "focus-next\n")[-1].word == "skipped"


def test_a_value_that_changed_in_a_function_changed_where_it_returned(tmp_path: Path) -> None:
    text = "import numpy as np\ndef grow(a):\n    a += 1\n    return a\n"
    text += "w = np.zeros(2)\nb = grow(w)\nc = 1\n"
    (tmp_path / "grow.py").write_text(text, encoding="utf-8")
    told = failures(tmp_path, "open grow.py\nuntil c\nexpect w ~= 0 +- 0\n")
    assert "  changed   at /grow.return" in told


def test_one_script_may_open_several_programs(tmp_path: Path) -> None:
    text = "until n\nopen faulty.py\nuntil a\nexpect a ~= 1 +- 0\nexpect at /a\n"
    assert {made.word for made in play(tmp_path, text)} == {"done", "passed"}
