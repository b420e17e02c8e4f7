"""Functions for each pass, with a dictionary of what the backward pass needs."""

import numpy as np


def forward(x, params):
    z1 = np.dot(x, params["W1"]) + params["b1"]
    a1 = np.tanh(z1)
    z2 = np.dot(a1, params["W2"]) + params["b2"]
    a2 = 1 / (1 + np.exp(-z2))
    return a2, {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def backward(x, y, params, cache):
    m = x.shape[0]
    a1 = cache["a1"]
    a2 = cache["a2"]
    dz2 = (a2 - y) / m
    dW2 = np.dot(a1.T, dz2)
    db2 = np.sum(dz2, axis=0, keepdims=True)
    da1 = np.dot(dz2, params["W2"].T)
    dz1 = da1 * (1 - a1**2)
    dW1 = np.dot(x.T, dz1)
    db1 = np.sum(dz1, axis=0, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


rng = np.random.default_rng(11)
X = rng.normal(size=(5, 3))
y = rng.integers(0, 2, size=(5, 1))
params = {
    "W1": rng.normal(size=(3, 4)),
    "b1": rng.normal(size=(1, 4)),
    "W2": rng.normal(size=(4, 1)),
    "b2": rng.normal(size=(1, 1)),
}
lr = 0.3

for epoch in range(3):
    a2, cache = forward(X, params)
    loss = -np.mean(y * np.log(a2) + (1 - y) * np.log(1 - a2))
    grads = backward(X, y, params, cache)
    for name in params:
        params[name] -= lr * grads[name]
