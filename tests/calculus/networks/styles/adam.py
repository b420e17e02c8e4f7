"""Adam, with its moments in dictionaries."""

import numpy as np

rng = np.random.default_rng(5)
X = rng.normal(size=(6, 3))
y = rng.normal(size=(6, 2))
params = {"W": rng.normal(size=(3, 2)), "b": np.zeros(2)}
m = {k: np.zeros_like(v) for k, v in params.items()}
v = {k: np.zeros_like(p) for k, p in params.items()}
b1, b2, eps, lr = 0.9, 0.999, 1e-8, 0.01
for t in range(1, 6):
    out = X @ params["W"] + params["b"]
    loss = np.sum((out - y) ** 2)
    dout = 2 * (out - y)
    grads = {"W": X.T @ dout, "b": dout.sum(axis=0)}
    for k in params:
        m[k] = b1 * m[k] + (1 - b1) * grads[k]
        v[k] = b2 * v[k] + (1 - b2) * grads[k] ** 2
        mhat = m[k] / (1 - b1**t)
        vhat = v[k] / (1 - b2**t)
        params[k] -= lr * mhat / (np.sqrt(vhat) + eps)
