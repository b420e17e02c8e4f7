"""What is said before training and beside it: of data, of starting weights, of measures."""

import numpy as np
import pytest

from stepnet.session.why import why
from tests.explain.telling import HEAD, said
from tests.session.opening import at

DATA = """
rng = np.random.default_rng(0)
X = rng.normal(5.0, 3.0, size=(8, 3))
X = (X - X.mean(axis=0)) / X.std(axis=0)
labels = np.array([0, 2, 1, 2, 0, 1, 1, 0])
Y = np.eye(3)[labels]
order = rng.permutation(8)
X_new, Y_new = X[order], Y[order]
W = 0.1 * rng.normal(size=(3, 3))
b = np.zeros((1, 3))
for step in range(2):
    scores = X @ W + b
    exps = np.exp(scores)
    p = exps / np.sum(exps, axis=1, keepdims=True)
    loss = -np.sum(Y * np.log(p)) / 8
    d_scores = (p - Y) / 8
    d_W = X.T @ d_scores
    d_b = d_scores.sum(axis=0, keepdims=True)
    W -= 0.5 * d_W
    b -= 0.5 * d_b
    guess = np.argmax(p, axis=1)
    sure = p > 0.5
"""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/5", "Column by column, 3 of them: deviations of"),
        ("/Y", "One-hot: row n of Y (8,3) has its single 1 in column labels[n]"),
        ("/order", "order is a new order of 8 rows; X_new and Y_new take the same order"),
        ("/b", "b (1,3) may start at 0: W is drawn"),
        ("1/exps", "from 709.8 on it would be Inf"),
        ("1/p", "The shares in each of the 8 rows of p (8,3) add up to 1"),
        ("1/loss", "loss is a categorical cross-entropy (cce) over 24 entries of p (8,3)"),
        ("1/d_scores", "/ 8 is the 1/8 of loss"),
        ("1/guess", "argmax keeps the place of the largest entry in each of the 8 rows of p"),
        ("1/sure", "entries of p are above ½"),
    ],
)
def test_what_is_said_of_data_and_measures(address: str, words: str) -> None:
    assert words in said(DATA, address)


def test_the_scale_of_starting_weights_is_theirs() -> None:
    opened = at(HEAD + DATA, "/W")
    deviation = float(np.asarray(opened.machine.names["W"]).std())
    told = " ".join(why(opened))
    assert f"standard deviation {deviation:.4g}" in told
    assert f"a sum of 3 inputs of size 1 has one of about {deviation * 3**0.5:.4g}" in told


def test_a_threshold_counts_the_sides() -> None:
    opened = at(HEAD + DATA, "1/sure")
    p = np.asarray(opened.machine.names["p"])
    told = " ".join(why(opened))
    assert f"{(p > 0.5).sum()} of 24 entries of p are above ½" in told
    assert f"the nearest is {np.abs(p - 0.5).min():.4g} away from it" in told


def test_an_overflow_is_seen_coming() -> None:
    told = said("z = np.array([1.0, 700.0])\ne = np.exp(z)\n", "/3")
    assert "e reaches 1.014e+304 for the largest entry of z, 700" in told
    safe = said("z = np.array([1.0, 700.0])\ne = np.exp(z - np.max(z))\n", "/3")
    assert "The largest entry of z becomes 0, so no exp overflows" in safe
