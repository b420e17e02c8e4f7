"""Layers with caches, the gradient handed on from layer to layer under one name."""

import numpy as np


class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * np.sqrt(2 / n_in)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.cache = x
        return x @ self.W + self.b

    def backward(self, dout):
        x = self.cache
        self.dW = x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, dout):
        return dout * (1 - self.out**2)


class Leaky:
    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, 0.1 * x)

    def backward(self, dout):
        dx = np.ones_like(self.x)
        dx[self.x < 0] = 0.1
        return dx * dout


class Net:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, x):
        out = x
        for layer in self.layers:
            out = layer.forward(out)
        return out

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def step(self, lr):
        for layer in self.layers:
            if hasattr(layer, "W"):
                layer.W -= lr * layer.dW
                layer.b -= lr * layer.db


np.random.seed(3)
x = np.random.randn(7, 3)
y = np.random.randn(7, 2)
net = Net([Dense(3, 4), Tanh(), Dense(4, 5), Leaky(), Dense(5, 2)])
for epoch in range(3):
    out = net.forward(x)
    loss = np.mean((out - y) ** 2)
    dout = 2 * (out - y) / y.size
    net.backward(dout)
    net.step(0.1)
