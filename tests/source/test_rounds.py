"""Networks of layers: whose method a call runs, and which loops train."""

import ast
from pathlib import Path

import pytest

from stepnet.source.inferred import inferred
from tests.source.test_inferred import levels_of, loss_of, phases

POLYMORPHIC = """
import numpy as np
class Layer:
    def forward(self, x):
        raise NotImplementedError
class Dense(Layer):
    def __init__(self, n, m):
        self.W = np.ones((n, m))
    def forward(self, x):
        self.x = x
        return x @ self.W
    def backward(self, g, rate):
        passed = g @ self.W.T
        self.W -= rate * (self.x.T @ g)
        return passed
class Tanh(Layer):
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y
    def backward(self, g, rate):
        return g * (1 - self.y ** 2)
class MSE:
    def forward(self, target, out):
        return np.mean((target - out) ** 2)
    def backward(self, target, out):
        return 2 * (out - target) / target.size
class Never:
    def fit(self, X, y):
        for i in range(9):
            self.coef = self.coef - 0.1 * X.T @ (X @ self.coef - y)
class Model:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss
    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
    def backward(self, g):
        for layer in reversed(self.layers):
            g = layer.backward(g, 0.1)
    def fit(self, X, y):
        for epoch in range(5):
            loss = 0
            for a, b in zip(X, y):
                out = self.forward(a)
                loss += self.loss.forward(b, out)
                self.backward(self.loss.backward(b, out))
model = Model([Dense(2, 3), Tanh(), Dense(3, 1)], MSE())
model.fit(np.ones((4, 1, 2)), np.ones((4, 1, 1)))
"""


def test_methods_of_one_name_are_told_apart_by_whose_they_are() -> None:
    found = phases(POLYMORPHIC)
    assert found["self.y = np.tanh(x)"] == "forward"
    assert found["return 2 * (out - target) / target.size"] == "backward"
    assert found["x = layer.forward(x)"] == "forward"
    assert found["self.W -= rate * (self.x.T @ g)"] == "update"
    assert "return np.mean((target - out) ** 2)" not in found
    assert not [line for line in found if "coef" in line]


def test_the_iterations_of_a_model_are_epochs_and_samples_not_layers() -> None:
    tree = ast.parse(POLYMORPHIC)
    assert [ast.unparse(loop).partition("\n")[0] for loop in inferred(tree).loops] == [
        "for epoch in range(5):",
        "for a, b in zip(X, y):",
    ]
    assert loss_of(POLYMORPHIC) == "loss"


ERROR_AT_THE_LAST_LAYER = """
import numpy as np
act = lambda z: 1 / (1 + np.exp(-z))
def slope(z):
    return act(z) * (1 - act(z))
X, y = np.ones((8, 3)), np.ones((8, 1))
W = [np.ones((3, 4)), np.ones((4, 1))]
L = len(W)
for epoch in range(4):
    zs, outs = [], [X]
    for w in W:
        zs.append(outs[-1] @ w)
        outs.append(act(zs[-1]))
    LOOP
        out = outs[l + 1]
        if l == L - 1:
            delta = (out - y) * slope(zs[l])
        else:
            delta = (delta @ back) * slope(zs[l])
        back = W[l].T.copy()
        W[l] -= 0.5 * outs[l].T @ delta
"""


@pytest.mark.parametrize(
    "loop", ["for l in range(L - 1, -1, -1):", "l = L\n    while l:\n        l -= 1"]
)
def test_a_loop_over_layers_that_begins_with_the_error_is_no_iteration(loop: str) -> None:
    assert levels_of(ERROR_AT_THE_LAST_LAYER.replace("LOOP", loop)) == 1


def test_a_loop_that_makes_its_own_predictions_is_an_iteration_inside_another() -> None:
    text = ERROR_AT_THE_LAST_LAYER.replace("LOOP", "for l in range(L - 1, -1, -1):")
    head, around, body = text.partition("for epoch in range(4):\n")
    body = "    for i in range(8):\n" + "".join(f"    {line}\n" for line in body.splitlines())
    sampled = body.replace("[X]", "[X[i:i + 1]]").replace("- y)", "- y[i:i + 1])")
    assert levels_of(head + around + sampled) == 2


def test_an_exponential_of_a_layers_entry_makes_no_error_of_the_forward_pass() -> None:
    path = Path(__file__).parents[1] / "corpus" / "transposed_layout.py"
    assert levels_of(path.read_text(encoding="utf-8")) == 1


def test_a_loss_that_comes_with_its_gradients_is_where_the_iteration_is() -> None:
    text = """
import numpy as np
class Model:
    def __init__(self):
        self.W = [np.ones((2, 2)), np.ones((2, 1))]
    def loss(self, X, y):
        return measured(self.W, X, y)
def measured(W, X, y):
    return np.ones(1).sum(), [np.ones_like(w) for w in W]
model = Model()
left = 9
for step in range(4):
    loss, grad = model.loss(np.ones((3, 2)), np.ones((3, 1)))
    for l in range(2):
        left -= 1
        np.subtract(model.W[l], 0.1 * grad[l], out=model.W[l])
"""
    assert (levels_of(text), loss_of(text)) == (1, "loss")
    assert levels_of(text.replace("loss, grad =", "(loss, grad), more =")) == 1


@pytest.mark.parametrize(
    "update",
    [
        "for l in range(2):\n        W[l] -= g[l]",
        "for p, d in zip(W, g):\n        p -= d",
        "for i, d in enumerate(g):\n        for k in range(2):\n            W[i][k] -= d[k]",
    ],
)
def test_a_loop_over_the_parameters_is_no_iteration_where_no_error_is_found(update: str) -> None:
    text = f"""
import numpy as np
W = [np.ones((2, 2)), np.ones((2, 2))]
for epoch in range(3):
    g = [np.ones_like(w) for w in W]
    {update}
"""
    assert levels_of(text) == 1
