"""What is said of a statement is true of it, and of no other."""

import re
from pathlib import Path

import numpy as np
import pytest

from stepnet.session.session import Session
from stepnet.session.why import why
from stepnet.source.refusal import SourceError
from tests.explain.telling import HEAD, said, stops, unguarded
from tests.session.opening import at

__all__ = ["unguarded"]

NETWORKS = sorted((Path(__file__).parents[1] / "calculus" / "networks").glob("*.py"))
CORPUS = sorted((Path(__file__).parents[1] / "generated" / "corpus").glob("*.py"))
SCENARIOS = (
    "trask_neuron", "relu_net", "regressor", "jacobian_net", "finite_differences",
    "activations_and_losses",
)  # fmt: skip
STOPS = {"regressor": 120, "activations_and_losses": 60}

TRASK = """
X = np.array([[0.0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
y = np.array([[0.0, 1, 1, 0]]).T
w = np.array([[0.1], [-0.2], [0.3]])
for step in range(3):
    z = X @ w
    a = 1 / (1 + np.exp(-z))
    loss = {loss}
    {error}
    dz = {slope}
    dw = X.T @ dz
    w {sign} 0.5 * dw
"""


def trask(**parts: str) -> str:
    """The neuron, written in one way or another."""
    usual = {
        "loss": "0.5 * np.sum((y - a) ** 2)",
        "error": "da = a - y",
        "slope": "da * a * (1 - a)",
        "sign": "-=",
    }
    return TRASK.format(**(usual | parts))


@pytest.mark.parametrize("target", [*SCENARIOS, *map(str, NETWORKS)])
def test_every_sentence_speaks_of_its_own_statement(
    target: str, unguarded: list[Exception]
) -> None:
    session = Session.open(target)
    places: dict[str, str] = {}
    told = 0
    for statement, sentences in stops(session, STOPS.get(target, 80)):
        words = set(re.findall(r"[A-Za-z_]\w*", statement))
        assert len(sentences) <= 3
        for sentence in sentences:
            told += 1
            named = words & set(re.findall(r"[A-Za-z_]\w*", sentence))
            assert named, f"{statement}: {sentence}"
            assert re.search(r"\d|½|¼|′|\[", sentence), f"nothing of this moment: {sentence}"
            assert places.setdefault(sentence, statement) == statement
    assert told > 5
    assert not unguarded


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_scripts_of_every_kind_can_be_asked(path: Path, unguarded: list[Exception]) -> None:
    try:
        session = Session.open(str(path))
    except SourceError:
        return  # it is in the corpus because it is refused
    stops(session, 60)
    assert not unguarded


@pytest.mark.parametrize(
    ("loss", "name", "words"),
    [
        ("0.5 * np.sum((y - a) ** 2)", "half_sse", "the ½ cancels the 2 of the square"),
        ("np.sum((a - y) ** 2)", "sse", "its derivative keeps a 2, 2(a − y)"),
        ("np.mean((a - y) ** 2)", "mse", "2/N times a − y with N = 4"),
        ("-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))", "bce", "(a − y)/(a(1 − a))"),
    ],
)
def test_a_loss_is_called_by_its_exact_name(loss: str, name: str, words: str) -> None:
    told = said(trask(loss=loss), "1/loss")
    assert f"({name})" in told
    assert words in told


def test_a_sum_says_what_its_2_does_to_the_learning_rate() -> None:
    text = "rate = 0.5\n" + trask(loss="np.sum((a - y) ** 2)").replace("0.5 * dw", "rate * dw")
    assert "dropping that 2 would halve rate = 0.5" in said(text, "1/loss")


def test_the_first_backward_statement_tells_its_sign() -> None:
    opened = at(HEAD + trask(), "1/da")
    error = opened.machine.names["da"]
    assert isinstance(error, np.ndarray)
    told = " ".join(why(opened))
    assert f"above 0 for the {(error > 0).sum()} of 4 entries of a that are too large" in told
    assert "y − a would be minus the gradient" in told


def test_the_other_sign_is_descent_in_disguise() -> None:
    text = trask(error="da = y - a", sign="+=")
    assert "minus the gradient of loss (half_sse): line 13 may add it" in said(text, "1/da")
    assert "descent in disguise" in said(text, "1/w")


def test_the_other_sign_with_the_usual_update_climbs() -> None:
    assert "an update with -= would then climb" in said(trask(error="da = y - a"), "1/da")


def test_a_minus_in_front_turns_the_sign_back() -> None:
    assert "da has the sign of a − y" in said(trask(error="da = -2 * (y - a)"), "1/da")


def test_shapes_that_broadcast_are_called_a_danger() -> None:
    text = trask(error="da = a - y[:, 0]", slope="da")
    told = said(text, "1/da")
    assert "a (4,1) with y[:, 0] (4,) makes (4,4)" in told


def test_which_slope_and_of_what() -> None:
    told = said(trask(), "1/dz")
    assert "σ′(z) = a(1 − a): written in the output a, not in z" in told


def test_a_slope_of_the_sum_is_no_slope() -> None:
    text = trask(error="da = a - y; q = 3 * z", slope="da * q * (1 - q)")
    told = said(text.replace("[0.1], [-0.2], [0.3]", "[2.0], [-3.0], [1.0]"), "1/dz")
    assert "q(1 − q) is σ′ only of a sigmoid's output" in told
    assert "q runs from -6 to 9" in told


def test_the_slope_of_a_function_is_told_by_what_it_was_given() -> None:
    text = "def slope(x):\n    return x * (1 - x)\n" + trask(slope="da * slope(a)")
    inside = said(text, "1/slope.return")
    assert "x is a here, a sigmoid's output" in inside
    assert "σ′(z) = a(1 − a)" in said(text, "1/dz")
    given_the_sum = text.replace("slope(a)", "slope(z)").replace("[0.1]", "[4.0]")
    assert "x is z here, from" in said(given_the_sum, "1/slope.return")


def test_the_norm_shrinks_by_what_it_says() -> None:
    opened = at(HEAD + trask(), "1/dz")
    names = opened.machine.names
    before, after = (float(np.linalg.norm(np.asarray(names[name]))) for name in ("da", "dz"))
    told = " ".join(why(opened))
    assert f"from {before:.4g} (da) to {after:.4g} (dz), {after / before:.4g} of it" in told


def test_why_the_transpose() -> None:
    told = said(trask(), "1/dw")
    assert "dw[i,j] = Σₙ X[n,i]·dz[n,j]: the sum runs over the 4 rows of X" in told
    assert "only this order of (3,4) and (4,1) gives (3,1)" in told


LAYERS = """
rng = np.random.default_rng(0)
X = rng.normal(size=(5, 3))
Y = rng.normal(size=(5, 2))
W1 = rng.normal(size=(3, 4))
b1 = np.zeros(4)
W2 = rng.normal(size=(4, 2))
for step in range(3):
    z1 = X @ W1 + b1
    h1 = np.maximum(0, z1)
    out = h1 @ W2
    loss = np.mean((out - Y) ** 2)
    dout = 2 * (out - Y) / out.size
    {first}
    dW2 = h1.T @ dout
    dh1 = dout @ W2.T
    dz1 = dh1 * ({mask})
    dW1 = X.T @ dz1
    db1 = {bias}
    W1 -= 0.1 * dW1
    b1 -= 0.1 * db1
    {last}
"""


def layers(**parts: str) -> str:
    """Two layers and a ReLU."""
    usual = {
        "first": "pass",
        "mask": "z1 > 0",
        "bias": "np.sum(dz1, axis=0)",
        "last": "W2 -= 0.1 * dW2",
    }
    return LAYERS.format(**(usual | parts))


def test_a_layer_hands_back_over_the_weights_that_were_used() -> None:
    told = said(layers(), "2/dh1")
    assert (
        "sums dout over the 2 outputs it fed, weighed by the W2 that line 12 used forward" in told
    )


def test_weights_that_were_changed_too_early_are_called_out_on_both_sides() -> None:
    text = layers(first="dW2 = h1.T @ dout; W2 -= 0.1 * dW2", last="pass")
    told = said(text, "2/dh1")
    assert "W2 has been changed in line 15 already" in told
    assert "line 12 used the old one" in told
    assert "Too early: line 17 still computes dh1 with W2" in said(text, "2/W2")


def test_the_mask_counts_what_passes_and_names_dead_units() -> None:
    text = layers().replace("b1 = np.zeros(4)", "b1 = np.array([0.0, -99, 0, 0])")
    opened = at(HEAD + text, "1/dz1")
    sums = np.asarray(opened.machine.names["z1"])
    told = " ".join(why(opened))
    assert "asks z1, the sum that went into line 11's ReLU" in told
    assert f"{(sums > 0).sum()} of 20 entries pass" in told
    assert "column 1 passes for none of the 5 samples" in told
    assert "column 1 of h1 is 0 for every one of the 5 samples: dead here" in said(text, "1/h1")


def test_a_mask_of_something_else_is_said_to_be_none() -> None:
    assert "which no ReLU was given" in said(layers(mask="dh1 > 0"), "1/dz1")


def test_which_axis_a_bias_is_summed_over() -> None:
    told = said(layers(), "1/db1")
    assert "b1 was added to every row of dz1 (5,4)" in told
    assert "adds up over axis 0: 5 rows. The 1/N of loss is in dz1 already" in told
    averaged = said(layers(bias="np.mean(dz1, axis=0)"), "1/db1")
    assert "The mean puts the 1/5 of the loss in, which must not be in dz1 yet" in averaged
    kept = said(
        layers(bias="np.sum(dz1, axis=0, keepdims=True)").replace("b1 -=", "b1 = b1 -"), "1/db1"
    )
    assert "It is (1,4) and b1 (4,)" in kept


def test_an_update_tells_its_ratio() -> None:
    opened = at(HEAD + trask(), "1/dw")
    before = np.array(opened.machine.names["w"])
    opened.do("step")
    after = np.asarray(opened.machine.names["w"])
    moved, size = np.linalg.norm(after - before), np.linalg.norm(before)
    assert f"= {moved:.4g}/{size:.4g} = {moved / size:.4g}" in " ".join(why(opened))


def test_weights_that_start_alike_are_said_to_stay_so() -> None:
    text = layers().replace("rng.normal(size=(3, 4))", "np.zeros((3, 4))")
    assert "W1 (3,4) starts at 0, so all units compute the same" in said(text, "@5")
    alike = (
        layers()
        .replace("rng.normal(size=(3, 4))", "np.ones((3, 4))")
        .replace("rng.normal(size=(4, 2))", "np.ones((4, 2))")
    )
    assert "Columns 0, 1, 2 and 3 of dW1 are identical" in said(alike, "1/dW1")


def test_a_saturated_layer_tells_its_share() -> None:
    text = trask().replace("[0.1], [-0.2], [0.3]", "[20.0], [-20.0], [0.5]")
    opened = at(HEAD + text, "1/a")
    outputs = np.asarray(opened.machine.names["a"])
    count = int(((outputs < 0.01) | (outputs > 0.99)).sum())
    assert f"{count} of the 4 entries of a ({25 * count} %) are saturated" in " ".join(why(opened))


def test_a_single_saturated_number_is_told_as_a_number() -> None:
    neuron = "z = np.array([[9.0]])\na = 1 / (1 + np.exp(-z))\n"
    assert "a is 0.9999, saturated: within 0.01 of a limit of σ" in said(neuron, "/a")


def test_a_value_that_is_used_twice_is_told_both_ways() -> None:
    skip = str(next(path for path in NETWORKS if path.stem == "skip"))
    session = Session.open(skip)
    session.do("goto 1/h1")
    assert "h1 (6,3) goes into lines 22 and 24" in " ".join(why(session))
    session.do("goto 1/d_h1")
    assert "h1 is used in lines 22 and 24" in " ".join(why(session))


def test_a_difference_quotient_says_what_it_costs() -> None:
    text = """
def f(x):
    return x ** 3
h = 1e-5
above = f(2.0 + h)
below = f(2.0 - h)
slope = (above - below) / (2 * h)
rough = (above - f(2.0)) / h
"""
    assert "central: the errors of both sides cancel" in said(text, "/8")
    assert "to one side only" in said(text, "/9")


def test_a_softmax_says_what_its_shift_does() -> None:
    text = "z = np.array([1.0, 3.0])\ns = z - np.max(z)\n"
    assert "the factor exp(3) that is taken out" in said(text, "/3")


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    assert said("count = 3\nname = 'x'\nitems = []\n", "/2") == ""
    assert said("count = 3\nname = 'x'\nitems = []\n", "/4") == ""


def test_a_sum_that_is_put_where_the_output_belongs_is_named() -> None:
    told = said(trask(slope="da * z * (1 - z)"), "1/dz")
    assert "z is what line 8 puts into its sigmoid, not what comes out" in told


def test_a_penalty_is_a_second_use() -> None:
    text = layers(bias="np.sum(dz1, axis=0)\n    dW1 += 0.01 * W1")
    assert "W1 stands in the loss a second time" in said(text, "1/21")


def test_gradients_that_are_yet_to_be_collected_are_not_called_zero() -> None:
    text = layers(first="dW1 = np.zeros_like(W1)")
    assert said(text, "1/dW1") == ""
