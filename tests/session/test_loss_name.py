"""Which name holds the loss."""

from pathlib import Path

import pytest

from stepnet.source.program import compile_program
from stepnet.source.script import script_from_text


@pytest.mark.parametrize(
    ("loss", "body"),
    [
        ("loss", "    e = np.exp(w)\n    loss = np.sum(e)\n"),
        ("cost", "    J = w.T @ w\n    cost = np.sum(J)\n"),
        ("E", "    e = np.exp(w)\n    E = np.sum(e)\n"),
    ],
    ids=["an exponential comes first", "a matrix called J", "a capital letter"],
)
def test_a_word_goes_before_a_letter_and_a_small_letter_is_no_loss(loss: str, body: str) -> None:
    text = f"import numpy as np\nw = np.ones((2, 2))\nfor epoch in range(3):\n{body}    w -= 0.1\n"
    program = compile_program(script_from_text("script", text, Path("script.py").resolve()))
    assert program.loss == loss
