"""An autoencoder whose decoder is its encoder transposed: the weights get two gradients."""

import numpy as np

rng = np.random.default_rng(8)
x = rng.random((6, 5))
W = rng.normal(size=(5, 3)) * 0.4
b, c = np.zeros(3), np.zeros(5)
sig = lambda s: 1 / (1 + np.exp(-s))
for t in range(3):
    h = sig(x @ W + b)
    r = sig(h @ W.T + c)
    loss = -np.sum(x * np.log(r) + (1 - x) * np.log(1 - r)) / len(x)

    ds = (r - x) / len(x)
    dW_dec = ds.T @ h
    dc = ds.sum(axis=0)
    dh = ds @ W
    du = dh * h * (1 - h)
    dW_enc = x.T @ du
    dW = dW_enc + dW_dec
    db = du.sum(axis=0)
    W -= 0.1 * dW
    b -= 0.1 * db
    c -= 0.1 * dc
