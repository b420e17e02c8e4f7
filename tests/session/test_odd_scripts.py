"""Whatever a script does, deriving and checking it ends in statements or in a clear error."""

from __future__ import annotations

import random
import warnings
from contextlib import suppress

import pytest

from stepnet.session.checking import reports
from stepnet.session.completed import backward_of
from stepnet.session.errors import CommandError
from stepnet.session.replaced import with_derived
from stepnet.source.script import script_from_text
from tests.calculus.checking import HERE, findings_of, opened
from tests.generated.scripts import script

HEAD = "import numpy as np\nnp.random.seed(0)\nW = np.random.randn(3, 2)\n"

ODD = {
    "a store that raises": "c = W * 2\nc[...] = np.ones(5)\nloss = np.sum(c)\n",
    "a starred argument": "def f(a, b):\n    return a * b\nloss = np.sum(f(*[W, W]))\n",
    "an index out of range": "loss = np.sum(W[7])\n",
    "a mask that changes": "k = W * 2\nk[k < 0.3] /= -4.0\nloss = np.sum(k ** 2)\n",
    "a long loop": (
        "def f(x):\n    for _ in range(400):\n        x = np.tanh(x * 0.9) + x\n    return x\n"
        "loss = np.sum(f(W))\n"
    ),
    "text among numbers": "loss = np.sum(W) if 'a' + str(max('ab')) else ''\n",
    "no loss": "W -= 0.1\n",
    "a loss in one line with its loop": "for _ in range(2): loss = np.sum(W ** 2)\n",
    "a function's own name again": (
        "def f(x):\n    for _ in range(3):\n        x = x * x.sum()\n    return x\n"
        "loss = np.sum(f(W))\n"
    ),
}


def tried(text: str) -> None:
    """Derive and check; a CommandError is an answer, too."""
    made = script_from_text("script", text, HERE)
    for attempt in (
        lambda: backward_of(made),
        lambda: with_derived(made),
        lambda: reports(opened(text)),
    ):
        with suppress(CommandError):
            attempt()


@pytest.mark.parametrize("name", ODD)
def test_an_odd_script_is_answered(name: str) -> None:
    tried(HEAD + ODD[name])


@pytest.mark.parametrize("seed", range(6))
def test_a_generated_script_is_answered(seed: int) -> None:
    drawn = random.Random(seed)
    text = script(drawn.randbytes(40), [drawn.randbytes(40) for _ in range(8)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tried(f"{text}\nW = np.random.randn(3)\nloss = np.sum(W ** 2)\n")


def test_a_mask_is_what_it_was_when_it_was_used() -> None:
    text = (
        HEAD + "for _ in range(2):\n"
        "    k = W * 2\n"
        "    g = 2 * k\n"
        "    g[k < 0.3] /= 4\n"
        "    k[k < 0.3] /= -2.0\n"
        "    loss = np.sum(k ** 2)\n"
        "    dW = 2 * g\n"
        "    W -= 0.1 * dW\n"
    )
    assert [f.verdict for f in findings_of(text, 2) if f.name == "dW"] == ["exact"]


def test_what_cannot_be_written_is_said() -> None:
    text = HEAD + ODD["a long loop"]
    with pytest.raises(CommandError, match="too many operations to be written out"):
        backward_of(script_from_text("script", text, HERE))


def test_a_name_that_holds_something_else_by_then_is_written_out() -> None:
    text = HEAD + "X = np.ones((4, 3))\na = X @ W\na = np.tanh(a)\nloss = np.sum(a ** 2)\n"
    made = backward_of(script_from_text("script", text, HERE))
    assert [part.text for part in made.statements] == [
        "da = 2 * a",
        "dW = X.T @ (da * (1 - a ** 2))",
    ]
