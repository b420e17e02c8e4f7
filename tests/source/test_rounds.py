"""Networks of layers: whose method a call runs, and which loops train."""

import ast

from stepnet.source.inferred import inferred
from tests.source.test_inferred import loss_of, phases

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
