"""Gradients add up over the samples; the loss is that of one sample and only printed."""

import numpy as np

rng = np.random.default_rng(8)
X = rng.normal(size=(5, 3))
T = rng.normal(size=(5, 2))
W = rng.normal(size=(3, 2))
b = np.zeros(2)
for epoch in range(4):
    dW = np.zeros_like(W)
    db = np.zeros_like(b)
    for x, t in zip(X, T):
        out = x @ W + b
        loss = 0.5 * np.sum((out - t) ** 2)
        d = out - t
        dW += np.outer(x, d)
        db += d
    W -= 0.1 * dW
    b -= 0.1 * db
