"""What part each name of a script plays."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepnet.session.session import Session

HERE = Path(__file__).parent
ROLES = {
    HERE / "networks/styles/momentum.py": {
        "W1": "parameter", "vW1": "optimiser", "lr": "setting", "dW1": "gradient", "X": "data",
    },
    HERE / "networks/styles/adam.py": {
        "params": "parameter", "m": "optimiser", "vhat": "optimiser", "eps": "setting",
        "loss": "loss", "grads": "gradient",
    },
    HERE.parent / "corpus/perceptron_lists.py": {
        "weights": "parameter", "bias": "parameter", "eta": "setting", "err": "gradient",
    },
    HERE / "networks/styles/single_numbers.py": {"self.u1": "parameter", "d_b_d_u3": "gradient"},
}  # fmt: skip


@pytest.mark.parametrize("path", ROLES, ids=lambda path: path.stem)
def test_names_have_the_part_they_play(path: Path) -> None:
    found = Session.open(str(path)).roles.of
    assert {name: found.get(name, "") for name in ROLES[path]} == ROLES[path]


TAKEN_OUT = """
import numpy as np
rng = np.random.RandomState(0)
X, y = rng.randn(8, 3), rng.randint(0, 2, 8)
W1, W2 = rng.randn(3, 4), rng.randn(4, 2)
def forward(X):
    A1 = np.tanh(X @ W1)
    return {"A1": A1, "P": np.exp(A1 @ W2)}
for i in range(3):
    cache = forward(X)
    A1 = cache["A1"]
    P = cache["P"] / cache["P"].sum(axis=1, keepdims=True)
    dscores = P.copy()
    dscores[range(8), y] -= 1
    dW2 = A1.T @ dscores
    dA1 = dscores @ W2.T
    W2 -= 0.1 * dW2
    W1 -= 0.1 * X.T @ (dA1 * (1 - A1**2))
"""


def test_what_is_taken_out_of_a_cache_is_no_gradient(tmp_path: Path) -> None:
    script = tmp_path / "cached.py"
    script.write_text(TAKEN_OUT, encoding="utf-8")
    session = Session.open(str(script))
    assert session.roles.of.get("A1", "") != "gradient"
    assert session.roles.of["dscores"] == "gradient", "subtracting 1 of it is no update"
    assert {part.text for part in session.roles.gradients}.isdisjoint({'A1 = cache["A1"]'})
    assert "wrong" not in {part.verdict for part in session.check()}
