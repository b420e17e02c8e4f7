"""Two layers of sigmoids, written flat."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


rng = np.random.default_rng(3)
X = rng.normal(size=(5, 3))
y = rng.uniform(size=(5, 2))
W1 = rng.normal(size=(3, 4))
b1 = rng.normal(size=(1, 4))
W2 = rng.normal(size=(4, 2))
b2 = rng.normal(size=(1, 2))
lr = 0.5

for epoch in range(3):
    z1 = X @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    a2 = sigmoid(z2)
    loss = 0.5 * np.sum((a2 - y) ** 2)
    da2 = a2 - y
    dz2 = da2 * a2 * (1 - a2)
    dW2 = a1.T @ dz2
    db2 = np.sum(dz2, axis=0, keepdims=True)
    da1 = dz2 @ W2.T
    dz1 = da1 * (a1 * (1 - a1))
    dW1 = X.T @ dz1
    db1 = dz1.sum(axis=0, keepdims=True)
    W2 -= lr * dW2
    b2 -= lr * db2
    W1 -= lr * dW1
    b1 -= lr * db1
