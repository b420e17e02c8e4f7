"""A GRU through time: gradients that are added up, and those of states that are handed back."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


np.random.seed(11)
D, H, T = 2, 3, 4
x = np.random.randn(T, D)
y = np.random.randn(T)
Wz, Wr, Wh = (np.random.randn(H, H + D) * 0.4 for _ in range(3))
bz, br, bh = np.zeros(H), np.zeros(H), np.zeros(H)
V = np.random.randn(H)

for epoch in range(3):
    h = {-1: np.zeros(H)}
    z, r, g, out = {}, {}, {}, {}
    loss = 0
    for t in range(T):
        hx = np.concatenate([h[t - 1], x[t]])
        z[t] = sigmoid(Wz @ hx + bz)
        r[t] = sigmoid(Wr @ hx + br)
        g[t] = np.tanh(Wh @ np.concatenate([r[t] * h[t - 1], x[t]]) + bh)
        h[t] = (1 - z[t]) * h[t - 1] + z[t] * g[t]
        out[t] = V @ h[t]
        loss += 0.5 * (out[t] - y[t]) ** 2

    dWz, dWr, dWh = np.zeros_like(Wz), np.zeros_like(Wr), np.zeros_like(Wh)
    dbz, dbr, dbh = np.zeros_like(bz), np.zeros_like(br), np.zeros_like(bh)
    dV = np.zeros_like(V)
    dh_next = np.zeros(H)
    for t in reversed(range(T)):
        hx = np.concatenate([h[t - 1], x[t]])
        rx = np.concatenate([r[t] * h[t - 1], x[t]])
        do = out[t] - y[t]
        dV += do * h[t]
        dh = do * V + dh_next
        dg = dh * z[t]
        dag = dg * (1 - g[t] ** 2)
        dz = dh * (g[t] - h[t - 1])
        daz = dz * z[t] * (1 - z[t])
        drh = (Wh.T @ dag)[:H]
        dr = drh * h[t - 1]
        dar = dr * r[t] * (1 - r[t])
        dWh += np.outer(dag, rx)
        dWz += np.outer(daz, hx)
        dWr += np.outer(dar, hx)
        dbh += dag
        dbz += daz
        dbr += dar
        dh_next = dh * (1 - z[t]) + drh * r[t]
        dh_next = dh_next + (Wz.T @ daz)[:H] + (Wr.T @ dar)[:H]
    for p, dp in zip((Wz, Wr, Wh, bz, br, bh, V), (dWz, dWr, dWh, dbz, dbr, dbh, dV)):
        np.clip(dp, -5, 5, out=dp)
        p -= 0.1 * dp
