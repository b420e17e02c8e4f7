import numpy as np
sigmoid = lambda x: 1 / (1 + np.exp(-x))
np.random.seed(21)
n_x, n_h, T = 2, 3, 4
xs = np.random.randn(T, n_x)
target = 0.7
p = dict(Wf=None, Wi=None, Wc=None, Wo=None)
for name in p: p[name] = np.random.randn(n_h, n_h + n_x) * .3
bias = {k.replace('W', 'b'): np.zeros(n_h) for k in p}
Wy = np.random.randn(n_h)
for it in range(5):
    h, c = [np.zeros(n_h)], [np.zeros(n_h)]
    F, I, G, O, cat = [], [], [], [], []
    for t in range(T):
        z = np.concatenate((h[-1], xs[t])); cat.append(z)
        f, i = sigmoid(p['Wf'] @ z + bias['bf']), sigmoid(p['Wi'] @ z + bias['bi'])
        g, o = np.tanh(p['Wc'] @ z + bias['bc']), sigmoid(p['Wo'] @ z + bias['bo'])
        c.append(f * c[-1] + i * g); h.append(o * np.tanh(c[-1]))
        F.append(f); I.append(i); G.append(g); O.append(o)
    y = Wy @ h[-1]
    loss = .5 * (y - target) ** 2
    dy = y - target
    dWy = dy * h[-1]
    dh, dc = dy * Wy, np.zeros(n_h)
    grads = {k: np.zeros_like(v) for k, v in {**p, **bias}.items()}
    for t in range(T - 1, -1, -1):
        do = dh * np.tanh(c[t + 1]); dc = dc + dh * O[t] * (1 - np.tanh(c[t + 1]) ** 2)
        gates = {'o': do * O[t] * (1 - O[t]), 'f': dc * c[t] * F[t] * (1 - F[t]),
                 'i': dc * G[t] * I[t] * (1 - I[t]), 'c': dc * I[t] * (1 - G[t] ** 2)}
        dz = 0
        for k, d in gates.items():
            grads['W' + k] += np.outer(d, cat[t]); grads['b' + k] += d
            dz = dz + p['W' + k].T @ d
        dh, dc = dz[:n_h], dc * F[t]
    for k in p: p[k] -= .2 * grads[k]
    for k in bias: bias[k] -= .2 * grads[k]
    Wy -= .2 * dWy
    print(it, round(float(loss), 8))
