"""Inverted dropout, and weight decay that is added to the gradients but not to the loss."""

import numpy as np

np.random.seed(7)
X = np.random.randn(10, 3)
Y = (X.sum(axis=1, keepdims=True) > 0).astype(float)
W1 = np.random.randn(3, 6)
b1 = np.zeros((1, 6))
W2 = np.random.randn(6, 1)
b2 = np.zeros((1, 1))
keep, lam, lr = 0.8, 0.01, 0.3


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


for epoch in range(3):
    Z1 = np.dot(X, W1) + b1
    A1 = np.maximum(Z1, 0)
    D1 = np.random.rand(*A1.shape) < keep
    A1 = A1 * D1 / keep
    Z2 = np.dot(A1, W2) + b2
    A2 = sigmoid(Z2)
    m = len(X)
    cost = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))

    dZ2 = (A2 - Y) / m
    dW2 = np.dot(A1.T, dZ2)
    db2 = np.sum(dZ2, axis=0, keepdims=True)
    dA1 = np.dot(dZ2, W2.T)
    dA1 = dA1 * D1 / keep
    dZ1 = dA1 * (Z1 > 0)
    dW1 = np.dot(X.T, dZ1)
    db1 = np.sum(dZ1, axis=0, keepdims=True)

    dW2 += lam * W2
    dW1 += lam * W1
    W1 -= lr * dW1
    b1 -= lr * db1
    W2 -= lr * dW2
    b2 -= lr * db2
