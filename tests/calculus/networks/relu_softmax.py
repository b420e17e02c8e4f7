"""Two ReLU layers and a softmax with cross-entropy, averaged over the batch."""

import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


rng = np.random.default_rng(5)
X = rng.normal(size=(6, 4))
Y = np.eye(3)[[0, 1, 2, 0, 1, 1]]
N = 6
W1 = rng.normal(size=(4, 4))
b1 = rng.normal(size=4)
W2 = rng.normal(size=(4, 4))
b2 = rng.normal(size=4)
W3 = rng.normal(size=(4, 3))
b3 = rng.normal(size=3)
lr = 0.1

for epoch in range(3):
    z1 = X @ W1 + b1
    h1 = np.maximum(0, z1)
    z2 = h1 @ W2 + b2
    h2 = np.maximum(0, z2)
    z3 = h2 @ W3 + b3
    p = softmax(z3)
    loss = -np.sum(Y * np.log(p)) / N
    dz3 = (p - Y) / N
    dW3 = h2.T @ dz3
    db3 = np.sum(dz3, axis=0)
    dh2 = dz3 @ W3.T
    dz2 = dh2 * (z2 > 0)
    dW2 = h1.T @ dz2
    db2 = np.sum(dz2, axis=0)
    dh1 = dz2 @ W2.T
    dz1 = np.where(z1 > 0, dh1, 0)
    dW1 = X.T @ dz1
    db1 = np.sum(dz1, axis=0)
    W3 -= lr * dW3
    b3 -= lr * db3
    W2 -= lr * dW2
    b2 -= lr * db2
    W1 -= lr * dW1
    b1 -= lr * db1
