"""``stepnet quiz``: questions on standard output, answers from standard input."""

import json

from click.testing import CliRunner, Result

from tui.cli import main


def asked(*arguments: str, answers: str = "") -> Result:
    """Run a quiz with these answers."""
    return CliRunner().invoke(main, ["quiz", *arguments], input=answers)


def test_a_question_a_line_and_the_score_at_the_end() -> None:
    result = asked("trask_neuron", "--from", "1/s", "--to", "1/s", answers="4x1\n")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "1  1/s  s = X @ w  (X (4,3), w (3,1))  shape of s?",
        "Right: s is (4,1). (4,3) @ (3,1) → (4,1): the 3 is summed over",
        "1 of 1 right.",
    ]


def test_the_end_of_the_input_ends_politely() -> None:
    result = asked("trask_neuron", "--from", "1/s", answers="4x1\n")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "1 of 1 right."
    assert asked("trask_neuron", answers="").stdout.splitlines()[-1] == "0 of 0 right."


def test_wrong_answers_are_no_failure() -> None:
    result = asked("trask_neuron", "--from", "1/s", "--to", "1/s", answers="1x4\n")
    assert result.exit_code == 0
    assert "No: (1,4) is the other way round; s is (4,1)." in result.stdout


def test_an_empty_line_skips_and_nonsense_is_asked_again() -> None:
    answers = "nonsense\n\n"
    result = asked("trask_neuron", "--from", "1/s", "--to", "1/s", answers=answers)
    assert "Type a shape: (4,1), 4x1 or 4 1" in result.stdout
    assert "Skipped: it is (4,1)." in result.stdout
    assert result.stdout.splitlines()[-1] == "0 of 0 right, 1 skipped."


def test_json_has_an_object_a_line() -> None:
    answers = "4x1\n\nscalar\n"
    result = asked("trask_neuron", "--from", "1/s", "--count", "3", "--json", answers=answers)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert records[0]["asks"] == "shape"
    assert records[0]["given"] == ["X (4,3)", "w (3,1)"]
    assert records[1]["right"] is True
    assert records[1]["expected"] == "(4,1)"
    assert records[3]["skipped"] is True
    assert records[-1]["score"]["answered"] == 2


def test_what_cannot_be_asked_is_an_error_with_its_place() -> None:
    result = asked("trask_neuron", "--from", "1/nothing")
    assert result.exit_code == 2
    assert "no statement assigns 'nothing'" in result.stderr
    result = asked("trask_neuron", "--count", "0")
    assert result.exit_code == 2
