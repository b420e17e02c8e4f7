"""A recurrent net by a function for each step, whose gradients are kept in one dictionary."""

import numpy as np

rng = np.random.default_rng(4)
H, V, T = 4, 3, 5
params = {
    "Wax": rng.normal(0, 0.5, (H, V)),
    "Waa": rng.normal(0, 0.5, (H, H)),
    "Wya": rng.normal(0, 0.5, (V, H)),
}
X = [rng.integers(0, V) for _ in range(T)]
Y = X[1:] + X[:1]


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=0)


def step_forward(params, a_prev, x):
    a_next = np.tanh(params["Wax"] @ x + params["Waa"] @ a_prev)
    return a_next, softmax(params["Wya"] @ a_next)


def step_backward(dy, grads, params, x, a, a_prev):
    grads["dWya"] += dy @ a.T
    da = params["Wya"].T @ dy + grads["da_next"]
    draw = (1 - a * a) * da
    grads["dWax"] += draw @ x.T
    grads["dWaa"] += draw @ a_prev.T
    grads["da_next"] = params["Waa"].T @ draw
    return grads


def forward(params, a0):
    x, a, y_hat, loss = {}, {-1: a0.copy()}, {}, 0
    for t in range(T):
        x[t] = np.zeros((V, 1))
        x[t][X[t]] = 1
        a[t], y_hat[t] = step_forward(params, a[t - 1], x[t])
        loss -= np.log(y_hat[t][Y[t], 0])
    return loss, (x, a, y_hat)


def backward(params, cache):
    x, a, y_hat = cache
    grads = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    grads["da_next"] = np.zeros_like(a[0])
    for t in reversed(range(T)):
        dy = y_hat[t].copy()
        dy[Y[t]] -= 1
        grads = step_backward(dy, grads, params, x[t], a[t], a[t - 1])
    return grads


for epoch in range(4):
    loss, cache = forward(params, np.full((H, 1), 0.1))
    grads = backward(params, cache)
    for name in params:
        params[name] -= 0.05 * grads["d" + name]
