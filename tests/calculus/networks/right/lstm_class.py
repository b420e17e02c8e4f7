"""An LSTM as a class: caches in lists, gates stacked in one matrix."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class LSTM:
    def __init__(self, n_in, n_hidden):
        self.n = n_hidden
        self.W = np.random.randn(n_in + n_hidden, 4 * n_hidden) * 0.3
        self.b = np.zeros(4 * n_hidden)

    def step(self, x, h_prev, c_prev):
        n = self.n
        hx = np.hstack((x, h_prev))
        a = hx @ self.W + self.b
        i, f, o = sigmoid(a[:, :n]), sigmoid(a[:, n : 2 * n]), sigmoid(a[:, 2 * n : 3 * n])
        g = np.tanh(a[:, 3 * n :])
        c = f * c_prev + i * g
        tc = np.tanh(c)
        h = o * tc
        return h, c, (hx, i, f, o, g, c_prev, tc)

    def step_back(self, dh, dc, cache):
        hx, i, f, o, g, c_prev, tc = cache
        do = dh * tc
        dc = dc + dh * o * (1 - tc**2)
        di, df, dg = dc * g, dc * c_prev, dc * i
        da = np.hstack((di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)))
        self.dW += hx.T @ da
        self.db += da.sum(axis=0)
        dhx = da @ self.W.T
        dx, dh_prev = dhx[:, : -self.n], dhx[:, -self.n :]
        dc_prev = dc * f
        return dx, dh_prev, dc_prev

    def forward(self, xs):
        h = c = np.zeros((xs.shape[1], self.n))
        self.caches, hs = [], []
        for x in xs:
            h, c, cache = self.step(x, h, c)
            self.caches.append(cache)
            hs.append(h)
        return hs

    def backward(self, dhs):
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        dh = dc = np.zeros_like(dhs[0])
        for t in range(len(dhs))[::-1]:
            dx, dh, dc = self.step_back(dhs[t] + dh, dc, self.caches[t])


np.random.seed(4)
xs, ys = np.random.randn(4, 2, 3), np.random.randn(4, 2, 1)
lstm = LSTM(3, 2)
Wy = np.random.randn(2, 1)
for epoch in range(3):
    hs = lstm.forward(xs)
    preds = [h @ Wy for h in hs]
    loss = sum(0.5 * np.sum((p - y) ** 2) for p, y in zip(preds, ys))
    dys = [p - y for p, y in zip(preds, ys)]
    dWy = sum(h.T @ dy for h, dy in zip(hs, dys))
    dhs = [dy @ Wy.T for dy in dys]
    lstm.backward(dhs)
    lstm.W -= 0.1 * lstm.dW
    lstm.b -= 0.1 * lstm.db
    Wy -= 0.1 * dWy
