"""A bag of words: rows of an embedding are looked up, and their gradients scattered back."""

import numpy as np

rng = np.random.RandomState(0)
words = np.array([[0, 3, 1], [2, 2, 4], [5, 0, 0], [1, 4, 3]])
labels = np.array([0, 1, 1, 0])
E = rng.randn(6, 3) * 0.5
W = rng.randn(3, 2) * 0.5
b = np.zeros(2)
vE, vW, vb = np.zeros_like(E), np.zeros_like(W), np.zeros_like(b)
for epoch in range(4):
    emb = E[words]
    bag = emb.mean(axis=1)
    logits = bag @ W + b
    logits -= logits.max(axis=1, keepdims=True)
    p = np.exp(logits)
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[range(4), labels]))

    onehot = np.eye(2)[labels]
    dlogits = (p - onehot) / 4
    dW = bag.T @ dlogits
    db = dlogits.sum(0)
    dbag = dlogits @ W.T
    demb = np.repeat(dbag[:, None, :], 3, axis=1) / 3
    dE = np.zeros_like(E)
    np.add.at(dE, words, demb)

    vE = 0.9 * vE - 0.2 * dE
    vW = 0.9 * vW - 0.2 * dW
    vb = 0.9 * vb - 0.2 * db
    E += vE
    W += vW
    b += vb
