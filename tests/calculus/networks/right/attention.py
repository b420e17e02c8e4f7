"""One head of self-attention, its softmax differentiated by rows."""

import numpy as np

rng = np.random.default_rng(1)
T, d, k = 5, 4, 3
X = rng.normal(size=(T, d))
target = rng.normal(size=(T, d))
Wq, Wk, Wv = (rng.normal(size=(d, k)) * 0.5 for _ in range(3))
Wo = rng.normal(size=(k, d)) * 0.5


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


for it in range(3):
    Q, K, V = X @ Wq, X @ Wk, X @ Wv
    scores = Q @ K.T / np.sqrt(k)
    mask = np.triu(np.ones((T, T)), 1) * -1e9
    A = softmax(scores + mask)
    ctx = A @ V
    out = ctx @ Wo + X
    loss = 0.5 * ((out - target) ** 2).sum()

    dout = out - target
    dWo = ctx.T @ dout
    dctx = dout @ Wo.T
    dA = dctx @ V.T
    dV = A.T @ dctx
    dscores = A * (dA - (dA * A).sum(axis=-1, keepdims=True))
    dscores /= np.sqrt(k)
    dQ = dscores @ K
    dK = dscores.T @ Q
    dWq, dWk, dWv = X.T @ dQ, X.T @ dK, X.T @ dV
    dX = dQ @ Wq.T + dK @ Wk.T + dV @ Wv.T + dout
    for W, dW in ((Wq, dWq), (Wk, dWk), (Wv, dWv), (Wo, dWo)):
        W -= 0.05 * dW
