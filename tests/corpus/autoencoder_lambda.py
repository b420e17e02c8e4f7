import numpy as np
from functools import partial, reduce
from tqdm import trange

np.random.seed(8)
activations = {
    'sigmoid': (lambda z: 1 / (1 + np.exp(-z)), lambda a: a * (1 - a)),
    'tanh': (np.tanh, lambda a: 1 - a ** 2),
    'linear': (lambda z: z, lambda a: np.ones_like(a)),
}
data = np.random.rand(10, 6)
shape = [6, 3, 6]
kinds = ['tanh', 'sigmoid']
Ws = [np.random.randn(i, o) * .5 for i, o in zip(shape, shape[1:])]
bs = [np.zeros(o) for o in shape[1:]]
layer = lambda a, p: activations[p[2]][0](a @ p[0] + p[1])
encode = partial(layer, p=(Ws[0], bs[0], kinds[0]))
losses = []
for epoch in trange(6):
    acts = [data]
    for W, b, k in zip(Ws, bs, kinds):
        acts.append(layer(acts[-1], (W, b, k)))
    recon = acts[-1]
    losses.append(((recon - data) ** 2).mean())
    delta = 2 * (recon - data) / data.size * activations[kinds[-1]][1](recon)
    grads = []
    for i in reversed(range(len(Ws))):
        grads.insert(0, (acts[i].T @ delta, delta.sum(0)))
        if i:
            delta = delta @ Ws[i].T * activations[kinds[i - 1]][1](acts[i])
    for (W, b), (gW, gb) in zip(zip(Ws, bs), grads):
        W -= 2.0 * gW
        b -= 2.0 * gb
print(reduce(lambda x, y: min(x, y), losses) == min(losses), '%.6f' % losses[-1], encode(data[:1]).round(4))
