"""A linear regression whose loss is never computed; the bias is a number."""

import numpy as np


class Line:
    def __init__(self, rate=0.05, rounds=4):
        self.rate = rate
        self.rounds = rounds

    def fit(self, X, y):
        count, width = X.shape
        self.weights = np.zeros((width, 1))
        self.bias = 0
        for _ in range(self.rounds):
            predicted = np.dot(X, self.weights) + self.bias
            dw = (1 / count) * np.dot(X.T, (predicted - y))
            db = (1 / count) * np.sum(predicted - y)
            self.weights -= self.rate * dw
            self.bias -= self.rate * db


X = np.linspace(-1, 2, 12).reshape(12, 1)
Line().fit(X, 4 + 3 * X + 0.1 * np.cos(9 * X))
