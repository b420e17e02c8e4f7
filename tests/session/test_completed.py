"""Scripts with a derived backward pass, run by Python itself."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stepnet.session.checking import counted, reports
from stepnet.session.completed import backward_of, completed
from stepnet.session.errors import CommandError
from stepnet.session.replaced import with_derived
from stepnet.session.session import DERIVED, Session
from stepnet.source.script import Script, open_script, script_from_text

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PLAIN = '''"""A network without a backward pass."""
import numpy as np

np.random.seed(0)
X = np.random.randn(6, 3)
y = X[:, :1] - X[:, 1:2]
W1 = np.random.randn(3, 4)
b1 = np.zeros((1, 4))
W2 = np.random.randn(4, 1)
lr = 0.05
losses = []
for step in range(60):
    z = X @ W1 + b1
    h = np.tanh(z)
    out = h @ W2
    loss = np.mean((out - y) ** 2)
    losses.append(loss)
'''
WITH_FUNCTIONS = '''"""A network in functions, without a backward pass."""
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def forward(X, W, b):
    z = X @ W + b
    return sigmoid(z)

def cross_entropy(p, t):
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))

np.random.seed(1)
X = np.random.randn(8, 2)
t = (X[:, :1] > 0) * 1.0
W = np.random.randn(2, 1)
b = np.zeros((1, 1))
losses = []
for step in range(80):
    p = forward(X, W, b)
    loss = cross_entropy(p, t)
    losses.append(loss)
'''


def script(text: str) -> Script:
    return script_from_text("script", text, Path("script.py").resolve())


def run(made: Script, folder: Path, text: str | None = None) -> dict[str, Any]:
    path = folder / f"{made.name}.py"
    path.write_text(text or made.text, encoding="utf-8")
    if not (folder / "data").exists():
        (folder / "data").symlink_to(SCENARIOS / "data")
    return runpy.run_path(str(path))


def first_gradients(made: Script, folder: Path) -> dict[str, Any]:
    """The names of a script when its first backward pass is over."""
    text = re.sub(r"\n( +)# %% update", r"\n\1break\n\1# %% update", made.text)
    return run(made, folder, text.replace("range(1000)", "range(1)"))


@pytest.mark.parametrize("text", [PLAIN, WITH_FUNCTIONS], ids=["plain", "functions"])
def test_a_script_that_stops_after_its_loss_trains(text: str, tmp_path: Path) -> None:
    names = run(completed(script(text)), tmp_path)
    assert names["losses"][-1] < 0.5 * names["losses"][0]


@pytest.mark.parametrize("text", [PLAIN, WITH_FUNCTIONS], ids=["plain", "functions"])
def test_its_derived_gradients_are_exact(text: str) -> None:
    session = Session(script(text))
    assert session.notes == (DERIVED,)
    for report in reports(session):
        assert report.findings
        assert {finding.verdict for finding in report.findings} == {"exact"}, counted(
            report.findings
        )


@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("trask_neuron", {"dE_dw": ("dE_dw", 1)}),
        # Its author drops the 2 of the square.
        ("relu_net", {f"grad_{part}": (f"grad_{part}", 2) for part in ("W1", "b1", "W2", "b2")}),
        ("regressor", {f"d_{part}": (f"d_{part}", 1) for part in ("w1", "b1", "w2", "b2", "w3")}),
    ],
)
def test_the_same_gradients_as_the_own_backward_pass(
    name: str, pairs: dict[str, tuple[str, int]], tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    own = first_gradients(open_script(name), tmp_path / "own")
    derived = first_gradients(with_derived(open_script(name)), tmp_path)
    for mine, (theirs, times) in pairs.items():
        error = np.linalg.norm(derived[mine] - times * own[theirs])
        assert error <= 1e-12 * np.linalg.norm(own[theirs]), mine


@pytest.mark.parametrize(("name", "loss"), [("trask_neuron", "E"), ("relu_net", "loss")])
def test_a_replaced_backward_pass_trains(name: str, loss: str, tmp_path: Path) -> None:
    assert run(with_derived(open_script(name)), tmp_path)[loss] < 0.01


def test_everything_else_is_kept() -> None:
    before = open_script("regressor").lines
    after = with_derived(open_script("regressor")).lines
    changed = set(before) - set(after)
    first = next(n for n, line in enumerate(before) if "# %% backward: from" in line)
    last = next(n for n, line in enumerate(before) if "b3 -= lr" in line)
    assert changed <= set(before[first : last + 1])
    assert any("epoch_losses.append(loss)" in line for line in after)
    assert "        # %% update" in after


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("activations_and_losses", "no name is a parameter"),
        ("finite_differences", "cannot be written"),
        ("jacobian_net", "adds up over an inner loop"),
    ],
)
def test_what_cannot_be_replaced_is_said(name: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        with_derived(open_script(name))


def test_what_is_used_elsewhere_is_not_taken_away() -> None:
    text = completed(script(PLAIN)).text + "    # %% evaluate\n    size = np.abs(dout).max()\n"
    with_derived(script(text))  # the derived statements compute it too
    text = text.replace("dout = ", "delta = half = ").replace("np.abs(dout)", "np.abs(half)")
    text = text.replace("dout", "delta")
    with pytest.raises(CommandError, match=r"line \d+ uses half"):
        with_derived(script(text))


def test_random_data_are_no_parameters() -> None:
    assert "W -= 0.1 * dW" in completed(script(WITH_FUNCTIONS)).text
    assert "X -=" not in completed(script(WITH_FUNCTIONS)).text
    assert "X -=" not in completed(script(PLAIN)).text


STYLES = Path(__file__).parents[1] / "calculus" / "networks" / "styles"


def style(name: str) -> Script:
    return script((STYLES / f"{name}.py").read_text(encoding="utf-8"))


def test_values_in_dictionaries_are_written_as_they_are_kept() -> None:
    texts = [part.text for part in backward_of(style("keys")).statements]
    assert texts[:4] == [
        "dA3 = cache['A3'] - Y",
        "dZ3 = dA3 * (1 - cache['A3'] ** 2)",
        "db3 = dZ3.sum(axis=0, keepdims=True)",
        "dW3 = cache['A2'].T @ dZ3",
    ]


def test_a_gradient_never_takes_the_name_of_its_parameter() -> None:
    names = [part.name for part in backward_of(style("same_keys")).statements]
    assert names == ["dout", "dc", "dV", "dh", "db", "dW"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("nested", "cannot be written"), ("recurrent", "cannot be written")],
)
def test_half_a_derivation_is_none(name: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        backward_of(style(name))
