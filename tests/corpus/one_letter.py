import numpy as np
N, D, H, O = 16, 8, 5, 2
np.random.seed(0)
x = np.random.randn(N, D); y = np.random.randn(N, O)
u = np.random.randn(D, H); v = np.random.randn(H, O)
r = 1e-4
for t in range(30):
    h = x.dot(u)
    p = np.maximum(h, 0)
    q = p.dot(v)
    L = np.square(q - y).sum()
    if t % 10 == 9: print(t, L)
    g = 2.0 * (q - y)
    c = p.T.dot(g)
    e = g.dot(v.T)
    e[h < 0] = 0
    d = x.T.dot(e)
    u -= r * d
    v -= r * c
