import numpy as np


class XORNetwork:
    """XOR with momentum; everything lives in dictionaries."""

    activations = {
        "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda a: a * (1 - a)),
        "tanh": (np.tanh, lambda a: 1 - a**2),
    }

    def __init__(self, hidden=4, rate=0.5, momentum=0.9, activation="tanh", seed=None):
        rng = np.random.RandomState(seed)
        self.f, self.df = self.activations[activation]
        self.params = {
            "W1": rng.normal(0, 1, (2, hidden)),
            "b1": np.zeros((1, hidden)),
            "W2": rng.normal(0, 1, (hidden, 1)),
            "b2": np.zeros((1, 1)),
        }
        self.velocity = {name: np.zeros_like(value) for name, value in self.params.items()}
        self.rate, self.momentum = rate, momentum
        self._history = []

    @property
    def loss(self):
        return self._history[-1] if self._history else float("nan")

    @property
    def size(self):
        return sum(p.size for p in self.params.values())

    @staticmethod
    def _mean_squared_error(a, y):
        return float(np.mean((a - y) ** 2))

    def forward(self, X):
        p = self.params
        cache = {"A0": X}
        cache["A1"] = self.f(X @ p["W1"] + p["b1"])
        cache["A2"] = self.activations["sigmoid"][0](cache["A1"] @ p["W2"] + p["b2"])
        return cache["A2"], cache

    def backward(self, cache, y):
        grads = {}
        m = len(y)
        delta2 = 2 * (cache["A2"] - y) / m * self.activations["sigmoid"][1](cache["A2"])
        grads["W2"] = cache["A1"].T @ delta2
        grads["b2"] = delta2.sum(axis=0, keepdims=True)
        delta1 = (delta2 @ self.params["W2"].T) * self.df(cache["A1"])
        grads["W1"] = cache["A0"].T @ delta1
        grads["b1"] = delta1.sum(axis=0, keepdims=True)
        return grads

    def step(self, grads):
        for name in self.params:
            self.velocity[name] = self.momentum * self.velocity[name] - self.rate * grads[name]
            self.params[name] += self.velocity[name]

    def fit(self, X, y, epochs):
        for epoch in range(epochs):
            out, cache = self.forward(X)
            self._history.append(self._mean_squared_error(out, y))
            self.step(self.backward(cache, y))
        return self

    def __repr__(self):
        return f"<XORNetwork of {self.size} parameters, loss {self.loss:.5f}>"


X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)
for kind in XORNetwork.activations:
    net = XORNetwork(activation=kind, seed=7)
    print(net)
    print(net.fit(X, y, epochs=15))
    for x, t in zip(X, y):
        print(x, int(t[0]), "->", round(float(net.forward(x[None, :])[0][0, 0]), 3))
