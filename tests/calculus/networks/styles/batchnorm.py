"""Batch normalisation, taken apart step by step."""

import numpy as np

rng = np.random.default_rng(6)
X = rng.normal(size=(8, 3))
y = rng.normal(size=(8, 2))
W = rng.normal(size=(3, 2))
gamma = np.ones(2)
beta = np.zeros(2)
eps = 1e-5
N = len(X)
for epoch in range(3):
    z = X @ W
    mu = z.mean(axis=0)
    zc = z - mu
    var = np.mean(zc**2, axis=0)
    std = np.sqrt(var + eps)
    xhat = zc / std
    out = gamma * xhat + beta
    loss = 0.5 * np.sum((out - y) ** 2)
    dout = out - y
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = dout.sum(axis=0)
    dxhat = dout * gamma
    dz = (N * dxhat - dxhat.sum(axis=0) - xhat * np.sum(dxhat * xhat, axis=0)) / (N * std)
    dW = X.T @ dz
    W -= 0.1 * dW
    gamma -= 0.1 * dgamma
    beta -= 0.1 * dbeta
