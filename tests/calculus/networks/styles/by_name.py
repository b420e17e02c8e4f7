"""Parameters and activations under names that are computed."""

import numpy as np


class Network:
    def __init__(self, sizes, activation):
        self.activation, self.depth = activation, len(sizes) - 1
        for i in range(self.depth):
            setattr(self, f"W{i}", np.random.randn(sizes[i], sizes[i + 1]) * 0.5)
            setattr(self, "b" + str(i), np.zeros(sizes[i + 1]))

    def act_tanh(self, z):
        return np.tanh(z)

    def slope(self, a):
        match self.activation:
            case "relu":
                return (a > 0) * 1.0
            case "tanh":
                return 1 - a**2

    def forward(self, X):
        self.outputs = [X]
        for i in range(self.depth):
            z = self.outputs[-1] @ getattr(self, f"W{i}") + getattr(self, f"b{i}")
            last = i == self.depth - 1
            self.outputs.append(z if last else getattr(self, "act_" + self.activation)(z))
        return self.outputs[-1]

    def train(self, X, y, rate):
        out = self.forward(X)
        loss = np.mean((out - y) ** 2)
        dz = 2 * (out - y) / y.size
        for i in reversed(range(self.depth)):
            a = self.outputs[i]
            dW = a.T @ dz
            db = dz.sum(axis=0)
            if i > 0:
                dz = (dz @ getattr(self, f"W{i}").T) * self.slope(a)
            setattr(self, f"W{i}", getattr(self, f"W{i}") - rate * dW)
            setattr(self, f"b{i}", getattr(self, f"b{i}") - rate * db)
        return loss


np.random.seed(3)
X = np.random.randn(6, 2)
y = np.sin(X.sum(axis=1, keepdims=True))
net = Network([2, 4, 1], "tanh")
for epoch in range(3):
    loss = net.train(X, y, 0.3)
