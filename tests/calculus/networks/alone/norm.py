import numpy as np

np.random.seed(2)
N, D = 4, 3
d_model = 16


def norm_forward(x, gamma, beta, eps=1e-5):
    mu = x.mean(axis=0)
    var = x.var(axis=0)
    xhat = (x - mu) / np.sqrt(var + eps)
    out = gamma * xhat + beta
    return out, (xhat, gamma, var, eps)


def norm_backward(dout, cache):
    xhat, gamma, var, eps = cache
    n, d_k = dout.shape
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dxhat = dout * gamma
    dx = (n * dxhat - dxhat.sum(axis=0) - xhat * (dxhat * xhat).sum(axis=0)) / (
        n * np.sqrt(var + eps)
    )
    return dx, dgamma, dbeta


x = np.random.randn(N, D)
gamma, beta = np.random.rand(D), np.random.rand(D)
out, cache = norm_forward(x, gamma, beta)
dout = np.random.randn(*out.shape)
dx, dgamma, dbeta = norm_backward(dout, cache)
print(dx, dgamma, dbeta)
