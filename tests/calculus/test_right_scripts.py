"""Scripts whose gradients are all right, in the ways people write them: none is called wrong.

And each with one statement broken: that one is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calculus.checking import told, verdicts_of

RIGHT = Path(__file__).parent / "networks" / "right"
CORPUS = Path(__file__).parents[1] / "corpus"
SCRIPTS = {path.stem: path for path in (*sorted(RIGHT.glob("*.py")), CORPUS / "char_rnn.py")}
NAMES = tuple(SCRIPTS)

BROKEN = {
    "attention": ("(dA * A).sum(axis=-1", "(dA * A).sum(axis=0", "dscores"),
    "batch_norm_class": ("dx = dx / (N * self.std)", "dx = dx / (N * self.var)", "dx"),
    "cells_through_time": ("draw = (1 - a * a) * da", "draw = (1 - a) * da", 'grads["dWax"]'),
    "char_rnn": ("(1 - hs[t] * hs[t]) * dh", "(1 - hs[t]) * dh", "dWxh"),
    "clip_by_norm": ("delta @ self.weights[i].T)", "delta @ -self.weights[i].T)", "self.grad_w"),
    "conv_im2col": ("top * d_out", "part * d_out", "d_x"),
    "dropout_decay": ("dZ1 = dA1 * (Z1 > 0)", "dZ1 = dA1 * (A1 < 0)", "dZ1"),
    "embedding_add_at": ("axis=1) / 3\n", "axis=1) * dbag[0]\n", "demb"),
    "gru_through_time": ("dr * r[t] * (1 - r[t])", "dr * r[t] * (1 + r[t])", "dWr"),
    "layer_chain": ("dx[self.x < 0] = 0.1", "dx[self.x < 0] = 0.2", "self.dW"),
    "layer_norm": ("(dnorm * norm).mean", "(dnorm * dnorm).mean", "dx"),
    "layers_and_optimisers": ("self.inputs.T @ grad", "self.inputs.T @ -grad", 'self.grads["w"]'),
    "lstm_class": ("dc * c_prev, dc * i\n", "dc * c_prev, dc * o\n", "self.dW"),
    "model_in_functions": ("(1 - np.power(a1, 2))", "(1 - np.power(a1, 3))", "dW1"),
    "negative_sampling": ("d_h = u.T @ d_scores", "d_h = -u.T @ d_scores", "d_h"),
    "optimizer_state": ("self.inputs <= 0] = 0", "self.inputs > 0] = 0", "self.d"),
    "samples_in_a_loop": ("dh1 * (z1 > 0)", "dh1 * (h1 < 1)", "dz1"),
    "tied_autoencoder": ("dW = dW_enc + dW_dec", "dW = dW_enc - dW_dec", "dW"),
    "variational": ("dmu = dz + mu / len(x)", "dmu = dz - mu / len(x)", "dmu"),
}
"""What is broken in each, and a claim that has to be called wrong for it."""


def text_of(name: str) -> str:
    """The text of one of the scripts."""
    return SCRIPTS[name].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_right_is_not_called_wrong(name: str) -> None:
    found = verdicts_of(text_of(name), 2)
    bad = [part for part in found if part.verdict in ("wrong", "not comparable")]
    assert not bad, told(found)
    assert sum(part.verdict in ("exact", "scaled") for part in found) >= 2, told(found)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_broken_is_called_wrong(name: str) -> None:
    right, wrong, claim = BROKEN[name]
    text = text_of(name)
    assert text.count(right) == 1
    found = verdicts_of(text.replace(right, wrong), 2)
    bad = [part for part in found if part.verdict == "wrong" and part.name.startswith(claim)]
    assert bad, told(found)
