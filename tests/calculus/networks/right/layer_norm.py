"""Layer normalisation in functions with tuples for caches, GELU by its tanh form."""

import numpy as np


def layernorm_forward(x, g, b, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    xc = x - mean
    rstd = 1.0 / np.sqrt((xc**2).mean(axis=-1, keepdims=True) + eps)
    norm = xc * rstd
    return norm * g + b, (norm, rstd, g)


def layernorm_backward(dout, cache):
    norm, rstd, g = cache
    dg = (dout * norm).sum(axis=0)
    db = dout.sum(axis=0)
    dnorm = dout * g
    dx = dnorm - dnorm.mean(axis=-1, keepdims=True)
    dx -= norm * (dnorm * norm).mean(axis=-1, keepdims=True)
    dx *= rstd
    return dx, dg, db


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def gelu_grad(x):
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)


np.random.seed(0)
x = np.random.randn(6, 4)
y = np.random.randn(6, 3)
params = {
    "w1": np.random.randn(4, 5) * 0.5,
    "g": np.ones(5),
    "b": np.zeros(5),
    "w2": np.random.randn(5, 3) * 0.5,
}
for step in range(3):
    h = x @ params["w1"]
    n, cache = layernorm_forward(h, params["g"], params["b"])
    a = gelu(n)
    pred = a @ params["w2"]
    diff = pred - y
    loss = (diff**2).sum() / len(x)

    grads = {}
    dpred = 2 * diff / len(x)
    grads["w2"] = a.T @ dpred
    da = dpred @ params["w2"].T
    dn = da * gelu_grad(n)
    dh, grads["g"], grads["b"] = layernorm_backward(dn, cache)
    grads["w1"] = x.T @ dh
    for name in params:
        params[name] -= 0.05 * grads[name]
