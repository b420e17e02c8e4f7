"""A neuron as a class, with NumPy's functions imported by their names and its methods private."""

from numpy import array, dot, exp, random


class Neuron:
    def __init__(self):
        random.seed(1)
        self.weights = 2 * random.random((3, 1)) - 1

    def __sigmoid(self, x):
        return 1 / (1 + exp(-x))

    def __slope(self, x):
        return x * (1 - x)

    def train(self, inputs, targets, times):
        for iteration in range(times):
            output = self.think(inputs)
            error = targets - output
            adjustment = dot(inputs.T, error * self.__slope(output))
            self.weights += adjustment

    def think(self, inputs):
        return self.__sigmoid(dot(inputs, self.weights))


neuron = Neuron()
neuron.train(array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]]), array([[0, 1, 1, 0]]).T, 4)
