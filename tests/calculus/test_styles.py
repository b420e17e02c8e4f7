"""Networks as people write them: where values are kept, how gradients are summed and used."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepnet.source.script import open_script
from tests.calculus.checking import findings_of, judged_of, told

STYLES = Path(__file__).parent / "networks" / "styles"
NAMES = sorted(path.stem for path in STYLES.glob("*.py"))

CLAIMS = {
    "dicts": ["W2", "b2", "W1", "b1"],
    "keys": ["W3", "b3"],
    "lists": ["W", "b"],
    "same_keys": ["V", "c", "W", "b"],
    "nested": ["W", "b"],
    "no_loss": ["syn0", "syn1", "l1", "l2"],
    "in_function": ["W1", "b1", "W2"],
    "bce_no_loss": ["z", "w", "b"],
    "momentum": ["W1", "b1", "W2"],
    "adam": ["W", "out"],
    "batchnorm": ["gamma", "beta", "z", "W"],
    "samples": ["W", "b"],
    "samples_apart": ["W", "b"],
    "recurrent": ["Wxh", "Whh", "Why", "bh"],
    "objects": ["W", "b", "z"],
    "columns_no_loss": ["Z2", "W2", "b2", "Z1", "W1", "b1"],
    "imported_names": ["output", "weights"],
    "loss_elsewhere": ["z3", "W2", "z2", "W1"],
    "single_numbers": ["guess", "u1", "c1", "u3", "c2", "u5", "u6", "c3"],
    "line": ["slope", "start"],
    "line_in_class": ["weights", "bias"],
    "loss_after": ["theta"],
    "through_time": ["U", "V", "W"],
    "by_name": ["out", "W1", "b1", "z"],
}
"""What the claims of each are about, among others."""

BROKEN = [
    ("dicts", "np.dot(dZ2, A1.T) / m", "np.dot(dZ2, A1.T)", 'grads["dW2"]', "built on"),
    ("dicts", "(1 - np.power(A1, 2))", "(1 - A1)", "dZ1", ""),
    ("keys", "dA * (1 - cache", "dA * (1 + cache", "dZ", ""),
    (
        "same_keys",
        'grads["b"] = d.sum(axis=0)',
        'grads["b"] = -d.sum(axis=0)',
        'grads["b"]',
        "sign",
    ),
    ("nested", 'da = dz @ layer["W"].T', 'da = -dz @ layer["W"].T', "da", "sign"),
    ("by_name", "dW = a.T @ dz", "dW = -a.T @ dz", "dW", "sign"),
    ("lists", "activations[i].T @ delta", "-activations[i].T @ delta", "grads_w[", "sign"),
    ("no_loss", "syn1 += l1.T.dot(l2_delta)", "syn1 -= l1.T.dot(l2_delta)", "syn1", "sign"),
    ("no_loss", "l2_delta.dot(syn1.T)", "l2_error.dot(syn1.T)", "l1_delta", ""),
    ("in_function", "hidden.T @ error", "hidden.T @ (error * hidden[:, :1])", "W2", ""),
    ("bce_no_loss", "dw = X.T @ dz", "dw = -X.T @ dz", "dw", "sign"),
    ("momentum", "da1 = dd1 * mask", "da1 = dd1 * 1.0", "da1", ""),
    ("adam", '"b": dout.sum(axis=0)', '"b": dout.mean(axis=0)', "grads[", "averaged"),
    ("batchnorm", "dxhat = dout * gamma", "dxhat = dout * beta", "dxhat", ""),
    ("samples", "db += d", "db -= d", "db", "sign"),
    ("samples_apart", "np.outer(x, d)", "np.outer(x, out)", "dW", ""),
    ("recurrent", "Why.T @ dy + dhnext", "Why.T @ dy", "dbh", ""),
    ("objects", "(1 - self.a**2)", "(1 - self.z**2)", "dz", ""),
    ("columns_no_loss", "dW1 = dZ1.dot(X.T)", "dW1 = -dZ1.dot(X.T)", "dW1", "sign"),
    ("loss_elsewhere", "-(y - self.yHat)", "(y - self.yHat)", "dJdW2", "sign"),
    ("single_numbers", "d_guess_d_a * d_a_d_u1", "d_guess_d_b * d_a_d_u1", "self.u1", ""),
    ("single_numbers", "self.u6 * slope(in_o)", "self.u6 * slope(in_a)", "d_guess_d_b", ""),
    ("line", "(guess - t) * x", "(guess - t) * x * x", "slope", ""),
    ("line_in_class", "np.sum(predicted - y)", "np.sum(y - predicted)", "db", "sign"),
]
"""Style, what is right, what is wrong instead, the claim that shows it, the mistake's name."""


def text_of(name: str) -> str:
    return (STYLES / f"{name}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("at", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_no_right_statement_is_judged_wrong(name: str, at: int) -> None:
    found = findings_of(text_of(name), at)
    words = {finding.verdict for finding in found}
    assert "exact" in words, told(found)
    bad = {f.verdict for f in found if "goes on with it" not in f.reason}
    assert bad <= {"exact", "scaled"}, told(found)


@pytest.mark.parametrize("name", CLAIMS)
def test_every_parameter_has_a_claim(name: str) -> None:
    claimed = {finding.claim.partition("/∂")[2] for finding in findings_of(text_of(name))}
    assert claimed >= set(CLAIMS[name])


@pytest.mark.parametrize(("name", "right", "wrong", "claim", "mistake"), BROKEN)
def test_a_mistake_is_found(name: str, right: str, wrong: str, claim: str, mistake: str) -> None:
    text = text_of(name)
    assert right in text
    found = findings_of(text.replace(right, wrong))
    bad = [part for part in found if part.verdict != "exact" and part.name.startswith(claim)]
    bad = [part for part in bad if "goes on with it" not in part.reason]
    assert bad, told(found)
    assert bad[0].verdict in ("wrong", "scaled"), told(found)
    assert bad[0].mistake == mistake or not mistake, told(found)


IMPLIED = {
    "no_loss": "no loss is computed: the errors y − l2 make it half_sse (½Σ(ŷ − y)²)",
    "in_function": "no loss is computed: the errors out − y make it half_sse (½Σ(ŷ − y)²)",
    "bce_no_loss": "no loss is computed: the errors p − y make it bce / 8 "
    "(the binary cross-entropy)",
    "loss_after": "the loss is computed only after the update: the errors guess − wanted make it "
    "sse (Σ(ŷ − y)²)",
}


@pytest.mark.parametrize("name", IMPLIED)
def test_which_loss_is_meant_is_said(name: str) -> None:
    assert judged_of(text_of(name), 2)[1].implied == IMPLIED[name]


def test_minus_the_gradient_is_right_where_the_update_adds_it() -> None:
    found = {part.name: part for part in findings_of(text_of("no_loss"), 2)}
    assert found["l2_error"].reason == (
        "minus ∂loss/∂l2: the update adds it, which is descent all the same"
    )
    assert found["l2_delta"].claim == "∂loss/∂(np.dot(l1, syn1))"


def test_what_an_optimiser_keeps_is_no_gradient() -> None:
    names = {part.name for part in findings_of(text_of("momentum"), 2)}
    assert not any(name.startswith("v") for name in names)


def test_a_weight_that_is_nudged_is_not_updated() -> None:
    found = findings_of(open_script("finite_differences").text)
    assert {part.verdict for part in found} == {"approximate"}, told(found)


@pytest.mark.parametrize("at", [1, 3])
def test_what_each_layer_calls_its_input_is_another_value(at: int) -> None:
    text = (Path(__file__).parents[1] / "corpus" / "layer_classes.py").read_text(encoding="utf-8")
    found = findings_of(text, at)
    assert {finding.verdict for finding in found} == {"exact"}, told(found)


LISTS = (Path(__file__).parents[1] / "corpus" / "lists_only.py").read_text(encoding="utf-8")


def test_a_network_of_dictionaries_and_lists_of_numbers_is_checked() -> None:
    found = findings_of(LISTS, 2)
    assert [part.name[:17] for part in found] == ['neuron["delta"]', 'neuron["weights"]']
    # Its loss is Σ(expected − output)², whose 2 it drops.
    assert {str(part.factor) for part in found} == {"1/2"}, told(found)


@pytest.mark.parametrize(
    ("right", "wrong", "claim"),
    [
        ('neuron["weights"][j] * neuron["delta"]', 'neuron["weights"][j]', 'neuron["delta"]'),
        ('neuron["delta"] * inputs[j]', 'neuron["delta"] * inputs[-1]', 'neuron["weights"]'),
    ],
)
def test_a_mistake_among_plain_numbers_is_found(right: str, wrong: str, claim: str) -> None:
    assert right in LISTS
    found = findings_of(LISTS.replace(right, wrong), 2)
    bad = [part for part in found if part.name.startswith(claim) and part.verdict == "wrong"]
    assert bad, told(found)


ENGINE = (Path(__file__).parents[1] / "corpus" / "scalar_engine.py").read_text(encoding="utf-8")
RELU = """
    def relu(self):
        out = Value(0 if self.data < 0 else self.data, (self,), "relu")

        def _backward():
            self.grad += (out.data > 0) * out.grad

        out._backward = _backward
        return out

    def backward(self):"""


@pytest.mark.parametrize("at", [1, 2])
def test_objects_that_know_their_own_gradient_are_checked(at: int) -> None:
    text = ENGINE.replace("\n    def backward(self):", RELU).replace("act.tanh()", "act.relu()")
    for script in (ENGINE, text):
        found = findings_of(script, at)
        assert len(found) == 6, told(found)
        assert {part.verdict for part in found} == {"exact"}, told(found)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("self.grad += other.data * out.grad", "self.grad += self.data * out.grad"),
        ("(1 - t**2)", "(1 - t)"),
        ("    n.zero_grad()", "    pass"),
    ],
)
def test_a_mistake_in_such_an_object_is_found(right: str, wrong: str) -> None:
    found = findings_of(ENGINE.replace(right, wrong), 2)
    assert "wrong" in {part.verdict for part in found}, told(found)
