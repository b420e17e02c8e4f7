"""A recurrent net, back through time."""

import numpy as np

rng = np.random.default_rng(9)
T, n, h, k = 4, 3, 5, 2
xs = rng.normal(size=(T, n, 1))
targets = rng.normal(size=(T, k, 1))
Wxh = rng.normal(size=(h, n)) * 0.3
Whh = rng.normal(size=(h, h)) * 0.3
Why = rng.normal(size=(k, h)) * 0.3
bh = np.zeros((h, 1))
for step in range(3):
    hs, ys = {-1: np.zeros((h, 1))}, {}
    loss = 0.0
    for t in range(T):
        hs[t] = np.tanh(Wxh @ xs[t] + Whh @ hs[t - 1] + bh)
        ys[t] = Why @ hs[t]
        loss += 0.5 * np.sum((ys[t] - targets[t]) ** 2)
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh = np.zeros_like(bh)
    dhnext = np.zeros((h, 1))
    for t in reversed(range(T)):
        dy = ys[t] - targets[t]
        dWhy += dy @ hs[t].T
        dh = Why.T @ dy + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWxh += dhraw @ xs[t].T
        dWhh += dhraw @ hs[t - 1].T
        dhnext = Whh.T @ dhraw
    Wxh -= 0.05 * dWxh
    Whh -= 0.05 * dWhh
    Why -= 0.05 * dWhy
    bh -= 0.05 * dbh
