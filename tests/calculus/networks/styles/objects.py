"""Layers are objects that keep what they need and what they find."""

import numpy as np


class Dense:
    def __init__(self, n, m, rng):
        self.W = rng.normal(size=(n, m))
        self.b = np.zeros((1, m))

    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        self.a = np.tanh(self.z)
        return self.a

    def backward(self, da):
        dz = da * (1 - self.a**2)
        self.dW = self.x.T @ dz
        self.db = dz.sum(axis=0, keepdims=True)
        return dz @ self.W.T

    def step(self, lr):
        self.W -= lr * self.dW
        self.b -= lr * self.db


rng = np.random.default_rng(10)
X = rng.normal(size=(6, 3))
y = rng.uniform(-1, 1, size=(6, 2))
layers = [Dense(3, 4, rng), Dense(4, 2, rng)]
for epoch in range(4):
    a = X
    for layer in layers:
        a = layer.forward(a)
    loss = 0.5 * np.sum((a - y) ** 2)
    grad = a - y
    for layer in reversed(layers):
        grad = layer.backward(grad)
    for layer in layers:
        layer.step(0.1)
