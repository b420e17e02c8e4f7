"""What classes and dictionaries keep is told of like what has a name of its own."""

import pytest

from tests.explain.telling import said

CLASS = """
class Net:
    def __init__(self):
        self.W = np.array([[0.5, -0.3], [0.2, 0.8]])
        self.b = np.zeros(2)

    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        self.a = 1 / (1 + np.exp(-self.z))
        return self.a

    def backward(self, grad):
        dz = grad * self.a * (1 - self.a)
        self.dW = self.x.T @ dz
        self.db = dz.sum(axis=0)

    def step(self, rate):
        self.W -= rate * self.dW
        self.b -= rate * self.db

net = Net()
x = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.5]])
y = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
for epoch in range(3):
    out = net.forward(x)
    loss = np.mean((out - y) ** 2)
    grad = 2 * (out - y) / y.size
    net.backward(grad)
    net.step(0.5)
"""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (10, "self.b (2,) is copied to all 3 rows"),
        (15, "σ′(self.z) = self.a(1 − self.a): written in the output self.a"),
        (16, "self.dW[i,j] = Σₙ self.x[n,i]·dz[n,j]: the sum runs over the 3 rows of self.x"),
        (17, "b was added to every row of dz (3,2)"),
        (20, "‖Δself.W‖/‖self.W‖ = "),
    ],
)
def test_what_a_class_keeps_goes_by_its_name(line: int, words: str) -> None:
    assert words in said(CLASS, f"2/{line}")


def test_what_a_dictionary_keeps_goes_by_its_name() -> None:
    text = """
params = {"W": np.array([[0.5, -0.3]]), "b": np.zeros((1, 1))}
X = np.array([[1.0, 2.0, 0.5], [3.0, -1.0, 0.5]])
Y = np.array([[0.0, 1.0, 1.0]])
m = X.shape[1]
grads = {}
for step in range(3):
    Z = np.dot(params["W"], X) + params["b"]
    cost = 0.5 * np.sum((Z - Y) ** 2) / m
    dZ = Z - Y
    grads["dW"] = np.dot(dZ, X.T) / m
    grads["db"] = np.sum(dZ, axis=1, keepdims=True) / m
    params["W"] = params["W"] - 0.1 * grads["dW"]
    params["b"] = params["b"] - 0.1 * grads["db"]
"""
    assert "is copied to all 3 columns" in said(text, "2/9")
    assert "= Σₙ dZ[i,n]·X[j,n]: the sum runs over the 3 columns of X" in said(text, "2/12")
    assert "/ m puts the 1/3 of the loss in" in said(text, "2/13")
    assert '‖Δparams["W"]‖' in said(text, "2/14")


UNIT = """
class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(0, x)

    def backward(self, grad):
        dx = grad.copy()
        dx[self.x <= 0] = 0
        return dx

unit = ReLU()
z = np.array([[1.0, -2.0], [3.0, -1.0]])
for step in range(2):
    loss = np.sum(unit.forward(z) ** 2)
    grad = unit.backward(2 * unit.forward(z))
"""


def test_a_mask_of_the_same_value_under_another_name_is_right() -> None:
    told = said(UNIT, "1/10")
    assert "asks self.x, the sum that went into line 6's ReLU: 2 of 4 entries pass" in told
    assert "no ReLU was given" not in told
