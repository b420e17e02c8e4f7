"""Skip-gram with negative samples: rows picked from two tables, updated row by row."""

import numpy as np

rng = np.random.RandomState(3)
V, D = 7, 4
W_in = rng.randn(V, D) * 0.5
W_out = rng.randn(V, D) * 0.5
pairs = [(0, 1), (2, 5), (6, 3), (1, 0)]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


for epoch in range(2):
    for center, context in pairs:
        negatives = rng.randint(0, V, 3)
        h = W_in[center]
        idx = np.concatenate(([context], negatives))
        labels = np.array([1, 0, 0, 0])
        u = W_out[idx]
        p = sigmoid(u @ h)
        loss = -np.log(p[0]) - np.sum(np.log(1 - p[1:]))
        d_scores = p - labels
        d_u = np.outer(d_scores, h)
        d_h = u.T @ d_scores
        np.add.at(W_out, idx, -0.1 * d_u)
        W_in[center] -= 0.1 * d_h
