"""Parameters, cache and gradients in dictionaries, as in a well-known course; a sample a column."""

import numpy as np


def initialize(n_x, n_h, n_y):
    np.random.seed(2)
    parameters = {
        "W1": np.random.randn(n_h, n_x) * 0.5,
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.randn(n_y, n_h) * 0.5,
        "b2": np.zeros((n_y, 1)),
    }
    return parameters


def forward(X, parameters):
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache


def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    cost = -np.sum(logprobs) / m
    return cost


def backward(parameters, cache, X, Y):
    m = X.shape[1]
    grads = {}
    A1 = cache["A1"]
    dZ2 = cache["A2"] - Y
    grads["dW2"] = np.dot(dZ2, A1.T) / m
    grads["db2"] = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(A1, 2))
    grads["dW1"] = np.dot(dZ1, X.T) / m
    grads["db1"] = np.sum(dZ1, axis=1, keepdims=True) / m
    return grads


def update(parameters, grads, learning_rate=0.8):
    for l in range(1, 3):
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] -= learning_rate * grads["db" + str(l)]
    return parameters


rng = np.random.default_rng(3)
X = rng.normal(size=(2, 7))
Y = (X[:1] * X[1:] > 0) * 1.0
parameters = initialize(2, 4, 1)
for i in range(5):
    A2, cache = forward(X, parameters)
    cost = compute_cost(A2, Y)
    grads = backward(parameters, cache, X, Y)
    parameters = update(parameters, grads)
