"""What is asked of a statement, and what an answer to it is worth."""

import numpy as np
import pytest

from stepnet.session.errors import CommandError
from stepnet.session.panes import chain_rows, name_rows, program_rows, step_view
from stepnet.session.predict import Question, Score, judged, questions
from stepnet.session.quiz import quiz
from stepnet.session.session import Session
from tests.session.opening import NET, at, session


def asked(address: str, kind: str, text: str = NET) -> Question:
    """The question of a kind at an address, whichever seed it takes."""
    opened = at(text, address)
    for seed in range(40):
        for question in questions(opened, seed):
            if question.asks == kind:
                return question
    raise AssertionError(f"{kind} is never asked at {address}")


def test_an_array_asks_for_its_shape() -> None:
    question = asked("1.1/s", "shape")
    assert question.text == "shape of s"
    assert question.given == ("X (3,2)", "w (2,1)", "b (1,1)")
    assert judged(question, "3x1").right is True
    told = judged(question, "3 1").text
    assert told.startswith("Right: s is (3,1). (3,2) @ (2,1) → (3,1): the 2 is summed over; ")


def test_a_wrong_shape_is_told_what_is_wrong_with_it() -> None:
    question = asked("1.1/d_w", "shape")
    assert "(1,2) is the other way round" in judged(question, "1x2").text
    assert "(2,) has the same entries, but (2,1) keeps other axes" in judged(question, "2").text
    told = judged(question, "7x7")
    assert told.right is False
    assert told.text.startswith("No: d_w is (2,1). ")
    assert "a gradient has the shape of what it is taken by: w is (2,1)" in told.text


def test_an_answer_that_cannot_be_read_does_not_count() -> None:
    question = asked("1.1/s", "shape")
    told = judged(question, "tall")
    assert told.right is None
    assert told.text == "Type a shape: (4,1), 4x1 or 4 1; (4,) for a vector, () for a number."
    assert Score().after(told) == Score()


def test_a_gradient_asks_for_the_sign_of_an_entry() -> None:
    question = asked("1.1/d_w", "sign")
    truth = np.asarray(at(NET, "1.1/d_w").machine.names["d_w"])[question.entry]
    word, other = ("neg", "+") if truth < 0 else ("pos", "-")
    assert judged(question, word).right is True
    assert judged(question, other).right is False
    assert f"{question.what} = Σₙ X[n," in judged(question, word).text


def test_a_value_is_right_within_the_tolerance_that_is_stated() -> None:
    question = asked("1.1/d_w", "value")
    truth = float(np.asarray(at(NET, "1.1/d_w").machine.names["d_w"])[question.entry])
    assert question.truth == truth
    assert f"±{question.tolerance:g} counts as right" in question.text
    for off, right in ((0.0, True), (0.9, True), (1.1, False), (-1.1, False)):
        assert judged(question, repr(truth + off * question.tolerance)).right is right


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("import numpy as np\nlr = 0.1\n", "/2"),
        ("import numpy as np\nname = 'x'\n", "/2"),
        ("import numpy as np\nx = 3 * 4.0\n", "/2"),
        ("import numpy as np\nnp.random.seed(1)\n", "/2"),
        ("import numpy as np\nfor n in range(3):\n    pass\n", "/2"),
        ("import numpy as np\nx = np.zeros(0)\n", "/2"),
    ],
)
def test_nothing_is_asked_where_there_is_nothing_to_predict(text: str, address: str) -> None:
    assert questions(at(text, address)) == ()


def test_a_number_made_of_arrays_asks_for_its_shape() -> None:
    assert asked("1.1/loss", "shape").answer == "()"


def test_an_update_does_not_ask_for_the_shape_it_shows() -> None:
    opened = at(NET, "1.1/w")
    assert all(
        question.asks != "shape" for seed in range(9) for question in questions(opened, seed)
    )


def test_asking_leaves_the_program_where_it_stands() -> None:
    opened = at(NET, "2.1/d_w")
    before = opened.position.address, opened.machine.tick
    questions(opened)
    assert (opened.position.address, opened.machine.tick) == before
    assert opened.do("step").address == "2.1/d_b"


def test_what_is_hidden_is_shown_nowhere() -> None:
    opened = at(NET, "1.1/d_w")
    opened.check()
    value = np.asarray(opened.machine.names["d_w"])
    opened.hidden = frozenset({"d_w"})
    view = step_view(opened)
    assert [str(result.value) for result in view.results] == ["?"]
    assert [operand.text for operand in view.operands] == ["X.T", "d_s"]
    told = (view.arithmetic, view.narration, view.why, view.verdict, view.changed)
    assert not any(told)
    (row,) = [row for row in name_rows(opened) if row.name == "d_w"]
    assert (row.shape, row.summary, str(row.value)) == ("", "?", "?")
    (link,) = [link for link in chain_rows(opened) if link.name == "d_w"]
    assert (link.shape, link.value, link.verdict) == ("", "?", "")
    (line,) = [line for line in program_rows(opened) if line.mark == "current"]
    assert line.shape == ""
    opened.hidden = frozenset()
    assert step_view(opened).results[0].value is not None
    assert f"{value.shape[0]}" in step_view(opened).results[0].shape


def test_the_score_counts_answers_and_skips() -> None:
    question = asked("1.1/s", "shape")
    score = Score()
    for answer in ("3x1", "1x3", "what", None):
        score = score.after(None if answer is None else judged(question, answer))
    assert score.text == "1 of 2 right, 1 skipped"


def test_a_quiz_asks_in_the_order_of_time_and_stands_there() -> None:
    opened = session(NET)
    seen = []
    for question in quiz(opened, None, None, 8, 1):
        assert opened.position.address == question.address
        seen.append(opened.machine.tick)
    assert seen == sorted(seen)
    assert len(seen) == 8


def test_a_quiz_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    def texts(seed: int) -> list[str]:
        return [part.address + part.text for part in quiz(session(NET), None, "2.2", 6, seed)]

    assert texts(1) == texts(1)
    assert len({tuple(texts(seed)) for seed in range(5)}) > 1


def test_a_quiz_keeps_to_its_range() -> None:
    addresses = {part.address for part in quiz(session(NET), "2.1/s", "2.1/d_w", 50, 0)}
    assert addresses <= {
        f"2.1/{name}" for name in ("s", "y_hat", "loss", "d_y_hat", "d_s", "d_w", "sigmoid.s")
    }
    assert "2.1/s" in addresses
    assert "2.1/d_w" in addresses


def test_a_quiz_without_questions_says_so() -> None:
    with pytest.raises(CommandError, match="there is nothing to ask here: no statement assigns an"):
        list(quiz(session("x = 1\n"), None, None, 3, 0))
    with pytest.raises(CommandError, match="comes after"):
        list(quiz(session(NET), "2.1/d_w", "1.1/s", 3, 0))


@pytest.mark.parametrize("target", ["relu_net", "regressor", "jacobian_net", "finite_differences"])
def test_the_right_answer_is_always_right(target: str) -> None:
    opened = Session.open(target)
    count = 0
    for question in quiz(opened, None, None, 60, 3):
        count += 1
        assert judged(question, question.answer).right is True, question.text
        assert question.statement
    assert count > 5
