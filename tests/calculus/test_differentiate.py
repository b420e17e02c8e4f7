"""Derived statements: literally as a person would write them, and right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stepnet.session.completed import backward_of
from stepnet.session.session import Session
from stepnet.source.script import open_script

WRITTEN = {
    "trask_neuron": [
        "dE_dyhat = y_hat - y",
        "dE_ds = dE_dyhat * y_hat * (1 - y_hat)",
        "dE_dw = X.T @ dE_ds",
    ],
    "relu_net": [
        "grad_y_pred = 2 * (y_pred - y)",
        "grad_b2 = grad_y_pred",
        "grad_W2 = hidden_layer_output.T @ grad_y_pred",
        "grad_hidden_layer_output = grad_y_pred @ W2.T",
        "grad_hidden_layer_input = grad_hidden_layer_output * (hidden_layer_input > 0)",
        "grad_b1 = grad_hidden_layer_input",
        "grad_W1 = X.T @ grad_hidden_layer_input",
    ],
    "regressor": [
        "d_loss = 2 * (l3_out - batch_y) / len(batch_y)",
        "d_b3 = d_loss.sum(axis=0, keepdims=True)",
        "d_w3 = sig2_out.T @ d_loss",
        "input_grad_w3 = d_loss @ w3.T",
        "d_l2_out = input_grad_w3 * sig2_out * (1 - sig2_out)",
        "d_b2 = d_l2_out.sum(axis=0, keepdims=True)",
        "d_w2 = sig1_out.T @ d_l2_out",
        "input_grad_w2 = d_l2_out @ w2.T",
        "d_sig1_out = input_grad_w2 * sig1_out * (1 - sig1_out)",
        "d_b1 = d_sig1_out.sum(axis=0, keepdims=True)",
        "d_w1 = batch_x.T @ d_sig1_out",
    ],
    "jacobian_net": [
        "dL_dyhat = 2 * (yhat - t)",
        "dL_dh2 = dL_dyhat * yhat * (1 - yhat)",
        "dL_dc2 += dL_dh2",
        "dL_dW2 += dL_dh2 @ z1.T",
        "dL_dz1 = W2.T @ dL_dh2",
        "dL_dh1 = dL_dz1 * z1 * (1 - z1)",
        "dL_dc1 += dL_dh1",
        "dL_dW1 += dL_dh1 @ x.T",
    ],
}


@pytest.mark.parametrize("name", WRITTEN)
def test_reads_as_a_person_would_write_it(name: str) -> None:
    backward = backward_of(open_script(name))
    assert [part.text for part in backward.statements] == WRITTEN[name]


@pytest.mark.parametrize(("name", "last"), [("trask_neuron", "1/dE_dw"), ("regressor", "1.1/d_b1")])
def test_equals_what_was_written_by_hand(name: str, last: str) -> None:
    session = Session.open(name)
    session.do(f"goto {last}")
    names: dict[str, Any] = dict(session.machine.names)
    hand = {
        part.name: names[part.name].copy() for part in backward_of(open_script(name)).statements
    }
    for part in backward_of(open_script(name)).statements:
        exec(part.text, {"np": np}, names)
        error = np.linalg.norm(names[part.name] - hand[part.name])
        assert error <= 1e-12 * np.linalg.norm(hand[part.name]), part.text


def test_says_which_statement_each_is_the_derivative_of() -> None:
    backward = backward_of(open_script("trask_neuron"))
    assert [part.claim for part in backward.statements] == ["∂E/∂ŷ", "∂E/∂s", "∂E/∂w"]
    last = backward.statements[-1].of
    assert last is not None
    assert (last.line, last.text) == (33, "s = X @ w")
