import numpy as np
import copy
from typing import Dict, List, Tuple

Params = Dict[str, np.ndarray]

def init(rng: np.random.Generator, sizes: List[int]) -> Params:
    """He initialisation."""
    params: Params = {}
    for i, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        params[f"W{i}"] = rng.normal(0.0, np.sqrt(2 / n_in), size=(n_in, n_out))
        params[f"b{i}"] = np.zeros((1, n_out))
    return params

def forward(params: Params, X: np.ndarray) -> Tuple[np.ndarray, Params]:
    Z1 = X @ params["W1"] + params["b1"]
    H = np.tanh(Z1)
    out = H @ params["W2"] + params["b2"]
    return out, {"X": X, "H": H}

def backward(params: Params, cache: Params, dout: np.ndarray) -> Params:
    grads: Params = {}
    grads["W2"] = cache["H"].T @ dout
    grads["b2"] = dout.sum(0, keepdims=True)
    dH = dout @ params["W2"].T
    dZ1 = dH * (1 - cache["H"] ** 2)
    grads["W1"] = cache["X"].T @ dZ1
    grads["b1"] = dZ1.sum(0, keepdims=True)
    return grads

rng = np.random.default_rng(99)
X = rng.uniform(-2, 2, size=(24, 1))
y = np.sin(X)
X_train, X_val = X[:18], X[18:]
y_train, y_val = y[:18], y[18:]
params = init(rng, [1, 7, 1])
best, best_params, patience, bad = float("inf"), None, 3, 0
try:
    for epoch in range(25):
        pred, cache = forward(params, X_train)
        loss = float(np.mean((pred - y_train) ** 2))
        grads = backward(params, cache, 2 * (pred - y_train) / len(X_train))
        for k in params:
            params[k] -= 0.3 * grads[k]
        val_loss = float(np.mean((forward(params, X_val)[0] - y_val) ** 2))
        if val_loss < best:
            best, bad = val_loss, 0
            best_params = copy.deepcopy(params)
        else:
            bad += 1
            if bad >= patience:
                raise StopIteration(f"stopped at {epoch}")
except StopIteration as stop:
    print("early:", stop)
finally:
    print(f"best {best:.5f}")
