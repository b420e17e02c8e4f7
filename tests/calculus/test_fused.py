"""Softmax and cross-entropy are derived as people write them: prediction minus target."""

from __future__ import annotations

import pytest

from stepnet.session.checking import reports
from stepnet.session.completed import backward_of
from stepnet.session.session import DERIVED
from stepnet.source.script import script_from_text
from tests.calculus.checking import HERE, opened
from tests.calculus.classifiers import (
    BINARY,
    COLUMNS,
    CROSS_ENTROPY,
    SCRIPT,
    SOFTMAX,
    indented,
)

SIGMOID = "def sigmoid(v):\n    return 1 / (1 + np.exp(-v))\n"


def derived(text: str) -> list[str]:
    """The derived statements up to those of the scores; they are checked, too."""
    backward = backward_of(script_from_text("script", text, HERE))
    session = opened(text)
    assert session.notes == (DERIVED,)
    for report in reports(session):
        verdicts = {f.verdict for f in report.findings if "goes on with it" not in f.reason}
        assert verdicts == {"exact"}, report
    names = [part.name for part in backward.statements]
    last = max(place for place, name in enumerate(names) if name == "dz")
    return [part.text for part in backward.statements[: last + 1]]


PAIRS = [(made, loss) for made in SOFTMAX for loss in list(CROSS_ENTROPY)[:1]] + [
    ("function", loss) for loss in CROSS_ENTROPY
]


@pytest.mark.parametrize(("softmax", "loss"), PAIRS)
def test_a_softmax_and_its_loss_however_they_are_spread(softmax: str, loss: str) -> None:
    functions, made = SOFTMAX[softmax]
    text = SCRIPT.format(functions=functions, body=indented(made, loss))
    assert derived(text) == CROSS_ENTROPY[loss]


@pytest.mark.parametrize(
    "loss", ["-np.sum(T * np.log(p)) / N", "-np.mean(np.sum(T * np.log(p), axis=0))"]
)
def test_a_sample_may_be_a_column(loss: str) -> None:
    made = "e = np.exp(z - z.max(axis=0))\np = e / e.sum(axis=0)"
    text = COLUMNS.format(functions="", body=indented(made, f"loss = {loss}"))
    by = "N" if "/ N" in loss else "p.shape[1]"
    assert derived(text) == [f"dz = (p - T) / {by}"]


@pytest.mark.parametrize(
    ("loss", "written"),
    [
        ("-np.sum(t * np.log(p) + (1 - t) * np.log(1 - p)) / N", "dz = (p - t) / N"),
        ("-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))", "dz = (p - t) / p.size"),
        ("np.sum(-t * np.log(p) - (1 - t) * np.log(1 - p))", "dz = p - t"),
    ],
)
@pytest.mark.parametrize("sigmoid", ["sigmoid(z)", "1 / (1 + np.exp(-z))"])
def test_a_sigmoid_with_binary_cross_entropy(sigmoid: str, loss: str, written: str) -> None:
    body = indented(f"p = {sigmoid}", f"loss = {loss}")
    assert derived(BINARY.format(functions=SIGMOID, body=body)) == [written]


def test_the_loss_may_be_a_function() -> None:
    functions = (
        SOFTMAX["function"][0]
        + "def cross_entropy(q, t):\n    n = q.shape[0]\n    return -np.sum(t * np.log(q)) / n\n"
    )
    body = indented("p = softmax(z)", "loss = cross_entropy(p, T)")
    assert derived(SCRIPT.format(functions=functions, body=body)) == ["dz = (p - T) / p.shape[0]"]


def test_a_logarithm_of_a_softmax() -> None:
    body = indented(
        "m = z - z.max(axis=1, keepdims=True)",
        "logp = m - np.log(np.exp(m).sum(axis=1, keepdims=True))",
        "loss = -np.sum(T * logp) / N",
    )
    assert derived(SCRIPT.format(functions="", body=body)) == [
        "dlogp = -T / N",
        "dz = dlogp - np.exp(logp) * dlogp.sum(axis=1, keepdims=True)",
    ]


def test_targets_that_do_not_add_up_to_one_keep_their_sum() -> None:
    body = indented("p = softmax(z)", "loss = -np.sum(2 * T * np.log(p))")
    text = SCRIPT.format(functions=SOFTMAX["function"][0], body=body)
    assert derived(text)[-1].startswith("dz = ")


def test_a_derivative_that_the_script_computes_is_not_passed_over() -> None:
    body = indented(
        "p = softmax(z)",
        "loss = -np.sum(T * np.log(p)) / N",
        "dp = -T / p / N",
        "dz = p * (dp - (dp * p).sum(axis=1, keepdims=True))",
        "W2 -= 0.1 * h.T @ dz",
    )
    text = SCRIPT.format(functions=SOFTMAX["function"][0], body=body)
    backward = backward_of(script_from_text("script", text, HERE))
    assert [part.name for part in backward.statements][:2] == ["dp", "dz"]
