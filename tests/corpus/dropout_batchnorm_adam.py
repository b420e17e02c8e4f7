"""Layers with a training flag, an optimizer with state, early stopping by an exception."""

import functools
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np

rng = np.random.default_rng(42)


class StopTraining(Exception):
    def __init__(self, epoch, best):
        super().__init__(f"stopped at epoch {epoch}")
        self.epoch, self.best = epoch, best


@dataclass
class Parameter:
    value: np.ndarray
    grad: np.ndarray = None
    state: dict = field(default_factory=dict)

    def __post_init__(self):
        self.grad = np.zeros_like(self.value)


def counted(method):
    @functools.wraps(method)
    def wrapper(self, *args, **kwargs):
        wrapper.calls += 1
        return method(self, *args, **kwargs)

    wrapper.calls = 0
    return wrapper


class Layer(ABC):
    training = True

    @abstractmethod
    def forward(self, x): ...

    @abstractmethod
    def backward(self, grad): ...

    def parameters(self):
        return [p for p in self.__members().values() if isinstance(p, Parameter)]

    def __members(self):
        return {}


class Linear(Layer):
    def __init__(self, n_in, n_out):
        self.W = Parameter(rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)))
        self.b = Parameter(np.zeros(n_out))

    def parameters(self):
        return [self.W, self.b]

    @counted
    def forward(self, x):
        self.x = x
        return x @ self.W.value + self.b.value

    def backward(self, grad):
        self.W.grad += self.x.T @ grad
        self.b.grad += grad.sum(axis=0)
        return grad @ self.W.value.T


class BatchNorm(Layer):
    def __init__(self, n, eps=1e-5, momentum=0.9):
        self.gamma, self.beta = Parameter(np.ones(n)), Parameter(np.zeros(n))
        self.running = {"mean": np.zeros(n), "var": np.ones(n)}
        self.eps, self.momentum = eps, momentum

    def parameters(self):
        return super().parameters() + [self.gamma, self.beta]

    def forward(self, x):
        if self.training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            for name, now in (("mean", mean), ("var", var)):
                self.running[name] *= self.momentum
                self.running[name] += (1 - self.momentum) * now
        else:
            mean, var = self.running["mean"], self.running["var"]
        self.std = np.sqrt(var + self.eps)
        self.xhat = (x - mean) / self.std
        return self.gamma.value * self.xhat + self.beta.value

    def backward(self, grad):
        n = len(grad)
        self.gamma.grad += (grad * self.xhat).sum(axis=0)
        self.beta.grad += grad.sum(axis=0)
        dxhat = grad * self.gamma.value
        return (n * dxhat - dxhat.sum(0) - self.xhat * (dxhat * self.xhat).sum(0)) / (n * self.std)


class Dropout(Layer):
    def __init__(self, p=0.2):
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        self.mask = (rng.random(x.shape) > self.p) / (1 - self.p)
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


class Adam:
    def __init__(self, parameters, lr=0.05, betas=(0.9, 0.999)):
        self.parameters, self.lr, self.betas, self.t = parameters, lr, betas, 0

    def step(self):
        self.t += 1
        b1, b2 = self.betas
        for p in self.parameters:
            m = p.state["m"] = b1 * p.state.get("m", 0) + (1 - b1) * p.grad
            v = p.state["v"] = b2 * p.state.get("v", 0) + (1 - b2) * p.grad**2
            p.value -= self.lr * (m / (1 - b1**self.t)) / (np.sqrt(v / (1 - b2**self.t)) + 1e-8)
            p.grad[...] = 0


class evaluating:
    def __init__(self, model):
        self.model = model

    def __enter__(self):
        self.model.train(False)
        return self.model

    def __exit__(self, *error):
        self.model.train(True)


class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def train(self, flag):
        for layer in self.layers:
            layer.training = flag

    def __call__(self, x):
        return functools.reduce(lambda a, layer: layer.forward(a), self.layers, x)

    def backward(self, grad):
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)


model = Sequential(Linear(3, 5), BatchNorm(5), Dropout(), Linear(5, 1))
parameters = [p for layer in model.layers for p in layer.parameters()]
optimizer = Adam(parameters)
X = rng.normal(size=(8, 3))
y = X[:, :1] - X[:, 1:2] ** 2
best = float("inf")
try:
    for epoch in range(20):
        loss_grad = 2 * (model(X) - y) / len(X)
        model.backward(loss_grad)
        optimizer.step()
        with evaluating(model) as fixed:
            loss = float(((fixed(X) - y) ** 2).mean())
        if epoch > 4 and loss > best * 0.99:
            raise StopTraining(epoch, best)
        best = min(best, loss)
except StopTraining as stop:
    print(stop, f"{stop.best:.4f}")
else:
    print("ran through", f"{best:.4f}")
finally:
    print(Linear.forward.calls, optimizer.t, len(parameters))
