import numpy as np; from numpy import exp, log, dot
from numpy.random import seed, randn
from numpy.linalg import norm
seed(12)
X = randn(14, 2); true = np.array([2., -1.])
y = (dot(X, true) + .3 * randn(14) > 0).astype(int)
w = np.zeros(2); b = 0.
alpha, tol = .5, 1e-2
cost_history = []
k = 0
while k < 200:
    z = dot(X, w) + b
    a = 1. / (1. + exp(-z))
    cost = -(y * log(a) + (1 - y) * log(1 - a)).mean()
    dz = a - y
    dw = dot(X.T, dz) / len(y)
    db = dz.mean()
    w = w - alpha * dw; b = b - alpha * db
    cost_history.append(cost)
    k += 1
    if norm(dw) < tol: break
else:
    print('no convergence')
print('iterations: %d, cost: %.4f, w: %s, b: %.3f' % (k, cost, np.array2string(w, precision=3), b))
