"""A value that is used twice: a skip connection, and weight decay; one output a row."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


rng = np.random.default_rng(13)
X = rng.normal(size=(6, 3))
y = rng.uniform(size=(6, 1))
W1 = rng.normal(size=(3, 3))
W2 = rng.normal(size=(3, 3))
w3 = rng.normal(size=(3, 1))
decay = 0.01
lr = 0.1

for epoch in range(3):
    z1 = X @ W1
    h1 = sigmoid(z1)
    z2 = h1 @ W2
    h2 = np.tanh(z2)
    out = (h1 + h2) @ w3
    loss = np.mean((out - y) ** 2) + 0.5 * decay * np.sum(W1**2)
    d_out = 2 * (out - y) / len(y)
    d_w3 = (h1 + h2).T @ d_out
    d_h2 = d_out @ w3.T
    d_z2 = d_h2 * (1 - h2**2)
    d_W2 = h1.T @ d_z2
    d_h1 = d_out @ w3.T + d_z2 @ W2.T
    d_z1 = d_h1 * h1 * (1 - h1)
    d_W1 = X.T @ d_z1 + decay * W1
    w3 -= lr * d_w3
    W2 -= lr * d_W2
    W1 -= lr * d_W1
