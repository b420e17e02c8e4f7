"""A dictionary a layer, in a list."""

import numpy as np

rng = np.random.default_rng(8)
X = rng.normal(size=(5, 3))
y = rng.uniform(size=(5, 2))
layers = [
    {"W": rng.normal(size=(3, 4)), "b": np.zeros((1, 4))},
    {"W": rng.normal(size=(4, 2)), "b": np.zeros((1, 2))},
]
lr = 0.1
for step in range(4):
    a = X
    for layer in layers:
        layer["x"] = a
        layer["z"] = a @ layer["W"] + layer["b"]
        a = layer["a"] = np.maximum(0, layer["z"])
    loss = np.mean((a - y) ** 2)
    da = 2 * (a - y) / a.size
    for layer in reversed(layers):
        dz = da * (layer["z"] > 0)
        layer["dW"] = layer["x"].T @ dz
        layer["db"] = dz.sum(axis=0, keepdims=True)
        da = dz @ layer["W"].T
    for layer in layers:
        layer["W"] -= lr * layer["dW"]
        layer["b"] -= lr * layer["db"]
