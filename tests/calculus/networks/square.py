"""Everything is three by three, so that no shape gives a mistake away."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


rng = np.random.default_rng(17)
X = rng.normal(size=(3, 3))
y = rng.uniform(size=(3, 3))
W1 = rng.normal(size=(3, 3))
b1 = rng.normal(size=(1, 3))
W2 = rng.normal(size=(3, 3))
b2 = rng.normal(size=(1, 3))
W3 = rng.normal(size=(3, 3))
lr = 0.1

for epoch in range(3):
    z1 = X @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    a2 = np.tanh(z2)
    z3 = a2 @ W3
    a3 = sigmoid(z3)
    loss = np.sum((a3 - y) ** 2)
    da3 = 2 * (a3 - y)
    dz3 = da3 * a3 * (1 - a3)
    dW3 = a2.T @ dz3
    da2 = dz3 @ W3.T
    dz2 = da2 * (1 - a2 ** 2)
    dW2 = a1.T @ dz2
    db2 = np.sum(dz2, axis=0, keepdims=True)
    da1 = dz2 @ W2.T
    dz1 = da1.copy()
    dz1[z1 <= 0] = 0
    dW1 = X.T @ dz1
    db1 = np.sum(dz1, axis=0, keepdims=True)
    W3 -= lr * dW3
    W2 -= lr * dW2
    b2 -= lr * db2
    W1 -= lr * dW1
    b1 -= lr * db1
