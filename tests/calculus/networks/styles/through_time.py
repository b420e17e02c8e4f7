import copy

import numpy as np

np.random.seed(5)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def slope(output):
    return output * (1 - output)


U = np.random.randn(2, 3)
V = np.random.randn(3, 1)
W = np.random.randn(3, 3)
U_update, V_update, W_update = np.zeros_like(U), np.zeros_like(V), np.zeros_like(W)
bits = np.random.randint(0, 2, (4, 5, 3))

for turn in range(12):
    a, b, c = bits[turn % 4].T
    deltas = []
    hidden = []
    hidden.append(np.zeros((1, 3)))
    for t in range(5):
        x = np.array([[a[t], b[t]]])
        y = np.array([[c[t]]])
        h = sigmoid(np.dot(x, U) + np.dot(hidden[-1], W))
        out = sigmoid(np.dot(h, V))
        error = y - out
        deltas.append(error * slope(out))
        hidden.append(copy.deepcopy(h))
    future = np.zeros((1, 3))
    for t in range(5):
        x = np.array([[a[4 - t], b[4 - t]]])
        h = hidden[-t - 1]
        before = hidden[-t - 2]
        delta = deltas[-t - 1]
        h_delta = (future.dot(W.T) + delta.dot(V.T)) * slope(h)
        V_update += h.T.dot(delta)
        W_update += before.T.dot(h_delta)
        U_update += x.T.dot(h_delta)
        future = h_delta
    U += 0.1 * U_update
    V += 0.1 * V_update
    W += 0.1 * W_update
    U_update *= 0
    V_update *= 0
    W_update *= 0
print(U, V, W)
