"""Gradients under the keys of the parameters."""

import numpy as np

rng = np.random.default_rng(6)
X = rng.normal(size=(5, 3))
y = rng.uniform(size=(5, 2))
p = {"W": rng.normal(size=(3, 4)), "b": np.zeros(4), "V": rng.normal(size=(4, 2)), "c": np.zeros(2)}

for step in range(4):
    h = np.tanh(X @ p["W"] + p["b"])
    out = h @ p["V"] + p["c"]
    loss = np.sum((out - y) ** 2)
    grads = {}
    d = 2 * (out - y)
    grads["V"] = h.T @ d
    grads["c"] = d.sum(axis=0)
    d = d @ p["V"].T * (1 - h**2)
    grads["W"] = X.T @ d
    grads["b"] = d.sum(axis=0)
    for name in p:
        p[name] -= 0.05 * grads[name]
