"""A model of layers, whose optimiser gets parameters from a generator and keeps its own state."""
import numpy as np

np.random.seed(3)


class Layer:
    def __init__(self):
        self.params, self.grads = {}, {}

    def forward(self, inputs):
        raise NotImplementedError


class Linear(Layer):
    def __init__(self, size, out):
        super().__init__()
        self.params["w"] = np.random.randn(size, out) * 0.5
        self.params["b"] = np.zeros(out)

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ self.params["w"] + self.params["b"]

    def backward(self, grad):
        self.grads["b"] = np.sum(grad, axis=0)
        self.grads["w"] = self.inputs.T @ grad
        return grad @ self.params["w"].T


class Tanh(Layer):
    def forward(self, inputs):
        self.inputs = inputs
        return np.tanh(inputs)

    def backward(self, grad):
        return grad * (1 - np.tanh(self.inputs) ** 2)


class CrossEntropy:
    def forward(self, dvalues, target):
        clipped = np.clip(dvalues, 1e-7, 1 - 1e-7)
        return np.mean(-(target * np.log(clipped) + (1 - target) * np.log(1 - clipped)))

    def backward(self, dvalues, target):
        self.dinputs = -(target / dvalues - (1 - target) / (1 - dvalues)) / target.shape[1]
        self.dinputs = self.dinputs / len(target)
        return self.dinputs


class Sigmoid(Layer):
    def forward(self, inputs):
        self.output = 1 / (1 + np.exp(-inputs))
        return self.output

    def backward(self, grad):
        return grad * self.output * (1 - self.output)


class Model:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, inputs):
        for layer in self.layers:
            inputs = layer.forward(inputs)
        return inputs

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def params_and_grads(self):
        for layer in self.layers:
            for name, param in layer.params.items():
                grad = layer.grads[name]
                yield layer, name, param, grad


class Momentum:
    def __init__(self, rate):
        self.rate = rate

    def step(self, model):
        for layer, name, param, grad in model.params_and_grads():
            if not hasattr(layer, "speed"):
                layer.speed = {}
            if name not in layer.speed:
                layer.speed[name] = np.zeros_like(param)
            layer.speed[name] = 0.9 * layer.speed[name] + 0.1 * grad
            param -= self.rate * layer.speed[name]


class Ridge:
    """Defined and never used."""

    def fit(self, X, y):
        self.coef = np.zeros(X.shape[1])
        for _ in range(10):
            self.coef -= 0.1 * X.T @ (X @ self.coef - y)


X = np.random.randn(6, 2)
y = (X[:, :1] * X[:, 1:] > 0).astype(float)
model = Model([Linear(2, 3), Tanh(), Linear(3, 1), Sigmoid()])
loss_function, optimiser = CrossEntropy(), Momentum(0.1)
for epoch in range(12):
    epoch_loss = 0.0
    for start in range(0, 6, 3):
        batch, target = X[start : start + 3], y[start : start + 3]
        predicted = model.forward(batch)
        epoch_loss += loss_function.forward(predicted, target)
        d_loss = loss_function.backward(predicted, target)
        model.backward(d_loss)
        optimiser.step(model)
    print(epoch, epoch_loss)
