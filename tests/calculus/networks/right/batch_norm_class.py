"""Batch normalisation between two affine layers, its backward pass in one line."""

import numpy as np


class BatchNorm:
    def __init__(self, width, momentum=0.9, eps=1e-5):
        self.gamma, self.beta = np.ones(width), np.zeros(width)
        self.momentum, self.eps = momentum, eps
        self.running_mean, self.running_var = np.zeros(width), np.ones(width)

    def forward(self, x, train=True):
        if train:
            self.mu, self.var = x.mean(axis=0), x.var(axis=0)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * self.mu
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * self.var
        else:
            self.mu, self.var = self.running_mean, self.running_var
        self.std = np.sqrt(self.var + self.eps)
        self.x_norm = (x - self.mu) / self.std
        return self.gamma * self.x_norm + self.beta

    def backward(self, dout):
        N = dout.shape[0]
        self.dgamma = np.sum(dout * self.x_norm, axis=0)
        self.dbeta = np.sum(dout, axis=0)
        dx_norm = dout * self.gamma
        dx = (N * dx_norm - dx_norm.sum(axis=0) - self.x_norm * np.sum(dx_norm * self.x_norm, axis=0))
        dx = dx / (N * self.std)
        return dx


rng = np.random.default_rng(5)
X, T = rng.normal(size=(9, 4)), rng.normal(size=(9, 2))
W1, W2 = rng.normal(size=(4, 3)), rng.normal(size=(3, 2))
bn = BatchNorm(3)
for it in range(4):
    z = X @ W1
    n = bn.forward(z)
    h = np.maximum(0, n)
    out = h @ W2
    loss = 0.5 * np.sum((out - T) ** 2) / len(X)
    dout = (out - T) / len(X)
    dW2 = h.T @ dout
    dh = dout @ W2.T
    dh[n <= 0] = 0
    dx = bn.backward(dh)
    dW1 = X.T @ dx
    W1 -= 0.1 * dW1
    W2 -= 0.1 * dW2
    bn.gamma -= 0.1 * bn.dgamma
    bn.beta -= 0.1 * bn.dbeta
