"""At z = 0 a ReLU's slope may be chosen: no choice is called wrong, and others are still caught."""

from __future__ import annotations

import pytest

from tests.calculus.checking import findings_of, told

NET = """\
import numpy as np

X = np.array([[1.0, 2.0], [2.0, 1.0], [-1.0, 1.0], [0.0, 3.0]])
y = np.array([[1.0], [0.0], [2.0], [1.0]])
W1 = np.array([[1.0, -2.0, 0.0], [-2.0, 1.0, 1.0]])
W2 = np.array([[2.0, 1.0, 0.0], [-1.0, 0.0, 1.0], [1.0, -1.0, 2.0]])
W3 = np.array([[1.0], [-1.0], [2.0]])
for step in range(2):
    z1 = X @ W1
    a1 = FIRST
    z2 = a1 @ W2
    a2 = SECOND
    out = a2 @ W3
    loss = 0.5 * np.sum((out - y) ** 2)
    dout = out - y
    dW3 = a2.T @ dout
    da2 = dout @ W3.T
    dz2 = da2 * MASK2
    dW2 = a1.T @ dz2
    da1 = dz2 @ W2.T
    dz1 = da1 * MASK1
    dW1 = X.T @ dz1
    W3 -= 0.01 * dW3
    W2 -= 0.01 * dW2
    W1 -= 0.01 * dW1
"""
FORWARD = (
    "np.maximum(0, {z})",
    "np.where({z} >= 0, {z}, 0)",
    "{z} * ({z} > 0)",
    "{z} * ({z} >= 0)",
)
MASKS = ("({z} > 0)", "({z} >= 0)", "np.where({z} == 0, 0.5, {z} > 0)")


def net(forward: str, mask1: str, mask2: str) -> str:
    """The network, with its ReLUs and masks written in one of the ways."""
    text = NET.replace("FIRST", forward.format(z="z1")).replace("SECOND", forward.format(z="z2"))
    return text.replace("MASK1", mask1.format(z="z1")).replace("MASK2", mask2.format(z="z2"))


@pytest.mark.parametrize("forward", FORWARD)
@pytest.mark.parametrize("mask", MASKS)
def test_every_slope_at_the_kink_is_right(forward: str, mask: str) -> None:
    """0, 1 and ½, whatever way the ReLU is written."""
    found = findings_of(net(forward, mask, mask))
    assert {f.verdict for f in found} == {"exact"}, told(found)


def test_each_relu_may_choose_for_itself() -> None:
    """0 in one layer and 1 in the other."""
    found = findings_of(net(FORWARD[0], MASKS[0], MASKS[1]))
    assert {f.verdict for f in found} == {"exact"}, told(found)


def test_a_wrong_mask_is_still_wrong() -> None:
    """A choice at the kink is no excuse for the rest."""
    found = findings_of(net(FORWARD[0], "(z2 > 0)", MASKS[0]))
    wrong = {f.name: f.mistake for f in found if f.verdict == "wrong"}
    assert wrong == {"dz1": "mask array", "dW1": "built on"}, told(found)
