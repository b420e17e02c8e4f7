"""Gradients summed over a batch, divided and clipped where they are used, with momentum."""

import numpy as np


class MLP:
    def __init__(self, sizes):
        self.weights = [np.random.randn(a, b) * 0.5 for a, b in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.zeros(b) for b in sizes[1:]]
        self.velocity = [np.zeros_like(w) for w in self.weights]

    def forward(self, x):
        self.activations = [x]
        for w, b in zip(self.weights, self.biases):
            x = np.tanh(x @ w + b)
            self.activations.append(x)
        return x

    def backward(self, error):
        self.grad_weights = [None] * len(self.weights)
        self.grad_biases = [None] * len(self.biases)
        delta = error * (1 - self.activations[-1] ** 2)
        for i in range(len(self.weights) - 1, -1, -1):
            self.grad_weights[i] = self.activations[i].T @ delta
            self.grad_biases[i] = delta.sum(axis=0)
            if i > 0:
                delta = (delta @ self.weights[i].T) * (1 - self.activations[i] ** 2)

    def update(self, lr, batch_size, clip=0.5, mu=0.9):
        for i in range(len(self.weights)):
            grad = self.grad_weights[i] / batch_size
            norm = np.linalg.norm(grad)
            if norm > clip:
                grad = grad * clip / norm
            self.velocity[i] = mu * self.velocity[i] - lr * grad
            self.weights[i] += self.velocity[i]
            self.biases[i] -= lr * self.grad_biases[i] / batch_size


np.random.seed(9)
X, y = np.random.randn(12, 2), np.random.randn(12, 1)
model = MLP([2, 4, 3, 1])
for epoch in range(2):
    total = 0
    for start in range(0, 12, 4):
        xb, yb = X[start : start + 4], y[start : start + 4]
        out = model.forward(xb)
        loss = 0.5 * np.sum((out - yb) ** 2)
        total += loss
        model.backward(out - yb)
        model.update(0.1, 4)
