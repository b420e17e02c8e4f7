"""Momentum, weight decay in the loss, and a dropout mask."""

import numpy as np

rng = np.random.default_rng(4)
X = rng.normal(size=(6, 3))
y = rng.normal(size=(6, 1))
W1 = rng.normal(size=(3, 5))
b1 = np.zeros((1, 5))
W2 = rng.normal(size=(5, 1))
vW1, vb1, vW2 = np.zeros_like(W1), np.zeros_like(b1), np.zeros_like(W2)
lr, beta, reg, keep = 0.05, 0.9, 0.01, 0.8
for epoch in range(4):
    z1 = X @ W1 + b1
    a1 = np.maximum(0, z1)
    mask = (rng.random(a1.shape) < keep) / keep
    d1 = a1 * mask
    out = d1 @ W2
    loss = np.mean((out - y) ** 2) + 0.5 * reg * (np.sum(W1**2) + np.sum(W2**2))
    dout = 2 * (out - y) / len(y)
    dW2 = d1.T @ dout + reg * W2
    dd1 = dout @ W2.T
    da1 = dd1 * mask
    dz1 = da1 * (z1 > 0)
    dW1 = X.T @ dz1 + reg * W1
    db1 = dz1.sum(axis=0, keepdims=True)
    vW1 = beta * vW1 - lr * dW1
    vb1 = beta * vb1 - lr * db1
    vW2 = beta * vW2 - lr * dW2
    W1 += vW1
    b1 += vb1
    W2 += vW2
