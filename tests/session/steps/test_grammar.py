"""What a script may say, and what is said of the rest before any of it runs."""

from pathlib import Path

import pytest

from stepnet.session.steps.expectation import At, Near, Said
from stepnet.session.steps.grammar import read_steps
from stepnet.session.steps.script import Do, Expect, Open, StepsError
from tests.session.steps.playing import written

WRONG = {
    "stpe 3": "1: no command is called 'stpe'\n    stpe 3\n    ^^^^\n  Did you mean step?",
    "xyzzy": "1: no command is called 'xyzzy'\n    xyzzy\n    ^^^^^\n"
    "  The ? screen of stepnet lists the commands.",
    "step x": "6: 'x' is not a count\n    step x\n         ^\n  Write a number from 1 on.",
    "  goto": "7: goto needs ADDRESS behind it\n      goto\n          ^\n  Write goto ADDRESS.",
    "goto 0/y": "6: iterations count from 1\n    goto 0/y\n         ^^^\n  An address is 3/name, "
    "2.5/name, 3/name#2, /12 (a line), @417 (a tick), 1000 or end.",
    "restart now": "9: restart takes nothing behind it\n    restart now\n            ^^^",
    "continue to start": "10: continue takes nothing behind it\n    continue to start\n"
    "             ^^^^^^^^",
    "expect": "7: nothing is expected\n    expect\n          ^\n"
    "  Write what must hold: E ~= 0.62 +- 1e-2.",
    "expect y = 3": "10: = compares nothing\n    expect y = 3\n             ^\n"
    "  Write ~= for floats, == for the rest.",
    "expect y == [0.5]": "10: floats are not compared with ==\n    expect y == [0.5]\n"
    "             ^^\n  Write ~= with +- or rel behind it, or `bits ==` for the very same float.",
    "expect y ~= 0.5": "16: ~= does not say how near\n    expect y ~= 0.5\n                   ^\n"
    "  Write how near: `~= 0.62 +- 1e-2`, or `~= 0.62 rel 1e-6`.",
    "check y ~= 0.5 rel -1": "20: '-1' is not a tolerance\n    check y ~= 0.5 rel -1\n"
    "                       ^^\n  Write how near: `~= 0.62 +- 1e-2`, or `~= 0.62 rel 1e-6`.",
    "check y ~= 1 +- 1 and n == 3": "25: one comparison a line\n"
    "    check y ~= 1 +- 1 and n == 3\n                            ^\n"
    "  Write an expectation for each.",
    "expect y is exat": "13: nothing is said to be 'exat'\n    expect y is exat\n"
    "                ^^^^\n  Did you mean exact?",
    "expect shape w == 4": "19: '4' is not a shape\n    expect shape w == 4\n"
    "                      ^\n  A shape is written (4, 1), (4,) or ().",
    "expect dtype w == np.f": "19: 'np.f' is not a dtype\n    expect dtype w == np.f\n"
    "                      ^^^^\n  A dtype is written float64, int64 or bool.",
    "expect stop < 3": "13: stop is compared with == or !=\n    expect stop < 3\n                ^",
    "expect (y": "8: not an expression: '(' was never closed\n    expect (y\n           ^",
    "expect at 3//y": "11: '3//y' is not an address\n    expect at 3//y\n              ^^^^\n"
    "  An address is 3/name, 2.5/name, 3/name#2, /12 (a line), @417 (a tick), 1000 or end.",
    "expect error print": "14: error is not followed by its text and a command\n"
    "    expect error print\n                 ^\n  Write error \"no name 'W9'\": print W9.",
    'expect error "Q": stpe': "19: no command is called 'stpe'\n"
    '    expect error "Q": stpe\n                      ^^^^\n  Did you mean step?',
    "expect output is x": "15: output is not followed by contains\n    expect output is x\n"
    '                  ^\n  Write output contains "text".',
    "expect output contains x": "24: a text is written in quotes\n"
    '    expect output contains x\n                           ^\n  Write "x".',
    "include test.steps": "9: the script would include itself\n    include test.steps\n"
    "            ^^^^^^^^^^\n  Leave it out.",
    "include no.steps": "9: no.steps cannot be read: No such file or directory\n"
    "    include no.steps\n            ^^^^^^^^\n  It is looked for beside this file.",
    "open nope": "6: no scenario and no file is called 'nope'\n    open nope\n         ^^^^\n"
    "  stepnet list shows the built-in scenarios; a script is given by its path, "
    "ending in .py or .ipynb",
    "open a b": "6: open needs one target behind it\n    open a b\n         ^\n"
    "  Write open TARGET or open TARGET seed 3.",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_cannot_be_read_is_told_with_its_place_and_what_to_do(
    line: str, tmp_path: Path
) -> None:
    with pytest.raises(StepsError) as error:
        read_steps(written(tmp_path, line), "test.steps")
    place, _, rest = WRONG[line].partition(": ")
    assert str(error.value) == f"test.steps:3:{place}: {rest}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "# nothing\nstep\n",
            "t.steps:2:1: the header is missing\n    step\n    ^^^^\n  Write steps 1 before it.",
        ),
        (
            "steps 2\nopen relu_net\n",
            "t.steps:1:7: the version of the language is 1, not 2\n    steps 2\n          ^\n"
            "  Write steps 1.",
        ),
        (
            "steps 1\n\nstep # go\n",
            "t.steps:3:1: nothing is open yet\n    step # go\n    ^^^^\n  Write open TARGET first.",
        ),
        ("steps 1\n", "t.steps: nothing is done here\n  Write open TARGET, then commands."),
        ("", "t.steps: an empty script\n  Write steps 1 first."),
    ],
)
def test_a_script_begins_with_its_header_and_what_it_opens(
    text: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "t.steps"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StepsError) as error:
        read_steps(path, "t.steps")
    assert str(error.value) == told


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(StepsError) as error:
        read_steps(written(tmp_path, "stpe\nstep\nstep 0\nexpect\n"))
    assert str(error.value).count("test.steps:") == 3


def test_comments_blanks_and_counts_are_read(tmp_path: Path) -> None:
    text = "  step 2 # twice\n\n# all of it\n3 step\ngoto 2/w#1  # not a comment: #1\n"
    steps = read_steps(written(tmp_path, text))
    assert [step.does.text for step in steps if isinstance(step.does, Do)] == [
        "step 2",
        "step 3",
        "goto 2/w#1",
    ]
    assert [step.text for step in steps] == ["open net.py", "step 2", "3 step", "goto 2/w#1"]


def test_a_target_is_looked_for_beside_the_script_then_among_the_scenarios(tmp_path: Path) -> None:
    text = "open relu_net\nopen 'my net.py' seed 4\n"
    (tmp_path / "my net.py").write_text("a = 1\n", encoding="utf-8")
    steps = read_steps(written(tmp_path, text))
    assert [step.does for step in steps] == [
        Open(str(tmp_path / "net.py"), None),
        Open("relu_net", None),
        Open(str(tmp_path / "my net.py"), 4),
    ]


def test_an_included_script_is_unfolded_and_keeps_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    inner = tmp_path / "inner" / "again.steps"
    inner.write_text("steps 1\nuntil loss\nexpect at 1/loss\n", encoding="utf-8")
    steps = read_steps(written(tmp_path, "include inner/again.steps\nstep\n"))
    assert [(step.source.path.name, step.line) for step in steps] == [
        ("test.steps", 2),
        ("again.steps", 2),
        ("again.steps", 3),
        ("test.steps", 4),
    ]


def test_a_circle_of_includes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.steps").write_text("steps 1\ninclude test.steps\n", encoding="utf-8")
    with pytest.raises(StepsError) as error:
        read_steps(written(tmp_path, "include a.steps\n"))
    assert "a.steps:2:9: the script would include itself" in str(error.value)


def test_expectations_are_told_apart(tmp_path: Path) -> None:
    text = "expect y[0, 'a+-'] ~= (1 +- 2) rel 1e-3\nexpect stop == end\ncheck at 3/y\nexpect at\n"
    steps = read_steps(written(tmp_path, text))
    found = [step.does for step in steps if isinstance(step.does, Expect)]
    assert [each.what for each in found[:3]] == [
        Near("y[0, 'a+-']", "(1 +- 2)", 1e-3, True, "rel 1e-3"),
        Said("stop", "==", "end"),
        At("3/y"),
    ]
    assert [each.goes_on for each in found] == [False, False, True, False]


def test_check_alone_is_the_command_and_check_with_something_is_an_expectation(
    tmp_path: Path,
) -> None:
    steps = read_steps(written(tmp_path, "check\ncheck n == 3\n"))
    assert [type(step.does) for step in steps] == [Open, Do, Expect]
