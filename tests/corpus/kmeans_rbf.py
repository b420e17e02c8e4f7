import numpy as np
rng = np.random.RandomState(0)
x = np.sort(rng.rand(12, 1) * 4, axis=0)
t = np.cos(x).ravel()
centers = x[rng.permutation(len(x))[:3]].copy()
for _ in range(5):
    distances = np.array([[abs(a - c)[0] for c in centers] for a in x])
    nearest = distances.argmin(axis=1)
    for k in range(len(centers)):
        if (nearest == k).any():
            centers[k] = x[nearest == k].mean(axis=0)
def phi(x): return np.exp(-(x - centers.T) ** 2)
w = np.zeros(3)
for sweep in range(4):
    for i, (xi, ti) in enumerate(zip(x, t)):
        features = phi(xi.reshape(1, -1))[0]
        o = features @ w
        delta = ti - o
        w += .4 * delta * features
    mse = np.mean((phi(x) @ w - t) ** 2)
    print("sweep", sweep, "mse", mse, sep="\t")
