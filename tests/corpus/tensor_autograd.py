from __future__ import annotations

from typing import Callable, List, Optional, Tuple

import numpy as np


def unbroadcast(grad: np.ndarray, shape: Tuple[int, ...]) -> np.ndarray:
    while grad.ndim > len(shape):
        grad = grad.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            grad = grad.sum(axis=axis, keepdims=True)
    return grad


class Tensor:
    __slots__ = ("data", "grad", "parents", "_back")

    def __init__(self, data, parents: Tuple[Tensor, ...] = ()):
        self.data = np.asarray(data, dtype=float)
        self.grad: Optional[np.ndarray] = None
        self.parents = parents
        self._back: Callable[[], None] = lambda: None

    @property
    def shape(self) -> Tuple[int, ...]:
        return self.data.shape

    @property
    def T(self) -> Tensor:
        out = Tensor(self.data.T, (self,))

        def back():
            self.add(out.grad.T)

        out._back = back
        return out

    def add(self, grad: np.ndarray) -> None:
        grad = unbroadcast(grad, self.shape)
        self.grad = grad if self.grad is None else self.grad + grad

    def __add__(self, other) -> Tensor:
        other = ensure(other)
        out = Tensor(self.data + other.data, (self, other))

        def back():
            self.add(out.grad)
            other.add(out.grad)

        out._back = back
        return out

    def __mul__(self, other) -> Tensor:
        other = ensure(other)
        out = Tensor(self.data * other.data, (self, other))

        def back():
            self.add(out.grad * other.data)
            other.add(out.grad * self.data)

        out._back = back
        return out

    def __matmul__(self, other: Tensor) -> Tensor:
        out = Tensor(self.data @ other.data, (self, other))

        def back():
            self.add(out.grad @ other.data.T)
            other.add(self.data.T @ out.grad)

        out._back = back
        return out

    def relu(self) -> Tensor:
        out = Tensor(np.maximum(0, self.data), (self,))

        def back():
            self.add(out.grad * (self.data > 0))

        out._back = back
        return out

    def mean(self) -> Tensor:
        out = Tensor(self.data.mean(), (self,))

        def back():
            self.add(np.full(self.shape, out.grad / self.data.size))

        out._back = back
        return out

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-ensure(other))

    def __len__(self):
        return len(self.data)

    def backward(self) -> None:
        order: List[Tensor] = []
        seen = set()

        def visit(node: Tensor) -> None:
            if id(node) in seen:
                return
            seen.add(id(node))
            for parent in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        self.grad = np.ones_like(self.data)
        for node in order[::-1]:
            node._back()


def ensure(value) -> Tensor:
    return value if isinstance(value, Tensor) else Tensor(value)


class Linear:
    def __init__(self, n_in: int, n_out: int, rng: np.random.Generator):
        self.W = Tensor(rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in)))
        self.b = Tensor(np.zeros((1, n_out)))

    def __call__(self, x: Tensor) -> Tensor:
        return x @ self.W.T + self.b

    def parameters(self):
        yield self.W
        yield self.b


rng = np.random.default_rng(0)
layers = [Linear(2, 4, rng), Linear(4, 1, rng)]
X = Tensor(rng.normal(size=(5, 2)))
y = Tensor(X.data[:, :1] * X.data[:, 1:])


def forward(x):
    *hidden, last = layers
    for layer in hidden:
        x = layer(x).relu()
    return last(x)


for epoch in range(3):
    error = forward(X) - y
    loss = (error * error).mean()
    for layer in layers:
        for p in layer.parameters():
            p.grad = None
    loss.backward()
    for layer in layers:
        for p in layer.parameters():
            p.data -= 0.1 * p.grad
    print(f"{epoch=} {float(loss.data):.6f} {len(error)}")
