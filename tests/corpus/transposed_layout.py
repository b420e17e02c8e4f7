# -*- coding: utf-8 -*-
import numpy as np
"""features in rows, samples in columns; layers in lists"""
np.random.seed(11)
layer_dims = [3, 5, 4, 1]
L = len(layer_dims) - 1
X = np.random.randn(3, 9)
Y = (X[:1, :] + X[1:2, :] > 0).astype(np.float64)
W = [None] + [np.random.randn(layer_dims[l], layer_dims[l-1]) / np.sqrt(layer_dims[l-1]) for l in range(1, L + 1)]
b = [None] + [np.zeros((layer_dims[l], 1)) for l in range(1, L + 1)]
m = X.shape[1]
costs = []
for epoch in range(12):
    A, Z = [X], [None]
    for l in range(1, L):
        Z.append(W[l].dot(A[l-1]) + b[l])
        A.append(np.where(Z[l] > 0, Z[l], 0.01 * Z[l]))
    Z.append(W[L] @ A[L-1] + b[L])
    A.append(1 / (1 + np.exp(-Z[L])))
    AL = A[-1]
    cost = (-1/m) * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    costs += [cost]
    dZ = AL - Y
    for l in range(L, 0, -1):
        dW = (1/m) * dZ @ A[l-1].T
        db = (1/m) * dZ.sum(axis=1, keepdims=True)
        if l > 1:
            dA = W[l].T @ dZ
            dZ = dA * np.where(Z[l-1] > 0, 1, 0.01)
        W[l] = W[l] - 0.5 * dW
        b[l] = b[l] - 0.5 * db
print("cost: {0:.4f} -> {1:.4f}".format(costs[0], costs[-1]))
