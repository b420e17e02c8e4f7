"""Layers, and optimizers that keep their state in them: momentum, and a root of summed squares."""

import numpy as np


class Layer:
    def __init__(self, n_in, n_out):
        self.weights = np.random.randn(n_in, n_out) * 0.5
        self.biases = np.zeros((1, n_out))

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)


class ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)

    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        self.dinputs[self.inputs <= 0] = 0


class Momentum:
    def __init__(self, rate, momentum):
        self.rate, self.momentum = rate, momentum

    def update(self, layer):
        if not hasattr(layer, "kept_weights"):
            layer.kept_weights = np.zeros_like(layer.weights)
            layer.cache = np.zeros_like(layer.biases)
        weight_step = self.momentum * layer.kept_weights - self.rate * layer.dweights
        layer.kept_weights = weight_step
        layer.cache += layer.dbiases**2
        layer.weights += weight_step
        layer.biases += -self.rate * layer.dbiases / (np.sqrt(layer.cache) + 1e-7)


np.random.seed(0)
X, y = np.random.randn(8, 3), np.random.randn(8, 2)
first, relu, second = Layer(3, 5), ReLU(), Layer(5, 2)
optimizer = Momentum(0.1, 0.9)
for epoch in range(3):
    first.forward(X)
    relu.forward(first.output)
    second.forward(relu.output)
    loss = np.mean((second.output - y) ** 2)
    second.backward(2 * (second.output - y) / y.size)
    relu.backward(second.dinputs)
    first.backward(relu.dinputs)
    optimizer.update(first)
    optimizer.update(second)
