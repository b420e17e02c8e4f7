"""Layers in a loop: every key is put together when it is needed."""

import numpy as np

rng = np.random.default_rng(4)
sizes = [3, 5, 4, 2]
L = len(sizes) - 1
params = {}
for l in range(1, L + 1):
    params[f"W{l}"] = rng.normal(size=(sizes[l - 1], sizes[l]))
    params[f"b{l}"] = np.zeros((1, sizes[l]))
X = rng.normal(size=(6, 3))
Y = rng.uniform(size=(6, 2))
lr = 0.1

for epoch in range(4):
    # %% forward
    cache = {"A0": X}
    for l in range(1, L + 1):
        cache["Z" + str(l)] = cache["A" + str(l - 1)] @ params["W" + str(l)] + params["b" + str(l)]
        cache["A" + str(l)] = np.tanh(cache["Z" + str(l)])
    # %% loss
    loss = 0.5 * np.sum((cache[f"A{L}"] - Y) ** 2)
    # %% backward
    grads = {}
    dA = cache[f"A{L}"] - Y
    for l in reversed(range(1, L + 1)):
        dZ = dA * (1 - cache["A" + str(l)] ** 2)
        grads["dW" + str(l)] = cache["A" + str(l - 1)].T @ dZ
        grads["db" + str(l)] = np.sum(dZ, axis=0, keepdims=True)
        dA = dZ @ params["W" + str(l)].T
    # %% update
    for l in range(1, L + 1):
        params["W" + str(l)] -= lr * grads["dW" + str(l)]
        params["b" + str(l)] -= lr * grads["db" + str(l)]
