"""Parameters that a training loop forgets are reported, and only they."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepnet.calculus.unattended import unattended
from tests.calculus.checking import judged_of
from tests.calculus.mutants import NETWORKS, sources

PAIR = (NETWORKS / "sigmoid_pair.py").read_text(encoding="utf-8")
SOFTMAX = (NETWORKS / "relu_softmax.py").read_text(encoding="utf-8")


def said(text: str, path: Path = NETWORKS / "changed.py") -> tuple[str, ...]:
    """What is reported of a script."""
    return unattended(judged_of(text, 1, path)[1])


@pytest.mark.parametrize("name", sorted(sources()))
def test_nothing_is_said_of_a_script_that_trains_everything(name: str) -> None:
    """Scenarios and networks update all they have."""
    path = sources()[name]
    assert said(path.read_text(encoding="utf-8"), path) == ()


def test_nothing_is_said_of_a_script_that_does_not_train() -> None:
    """Without an update there is nothing to forget."""
    lines = [line for line in PAIR.splitlines() if "-= " not in line]
    assert said("\n".join(lines) + "\n") == ()


def test_a_gradient_that_no_update_uses() -> None:
    """A forgotten update, one way and another."""
    text = PAIR.replace("    b2 -= lr * db2\n", "")
    assert said(text) == ("`b2` has a gradient, but no statement updates it",)
    text = text.replace("W1 -= lr * dW1", "W1 = W1 - lr * dW1")
    assert said(text) == ("`b2` has a gradient, but no statement updates it",)


def test_a_parameter_without_gradient_and_update() -> None:
    """A forgotten bias, a forgotten layer."""
    text = PAIR.replace("    b1 -= lr * db1\n", "")
    text = text.replace("    db1 = dz1.sum(axis=0, keepdims=True)\n", "")
    assert said(text) == ("`b1` feeds the loss, but gets no gradient and no update",)
    text = SOFTMAX.replace("    W2 -= lr * dW2\n", "").replace("    dW2 = h1.T @ dz2\n", "")
    assert said(text) == ("`W2` feeds the loss, but gets no gradient and no update",)


def test_a_step_along_the_gradient_of_another() -> None:
    """Same shape, so NumPy does not mind."""
    text = SOFTMAX.replace("    W2 -= lr * dW2\n", "    W2 -= lr * dW1\n")
    assert said(text) == ("`W2` is updated with `dW1`, which is ∂loss/∂W1",)
