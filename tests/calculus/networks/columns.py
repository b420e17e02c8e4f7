"""The transposed layout: an observation is a column. tanh, then a sigmoid; mean squared error."""

import numpy as np

rng = np.random.default_rng(7)
X = rng.normal(size=(3, 5))
Y = rng.uniform(size=(2, 5))
W1 = rng.normal(size=(3, 3))
b1 = rng.normal(size=(3, 1))
W2 = rng.normal(size=(2, 3))
b2 = rng.normal(size=(2, 1))
lr = 0.2

for epoch in range(3):
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    loss = np.mean((A2 - Y) ** 2)
    dA2 = 2 * (A2 - Y) / Y.size
    dZ2 = dA2 * A2 * (1 - A2)
    dW2 = dZ2 @ A1.T
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (1 - A1**2)
    dW1 = dZ1 @ X.T
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    W1 -= lr * dW1
    b1 -= lr * db1
    W2 -= lr * dW2
    b2 -= lr * db2
