"""Weights, activations and gradients in lists."""

import numpy as np

rng = np.random.default_rng(5)
sizes = [3, 4, 4, 1]
weights = [rng.normal(size=(n, m)) for n, m in zip(sizes[:-1], sizes[1:])]
biases = [np.zeros((1, m)) for m in sizes[1:]]
X = rng.normal(size=(6, 3))
y = rng.uniform(size=(6, 1))

for epoch in range(4):
    activations = [X]
    for W, b in zip(weights, biases):
        activations.append(1 / (1 + np.exp(-(activations[-1] @ W + b))))
    loss = np.mean((activations[-1] - y) ** 2)
    delta = 2 * (activations[-1] - y) / y.size * activations[-1] * (1 - activations[-1])
    grads_w = [None] * len(weights)
    grads_b = [None] * len(weights)
    for i in range(len(weights) - 1, -1, -1):
        grads_w[i] = activations[i].T @ delta
        grads_b[i] = delta.sum(axis=0, keepdims=True)
        if i > 0:
            delta = (delta @ weights[i].T) * activations[i] * (1 - activations[i])
    for i in range(len(weights)):
        weights[i] -= 0.5 * grads_w[i]
        biases[i] -= 0.5 * grads_b[i]
