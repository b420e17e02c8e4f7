"""Predict mode: each result stays hidden until it was predicted, or skipped.

    │ X.T (3,4)   dE_ds (4,1)       │ the operands are seen, the result is a question mark
    shape of dE_dw: 3x1█              the question stands in the prompt

A statement may ask twice, for its shape and for an entry. Whatever moves the program on without an
answer skips what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stepnet.session.predict import Judgement, Question, Score, judged, questions
from tui.lines import wrap

if TYPE_CHECKING:
    from tui.panes.step import StepPane
    from tui.screens.debugger import Debugger

MOST_KNOWN = 3
"""Lines above the question."""


class Predicting:
    """The questions of one debugger's screen, and the score."""

    def __init__(self, screen: Debugger) -> None:
        self.screen = screen
        self.score: Score | None = None
        """None while the mode is off."""
        self._left: list[Question] = []
        self._tick = 0

    @property
    def pane(self) -> StepPane:
        """Where a prediction is judged."""
        return self.screen.stage.step

    def toggle(self) -> None:
        """Turn the mode on, or off with the score."""
        if self.score is None:
            self.score = Score()
            self._tick = self.screen.session.machine.tick
            self.screen.say("predict mode: step on, and say what comes before it is shown")
            return
        told, self.score = self.score.text, None
        self._show()
        self.screen.say(f"predict mode off: {told}")

    def stopped(self) -> None:
        """The program has come to a statement: hide its result if it asks for something."""
        session = self.screen.session
        tick = session.machine.tick
        forward, self._tick = tick > self._tick, tick
        self._skip_rest()
        self.pane.remark = ("", "")
        session.hidden = frozenset()
        if self.score is not None and forward and self.screen.runs.idle:
            self._left = list(questions(session))
            session.hidden = frozenset(question.name for question in self._left)

    def ask(self, error: str = "") -> None:
        """Put the next question, if there is one."""
        if not self._left or self.score is None:
            return
        question = self._left[0]
        room = self.screen.app.size.width - 2
        known = wrap(", ".join(question.given), room)[:MOST_KNOWN] if question.given else []
        done = f"{self.score.right}/{self.score.answered}  " if self.score.answered else ""
        self.screen.prompt.ask(f"{done}{question.text}:", tuple(known), error)

    def answer(self, text: str) -> None:
        """Take an answer; an empty one skips."""
        if not self._left or self.score is None:
            return
        if not text:
            self.skip()
            return
        judgement = judged(self._left[0], text)
        if judgement.right is None:
            self.ask(f"{text!r} is no {self._left[0].asks}. {judgement.text}")
            return
        self._left.pop(0)
        self.score = self.score.after(judgement)
        self._show(judgement)
        self.ask()

    def skip(self) -> None:
        """Leave the rest of this statement's questions."""
        if self._left:
            self._skip_rest()
            self._show()

    def _skip_rest(self) -> None:
        if self.score is not None:
            for _ in self._left:
                self.score = self.score.after(None)
        self._left = []

    def _show(self, judgement: Judgement | None = None) -> None:
        """Show what is not asked for any more."""
        if judgement is not None:
            self.pane.remark = (judgement.text, "good" if judgement.right else "bad")
        if not self._left or self.score is None:
            self._left = []
            self.screen.session.hidden = frozenset()
        self.screen.show_all()
