"""A variational autoencoder: a drawn sample, two losses added, two ways back to each mean."""

import numpy as np

np.random.seed(6)
x = np.random.randn(8, 4)
We, be = np.random.randn(4, 6) * 0.3, np.zeros(6)
Wm, Ws = np.random.randn(6, 2) * 0.3, np.random.randn(6, 2) * 0.3
Wd, bd = np.random.randn(2, 4) * 0.3, np.zeros(4)
m = {name: 0 for name in ("We", "be", "Wm", "Ws", "Wd", "bd") if name}
v = m.copy()
for i in range(1, 4):
    h = np.tanh(x @ We + be)
    mu = h @ Wm
    logvar = h @ Ws
    eps = np.random.randn(*mu.shape)
    z = mu + np.exp(0.5 * logvar) * eps
    xhat = z @ Wd + bd
    rec = 0.5 * np.sum((xhat - x) ** 2) / len(x)
    kl = -0.5 * np.sum(1 + logvar - mu**2 - np.exp(logvar)) / len(x)
    loss = rec + kl

    dxhat = (xhat - x) / len(x)
    dWd = z.T @ dxhat
    dbd = dxhat.sum(axis=0)
    dz = dxhat @ Wd.T
    dmu = dz + mu / len(x)
    dlogvar = dz * eps * 0.5 * np.exp(0.5 * logvar)
    dlogvar += 0.5 * (np.exp(logvar) - 1) / len(x)
    dWm = h.T @ dmu
    dWs = h.T @ dlogvar
    dh = dmu @ Wm.T
    dh += dlogvar @ Ws.T
    da = dh * (1 - h**2)
    dWe = x.T @ da
    dbe = da.sum(axis=0)
    params = {"We": We, "be": be, "Wm": Wm, "Ws": Ws, "Wd": Wd, "bd": bd}
    grads = {"We": dWe, "be": dbe, "Wm": dWm, "Ws": dWs, "Wd": dWd, "bd": dbd}
    for name in params:
        m[name] = 0.9 * m[name] + 0.1 * grads[name]
        v[name] = 0.999 * v[name] + 0.001 * grads[name] ** 2
        m_hat = m[name] / (1 - 0.9**i)
        v_hat = v[name] / (1 - 0.999**i)
        params[name] -= 0.01 * m_hat / (np.sqrt(v_hat) + 1e-8)
