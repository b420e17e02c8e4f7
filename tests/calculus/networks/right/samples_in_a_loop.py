"""Sample by sample: a loss that is added up, gradients that are averaged at the update."""

import numpy as np

np.random.seed(12)
X = np.random.randn(5, 3)
Y = np.random.randn(5, 2)
w1 = np.random.randn(4, 3)
w2 = np.random.randn(2, 4)
lr = 0.1
for epoch in range(3):
    total_loss = 0
    dw1 = np.zeros_like(w1)
    dw2 = np.zeros_like(w2)
    for x, y in zip(X, Y):
        z1 = w1.dot(x)
        h1 = np.maximum(0, z1)
        out = w2.dot(h1)
        err = out - y
        total_loss += 0.5 * err.dot(err)
        dw2 += np.outer(err, h1)
        dh1 = w2.T.dot(err)
        dz1 = dh1 * (z1 > 0)
        dw1 += np.outer(dz1, x)
    w1 -= lr * dw1 / len(X)
    w2 -= lr * dw2 / len(X)
