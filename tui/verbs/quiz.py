"""``stepnet quiz``: predict shapes, signs and values in a plain terminal.

1/10  1/dE_dw  dE_dw = X.T @ dE_ds  (X (4,3), dE_ds (4,1))  shape of dE_dw?
3x1
Right: dE_dw is (3,1). (3,4) @ (4,1) → (3,1): the 4 is summed over
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from tui.answering import failures, opened, quiet_pipe, say, say_notes
from tui.limits import limited

if TYPE_CHECKING:
    from stepnet.session.predict import Judgement, Question, Score

Writer = Callable[[str], None]


@click.command("quiz", short_help="Predict shapes, signs and values.")
@click.argument("target")
@click.option("--from", "start", metavar="ADDRESS", help="First step that is asked about.")
@click.option("--to", "stop", metavar="ADDRESS", help="Last one; else the first iteration's end.")
@click.option("--count", type=click.IntRange(min=1), default=10, show_default=True, metavar="N",
              help="How many questions.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Print ASCII characters only.")
@click.option("--seed", type=int, metavar="N",
              help="Choose other questions; also the seed of a script that sets none.")  # fmt: skip
@limited
def verb(
    target: str,
    start: str | None,
    stop: str | None,
    count: int,
    as_json: bool,
    ascii_only: bool,
    seed: int | None,
) -> None:
    """Ask for the shapes, signs and values that TARGET computes.

    A question is one line on standard output, an answer one line on standard input: (4,1), 4x1 or
    4 1 for a shape; + or - for a sign; a number for a value. An empty line skips. At the end of
    the input the score is told; wrong answers are no failure.

    \b
    Examples:
      stepnet quiz trask_neuron
      stepnet quiz my_network.py --from 3 --to 3/W1 --count 5
      printf '4x1\\n(3,1)\\n' | stepnet quiz trask_neuron --from 1/s --json
    """
    from stepnet.session.predict import Score
    from stepnet.session.quiz import quiz

    with failures():
        session = opened(target, seed)
        say(session.script.title)
        say_notes(session)
        answers = (line.rstrip("\n") for line in sys.stdin)
        score = Score()
        with quiet_pipe(ascii_only) as write:
            asked = quiz(session, start, stop, count, seed or 0)
            for number, question in enumerate(asked, start=1):
                show = _json_question if as_json else _question
                write(show(question, number))
                sys.stdout.flush()
                judgement, ended = _judged(question, answers, write, as_json=as_json)
                if ended:
                    break
                score = score.after(judgement)
            write(_json_score(score) if as_json else f"{score.text}.")


def _judged(
    question: Question, answers: Iterator[str], write: Writer, *, as_json: bool
) -> tuple[Judgement | None, bool]:
    """What the next answer is worth, None for a skipped one, and whether the input has ended."""
    from stepnet.session.predict import judged

    for answer in answers:
        if not answer.strip():
            write(_json_skipped(question) if as_json else f"Skipped: it is {question.answer}.")
            return None, False
        judgement = judged(question, answer)
        write(_json_judgement(question, answer, judgement) if as_json else judgement.text)
        sys.stdout.flush()
        if judgement.right is not None:
            return judgement, False
    return None, True


def _question(question: Question, number: int) -> str:
    given = f"  ({', '.join(question.given)})" if question.given else ""
    return f"{number}  {question.address}  {question.statement}{given}  {question.text}?"


def _json_question(question: Question, number: int) -> str:
    record: dict[str, Any] = {
        "question": number,
        "address": question.address,
        "line": question.line,
        "statement": question.statement,
        "name": question.name,
        "asks": question.asks,
        "entry": list(question.entry),
        "given": list(question.given),
        "text": question.text,
    }
    if question.asks == "value":
        record["tolerance"] = question.tolerance
    return json.dumps(record, ensure_ascii=False)


def _json_judgement(question: Question, answer: str, judgement: Judgement) -> str:
    record: dict[str, Any] = {"answer": answer, "right": judgement.right, "text": judgement.text}
    if judgement.right is not None:
        record["expected"] = question.answer
    return json.dumps(record, ensure_ascii=False)


def _json_skipped(question: Question) -> str:
    return json.dumps({"answer": "", "right": None, "skipped": True, "expected": question.answer})


def _json_score(score: Score) -> str:
    told = {"right": score.right, "answered": score.answered, "skipped": score.skipped}
    return json.dumps({"score": told})
