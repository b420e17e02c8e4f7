"""A class whose cost is a method of its own, asked for now and then after the update."""

import numpy as np

rng = np.random.default_rng(2)
X, y = rng.normal(size=(6, 2)), rng.normal(size=(6, 1))


class Net:
    def __init__(self):
        self.W1 = rng.normal(size=(2, 3))
        self.W2 = rng.normal(size=(3, 1))

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def slope(self, z):
        return np.exp(-z) / ((1 + np.exp(-z)) ** 2)

    def forward(self, X):
        self.z2 = np.dot(X, self.W1)
        self.a2 = self.sigmoid(self.z2)
        self.z3 = np.dot(self.a2, self.W2)
        return self.sigmoid(self.z3)

    def cost(self, X, y):
        self.yHat = self.forward(X)
        J = 0.5 * sum((y - self.yHat) ** 2)
        return J

    def slopes(self, X, y):
        self.yHat = self.forward(X)
        delta3 = np.multiply(-(y - self.yHat), self.slope(self.z3))
        dJdW2 = np.dot(self.a2.T, delta3)
        delta2 = np.dot(delta3, self.W2.T) * self.slope(self.z2)
        dJdW1 = np.dot(X.T, delta2)
        return dJdW1, dJdW2


net = Net()
for i in range(5):
    dJdW1, dJdW2 = net.slopes(X, y)
    net.W1 = net.W1 - 0.5 * dJdW1
    net.W2 = net.W2 - 0.5 * dJdW2
    print(net.cost(X, y))
